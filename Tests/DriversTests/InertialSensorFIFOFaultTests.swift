// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Testing

/// USER_CTRL 0x6A, FIFO_COUNT 0x72, FIFO_R_W 0x74; the FIFO restarted is 6A<00, 6A<04, 6A<40.
@Suite struct InertialSensorFIFOFaultTests {
  /// 1024 bytes less three records are the most that is believed; the FIFO is emptied and started anew.
  @Test func aFIFOThatIsNearlyFullHasLostSamples() {
    var bench = FIFOBench()
    bench.chip.fill(2...83)
    bench.chip.fifo += [1, 2, 3, 4]
    #expect(bench.drain(atMilliseconds: 1080) == .next(at(1080)))
    _ = bench.drain(atMilliseconds: 1080)
    #expect(bench.driver.takeAll().count == 64)
    bench.chip.fifo = []
    _ = bench.takeTranscript()

    bench.chip.fill(84...165)
    bench.chip.fifo += [1, 2, 3, 4, 5]
    #expect(bench.drain(atMilliseconds: 1900) == .fault(.overrun, retry: at(1920)))
    #expect(bench.driver.sensor.state == .degraded)
    #expect(bench.takeTranscript() == ["72>2"])
    #expect(bench.drain(atMilliseconds: 1919.999) == .next(at(1920)))
    #expect(bench.takeTranscript().isEmpty)
    #expect(bench.drain(atMilliseconds: 1920) == .next(at(2020)))
    #expect(bench.takeTranscript() == FIFOBench.restart + ["72>2"])
    #expect(bench.driver.takeAll().isEmpty)
    bench.chip.fill(166...175)
    #expect(bench.drain(atMilliseconds: 2020) == .next(at(2120)))
    let measurements = bench.driver.takeAll()
    #expect(FIFOBench.numbers(measurements) == Array(167...175))
    // The last one before was of 1075 ms, this one is of 1935 ms.
    #expect(measurements.map(\.missing) == [85] + [UInt32](repeating: 0, count: 8))
    #expect(bench.driver.sensor.state == .degraded)
    // For a second after the fault.
    for time in stride(from: 2120.0, through: 2920, by: 100) {
      bench.chip.fill(1...10)
      _ = bench.drain(atMilliseconds: time)
      #expect(bench.driver.sensor.state == (time < 2900 ? .degraded : .running))
    }
  }

  /// LIS3DH: FIFO_SRC_REG 0x2F, of which 0x40 says overrun and 0x1F counts; FIFO_CTRL_REG 0x2E; OUT_X_L 0x28, sent with
  /// the bit for bursts 0x80.
  @Test func anOverrunFlagIsEnough() {
    let chip = FakeChip(at: 0x18, [0x0F: 0x33])
    let wires = FakeWires(chip)
    var level: UInt8 = 0
    chip.fifoRegister = 0xA8
    chip.shown = { $0 == 0x2F ? level : nil }
    var bench = DriverBench(on: FakeBus(wires: wires), settings(.fifo))
    #expect(bench.runToFault(from: at(0), to: at(150)) == nil)
    chip.fifo = (0..<12).map { UInt8($0 + 1) }
    level = 2
    let due = bench.sensor.description.map { _ in at(300) } ?? at(0)
    _ = bench.drain(at: due)
    #expect(bench.takeAll().map(\.raw?.ax) == [0x0807])
    _ = wires.takeTranscript()
    level = 0x40 | 2
    guard case .fault(.overrun, let retry) = bench.drain(at: due + .milliseconds(100)) else {
      Issue.record("no overrun")
      return
    }
    #expect(retry == due + .milliseconds(120))
    level = 0
    _ = wires.takeTranscript()
    _ = bench.drain(at: retry)
    let transfers = wires.takeTranscript()
    #expect(transfers.first == "[18] 2E<00")
    #expect(transfers.last == "[18] 2F>1")
  }

