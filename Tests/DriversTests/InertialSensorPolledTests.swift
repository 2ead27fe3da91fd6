// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Testing

@Suite struct InertialSensorPolledTests {
  /// Big-endian words with their sign; the temperature between them is passed over.
  @Test func wordsAreBigEndianAndSigned() throws {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    chip.show([0x12, 0x34, 0xFF, 0xFE, 0x80, 0x00, 0xAA, 0x55, 0x7F, 0xFF, 0x00, 0x01, 0xFF, 0x00])
    _ = bench.drain(atMilliseconds: 161)
    let measurement = try #require(bench.takeAll().first)
    let expected = RawSample(time: at(161), ax: 0x1234, ay: -2, az: -32768, gx: 32767, gy: 1, gz: -256)
    #expect(measurement.raw == expected)
    #expect(measurement.command == nil)
    #expect(measurement.missing == 0)
    #expect(measurement.sample.isSaturated)
    #expect(measurement.sample.time == at(161))
  }

  @Test func countsAreScaledByTheRanges() throws {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(
      on: FakeBus(wires: wires), settings(accelerationRange: 8, angularVelocityRange: 1000))
    bench.start(wires)
    // 4096 LSB/g; 32.8 LSB/dps.
    chip.show([0x10, 0x00, 0xF0, 0x00, 0x00, 0x00, 0, 0, 0x01, 0x48, 0x00, 0x00, 0xFE, 0xB8])
    _ = bench.drain(atMilliseconds: 161)
    let sample = try #require(bench.takeAll().first).sample
    #expect((sample.acceleration - Acceleration(9.80665, -9.80665, 0)).length < 1e-12)
    let ten = Angle.degrees(10).radians
    #expect((sample.angularVelocity - AngularVelocity(ten, 0, -ten)).length < 1e-12)
    #expect(!sample.isSaturated)
  }

