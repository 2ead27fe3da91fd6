// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Testing

@Suite struct MPU6050SamplingTests {
  /// Big-endian words with their sign; the temperature between them is passed over.
  @Test func wordsAreBigEndianAndSigned() throws {
    let chip = FakeChip()
    var bench = DriverBench(on: FakeBus(chip: chip))
    bench.start(chip)
    chip.show([0x12, 0x34, 0xFF, 0xFE, 0x80, 0x00, 0xAA, 0x55, 0x7F, 0xFF, 0x00, 0x01, 0xFF, 0x00])
    _ = bench.drain(atMilliseconds: 170)
    let measurement = try #require(bench.takeAll().first)
    let expected = RawSample(time: at(170), ax: 0x1234, ay: -2, az: -32768, gx: 32767, gy: 1, gz: -256)
    #expect(measurement.raw == expected)
    #expect(measurement.command == nil)
    #expect(measurement.sample.isSaturated)
    #expect(measurement.sample.time == at(170))
  }

  @Test func countsAreScaledByTheRanges() throws {
    let chip = FakeChip()
    let settings = settings(accelerationRange: 8, angularVelocityRange: 1000)
    var bench = DriverBench(on: FakeBus(chip: chip), settings)
    bench.start(chip)
    // 4096 LSB/g; 32.8 LSB/dps.
    chip.show([0x10, 0x00, 0xF0, 0x00, 0x00, 0x00, 0, 0, 0x01, 0x48, 0x00, 0x00, 0xFE, 0xB8])
    _ = bench.drain(atMilliseconds: 170)
    let sample = try #require(bench.takeAll().first).sample
    #expect((sample.acceleration - Acceleration(9.80665, -9.80665, 0)).length < 1e-12)
    let ten = Angle.degrees(10).radians
    #expect((sample.angularVelocity - AngularVelocity(ten, 0, -ten)).length < 1e-12)
    #expect(!sample.isSaturated)
  }

  /// The grid is 170, 180, 190 ...; a late poll keeps to it and passes over what is missed.
  @Test func latenessDoesNotAddUp() {
    let chip = FakeChip()
    var bench = DriverBench(on: FakeBus(chip: chip))
    bench.start(chip)
    let polls: [(now: Double, next: Double)] = [
      (173.7, 180), (189.999, 190), (190, 200), (237, 240), (250, 260), (1259.5, 1260), (1260, 1270),
    ]
    for (now, next) in polls { #expect(bench.drain(atMilliseconds: now) == .next(at(next)), "at \(now) ms") }
    #expect(bench.takeAll().map(\.sample.time) == polls.map { at($0.now) })
  }

  @Test(arguments: [1, 2, 5, 50] as [Int64])
  func thePeriodIsKept(milliseconds: Int64) {
    let chip = FakeChip()
    var bench = DriverBench(on: FakeBus(chip: chip), settings(milliseconds: milliseconds))
    var times: [Timestamp] = []
    let faults = bench.run(from: at(0), to: at(1160)) { times += $0.map(\.sample.time) }
    #expect(faults.isEmpty)
    #expect(times.count == Int(1000 / milliseconds))
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == .milliseconds(milliseconds) })
  }

  /// Without new data there is no sample, and the next poll comes as ever.
  @Test func oldDataAreNoSample() {
    let chip = FakeChip()
    var bench = DriverBench(on: FakeBus(chip: chip))
    bench.start(chip)
    chip.isLively = false
    #expect(bench.drain(atMilliseconds: 170) == .next(at(180)))
    #expect(bench.takeAll().isEmpty)
    chip.isLively = true
    #expect(bench.drain(atMilliseconds: 180) == .next(at(190)))
    #expect(bench.takeAll().count == 1)
  }

  /// Other bits of INT_STATUS are not news.
  @Test func theDataReadyBitCountsAlone() {
    let chip = FakeChip()
    var bench = DriverBench(on: StatusBus(chip: chip, status: 0x18))
    for time in [0, 100, 100, 160, 160, 170] as [Double] { _ = bench.drain(atMilliseconds: time) }
    #expect(bench.takeAll().isEmpty)
  }

  /// Once a second the configuration is read before the data.
  @Test func theConfigurationIsCheckedEachSecond() {
    let chip = FakeChip()
    var bench = DriverBench(on: FakeBus(chip: chip))
    bench.start(chip)
    var checks: [Timestamp] = []
    var now = at(170)
    while now < at(4000), case .next(let next) = bench.drain(at: now) {
      let transfers = chip.takeTranscript()
      if transfers != ["3A>15"] {
        #expect(transfers == ["6B>1", "19>4", "3A>15"])
        checks.append(now)
      }
      now = next
    }
    #expect(checks == [at(1160), at(2160), at(3160)])
  }
}

/// Shows one value of INT_STATUS, whatever happens.
private struct StatusBus: I2CBus {
  let chip: FakeChip
  let status: UInt8

  func exchange(
    _ written: borrowing Span<UInt8>, reading: inout MutableSpan<UInt8>, with address: I2CAddress
  ) throws(I2CError) {
    try FakeBus(chip: chip).exchange(written, reading: &reading, with: address)
    if written[0] == 0x3A && reading.count > 0 { reading[0] = status }
  }
}
