// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation
import Testing

/// The chip with its clock. Register addresses are restated as numbers.
struct BMI160Bench: ~Copyable {
  let clock = VirtualClock(startingAt: 3_000_000)
  var chip: SimulatedBMI160<VirtualClock>
  let address: I2CAddress

  /// The sensor lies still, from 2 s on, with z up.
  static func still() -> SimulatedWearer {
    SimulatedWearer(Script([Step(.offBody, for: .seconds(2))]), seed: 1, mount: .upsideDown)
  }

  /// Without noise.
  init(
    _ wearer: SimulatedWearer = still(), address value: UInt8 = 0x69,
    _ change: (inout SimulatedSensorParameters) -> Void = { _ in }
  ) throws {
    var parameters = SimulatedSensorParameters()
    parameters.address = try #require(I2CAddress(value))
    parameters.noise = 0
    change(&parameters)
    address = parameters.address
    chip = SimulatedBMI160(clock: clock, wearer: wearer, parameters: parameters)
  }

  func sleep(for time: Int64) { clock.sleep(until: clock.now() + time) }

  mutating func write(_ bytes: UInt8...) throws {
    var nothing: [UInt8] = []
    var reading = nothing.mutableSpan
    try chip.exchange(bytes.span, reading: &reading, with: address)
  }

  mutating func read(_ register: UInt8, _ count: Int = 1) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0xEE, count: count)
    var reading = bytes.mutableSpan
    try chip.exchange([register].span, reading: &reading, with: address)
    return bytes
  }

  mutating func words(_ register: UInt8, _ count: Int) throws -> [Int16] {
    let bytes = try read(register, 2 * count)
    return (0..<count).map { Int16(truncatingIfNeeded: Int(bytes[2 * $0 + 1]) << 8 | Int(bytes[2 * $0])) }
  }

  mutating func level() throws -> Int {
    let bytes = try read(0x22, 2)
    return Int(bytes[0]) | Int(bytes[1]) << 8
  }

  /// Both sensors in normal mode.
  mutating func wake() throws {
    try write(0x7E, 0x11)
    sleep(for: 5000)
    try write(0x7E, 0x15)
    sleep(for: 100_000)
  }
}

private func instant(_ milliseconds: Int64) -> Timestamp { Timestamp(microseconds: milliseconds * 1000) }

@Suite struct BMI160Tests {
  @Test(arguments: [0x68, 0x69] as [UInt8]) func isSuspendedAtFirst(address: UInt8) throws {
    var bench = try BMI160Bench(address: address)
    #expect(try bench.read(0x00) == [0xD1])
    #expect(try bench.read(0x03) == [0])
    #expect(try bench.read(0x40, 8) == [0x28, 0x03, 0x28, 0x00, 0x0B, 0x88, 0x80, 0x10])
    bench.sleep(for: 1_000_000)
    #expect(try bench.read(0x0C, 12) == [UInt8](repeating: 0, count: 12))
    #expect(try bench.read(0x1B)[0] & 0xC0 == 0)
    #expect(try bench.level() == 0)
  }

  @Test func theSensorsStartAfterTheirTimes() throws {
    var bench = try BMI160Bench()
    try bench.write(0x7E, 0x11)
    bench.sleep(for: 3799)
    #expect(try bench.read(0x03) == [0])
    bench.sleep(for: 1)
    #expect(try bench.read(0x03) == [0x10])
    try bench.write(0x7E, 0x15)
    bench.sleep(for: 79_999)
    #expect(try bench.read(0x03) == [0x10])
    #expect(try bench.read(0x1B)[0] & 0xC0 == 0x80)
    bench.sleep(for: 1)
    #expect(try bench.read(0x03) == [0x14])
    bench.sleep(for: 10_000)
    #expect(try bench.read(0x1B)[0] & 0xC0 == 0xC0)
  }

  @Test func aCommandDuringAStartIsDropped() throws {
    var bench = try BMI160Bench()
    try bench.write(0x7E, 0x11)
    bench.sleep(for: 1000)
    try bench.write(0x7E, 0x15)
    bench.sleep(for: 200_000)
    #expect(try bench.read(0x03) == [0x10])
    #expect(try bench.read(0x02) == [0x40])
    #expect(try bench.read(0x02) == [0])
  }