  /// A dead bus reads as ones.
  @Test func aLevelOfOnesIsAnOverrunAndThenALoss() {
    var bench = FIFOBench()
    bench.chip.level = 0xFFFF
    let faults = bench.driver.run(from: at(360), to: at(450))
    #expect(
      faults == [
        TimedFault(time: at(360), fault: .overrun), TimedFault(time: at(380), fault: .overrun),
        TimedFault(time: at(400), fault: .overrun),
      ])
    #expect(bench.driver.sensor.state == .lost)
    #expect(bench.driver.sensor.retry == at(500))
    #expect(bench.takeTranscript() == ["72>2"] + FIFOBench.restart + ["72>2"] + FIFOBench.restart + ["72>2"])
  }

  /// What came before the error is kept; nobody knows what the chip gave away, so the FIFO is started anew.
  @Test func anErrorInABurstKeepsWhatCameBefore() {
    var bench = FIFOBench()
    bench.wires.longestRead = 32
    bench.chip.fill(2...11)
    var bursts = 0
    bench.wires.failure = { transfer in
      bursts += transfer == "74>24" ? 1 : 0
      return bursts == 3 ? .timeout : nil
    }
    #expect(bench.drain(atMilliseconds: 360) == .fault(.bus(.timeout), retry: at(380)))
    bench.wires.failure = { _ in nil }
    let kept = bench.driver.takeAll()
    #expect(FIFOBench.numbers(kept) == [2, 3, 4, 5])
    // Six were still waiting: these four are that much older.
    #expect(kept.map(\.sample.time) == [at(265), at(275), at(285), at(295)])
    #expect(kept.allSatisfy { $0.missing == 0 })
    #expect(bench.driver.sensor.state == .degraded)
    _ = bench.takeTranscript()
    #expect(bench.drain(atMilliseconds: 380) == .next(at(480)))
    #expect(bench.takeTranscript() == FIFOBench.restart + ["72>2"])
    bench.chip.fill(13...22)
    #expect(bench.drain(atMilliseconds: 480) == .next(at(580)))
    let after = bench.driver.takeAll()
    #expect(FIFOBench.numbers(after) == Array(14...22))
    #expect(after.map(\.sample.time).first == at(395))
    #expect(after.map(\.missing) == [9] + [UInt32](repeating: 0, count: 8))
  }

  /// Before a burst has begun the FIFO is as it was: the first transfer looks at a register, the second at the level.
  @Test(arguments: [1, 2])
  func anErrorBeforeABurstLosesNothing(transfer: Int) {
    var bench = FIFOBench()
    bench.chip.fill(11...20)
    bench.wires.failure = { [wires = bench.wires] _ in wires.transcript.count == transfer ? .busFault : nil }
    #expect(bench.drain(atMilliseconds: 360) == .fault(.bus(.busFault), retry: at(380)))
    #expect(bench.wires.transcript.count == transfer)
    bench.wires.failure = { _ in nil }
    bench.chip.fill(21...22)
    #expect(bench.drain(atMilliseconds: 380) == .next(at(480)))
    #expect(!bench.takeTranscript().contains("6A<00"))
    let measurements = bench.driver.takeAll()
    #expect(FIFOBench.numbers(measurements) == Array(11...22))
    #expect(measurements.allSatisfy { $0.missing == 0 })
    #expect(FIFOBench.intervals(measurements).allSatisfy { $0 == 10_000 })
  }

  /// A restart that was cut short leaves USER_CTRL without its bit: that is no loss of the configuration.
  @Test func aRestartThatFailsIsRepeatedBeforeTheCheck() {
    var bench = FIFOBench()
    var now = 360.0
    // On, until the next register to be looked at is FIFO_EN, and USER_CTRL the one after it.
    while bench.wires.transcript.filter({ $0.hasSuffix(">1") }).last != "1C>1" {
      bench.chip.fill(1...10)
      _ = bench.drain(atMilliseconds: now)
      _ = bench.driver.takeAll()
      now += 100
    }
    bench.chip.level = 0xFFFF
    #expect(bench.drain(atMilliseconds: now) == .fault(.overrun, retry: at(now + 20)))
    bench.chip.level = nil
    bench.wires.failure = { $0 == "6A<40" ? .timeout : nil }
    #expect(bench.drain(atMilliseconds: now + 20) == .fault(.bus(.timeout), retry: at(now + 40)))
    bench.wires.failure = { _ in nil }
    _ = bench.wires.takeTranscript()
    // By now the check is due.
    #expect(bench.drain(atMilliseconds: now + 110) == .next(at(now + 140)))
    #expect(bench.wires.takeTranscript() == FIFOBench.restart + ["6A>1", "72>2"])
    #expect(bench.driver.sensor.state == .degraded)
  }

  /// The supply dropped: the registers have their reset values, and the FIFO stays empty.
  @Test(arguments: 0..<7)
  func aBrownOutIsNoticedWithinTwoSeconds(check: Int) {
    var bench = FIFOBench()
    var time = 360.0
    for _ in 0..<10 + check {
      bench.chip.fill(1...10)
      _ = bench.drain(atMilliseconds: time)
      time += 100
    }
    _ = bench.driver.takeAll()
    bench.chip.reset()
    guard let first = bench.driver.runToFault(from: at(time), to: at(time + 300)) else {
      Issue.record("the brown-out was not noticed")
      return
    }
    if case .configurationLost = first.fault {} else { #expect(first.fault == .noNewData) }
    let retry = first.time + .milliseconds(100)
    #expect(bench.driver.sensor.retry == retry)
    #expect(bench.driver.run(from: retry, to: retry + .milliseconds(259)).isEmpty)
    bench.chip.fill(1...10)
    _ = bench.driver.drain(at: retry + .milliseconds(260))
    #expect(bench.driver.sensor.state == .running)
  }

  /// A record of zeros: what came before it is good, what came after it nobody knows.
  @Test(arguments: [0x00, 0xFF] as [UInt8])
  func anImpossibleRecordStartsTheFIFOAnew(byte: UInt8) {
    var bench = FIFOBench()
    bench.chip.fill(2...5)
    bench.chip.fifo += [UInt8](repeating: byte, count: 12)
    bench.chip.fill(7...11)
    #expect(bench.drain(atMilliseconds: 360) == .fault(.implausibleData, retry: at(380)))
    #expect(FIFOBench.numbers(bench.driver.takeAll()) == [2, 3, 4, 5])
    _ = bench.takeTranscript()
    #expect(bench.drain(atMilliseconds: 380) == .next(at(480)))
    #expect(bench.takeTranscript() == FIFOBench.restart + ["72>2"])
    bench.chip.fill(13...22)
    _ = bench.drain(atMilliseconds: 480)
    let measurements = bench.driver.takeAll()
    #expect(FIFOBench.numbers(measurements) == Array(14...22))
    #expect(measurements.first?.missing == 9)
  }
}
