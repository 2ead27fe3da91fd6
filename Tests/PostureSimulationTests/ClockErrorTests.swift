// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation
import Testing

/// A chip whose clock is off: its samples come at the times that their numbers say, however many there have been.
@Suite struct ClockErrorTests {
  private func parameters(at address: UInt8, _ error: Double) -> SimulatedSensorParameters {
    var parameters = PostureSimulationTests.parameters(at: address)
    parameters.clockError = error
    return parameters
  }

  /// Sample n comes n periods after a start, and not a microsecond before.
  private func check<Chip: I2CBus & ~Copyable>(
    _ bench: inout RegisterBench<Chip>, from start: Int64, period: Int64, _ error: Double,
    isReady: (inout RegisterBench<Chip>) throws -> Bool
  ) throws {
    for number in [1, 2, 99, 100, 101, 12_345, 1_000_000, 34_567_891] as [Int64] {
      let due = start + Int64((Double(number * period) / (1 + error)).rounded(.down))
      bench.sleep(until: due - 1)
      _ = try isReady(&bench)
      #expect(try !isReady(&bench), "sample \(number)")
      bench.sleep(until: due)
      #expect(try isReady(&bench), "sample \(number)")
    }
  }

  @Test(arguments: [-0.1, -0.01, 0, 0.0003, 0.01, 0.1])
  func samplesComeInTime(error: Double) throws {
    var mpu6050 = RegisterBench(.mpu6050, Bench.still, parameters(at: 0x68, error))
    try mpu6050.write(0x6B, 0x01)
    try mpu6050.write(0x19, 9, 3)
    try check(&mpu6050, from: 0, period: 10_000, error) { try $0.read(0x3A) == [1] }
    var lis3dh = RegisterBench(lis3dh: Bench.still, parameters(at: 0x18, error))
    try lis3dh.write(0x20, 0x57)
    try check(&lis3dh, from: 0, period: 10_000, error) { try $0.read(0xA7, 7)[0] & 0x08 != 0 }
    var adxl345 = RegisterBench(adxl345: Bench.still, parameters(at: 0x53, error))
    try adxl345.write(0x2D, 0x08)
    try check(&adxl345, from: 1100, period: 10_000, error) { try $0.read(0x30, 8)[0] & 0x80 != 0 }
  }

  /// In a period that is no whole number of microseconds.
  @Test func nothingAddsUp() throws {
    var bench = RegisterBench(lis3dh: Bench.still)
    try bench.write(0x20, 0x97)
    for number in [1344, 1345, 134_400_000, 134_400_001] as [Int64] {
      let due = number * 1_000_000 / 1344
      bench.sleep(until: due - 1)
      _ = try bench.read(0xA8, 6)
      #expect(try bench.read(0x27) == [0])
      bench.sleep(until: due)
      #expect(try bench.read(0x27) == [0x0F])
    }
  }

  /// One percent fast, the FIFO has one percent more.
  @Test func aFastClockGivesMoreSamples() throws {
    for (error, expected) in [(0.0, 8000), (0.01, 8080), (-0.01, 7920)] {
      var bench = RegisterBench(.icm20689, Bench.still, parameters(at: 0x68, error))
      try bench.write(0x6B, 0x01)
      try bench.write(0x19, 4, 3)
      try bench.write(0x6A, 0x40)
      try bench.write(0x23, 0x78)
      var count = 0
      for _ in 0..<400 {
        bench.sleep(for: 100_000)
        let bytes = try bench.read(0x72, 2)
        let held = Int(bytes[0]) << 8 | Int(bytes[1])
        _ = try bench.read(0x74, held)
        count += held
      }
      #expect(count == 12 * expected)
    }
  }

  /// A sample is what the wearer did at the time at which it was taken.
  @Test func theSamplesAreTheWearers() throws {
    let turning = SimulatedWearer(everything, seed: 1)
    var parameters = parameters(at: 0x68, 0.05)
    parameters.noise = 0
    var bench = RegisterBench(.mpu6050, turning, parameters)
    try bench.write(0x6B, 0x01)
    try bench.write(0x19, 99, 3, 8, 8)
    bench.sleep(until: 5_500_000)
    // Sample 57 of 100 ms: at 57 * 100 / 1.05.
    let taken: Int64 = 5_428_571
    let truth = turning.state(at: Timestamp(microseconds: taken - 4800)).angularVelocity.y
    let bytes = try bench.read(0x45, 2)
    let word = Int16(truncatingIfNeeded: Int(bytes[0]) << 8 | Int(bytes[1]))
    #expect((Double(word) / 65.5 - Angle(radians: truth).degrees).magnitude < 0.02)
  }
}
