// SPDX-License-Identifier: MIT
import Drivers
import PostureCore
import Testing

/// Addresses and values are restated as numbers.
@Suite struct MPU6000FamilyProfileTests {
  private static let models: [SensorModel] = [
    .mpu6050, .mpu6500, .mpu9250, .mpu9255, .icm20689, .icm20602, .icm20608,
  ]
  private static let later = models.filter { $0 != .mpu6050 }

  private func profile(
    _ model: SensorModel, hertz: Double = 100, g: Int = 4, dps: Int = 500, _ mode: SamplingMode = .fifo
  ) -> ChipProfile {
    ChipProfile(
      model,
      SensorSettings(period: .seconds(1 / hertz), accelerationRange: g, angularVelocityRange: dps, mode: mode))
  }

  /// Register, value, mask.
  private func writes(_ settings: RegisterSettings) -> [[UInt8]] {
    (0..<settings.count).map { [settings[$0].register, settings[$0].value, settings[$0].mask] }
  }

  @Test(
    arguments: [
      (.mpu6050, 0x68, 60), (.mpu6500, 0x70, 70), (.mpu9250, 0x71, 70), (.mpu9255, 0x73, 70), (.icm20689, 0x98, 70),
      (.icm20602, 0x12, 100), (.icm20608, 0xAF, 70),
    ] as [(SensorModel, UInt8, Int64)])
  func theStart(model: SensorModel, identity: UInt8, wakeTime: Int64) {
    let profile = profile(model)
    #expect(profile.model == model)
    #expect(profile.identity == RegisterSetting(0x75, identity))
    #expect(profile.hasGyroscope)
    #expect(profile.reset == RegisterSetting(0x6B, 0x80))
    #expect(profile.resetTime == .milliseconds(100))
    #expect(writes(profile.wake) == [[0x6B, 0x01, 0xFF]])
    #expect(profile.wakePause == .zero)
    #expect(profile.wakeTime == .milliseconds(wakeTime))
  }

