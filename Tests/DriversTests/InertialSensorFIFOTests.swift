// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Testing

/// USER_CTRL 0x6A, FIFO_COUNT 0x72, FIFO_R_W 0x74; the FIFO restarted is 6A<00, 6A<04, 6A<40.
@Suite struct InertialSensorFIFOTests {
  private static let restart = ["6A<00", "6A<04", "6A<40"]

  /// An MPU-6050 past its first draining at 260 ms; the next is due at 360 ms.
  private struct Bench: ~Copyable {
    let chip = FakeChip()
    let wires: FakeWires
    var driver: DriverBench<FakeBus, NoEdges>

    init(_ settings: SensorSettings = settings(.fifo)) {
      wires = FakeWires(chip)
      driver = DriverBench(on: FakeBus(wires: wires), settings)
      driver.startFIFO(wires, chip)
    }

    mutating func drain(atMilliseconds time: Double) -> Drained { driver.drain(atMilliseconds: time) }

    /// Of all transfers, those of the FIFO.
    func takeTranscript() -> [String] {
      wires.takeTranscript().filter { $0.hasPrefix("7") || $0.hasPrefix("6A<") || $0 == "open" }
    }
  }

  /// What the records say, 8192 being the first byte alone.
  private static func numbers(_ measurements: [Measurement]) -> [Int] {
    measurements.map { Int($0.raw?.ax ?? 0) - 0x2000 }
  }

  private static func intervals(_ measurements: [Measurement]) -> [Int64] {
    zip(measurements, measurements.dropFirst()).map { ($1.sample.time - $0.sample.time).microseconds }
  }

  @Test func wordsAreBigEndianAndWithoutATemperature() {
    var bench = Bench()
    bench.chip.fifo = [0x12, 0x34, 0xFF, 0xFE, 0x80, 0x00, 0x7F, 0xFF, 0x00, 0x01, 0xFF, 0x00]
    #expect(bench.drain(atMilliseconds: 360) == .next(at(460)))
    let raw = bench.driver.takeAll().first?.raw
    #expect(raw?.ax == 0x1234 && raw?.ay == -2 && raw?.az == -32768)
    #expect(raw?.gx == 32767 && raw?.gy == 1 && raw?.gz == -256)
  }

  @Test func batchesAreTimedEvenlyAndNothingIsMissing() {
    var bench = Bench()
    var all: [Measurement] = []
    for batch in 0..<20 {
      bench.chip.fill(batch * 10 + 2...batch * 10 + 11)
      let now = 360 + Double(batch) * 100
      #expect(bench.drain(atMilliseconds: now) == .next(at(now + 100)))
      all += bench.driver.takeAll()
    }
    #expect(Self.numbers(all) == Array(2...201))
    #expect(Self.intervals(all).allSatisfy { $0 == 10_000 })
    #expect(all.allSatisfy { $0.missing == 0 })
    #expect(all.last?.sample.time == at(2255))
  }