  /// The grid is 161, 171, 181 ...; a late poll keeps to it and passes over what is missed, which is counted.
  @Test func latenessDoesNotAddUp() {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    let polls: [(now: Double, next: Double, missing: UInt32)] = [
      (164.7, 171, 0), (180.999, 181, 0), (181, 191, 0), (228, 231, 3), (241, 251, 1), (1250.5, 1251, 99),
      (1251, 1261, 0),
    ]
    for (now, next, _) in polls { #expect(bench.drain(atMilliseconds: now) == .next(at(next)), "at \(now) ms") }
    let measurements = bench.takeAll()
    #expect(measurements.map(\.sample.time) == polls.map { at($0.now) })
    #expect(measurements.map(\.missing) == polls.map(\.missing))
  }

  /// A thread that is late by almost a period, again and again, misses nothing: every period has its sample.
  @Test(arguments: [4.9, 5.1, 9.9])
  func latenessIsNoLoss(lateness: Double) {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    for poll in 0..<1000 {
      let due = 161 + Double(poll) * 10
      let now = poll % 2 == 0 ? due : due + lateness
      #expect(bench.drain(atMilliseconds: now) == .next(at(due + 10)))
    }
    var count = 0
    while let measurement = bench.buffer.popFirst() {
      #expect(measurement.missing == 0)
      count += 1
    }
    #expect(count == 64)
  }

  @Test(arguments: [1, 2, 5, 50] as [Int64])
  func thePeriodIsKept(milliseconds: Int64) {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires), settings(milliseconds: milliseconds))
    var times: [Timestamp] = []
    let faults = bench.run(from: at(0), to: at(1160)) { times += $0.map(\.sample.time) }
    #expect(faults.isEmpty)
    #expect(times.count == Int(1000 / milliseconds))
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == .milliseconds(milliseconds) })
  }

  /// A chip that cannot be as fast as asked is polled as fast as it is: nothing is missing then.
  @Test func aSlowerChipSetsThePace() {
    // LIS3DH: 400 Hz at most. WHO_AM_I 0x0F, STATUS_REG 0x27 with 0x08 for new data.
    let chip = FakeChip(at: 0x18, [0x0F: 0x33])
    chip.shown = { $0 == 0xA7 ? 0x08 : $0 == 0xA9 ? 0x20 : nil }
    var bench = DriverBench(on: FakeBus(wires: FakeWires(chip)), settings(milliseconds: 1))
    var measurements: [Measurement] = []
    #expect(bench.run(from: at(0), to: at(1000)) { measurements += $0 }.isEmpty)
    #expect(bench.sensor.description?.period == Interval(microseconds: 2500))
    #expect(measurements.count > 350)
    #expect(measurements.allSatisfy { $0.missing == 0 })
  }

  /// Without new data there is no sample, and the next poll comes as ever; the sample after says what is missing.
  @Test func oldDataAreNoSample() {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    for (now, isLively) in [(161, true), (171, false), (181, false), (191, true)] as [(Double, Bool)] {
      chip.isLively = isLively
      #expect(bench.drain(atMilliseconds: now) == .next(at(now + 10)))
    }
    let measurements = bench.takeAll()
    #expect(measurements.map(\.sample.time) == [at(161), at(191)])
    #expect(measurements.map(\.missing) == [0, 2])
    #expect(bench.sensor.state == .running)
  }

  /// Other bits of INT_STATUS are not news.
  @Test func theDataReadyBitCountsAlone() {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    chip.shown = { $0 == 0x3A ? 0xFE : nil }
    _ = bench.drain(atMilliseconds: 161)
    #expect(bench.takeAll().isEmpty)
  }

  /// BMI160: CHIP_ID 0x00, STATUS 0x1B with drdy_acc 0x80, 12 data bytes from 0x0C on, gyroscope first, little-endian.
  @Test func aFlagInAnotherRegisterIsReadFirst() throws {
    let chip = FakeChip(at: 0x69, [0x00: 0xD1])
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires))
    var isNew = false
    chip.shown = { $0 == 0x1B ? (isNew ? 0x80 : 0x7F) : nil }
    bench.run(from: at(0), to: at(180))
    for index in 0..<12 { chip.registers[0x0C + index] = UInt8(index + 1) }
    _ = bench.takeAll()
    _ = wires.takeTranscript()
    let start = bench.drain(atMilliseconds: 190)
    #expect(wires.takeTranscript().last == "[69] 1B>1")
    isNew = true
    guard case .next(let due) = start else {
      Issue.record("a fault: \(start)")
      return
    }
    _ = bench.drain(at: due)
    #expect(wires.takeTranscript().suffix(2) == ["[69] 1B>1", "[69] 0C>12"])
    let raw = try #require(bench.takeAll().first?.raw)
    #expect(raw == RawSample(time: due, ax: 0x0807, ay: 0x0A09, az: 0x0C0B, gx: 0x0201, gy: 0x0403, gz: 0x0605))
  }

  @Test func tenPollsWithoutNewsAreAChipThatStopped() {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    #expect(bench.drain(atMilliseconds: 161) == .next(at(171)))
    chip.isLively = false
    for poll in 1..<10 {
      let now = 161 + Double(poll) * 10
      #expect(bench.drain(atMilliseconds: now) == .next(at(now + 10)))
    }
    #expect(bench.drain(atMilliseconds: 261) == .fault(.noNewData, retry: at(361)))
    // Started anew, it has its time again.
    #expect(bench.run(from: at(361), to: at(630)) == [TimedFault(time: at(622), fault: .noNewData)])
  }

  @Test func newsNowAndThenAreEnough() {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    var now = at(161)
    for poll in 0..<100 {
      chip.isLively = poll % 10 == 0
      #expect(bench.drain(at: now) == .next(now + .milliseconds(10)))
      now = now + .milliseconds(10)
    }
    #expect(bench.takeAll().map(\.missing) == [0] + [UInt32](repeating: 9, count: 9))
  }

  /// One register every 100 ms, all in turn, for ever.
  @Test func theConfigurationIsLookedAtRegisterByRegister() {
    let wires = FakeWires(FakeChip())
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    var checks: [String] = []
    var times: [Timestamp] = []
    var now = at(161)
    while now < at(1500), case .next(let next) = bench.drain(at: now) {
      let transfers = wires.takeTranscript()
      #expect(transfers.last == "3A>15")
      if transfers.count > 1 {
        checks += transfers.dropLast()
        times.append(now)
      }
      now = next
    }
    let turn = ["6B>1", "19>1", "1A>1", "1B>1", "1C>1"]
    #expect(Array(checks.prefix(10)) == turn + turn)
    #expect(times.first == at(261))
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == .milliseconds(100) })
  }

  @Test(arguments: [0x6B, 0x19, 0x1A, 0x1B, 0x1C] as [UInt8])
  func aRegisterThatForgetsIsNoticedSoon(register: UInt8) {
    let chip = FakeChip()
    let wires = FakeWires(chip)
    var bench = DriverBench(on: FakeBus(wires: wires))
    bench.start(wires)
    #expect(bench.run(from: at(161), to: at(500)).isEmpty)
    chip.registers[Int(register)] ^= 0x10
    let faults = bench.run(from: at(501), to: at(1400))
    #expect(faults.map(\.fault) == [.configurationLost(register: register)])
    #expect(bench.sensor.state == .running)
    let opened = wires.transcript.firstIndex(of: "open").map { wires.transcript[$0...].prefix(3) }
    #expect(opened.map(Array.init) == ["open", "75>1", "6B<80"])
  }
}