  @Test func theMPU6050IsConfigured() {
    #expect(
      writes(profile(.mpu6050, .polled).configuration) == [
        [0x19, 0, 0xFF], [0x1A, 3, 0xFF], [0x1B, 0x08, 0xFF], [0x1C, 0x08, 0xFF],
      ])
    #expect(
      writes(profile(.mpu6050, .fifo).configuration) == [
        [0x19, 9, 0xFF], [0x1A, 3, 0xFF], [0x1B, 0x08, 0xFF], [0x1C, 0x08, 0xFF], [0x23, 0x78, 0xFF],
      ])
    #expect(
      writes(profile(.mpu6050, .dataReady).configuration) == [
        [0x19, 9, 0xFF], [0x1A, 3, 0xFF], [0x1B, 0x08, 0xFF], [0x1C, 0x08, 0xFF], [0x38, 0x01, 0xFF],
      ])
  }

  /// ACCEL_CONFIG_2 besides: the upper bits, FIFO_SIZE, are written 0 and not asked for.
  @Test(arguments: later) func theLaterChipsAreConfigured(model: SensorModel) {
    let common: [[UInt8]] = [[0x1A, 3, 0xFF], [0x1B, 0x08, 0xFF], [0x1C, 0x08, 0xFF], [0x1D, 3, 0x0F]]
    #expect(writes(profile(model, .polled).configuration) == [[0x19, 0, 0xFF]] + common)
    #expect(writes(profile(model, .fifo).configuration) == [[0x19, 9, 0xFF]] + common)
    #expect(writes(profile(model, .dataReady).configuration) == [[0x19, 9, 0xFF]] + common + [[0x38, 0x01, 0xFF]])
  }

  @Test(
    arguments: [
      (2, 0x00, 16384), (4, 0x08, 8192), (8, 0x10, 4096), (16, 0x18, 2048),
    ] as [(Int, UInt8, Double)], models)
  func accelerationRanges(range: (Int, UInt8, Double), model: SensorModel) {
    let profile = profile(model, g: range.0)
    #expect(profile.configuration[3] == RegisterSetting(0x1C, range.1))
    #expect(profile.scale == SensorScale(acceleration: range.2, angularVelocity: 65.5))
  }

  @Test(
    arguments: [
      (250, 0x00, 131), (500, 0x08, 65.5), (1000, 0x10, 32.8), (2000, 0x18, 16.4),
    ] as [(Int, UInt8, Double)], models)
  func angularVelocityRanges(range: (Int, UInt8, Double), model: SensorModel) {
    let profile = profile(model, dps: range.0)
    #expect(profile.configuration[2] == RegisterSetting(0x1B, range.1))
    #expect(profile.scale == SensorScale(acceleration: 8192, angularVelocity: range.2))
  }

  /// The divider, the low-pass and milliseconds.
  @Test(
    arguments: [
      (1000, 0, 3, 1), (666, 0, 3, 1), (500, 1, 3, 2), (400, 1, 3, 2), (300, 2, 3, 3), (200, 4, 3, 5),
      (100, 9, 3, 10), (90, 10, 3, 11), (80, 12, 4, 13),
      (50, 19, 4, 20), (42, 23, 4, 24), (41, 23, 5, 24), (25, 39, 5, 40), (20, 49, 5, 50), (10, 99, 6, 100),
      (2, 255, 6, 256),
    ] as [(Double, UInt8, UInt8, Int64)], models)
  func theRate(rate: (Double, UInt8, UInt8, Int64), model: SensorModel) {
    for mode in [SamplingMode.fifo, .dataReady, .polled] {
      let profile = profile(model, hertz: rate.0, mode)
      let isPolled = mode == .polled
      #expect(profile.configuration[0] == RegisterSetting(0x19, isPolled ? 0 : rate.1))
      #expect(profile.configuration[1] == RegisterSetting(0x1A, rate.2))
      if model != .mpu6050 { #expect(profile.configuration[4] == RegisterSetting(0x1D, rate.2, mask: 0x0F)) }
      #expect(profile.outputPeriod == .milliseconds(isPolled ? 1 : rate.3))
    }
  }

  /// INT_STATUS, then acceleration, temperature, angular velocity.
  @Test(arguments: models) func theData(model: SensorModel) throws {
    let data = profile(model, .polled).data
    #expect(data.first == 0x3A)
    #expect(data.length == 15)
    guard case .inBurst(let offset, let mask) = data.ready else { throw Unexpected() }
    #expect(offset == 0 && mask == 0x01)
    #expect(data.words.isBigEndian)
    #expect(data.words.acceleration == 1)
    #expect(data.words.angularVelocity == 9)
  }

  /// Bytes: the FIFO's, a record's; and the angular velocity's place.
  @Test(
    arguments: [
      (.mpu6050, 1024, 12, 6, 40), (.mpu6500, 512, 12, 6, 40), (.mpu9250, 512, 12, 6, 40), (.mpu9255, 512, 12, 6, 40),
      (.icm20689, 512, 12, 6, 40), (.icm20602, 1008, 14, 8, 34), (.icm20608, 512, 12, 6, 40),
    ] as [(SensorModel, Int, Int, Int, Int)])
  func theFIFO(model: SensorModel, capacity: Int, record: Int, angularVelocity: Int, records: Int) throws {
    let fifo = try #require(profile(model).fifo)
    #expect(fifo.level == 0x72 && fifo.levelLength == 2 && fifo.isLevelBigEndian)
    #expect(fifo.levelMask == 0x1FFF && fifo.bytesPerCount == 1 && fifo.overrunMask == 0)
    #expect(fifo.data == 0x74)
    #expect(fifo.capacity == capacity && fifo.recordLength == record && fifo.recordsPerTransfer == records)
    guard case .records(let words) = fifo.framing else { throw Unexpected() }
    #expect(words.isBigEndian && words.acceleration == 0 && words.angularVelocity == angularVelocity)
    if model == .mpu6050 {
      #expect(writes(fifo.stop) == [[0x6A, 0x00, 0], [0x6A, 0x04, 0]])
      #expect(writes(fifo.start) == [[0x6A, 0x40, 0xFF]])
    } else {
      #expect(writes(fifo.stop) == [[0x23, 0x00, 0], [0x6A, 0x00, 0], [0x6A, 0x04, 0]])
      #expect(writes(fifo.start) == [[0x6A, 0x40, 0xFF], [0x23, model == .icm20602 ? 0x18 : 0x78, 0xFF]])
    }
    #expect(profile(model, .polled).fifo == nil)
    #expect(profile(model, .dataReady).fifo == nil)
  }

  private struct Unexpected: Error {}
}