  /// The first record after a start may have begun before it, and is dropped; whatever comes later is not.
  @Test func theFirstRecordAfterAStartIsDropped() {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires), settings(.fifo))
    bench.start(wires)
    chip.fill(1...1)
    #expect(bench.drain(atMilliseconds: 260) == .next(at(360)))
    #expect(bench.takeAll().isEmpty)
    #expect(bench.sensor.state == .starting)
    chip.fill(2...11)
    #expect(bench.drain(atMilliseconds: 360) == .next(at(460)))
    #expect(Self.numbers(bench.takeAll()) == Array(2...11))
  }

  @Test(
    arguments: [
      (8192, 10, ["74>120"]), (8192, 60, ["74>480", "74>240"]), (8192, 40, ["74>480"]), (32, 1, ["74>12"]),
      (32, 5, ["74>24", "74>24", "74>12"]), (36, 4, ["74>36", "74>12"]), (12, 2, ["74>12", "74>12"]),
      (23, 2, ["74>12", "74>12"]),
    ] as [(Int, Int, [String])])
  func aBurstIsNoLongerThanTheBusCarries(longest: Int, count: Int, transfers: [String]) {
    var bench = Bench()
    bench.wires.longestRead = longest
    bench.chip.fill(1...count)
    #expect(bench.drain(atMilliseconds: 360) == .next(at(460)))
    #expect(bench.takeTranscript() == ["72>2"] + transfers)
    #expect(Self.numbers(bench.driver.takeAll()) == Array(1...count))
  }

  /// At most 60 at once, and the rest at once after; none of it is mistimed by that.
  @Test func aBacklogIsTakenInTwoDrainings() {
    var bench = Bench()
    bench.chip.fill(2...83)
    #expect(bench.drain(atMilliseconds: 1080) == .next(at(1080)))
    var all = bench.driver.takeAll()
    #expect(all.count == 60)
    #expect(bench.drain(atMilliseconds: 1080) == .next(at(1180)))
    all += bench.driver.takeAll()
    #expect(bench.takeTranscript() == ["72>2", "74>480", "74>240", "72>2", "74>264"])
    #expect(Self.numbers(all) == Array(2...83))
    #expect(Self.intervals(all).allSatisfy { $0 == 10_000 })
    #expect(all.allSatisfy { $0.missing == 0 })
    #expect(all.last?.sample.time == at(1075))
    // Nor is the clock any the worse for it.
    bench.chip.fill(84...93)
    _ = bench.drain(atMilliseconds: 1180)
    #expect(Self.intervals(bench.driver.takeAll()).allSatisfy { $0 == 10_000 })
  }

  @Test func recordsInPartAreLeftAlone() {
    var bench = Bench()
    let bytes = FakeChip.record(2) + FakeChip.record(3)
    bench.chip.fifo = Array(bytes.prefix(19))
    #expect(bench.drain(atMilliseconds: 360) == .next(at(460)))
    #expect(bench.chip.fifo == Array(bytes[12..<19]))
    bench.chip.fifo = Array(bytes[12..<17])
    #expect(bench.drain(atMilliseconds: 460) == .next(at(560)))
    #expect(bench.takeTranscript() == ["72>2", "74>12", "72>2"])
    bench.chip.fifo = Array(bytes[12...])
    #expect(bench.drain(atMilliseconds: 560) == .next(at(660)))
    #expect(Self.numbers(bench.driver.takeAll()) == [2, 3])
  }

  /// 1024 bytes less three records are the most that is believed; the FIFO is emptied and started anew.
  @Test func aFIFOThatIsNearlyFullHasLostSamples() {
    var bench = Bench()
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
    #expect(bench.takeTranscript() == Self.restart + ["72>2"])
    #expect(bench.driver.takeAll().isEmpty)
    bench.chip.fill(166...175)
    #expect(bench.drain(atMilliseconds: 2020) == .next(at(2120)))
    let measurements = bench.driver.takeAll()
    #expect(Self.numbers(measurements) == Array(167...175))
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
    var bench = Bench()
    bench.chip.level = 0xFFFF
    let faults = bench.driver.run(from: at(360), to: at(450))
    #expect(
      faults == [
        TimedFault(time: at(360), fault: .overrun), TimedFault(time: at(380), fault: .overrun),
        TimedFault(time: at(400), fault: .overrun),
      ])
    #expect(bench.driver.sensor.state == .lost)
    #expect(bench.driver.sensor.retry == at(500))
    #expect(bench.takeTranscript() == ["72>2"] + Self.restart + ["72>2"] + Self.restart + ["72>2"])
  }

  /// What came before the error is kept; nobody knows what the chip gave away, so the FIFO is started anew.
  @Test func anErrorInABurstKeepsWhatCameBefore() {
    var bench = Bench()
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
    #expect(Self.numbers(kept) == [2, 3, 4, 5])
    // Six were still waiting: these four are that much older.
    #expect(kept.map(\.sample.time) == [at(265), at(275), at(285), at(295)])
    #expect(kept.allSatisfy { $0.missing == 0 })
    #expect(bench.driver.sensor.state == .degraded)
    _ = bench.takeTranscript()
    #expect(bench.drain(atMilliseconds: 380) == .next(at(480)))
    #expect(bench.takeTranscript() == Self.restart + ["72>2"])
    bench.chip.fill(13...22)
    #expect(bench.drain(atMilliseconds: 480) == .next(at(580)))
    let after = bench.driver.takeAll()
    #expect(Self.numbers(after) == Array(14...22))
    #expect(after.map(\.sample.time).first == at(395))
    #expect(after.map(\.missing) == [9] + [UInt32](repeating: 0, count: 8))
  }

  /// Before a burst has begun the FIFO is as it was.
  @Test(arguments: ["72>2", "6B>1"])
  func anErrorBeforeABurstLosesNothing(transfer: String) {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires), settings(.fifo))
    bench.start(wires)
    wires.failure = { $0 == transfer ? .busFault : nil }
    chip.fill(1...10)
    // A start that has not given a sample yet tolerates nothing, so the first batch is good.
    wires.failure = { _ in nil }
    _ = bench.drain(atMilliseconds: 260)
    _ = bench.takeAll()
    chip.fill(11...20)
    var isFirst = true
    wires.failure = { _ in
      defer { isFirst = false }
      return isFirst ? .busFault : nil
    }
    #expect(bench.drain(atMilliseconds: 360) == .fault(.bus(.busFault), retry: at(380)))
    _ = wires.takeTranscript()
    chip.fill(21...22)
    #expect(bench.drain(atMilliseconds: 380) == .next(at(480)))
    #expect(!wires.takeTranscript().contains("6A<00"))
    let measurements = bench.takeAll()
    #expect(Self.numbers(measurements) == Array(11...22))
    #expect(measurements.allSatisfy { $0.missing == 0 })
    #expect(Self.intervals(measurements).allSatisfy { $0 == 10_000 })
  }

  /// A restart that was cut short leaves USER_CTRL without its bit: that is no loss of the configuration.
  @Test func aRestartThatFailsIsRepeatedBeforeTheCheck() {
    var bench = Bench()
    var now = 360.0
    // On, until the next register to be looked at is USER_CTRL.
    while bench.wires.transcript.filter({ $0.hasSuffix(">1") }).last != "23>1" {
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
    // By now the check is due.
    #expect(bench.drain(atMilliseconds: now + 110) == .next(at(now + 140)))
    #expect(bench.driver.sensor.state == .degraded)
  }

  /// The supply dropped: the registers have their reset values, and the FIFO stays empty.
  @Test(arguments: 0..<7)
  func aBrownOutIsNoticedWithinTwoSeconds(check: Int) {
    var bench = Bench()
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

  /// Three batches, and at least a tenth of a second.
  @Test func aFIFOThatStaysEmptyIsAChipThatStopped() {
    var bench = Bench()
    #expect(bench.driver.run(from: at(360), to: at(559)).isEmpty)
    #expect(bench.drain(atMilliseconds: 560) == .fault(.noNewData, retry: at(660)))
  }

  /// A record of zeros: what came before it is good, what came after it nobody knows.
  @Test(arguments: [0x00, 0xFF] as [UInt8])
  func anImpossibleRecordStartsTheFIFOAnew(byte: UInt8) {
    var bench = Bench()
    bench.chip.fill(2...5)
    bench.chip.fifo += [UInt8](repeating: byte, count: 12)
    bench.chip.fill(7...11)
    #expect(bench.drain(atMilliseconds: 360) == .fault(.implausibleData, retry: at(380)))
    #expect(Self.numbers(bench.driver.takeAll()) == [2, 3, 4, 5])
    _ = bench.takeTranscript()
    #expect(bench.drain(atMilliseconds: 380) == .next(at(480)))
    #expect(bench.takeTranscript() == Self.restart + ["72>2"])
    bench.chip.fill(13...22)
    _ = bench.drain(atMilliseconds: 480)
    let measurements = bench.driver.takeAll()
    #expect(Self.numbers(measurements) == Array(14...22))
    #expect(measurements.first?.missing == 9)
  }

  /// A FIFO that would be full before it is due is read sooner: 1000 samples a second fill it in 85 ms.
  @Test func aBatchIsNoMoreThanHalfTheFIFO() {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires), settings(.fifo, milliseconds: 1, batch: 1000))
    bench.start(wires)
    #expect(bench.drain(atMilliseconds: 160) == .next(at(202)))
    chip.fill(1...42)
    #expect(bench.drain(atMilliseconds: 202) == .next(at(244)))
    #expect(bench.takeAll().count == 41)
    #expect(bench.drain(atMilliseconds: 244) == .next(at(286)))
    #expect(bench.drain(atMilliseconds: 328) == .fault(.noNewData, retry: at(428)))
  }

  /// LSM6DSO: WHO_AM_I 0x0F is 0x6C; FIFO_STATUS1 0x3A; FIFO_DATA_OUT_TAG 0x78, tags 1 for angular velocity and 2 for
  /// acceleration in the upper five bits.
  @Test func aGyroscopeThatIsSilentIsAChipThatStopped() {
    let chip = FakeChip(at: 0x6A, [0x0F: 0x6C])
    chip.fifoRegister = 0x78
    chip.shown = { $0 == 0x3A ? UInt8(chip.fifo.count / 7) : $0 == 0x3B ? 0 : nil }
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires), settings(.fifo))
    #expect(bench.runToFault(from: at(0), to: at(240)) == nil)
    guard case .next(var now) = bench.drain(atMilliseconds: 240) else { return }
    for pair in 0..<20 { chip.fifo += [0x08, UInt8(pair), 1, 0, 0, 0, 0, 0x10, UInt8(pair), 2, 0, 0, 0, 0] }
    #expect(bench.drain(at: now) == .next(now + .milliseconds(100)))
    #expect(bench.takeAll().count == 19)
    let start = now
    var faults: [SensorFault] = []
    for _ in 0..<5 where faults.isEmpty {
      now = now + .milliseconds(100)
      for _ in 0..<10 { chip.fifo += [0x10, 7, 2, 0, 0, 0, 0] }
      if case .fault(let fault, _) = bench.drain(at: now) { faults.append(fault) }
    }
    #expect(faults == [.noNewData])
    #expect(now == start + .milliseconds(300))
  }
}
