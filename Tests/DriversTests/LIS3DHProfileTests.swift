// SPDX-License-Identifier: MIT
import Drivers
import PostureCore
import Testing

/// Addresses and values are restated as numbers.
@Suite struct LIS3DHProfileTests {
  private func profile(hertz: Double = 100, g: Int = 4, _ mode: SamplingMode = .fifo) -> ChipProfile {
    ChipProfile(
      .lis3dh, SensorSettings(period: .seconds(1 / hertz), accelerationRange: g, angularVelocityRange: 500, mode: mode))
  }

  /// Register, value, mask.
  private func writes(_ settings: RegisterSettings) -> [[UInt8]] {
    (0..<settings.count).map { [settings[$0].register, settings[$0].value, settings[$0].mask] }
  }

  @Test func theStart() {
    let profile = profile()
    #expect(profile.model == .lis3dh)
    #expect(profile.identity == RegisterSetting(0x0F, 0x33))
    #expect(!profile.hasGyroscope)
    #expect(profile.reset == RegisterSetting(0x24, 0x80, mask: 0))
    #expect(profile.resetTime == .milliseconds(10))
    #expect(writes(profile.wake) == [[0x23, 0x98, 0xFF], [0x20, 0x57, 0xFF]])
    #expect(profile.wakePause == .zero)
    #expect(profile.wakeTime == .milliseconds(80))
  }

  /// CTRL_REG3 and CTRL_REG5.
  @Test(
    arguments: [(.polled, 0x00, 0x00), (.fifo, 0x00, 0x40), (.dataReady, 0x10, 0x00)] as [(SamplingMode, UInt8, UInt8)])
  func theConfiguration(mode: SamplingMode, ctrl3: UInt8, ctrl5: UInt8) {
    #expect(
      writes(profile(mode).configuration) == [
        [0x1F, 0, 0xFF], [0x21, 0, 0xFF], [0x22, ctrl3, 0xFF], [0x24, ctrl5, 0xFF], [0x25, 0, 0xFF], [0x3E, 0, 0xFF],
      ])
  }

  /// High resolution and BDU at every range; LSB per g of the word of 16 bits.
  @Test(
    arguments: [
      (2, 0x88, 16_000), (4, 0x98, 8000), (8, 0xA8, 4000), (16, 0xB8, 16_000.0 / 12),
    ] as [(Int, UInt8, Double)])
  func theRanges(g: Int, ctrl4: UInt8, perG: Double) {
    let profile = profile(g: g)
    #expect(profile.wake[0] == RegisterSetting(0x23, ctrl4))
    #expect(profile.scale == SensorScale(acceleration: perG, angularVelocity: 1, accelerationEnd: 0x7FC0))
  }

  /// CTRL_REG1 and microseconds: at most 5 % slower than asked for.
  @Test(
    arguments: [
      (5, 0x27, 100_000), (10.5, 0x27, 100_000), (10.6, 0x37, 40_000), (20, 0x37, 40_000), (26, 0x37, 40_000),
      (27, 0x47, 20_000), (50, 0x47, 20_000), (53, 0x57, 10_000), (100, 0x57, 10_000), (104, 0x57, 10_000),
      (110, 0x67, 5000), (200, 0x67, 5000), (400, 0x77, 2500), (500, 0x77, 2500), (1000, 0x77, 2500),
    ] as [(Double, UInt8, Int64)], [SamplingMode.fifo, .dataReady])
  func theRate(rate: (Double, UInt8, Int64), mode: SamplingMode) {
    let profile = profile(hertz: rate.0, mode)
    #expect(profile.wake[1] == RegisterSetting(0x20, rate.1))
    #expect(profile.outputPeriod == Interval(microseconds: rate.2))
    #expect(profile.wakeTime == Interval(microseconds: 8 * rate.2))
  }

  /// At least twice the rate that is polled, as far as the chip goes.
  @Test(
    arguments: [(5, 0x27), (10, 0x37), (20, 0x47), (25, 0x47), (50, 0x57), (100, 0x67), (101, 0x77), (500, 0x77)]
      as [(Double, UInt8)])
  func thePolledRate(hertz: Double, ctrl1: UInt8) {
    #expect(profile(hertz: hertz, .polled).wake[1] == RegisterSetting(0x20, ctrl1))
  }

  /// STATUS_REG, then x, y, z, with the address advancing.
  @Test func theData() throws {
    let data = profile(.polled).data
    #expect(data.first == 0xA7)
    #expect(data.length == 7)
    guard case .inBurst(let offset, let mask) = data.ready else { throw Unexpected() }
    #expect(offset == 0 && mask == 0x08)
    #expect(!data.words.isBigEndian)
    #expect(data.words.acceleration == 1)
    #expect(data.words.angularVelocity == nil)
  }

  @Test func theFIFO() throws {
    let fifo = try #require(profile().fifo)
    #expect(fifo.level == 0x2F && fifo.levelLength == 1)
    #expect(fifo.levelMask == 0x1F && fifo.bytesPerCount == 6 && fifo.overrunMask == 0x40)
    #expect(fifo.data == 0xA8)
    #expect(fifo.capacity == 192 && fifo.recordLength == 6 && fifo.recordsPerTransfer == 32)
    guard case .records(let words) = fifo.framing else { throw Unexpected() }
    #expect(!words.isBigEndian && words.acceleration == 0 && words.angularVelocity == nil)
    #expect(writes(fifo.stop) == [[0x2E, 0x00, 0]])
    #expect(writes(fifo.start) == [[0x2E, 0x80, 0xFF]])
    #expect(profile(.polled).fifo == nil)
    #expect(profile(.dataReady).fifo == nil)
  }

  private struct Unexpected: Error {}
}
