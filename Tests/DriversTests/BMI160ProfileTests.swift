// SPDX-License-Identifier: MIT
import Drivers
import PostureCore
import Testing

/// Addresses and values are restated as numbers.
@Suite struct BMI160ProfileTests {
  private func profile(hertz: Double = 100, g: Int = 4, dps: Int = 500, _ mode: SamplingMode = .fifo) -> ChipProfile {
    ChipProfile(
      .bmi160,
      SensorSettings(period: .seconds(1 / hertz), accelerationRange: g, angularVelocityRange: dps, mode: mode))
  }

  /// Register, value, mask.
  private func writes(_ settings: RegisterSettings) -> [[UInt8]] {
    (0..<settings.count).map { [settings[$0].register, settings[$0].value, settings[$0].mask] }
  }

  @Test func theStart() {
    let profile = profile()
    #expect(profile.model == .bmi160)
    #expect(profile.identity == RegisterSetting(0x00, 0xD1))
    #expect(profile.hasGyroscope)
    #expect(profile.reset == RegisterSetting(0x7E, 0xB6, mask: 0))
    #expect(profile.resetTime == .milliseconds(15))
    // Longer than 450 us after a write in suspend mode and 3.8 ms for the accelerometer's start.
    #expect(profile.wakePause == .milliseconds(5))
    // 80 ms for the gyroscope, and four samples.
    #expect(profile.wakeTime == .milliseconds(120))
    #expect(
      writes(profile.wake) == [
        [0x40, 0x28, 0xFF], [0x41, 0x05, 0xFF], [0x42, 0x28, 0xFF], [0x43, 0x02, 0xFF], [0x7E, 0x11, 0x00],
        [0x7E, 0x15, 0x00],
      ])
  }

  /// The code, the filter, and microseconds.
  @Test(
    arguments: [
      (10, 6, 40_000), (20, 6, 40_000), (26, 6, 40_000), (27, 7, 20_000), (50, 7, 20_000), (100, 8, 10_000),
      (105, 8, 10_000), (106, 9, 5000), (200, 9, 5000), (400, 10, 2500), (500, 11, 1250), (1000, 12, 625),
    ] as [(Double, UInt8, Int64)], [SamplingMode.fifo, .dataReady])
  func theRate(rate: (Double, UInt8, Int64), mode: SamplingMode) {
    let profile = profile(hertz: rate.0, mode)
    #expect(profile.outputPeriod == Interval(microseconds: rate.2))
    #expect(writes(profile.wake)[0] == [0x40, 0x20 | rate.1, 0xFF])
    #expect(writes(profile.wake)[2] == [0x42, 0x20 | rate.1, 0xFF])
  }

  /// At least twice the rate, with half the bandwidth.
  @Test(
    arguments: [(10, 0x16), (20, 0x17), (50, 0x18), (100, 0x19), (200, 0x1A), (400, 0x1B), (500, 0x1C), (1000, 0x1C)]
      as [(Double, UInt8)])
  func thePolledRate(hertz: Double, value: UInt8) {
    let profile = profile(hertz: hertz, .polled)
    #expect(writes(profile.wake)[0] == [0x40, value, 0xFF])
    #expect(writes(profile.wake)[2] == [0x42, value, 0xFF])
    #expect(hertz > 800 || profile.outputPeriod * 2 <= .seconds(1 / hertz))
  }

  @Test(
    arguments: [(2, 0x03, 16384), (4, 0x05, 8192), (8, 0x08, 4096), (16, 0x0C, 2048)] as [(Int, UInt8, Double)])
  func theAccelerationRange(g: Int, value: UInt8, perG: Double) {
    #expect(writes(profile(g: g).wake)[1] == [0x41, value, 0xFF])
    #expect(profile(g: g).scale.acceleration == perG)
  }

  @Test(
    arguments: [(250, 3, 131.2), (500, 2, 65.6), (1000, 1, 32.8), (2000, 0, 16.4)] as [(Int, UInt8, Double)])
  func theAngularVelocityRange(dps: Int, value: UInt8, perDegree: Double) {
    #expect(writes(profile(dps: dps).wake)[3] == [0x43, value, 0xFF])
    #expect((profile(dps: dps).scale.angularVelocity - perDegree).magnitude < 1e-9)
  }

  @Test func theInterruptPin() {
    #expect(writes(profile(.polled).configuration) == [])
    #expect(writes(profile(.fifo).configuration) == [])
    #expect(
      writes(profile(.dataReady).configuration) == [[0x51, 0x10, 0xFF], [0x53, 0x0A, 0xFF], [0x56, 0x80, 0xFF]])
  }

  /// The flags are behind the data and cleared by reading them: they are read on their own, before.
  @Test func theDataRegisters() {
    let data = profile(.polled).data
    #expect(data.first == 0x0C)
    #expect(data.length == 12)
    guard case .register(0x1B, mask: 0x80) = data.ready else {
      Issue.record("\(data.ready)")
      return
    }
    #expect(!data.words.isBigEndian && data.words.angularVelocity == 0 && data.words.acceleration == 6)
  }

  @Test func theFIFO() throws {
    #expect(profile(.polled).fifo == nil)
    #expect(profile(.dataReady).fifo == nil)
    let fifo = try #require(profile().fifo)
    #expect(fifo.level == 0x22 && fifo.levelLength == 2 && !fifo.isLevelBigEndian)
    #expect(fifo.levelMask == 0x07FF && fifo.bytesPerCount == 1 && fifo.overrunMask == 0)
    #expect(fifo.data == 0x24 && fifo.recordLength == 12 && fifo.capacity == 1024)
    #expect(fifo.recordsPerTransfer == 40)
    guard case .records(let words) = fifo.framing else {
      Issue.record("\(fifo.framing)")
      return
    }
    #expect(!words.isBigEndian && words.angularVelocity == 0 && words.acceleration == 6)
    #expect(writes(fifo.stop) == [[0x47, 0x00, 0x00], [0x7E, 0xB0, 0x00]])
    #expect(writes(fifo.start) == [[0x47, 0xC0, 0xFF]])
  }
}
