// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation
import Testing

@Suite struct ChipTests {
  @Test func wakesUpAsTheRegisterMapSays() throws {
    var bench = Bench()
    for register in 0..<128 as Range<UInt8> {
      let expected: UInt8 = register == 0x6B ? 0x40 : register == 0x75 ? 0x68 : 0
      #expect(try bench.read(register) == [expected], "register \(register)")
    }
  }

  @Test func asleepNothingIsMeasured() throws {
    var bench = Bench()
    bench.sleep(for: 1_000_000)
    #expect(try bench.read(0x3A, 15) == [UInt8](repeating: 0, count: 15))
    try bench.start()
    let before = try bench.words(0x3B, 7)
    #expect(before[2] != 0)
    try bench.write(0x6B, 0x41)
    bench.sleep(for: 1_000_000)
    _ = try bench.read(0x3A)
    bench.sleep(for: 1_000_000)
    #expect(try bench.read(0x3A) == [0])
    #expect(try bench.words(0x3B, 7) == before)
  }

  @Test func aDeviceResetTakesAWhileAndClearsItself() throws {
    var bench = Bench()
    try bench.start()
    try bench.write(0x6B, 0x80)
    #expect(try bench.read(0x6B) == [0xC0])
    try bench.write(0x19, 0x55)
    bench.sleep(for: 100_000)
    #expect(try bench.read(0x6B) == [0x40])
    #expect(try bench.read(0x19, 4) == [0, 0, 0, 0])
    #expect(try bench.read(0x3B, 14) == [UInt8](repeating: 0, count: 14))
    #expect(try bench.read(0x75) == [0x68])
  }

  @Test func readOnlyRegistersStay() throws {
    var bench = Bench()
    for register in [0x3A, 0x3B, 0x48, 0x72, 0x73, 0x75, 0x68] as [UInt8] {
      let before = try bench.read(register)
      try bench.write(register, 0xA5)
      #expect(try bench.read(register) == before)
    }
  }

  @Test(arguments: [(0, 16384.0), (1, 8192), (2, 4096), (3, 2048)] as [(UInt8, Double)])
  func aRestIsOneG(range: UInt8, perG: Double) throws {
    var bench = Bench()
    bench.sleep(until: 3_000_000)
    try bench.start()
    try bench.write(0x1C, range << 3)
    // The mean of a second's samples: upside down, so -1 g on z.
    var sum = (x: 0.0, y: 0.0, z: 0.0)
    for _ in 0..<100 {
      bench.sleep(for: 10_000)
      let words = try bench.words(0x3B, 3)
      sum = (sum.x + Double(words[0]), sum.y + Double(words[1]), sum.z + Double(words[2]))
    }
    #expect((sum.x / 100 / perG).magnitude < 0.002)
    #expect((sum.y / 100 / perG).magnitude < 0.002)
    #expect((sum.z / 100 / perG + 1).magnitude < 0.002)
  }

  @Test(arguments: [(0, 131.0), (1, 65.5), (2, 32.8), (3, 16.4)] as [(UInt8, Double)])
  func theGyroscopeShowsBiasAndScaleError(range: UInt8, perDegree: Double) throws {
    var parameters = SimulatedSensorParameters()
    parameters.noise = 0
    parameters.gyroscopeBias = AngularVelocity(
      Angle.degrees(10).radians, Angle.degrees(-20).radians, Angle.degrees(0.5).radians)
    var bench = Bench(Bench.still, parameters)
    bench.sleep(until: 3_000_000)
    try bench.start()
    try bench.write(0x1B, range << 3)
    bench.sleep(for: 20_000)
    let words = try bench.words(0x43, 3)
    for (word, degrees) in zip(words, [10, -20, 0.5]) {
      #expect((Double(word) - degrees * perDegree).magnitude <= 0.5 + 1e-9)
    }
  }

  @Test func valuesAreClippedToTheRange() throws {
    var parameters = SimulatedSensorParameters()
    parameters.gyroscopeBias = AngularVelocity(10, -10, 0)
    parameters.accelerometerOffset = Acceleration(50, -50, 0)
    var bench = Bench(Bench.still, parameters)
    try bench.start()
    #expect(try bench.words(0x3B, 2) == [32767, -32768])
    #expect(try bench.words(0x43, 2) == [32767, -32768])
  }

  @Test func errorsOfScaleAndOffsetAreSeen() throws {
    var parameters = SimulatedSensorParameters()
    parameters.noise = 0
    parameters.accelerometerScaleError = Vector3(0, 0, 0.03)
    parameters.accelerometerOffset = Acceleration(0.05 * standardGravity, 0, 0)
    parameters.temperature = 36.53 + 2
    var bench = Bench(Bench.still, parameters)
    bench.sleep(until: 3_000_000)
    try bench.start()
    let words = try bench.words(0x3B, 4)
    #expect(words == [410, 0, -8438, 680])
  }

