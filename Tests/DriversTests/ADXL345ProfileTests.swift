// SPDX-License-Identifier: MIT
import Drivers
import PostureCore
import Testing

/// Addresses and values are restated as numbers.
@Suite struct ADXL345ProfileTests {
  private func profile(hertz: Double = 100, g: Int = 4, _ mode: SamplingMode = .fifo) -> ChipProfile {
    ChipProfile(
      .adxl345,
      SensorSettings(period: .seconds(1 / hertz), accelerationRange: g, angularVelocityRange: 500, mode: mode))
  }

  /// Register, value, mask.
  private func writes(_ settings: RegisterSettings) -> [[UInt8]] {
    (0..<settings.count).map { [settings[$0].register, settings[$0].value, settings[$0].mask] }
  }

  /// Standby, offsets, rate, format, interrupt map, and then measuring.
  @Test func theStart() {
    let profile = profile()
    #expect(profile.model == .adxl345)
    #expect(profile.identity == RegisterSetting(0x00, 0xE5))
    #expect(!profile.hasGyroscope)
    #expect(profile.reset == nil)
    #expect(profile.resetTime == .zero)
    #expect(
      writes(profile.wake) == [
        [0x2D, 0x00, 0], [0x1E, 0, 0xFF], [0x1F, 0, 0xFF], [0x20, 0, 0xFF], [0x2C, 0x0A, 0xFF], [0x31, 0x09, 0xFF],
        [0x2F, 0, 0xFF], [0x2D, 0x08, 0xFF],
      ])
    #expect(profile.wakePause == .zero)
    #expect(profile.wakeTime == .milliseconds(12))
  }

  @Test func theConfiguration() {
    #expect(writes(profile(.polled).configuration) == [[0x2E, 0x00, 0xFF], [0x38, 0x00, 0xFF]])
    #expect(writes(profile(.fifo).configuration) == [[0x2E, 0x00, 0xFF]])
    #expect(writes(profile(.dataReady).configuration) == [[0x2E, 0x80, 0xFF], [0x38, 0x00, 0xFF]])
  }

  /// Full resolution: one scale.
  @Test(arguments: [(2, 0x08), (4, 0x09), (8, 0x0A), (16, 0x0B)] as [(Int, UInt8)])
  func theRanges(g: Int, format: UInt8) {
    let profile = profile(g: g)
    #expect(profile.wake[5] == RegisterSetting(0x31, format))
    #expect(profile.scale == SensorScale(acceleration: 256, angularVelocity: 1, accelerationEnd: Int16(g * 256 - 1)))
  }

  /// BW_RATE and microseconds: at most 5 % slower than asked for.
  @Test(
    arguments: [
      (10, 0x08, 40_000), (20, 0x08, 40_000), (26, 0x08, 40_000), (27, 0x09, 20_000), (50, 0x09, 20_000),
      (100, 0x0A, 10_000), (105, 0x0A, 10_000), (106, 0x0B, 5000), (200, 0x0B, 5000), (400, 0x0C, 2500),
      (500, 0x0C, 2500),
    ] as [(Double, UInt8, Int64)], [SamplingMode.fifo, .dataReady])
  func theRate(rate: (Double, UInt8, Int64), mode: SamplingMode) {
    let profile = profile(hertz: rate.0, mode)
    #expect(profile.wake[4] == RegisterSetting(0x2C, rate.1))
    #expect(profile.outputPeriod == Interval(microseconds: rate.2))
    #expect(profile.wakeTime == Interval(microseconds: rate.2 + 2000))
  }

  /// At least twice the rate that is polled, as far as the chip goes here.
  @Test(
    arguments: [(10, 0x08), (20, 0x09), (25, 0x09), (50, 0x0A), (100, 0x0B), (101, 0x0C), (500, 0x0C)]
      as [(Double, UInt8)])
  func thePolledRate(hertz: Double, code: UInt8) {
    #expect(profile(hertz: hertz, .polled).wake[4] == RegisterSetting(0x2C, code))
  }

  /// INT_SOURCE, DATA_FORMAT, then x, y, z.
  @Test func theData() throws {
    let data = profile(.polled).data
    #expect(data.first == 0x30)
    #expect(data.length == 8)
    guard case .inBurst(let offset, let mask) = data.ready else { throw Unexpected() }
    #expect(offset == 0 && mask == 0x80)
    #expect(!data.words.isBigEndian)
    #expect(data.words.acceleration == 2)
    #expect(data.words.angularVelocity == nil)
  }

  @Test func theFIFO() throws {
    let fifo = try #require(profile().fifo)
    #expect(fifo.level == 0x39 && fifo.levelLength == 1)
    #expect(fifo.levelMask == 0x3F && fifo.bytesPerCount == 6 && fifo.overrunMask == 0)
    #expect(fifo.data == 0x32)
    #expect(fifo.capacity == 192 && fifo.recordLength == 6 && fifo.recordsPerTransfer == 1)
    guard case .records(let words) = fifo.framing else { throw Unexpected() }
    #expect(!words.isBigEndian && words.acceleration == 0 && words.angularVelocity == nil)
    #expect(writes(fifo.stop) == [[0x38, 0x00, 0]])
    #expect(writes(fifo.start) == [[0x38, 0x80, 0xFF]])
    #expect(profile(.polled).fifo == nil)
    #expect(profile(.dataReady).fifo == nil)
  }

  private struct Unexpected: Error {}
}
