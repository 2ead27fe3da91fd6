// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import Testing

@Suite struct MPU6050StartTests {
  /// Register map RM-MPU-6000A-00 rev 4.2: PWR_MGMT_1 0x6B, WHO_AM_I 0x75, SMPLRT_DIV 0x19 to ACCEL_CONFIG 0x1C.
  @Test func stepAfterStepAndNothingWaits() {
    let chip = FakeChip()
    var bench = DriverBench(on: FakeBus(chip: chip))
    let steps: [(now: Double, next: Double, transfers: [String])] = [
      (0, 100, ["6B<80"]),
      (0, 100, []), (50, 100, []), (99.999, 100, []),
      (100, 100, ["75>1"]),
      (100, 160, ["6B<01"]),
      (159.999, 160, []),
      (160, 160, ["19<00", "1A<03", "1B<08", "1C<08"]),
      (160, 170, ["6B>1", "19>4"]),
      (169.999, 170, []),
      (170, 180, ["3A>15"]),
      (170, 180, []), (179.999, 180, []),
      (180, 190, ["3A>15"]),
    ]
    for (now, next, transfers) in steps {
      #expect(bench.drain(atMilliseconds: now) == .next(at(next)), "at \(now) ms")
      #expect(chip.takeTranscript() == transfers, "at \(now) ms")
    }
    #expect(bench.takeAll().map(\.sample.time) == [at(170), at(180)])
  }

  /// Whoever comes late waits as long from then on.
  @Test func theWaitsAreCountedFromWhatWasDone() {
    let chip = FakeChip()
    var bench = DriverBench(on: FakeBus(chip: chip))
    let steps: [(now: Double, next: Double)] = [
      (1000, 1100), (1500, 1500), (1501, 1561), (2000, 2000), (2003, 2013), (2013, 2023),
    ]
    for (now, next) in steps { #expect(bench.drain(atMilliseconds: now) == .next(at(next))) }
    #expect(bench.takeAll().count == 1)
  }

  @Test func itTalksToItsAddressAlone() {
    let chip = FakeChip()
    var bench = DriverBench(on: FakeBus(chip: chip), address: 0x68)
    for time in [0, 100, 100, 160, 160, 170] as [Double] { _ = bench.drain(atMilliseconds: time) }
    #expect(chip.transcript.count == 10)
    #expect(chip.transcript.allSatisfy { $0.hasPrefix("[68] ") })
  }

  @Test(
    arguments: [
      (2, "1C<00", 16384), (4, "1C<08", 8192), (8, "1C<10", 4096), (16, "1C<18", 2048),
    ] as [(Int, String, Double)])
  func accelerationRanges(range: Int, transfer: String, perG: Double) {
    let chip = FakeChip()
    let settings = settings(accelerationRange: range)
    var bench = DriverBench(on: FakeBus(chip: chip), settings)
    for time in [0, 100, 100, 160] as [Double] { _ = bench.drain(atMilliseconds: time) }
    #expect(chip.transcript.suffix(2) == ["1B<08", transfer])
    #expect(settings.scale.acceleration == perG)
  }

  @Test(
    arguments: [
      (250, "1B<00", 131), (500, "1B<08", 65.5), (1000, "1B<10", 32.8), (2000, "1B<18", 16.4),
    ] as [(Int, String, Double)])
  func angularVelocityRanges(range: Int, transfer: String, perDegree: Double) {
    let chip = FakeChip()
    let settings = settings(angularVelocityRange: range)
    var bench = DriverBench(on: FakeBus(chip: chip), settings)
    for time in [0, 100, 100, 160] as [Double] { _ = bench.drain(atMilliseconds: time) }
    #expect(chip.transcript.suffix(2) == [transfer, "1C<08"])
    #expect(settings.scale.angularVelocity == perDegree)
  }

  @Test func whatTheChipCannotDoStops() async {
    await #expect(processExitsWith: .failure) {
      _ = SensorSettings(period: Interval(microseconds: 999), accelerationRange: 2, angularVelocityRange: 250)
    }
    await #expect(processExitsWith: .failure) {
      let settings = settings(accelerationRange: 3)
      var bench = DriverBench(on: FakeBus(chip: FakeChip()), settings)
      for time in [0, 100, 100, 160] as [Double] { _ = bench.drain(atMilliseconds: time) }
    }
  }
}