  @Test func inSuspendModeAWriteTakesAWhile() throws {
    var bench = try BMI160Bench()
    try bench.write(0x41, 0x05)
    try bench.write(0x43, 0x02)
    bench.sleep(for: 450)
    try bench.write(0x40, 0x29)
    #expect(try bench.read(0x40, 4) == [0x29, 0x05, 0x28, 0x00])
    try bench.wake()
    try bench.write(0x42, 0x29)
    try bench.write(0x43, 0x02)
    #expect(try bench.read(0x42, 2) == [0x29, 0x02])
  }

  @Test func aSoftResetSuspends() throws {
    var bench = try BMI160Bench()
    try bench.wake()
    try bench.write(0x41, 0x05)
    try bench.write(0x7E, 0xB6)
    try bench.write(0x41, 0x08)
    bench.sleep(for: 1000)
    #expect(try bench.read(0x41) == [0x03])
    #expect(try bench.read(0x03) == [0])
    #expect(try bench.read(0x0C, 12) == [UInt8](repeating: 0, count: 12))
    #expect(try bench.read(0x00) == [0xD1])
  }

  @Test func readOnlyRegistersStay() throws {
    var bench = try BMI160Bench()
    try bench.wake()
    for register in [0x00, 0x03, 0x12, 0x22, 0x23] as [UInt8] {
      let before = try bench.read(register)
      try bench.write(register, 0xA5)
      #expect(try bench.read(register) == before)
    }
  }

  @Test(arguments: [(0x03, 16384), (0x05, 8192), (0x08, 4096), (0x0C, 2048)] as [(UInt8, Int16)])
  func atRestThereIsOneG(range: UInt8, expected: Int16) throws {
    var bench = try BMI160Bench()
    bench.sleep(for: 5_000_000)
    try bench.wake()
    try bench.write(0x41, range)
    bench.sleep(for: 20_000)
    #expect(try bench.words(0x0C, 6) == [0, 0, 0, 0, 0, expected])
  }

  /// 10 deg/s: 16.4 LSB/dps at 2000 deg/s.
  @Test(arguments: [(0, 164), (1, 328), (2, 656), (3, 1312), (4, 2624)] as [(UInt8, Int16)])
  func theGyroscopeHasItsScale(range: UInt8, expected: Int16) throws {
    var bench = try BMI160Bench {
      $0.gyroscopeBias = AngularVelocity(Angle.degrees(10).radians, 0, Angle.degrees(-10).radians)
    }
    bench.sleep(for: 5_000_000)
    try bench.wake()
    try bench.write(0x43, range)
    bench.sleep(for: 20_000)
    #expect(try bench.words(0x0C, 3) == [expected, 0, -expected])
  }

  @Test(
    arguments: [(6, 40_000), (7, 20_000), (8, 10_000), (9, 5000), (10, 2500), (11, 1250), (12, 625)]
      as [(UInt8, Int64)])
  func theRateIsThatOfTheCode(code: UInt8, period: Int64) throws {
    var bench = try BMI160Bench()
    try bench.wake()
    try bench.write(0x40, 0x20 | (code == 8 ? 9 : 8))
    try bench.write(0x42, 0x20 | (code == 8 ? 9 : 8))
    _ = try bench.read(0x0C, 12)
    try bench.write(0x40, 0x20 | code)
    try bench.write(0x42, 0x20 | code)
    bench.sleep(for: period - 1)
    #expect(try bench.read(0x1B)[0] & 0xC0 == 0)
    bench.sleep(for: 1)
    #expect(try bench.read(0x1B)[0] & 0xC0 == 0xC0)
  }

  @Test func aSlowClockIsSlow() throws {
    var bench = try BMI160Bench { $0.clockError = -0.5 }
    try bench.write(0x7E, 0x11)
    bench.sleep(for: 19_999)
    #expect(try bench.read(0x1B)[0] & 0x80 == 0)
    bench.sleep(for: 1)
    #expect(try bench.read(0x1B)[0] & 0x80 == 0x80)
  }

