// SPDX-License-Identifier: MIT
import Drivers
import PostureCore
import Testing

/// Addresses and values are restated as numbers.
@Suite struct LSM6DSProfileTests {
  private static let models: [SensorModel] = [.lsm6ds3, .lsm6ds3trc, .lsm6dso]

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

  @Test(arguments: [(.lsm6ds3, 0x69), (.lsm6ds3trc, 0x6A), (.lsm6dso, 0x6C)] as [(SensorModel, UInt8)])
  func theIdentity(model: SensorModel, identity: UInt8) {
    let profile = profile(model)
    #expect(profile.model == model)
    #expect(profile.identity == RegisterSetting(0x0F, identity))
    #expect(profile.hasGyroscope)
  }

  @Test(arguments: models) func theStart(model: SensorModel) {
    let profile = profile(model)
    #expect(profile.reset == RegisterSetting(0x12, 0x05, mask: 0))
    #expect(profile.resetTime == .milliseconds(50))
    #expect(profile.wakePause == .zero)
    // 70 ms and four samples.
    #expect(profile.wakeTime == Interval(microseconds: 108_400))
    #expect(writes(profile.wake) == [[0x10, 0x48, 0xFF], [0x11, 0x44, 0xFF]])
  }

  /// The codes of both sensors, and microseconds.
  @Test(
    arguments: [
      (10, 1, 76_800), (13, 1, 76_800), (20, 2, 38_400), (25, 2, 38_400), (27, 2, 38_400), (28, 3, 19_200),
      (50, 3, 19_200), (100, 4, 9600), (109, 4, 9600), (110, 5, 4800), (200, 5, 4800), (400, 6, 2400), (438, 6, 2400),
      (440, 7, 1200), (500, 7, 1200), (1000, 8, 600),
    ] as [(Double, UInt8, Int64)], [SamplingMode.fifo, .dataReady])
  func theRate(rate: (Double, UInt8, Int64), mode: SamplingMode) {
    for model in Self.models {
      let profile = profile(model, hertz: rate.0, g: 2, dps: 250, mode)
      #expect(profile.outputPeriod == Interval(microseconds: rate.2))
      #expect(writes(profile.wake) == [[0x10, rate.1 << 4, 0xFF], [0x11, rate.1 << 4, 0xFF]])
    }
  }

  /// At least twice the rate that is polled; the accelerometer's filter at a quarter of it.
  @Test(
    arguments: [(10, 2), (20, 3), (50, 4), (100, 5), (200, 6), (400, 7), (500, 8), (1000, 8)] as [(Double, UInt8)])
  func thePolledRate(hertz: Double, code: UInt8) {
    for model in [.lsm6ds3trc, .lsm6dso] as [SensorModel] {
      let profile = profile(model, hertz: hertz, g: 2, dps: 250, .polled)
      #expect(writes(profile.wake) == [[0x10, code << 4 | 2, 0xFF], [0x11, code << 4, 0xFF]])
      #expect(hertz > 800 || profile.outputPeriod * 2 <= .seconds(1 / hertz))
    }
  }

  /// 50 Hz at 208, and twice as much at each next rate.
  @Test(
    arguments: [(10, 0x23), (50, 0x43), (100, 0x53), (200, 0x62), (400, 0x71), (500, 0x80)] as [(Double, UInt8)])
  func thePolledFilterOfTheLSM6DS3(hertz: Double, ctrl1: UInt8) {
    let profile = profile(.lsm6ds3, hertz: hertz, g: 2, dps: 250, .polled)
    #expect(writes(profile.wake) == [[0x13, 0x80, 0xFF], [0x10, ctrl1, 0xFF], [0x11, ctrl1 & 0xF0, 0xFF]])
  }

  @Test(
    arguments: [(2, 0x40, 16393.4426), (4, 0x48, 8196.7213), (8, 0x4C, 4098.3607), (16, 0x44, 2049.1803)]
      as [(Int, UInt8, Double)])
  func theAccelerationRange(g: Int, value: UInt8, perG: Double) {
    for model in Self.models {
      let profile = profile(model, g: g)
      #expect(writes(profile.wake)[0] == [0x10, value, 0xFF])
      #expect((profile.scale.acceleration - perG).magnitude < 0.001)
    }
  }

  @Test(
    arguments: [(250, 0x40, 114.2857), (500, 0x44, 57.1429), (1000, 0x48, 28.5714), (2000, 0x4C, 14.2857)]
      as [(Int, UInt8, Double)])
  func theAngularVelocityRange(dps: Int, value: UInt8, perDegree: Double) {
    for model in Self.models {
      let profile = profile(model, dps: dps)
      #expect(writes(profile.wake)[1] == [0x11, value, 0xFF])
      #expect((profile.scale.angularVelocity - perDegree).magnitude < 0.0001)
    }
  }