  @Test(
    arguments: [(0, 3, 1000), (9, 3, 10_000), (255, 1, 256_000), (0, 0, 125), (7, 7, 1000)] as [(UInt8, UInt8, Int64)])
  func theDividerSetsTheRate(divider: UInt8, lowPass: UInt8, period: Int64) throws {
    var bench = Bench()
    try bench.write(0x6B, 0x01)
    try bench.write(0x19, divider, lowPass)
    bench.sleep(for: period - 1)
    #expect(try bench.read(0x3A) == [0])
    bench.sleep(for: 1)
    #expect(try bench.read(0x3A) == [1])
    #expect(try bench.read(0x3A) == [0])
    bench.sleep(for: period)
    #expect(try bench.read(0x3A) == [1])
  }

  @Test func sensorsStartUpAfterWaking() throws {
    var bench = Bench()
    bench.sleep(until: 3_000_000)
    try bench.write(0x6B, 0x01)
    try bench.write(0x19, 0, 3)
    bench.sleep(for: 19_000)
    #expect(try bench.words(0x3B, 3) == [0, 0, 0])
    bench.sleep(for: 10_000)
    #expect(try bench.words(0x3F, 1)[0] < -16000)
    #expect(try bench.words(0x43, 3) == [0, 0, 0])
    bench.sleep(for: 20_000)
    #expect(try bench.words(0x43, 3) != [0, 0, 0])
  }

  /// Root mean square of z noise at a low-pass setting, LSB at 2 g and 250 deg/s.
  private func noise(_ lowPass: UInt8) throws -> (acceleration: Double, angularVelocity: Double) {
    var bench = Bench()
    bench.sleep(until: 3_000_000)
    try bench.start(divider: 0, lowPass: lowPass)
    try bench.write(0x1B, 0, 0)
    var force = (sum: 0.0, squares: 0.0)
    var rate = (sum: 0.0, squares: 0.0)
    let count = 20_000.0
    for _ in 0..<20_000 {
      bench.sleep(for: 1000)
      let words = try bench.words(0x3B, 7).map(Double.init)
      force = (force.sum + words[2], force.squares + words[2] * words[2])
      rate = (rate.sum + words[6], rate.squares + words[6] * words[6])
    }
    func deviation(_ s: (sum: Double, squares: Double)) -> Double {
      (s.squares / count - s.sum / count * (s.sum / count)).squareRoot()
    }
    return (deviation(force), deviation(rate))
  }

  @Test func theLowPassSetsTheNoise() throws {
    let wide = try noise(1)
    let narrow = try noise(6)
    // 400 ug/sqrt(Hz) at 184 Hz and 16384 LSB/g; 0.005 (deg/s)/sqrt(Hz) at 188 Hz and 131 LSB/dps.
    #expect((wide.acceleration / 88.9 - 1).magnitude < 0.03)
    #expect((wide.angularVelocity / 8.98 - 1).magnitude < 0.03)
    #expect((narrow.acceleration / wide.acceleration / (5.0 / 184).squareRoot() - 1).magnitude < 0.04)
    #expect((narrow.angularVelocity / wide.angularVelocity / (5.0 / 188).squareRoot() - 1).magnitude < 0.06)
  }

  @Test func theLowPassDelays() throws {
    var parameters = SimulatedSensorParameters()
    parameters.noise = 0
    let turning = SimulatedWearer(everything, seed: 1)
    for (lowPass, delay) in [(1, 1900), (3, 4800), (6, 18_600)] as [(UInt8, Int64)] {
      var bench = Bench(turning, parameters)
      bench.sleep(until: 5_000_000)
      try bench.start(divider: 0, lowPass: lowPass)
      bench.sleep(until: 5_500_000)
      let truth = turning.state(at: Timestamp(microseconds: 5_500_000 - delay)).angularVelocity.y
      let word = try bench.words(0x45, 1)[0]
      #expect((Double(word) / 65.5 - Angle(radians: truth).degrees).magnitude < 0.02)
    }
  }

  @Test func aBurstIsWhatSingleReadsAre() throws {
    var bench = Bench()
    try bench.start()
    let burst = try bench.read(0x3B, 14)
    var single: [UInt8] = []
    for register in 0x3B...0x48 as ClosedRange<UInt8> { single += try bench.read(register) }
    #expect(burst == single)
    #expect(try bench.read(0x19, 4) == [9, 3, 8, 8])
  }

  @Test func aSampleDoesNotDependOnWhatWasReadBefore() throws {
    var often = Bench(SimulatedWearer(everything, seed: 1))
    var once = Bench(SimulatedWearer(everything, seed: 1))
    try often.start()
    try once.start()
    for _ in 0..<997 {
      often.sleep(for: 1009)
      _ = try often.read(0x3A, 15)
    }
    once.sleep(until: often.now)
    #expect(try often.read(0x3B, 14) == once.read(0x3B, 14))
  }

  @Test func anotherAddressDoesNotAnswer() throws {
    var parameters = SimulatedSensorParameters()
    parameters.address = try #require(I2CAddress(0x69))
    var bench = Bench(Bench.still, parameters)
    #expect(try bench.read(0x75) == [0x68])
    var bytes: [UInt8] = [0]
    var reading = bytes.mutableSpan
    let wrong = try #require(I2CAddress(0x68))
    do {
      try bench.chip.exchange([0x75].span, reading: &reading, with: wrong)
      Issue.record("answered")
    } catch {
      #expect(error == .noAcknowledge)
    }
  }
}