  /// One register of a sensor is enough: in a burst with the data the flags behind them are gone.
  @Test func readingClearsTheFlags() throws {
    var bench = try BMI160Bench()
    try bench.wake()
    #expect(try bench.read(0x1B)[0] & 0xC0 == 0xC0)
    #expect(try bench.read(0x1B)[0] & 0xC0 == 0xC0)
    _ = try bench.read(0x0E)
    #expect(try bench.read(0x1B)[0] & 0xC0 == 0x80)
    _ = try bench.read(0x17)
    #expect(try bench.read(0x1B)[0] & 0xC0 == 0)
    bench.sleep(for: 10_000)
    #expect(try bench.read(0x0C, 16)[15] & 0xC0 == 0)
  }

  @Test func suspendedItIsSilent() throws {
    var bench = try BMI160Bench()
    bench.sleep(for: 5_000_000)
    try bench.wake()
    try bench.write(0x47, 0xC0)
    try bench.write(0x7E, 0x14)
    try bench.write(0x7E, 0x10)
    let level = try bench.level()
    _ = try bench.read(0x0C, 12)
    bench.sleep(for: 1_000_000)
    #expect(try bench.level() == level)
    #expect(try bench.read(0x1B)[0] & 0xC0 == 0)
  }

  @Test func whatIsFrozenIsAnnouncedAsNew() throws {
    let nodding = SimulatedWearer(
      Script([Step(.nod(about: .zero, amplitude: .degrees(20), period: .seconds(2)), for: .seconds(200))]), seed: 1)
    var bench = try BMI160Bench(nodding) { $0.faults = [.frozen(from: instant(5000), to: instant(6000))] }
    try bench.wake()
    bench.sleep(for: 4_950_000)
    let before = try bench.read(0x0C, 12)
    bench.sleep(for: 500_000)
    #expect(try bench.read(0x1B)[0] & 0xC0 == 0xC0)
    #expect(try bench.read(0x0C, 12) == before)
    bench.sleep(for: 500_000)
    #expect(try bench.read(0x0C, 12) != before)
  }

  @Test func aBrownOutSuspends() throws {
    var bench = try BMI160Bench { $0.faults = [.brownOut(at: instant(500))] }
    try bench.wake()
    try bench.write(0x41, 0x05)
    #expect(try bench.read(0x03) == [0x14])
    bench.sleep(for: 500_000)
    #expect(try bench.read(0x03) == [0])
    #expect(try bench.read(0x41) == [0x03])
    #expect(try bench.read(0x0C, 12) == [UInt8](repeating: 0, count: 12))
  }

  @Test func faultsOfTheBus() throws {
    var bench = try BMI160Bench {
      $0.faults = [
        .timeout(from: instant(100), to: instant(200)), .zeros(from: instant(200), to: instant(300)),
        .wrongIdentity(from: instant(300), to: instant(400), value: 0x24),
      ]
    }
    #expect(try bench.read(0x00) == [0xD1])
    bench.sleep(for: 100_000)
    #expect(throws: I2CError.timeout) { try bench.read(0x00) }
    bench.sleep(for: 100_000)
    #expect(try bench.read(0x00) == [0])
    bench.sleep(for: 100_000)
    #expect(try bench.read(0x00) == [0x24])
    bench.sleep(for: 100_000)
    #expect(try bench.read(0x00) == [0xD1])
  }

  /// 0.007 (deg/s)/sqrt(Hz) at 40 Hz and 131 LSB/dps; 180 ug/sqrt(Hz) and 16384 LSB/g; with the narrow filter half of
  /// the square.
  @Test(arguments: [(0x28, 1.0), (0x18, 2)] as [(UInt8, Double)])
  func theNoiseIsThatOfTheBandwidth(conf: UInt8, division: Double) throws {
    var bench = try BMI160Bench { $0.noise = 1 }
    bench.sleep(for: 5_000_000)
    try bench.wake()
    try bench.write(0x40, conf)
    try bench.write(0x42, conf, 0x03)
    var squares = (a: 0.0, g: 0.0)
    for _ in 0..<4000 {
      bench.sleep(for: 10_000)
      let words = try bench.words(0x0C, 6).map(Double.init)
      squares = (squares.a + words[3] * words[3], squares.g + words[0] * words[0])
    }
    #expect(((squares.a / 4000 * division).squareRoot() / 18.65 - 1).magnitude < 0.06)
    #expect(((squares.g / 4000 * division).squareRoot() / 5.81 - 1).magnitude < 0.06)
  }
}