  @Test(
    arguments: [
      (.lsm6ds3, .polled, [[0x12, 0x44, 0xFF]]),
      (.lsm6ds3trc, .polled, [[0x12, 0x44, 0xFF]]),
      (.lsm6dso, .polled, [[0x12, 0x44, 0xFF], [0x18, 0xE2, 0xFF]]),
      (.lsm6ds3, .fifo, [[0x12, 0x44, 0xFF], [0x08, 0x09, 0xFF]]),
      (.lsm6ds3trc, .fifo, [[0x12, 0x44, 0xFF], [0x08, 0x09, 0xFF]]),
      (.lsm6dso, .fifo, [[0x12, 0x44, 0xFF], [0x18, 0xE2, 0xFF], [0x09, 0x44, 0xFF]]),
      (.lsm6ds3, .dataReady, [[0x12, 0x44, 0xFF], [0x0D, 0x02, 0xFF]]),
      (.lsm6ds3trc, .dataReady, [[0x12, 0x44, 0xFF], [0x0D, 0x02, 0xFF], [0x0B, 0x80, 0xFF]]),
      (.lsm6dso, .dataReady, [[0x12, 0x44, 0xFF], [0x18, 0xE2, 0xFF], [0x0D, 0x02, 0xFF], [0x0B, 0x80, 0xFF]]),
    ] as [(SensorModel, SamplingMode, [[UInt8]])])
  func theConfiguration(model: SensorModel, mode: SamplingMode, expected: [[UInt8]]) {
    #expect(writes(profile(model, mode).configuration) == expected)
  }

  @Test(arguments: models) func theDataRegisters(model: SensorModel) {
    let data = profile(model, .polled).data
    #expect(data.first == 0x1E)
    #expect(data.length == 16)
    guard case .inBurst(offset: 0, mask: 0x01) = data.ready else {
      Issue.record("\(data.ready)")
      return
    }
    #expect(!data.words.isBigEndian)
    #expect(data.words.angularVelocity == 4)
    #expect(data.words.acceleration == 10)
  }

  @Test(arguments: models, [SamplingMode.polled, .dataReady])
  func withoutTheModeThereIsNoFIFO(model: SensorModel, mode: SamplingMode) {
    #expect(profile(model, mode).fifo == nil)
  }

  @Test(
    arguments: [(.lsm6ds3, 0x0FFF, 8192), (.lsm6ds3trc, 0x07FF, 4096)] as [(SensorModel, UInt16, Int)])
  func theFIFOOfWords(model: SensorModel, mask: UInt16, capacity: Int) throws {
    let fifo = try #require(profile(model).fifo)
    #expect(fifo.level == 0x3A && fifo.levelLength == 2 && !fifo.isLevelBigEndian)
    #expect(fifo.levelMask == mask && fifo.bytesPerCount == 2 && fifo.overrunMask == 0x4000)
    #expect(fifo.data == 0x3E && fifo.recordLength == 12 && fifo.capacity == capacity)
    #expect(fifo.recordsPerTransfer == 40)
    guard case .records(let words) = fifo.framing else {
      Issue.record("\(fifo.framing)")
      return
    }
    #expect(!words.isBigEndian && words.angularVelocity == 0 && words.acceleration == 6)
    #expect(writes(fifo.stop) == [[0x0A, 0x00, 0x00]])
    #expect(writes(fifo.start) == [[0x0A, 0x26, 0xFF]])
    #expect(try writes(#require(profile(model, hertz: 400).fifo).start) == [[0x0A, 0x36, 0xFF]])
  }

  @Test func theFIFOOfTaggedWords() throws {
    let fifo = try #require(profile(.lsm6dso).fifo)
    #expect(fifo.level == 0x3A && fifo.levelLength == 2 && !fifo.isLevelBigEndian)
    #expect(fifo.levelMask == 0x03FF && fifo.bytesPerCount == 7 && fifo.overrunMask == 0x4800)
    #expect(fifo.data == 0x78 && fifo.recordLength == 7 && fifo.capacity == 3584)
    #expect(fifo.recordsPerTransfer == 68)
    guard case .tagged(acceleration: 2, angularVelocity: 1) = fifo.framing else {
      Issue.record("\(fifo.framing)")
      return
    }
    #expect(writes(fifo.stop) == [[0x0A, 0x00, 0x00]])
    #expect(writes(fifo.start) == [[0x0A, 0x06, 0xFF]])
    #expect(writes(profile(.lsm6dso, hertz: 20).configuration).last == [0x09, 0x22, 0xFF])
  }
}
