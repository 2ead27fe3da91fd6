// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation
import Testing

/// The chip with its clock. Register addresses are restated as numbers.
struct LSM6DSBench: ~Copyable {
  let clock = VirtualClock(startingAt: 3_000_000)
  var chip: SimulatedLSM6DS<VirtualClock>
  let address: I2CAddress

  /// The sensor lies still, from 2 s on, with z up.
  static func still() -> SimulatedWearer {
    SimulatedWearer(Script([Step(.offBody, for: .seconds(2))]), seed: 1, mount: .upsideDown)
  }

  static func nodding() -> SimulatedWearer {
    SimulatedWearer(
      Script([Step(.nod(about: .zero, amplitude: .degrees(20), period: .seconds(2)), for: .seconds(200))]), seed: 1)
  }

  /// Without noise.
  init(
    _ variant: LSM6DSVariant, _ wearer: SimulatedWearer = still(),
    _ change: (inout SimulatedSensorParameters) -> Void = { _ in }
  ) throws {
    var parameters = SimulatedSensorParameters()
    parameters.address = try #require(I2CAddress(0x6A))
    parameters.noise = 0
    change(&parameters)
    address = parameters.address
    chip = SimulatedLSM6DS(clock: clock, wearer: wearer, parameters: parameters, variant: variant)
  }

  /// Microseconds since the chip's creation.
  var now: Int64 { clock.now() - 3_000_000 }

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

  mutating func words(_ register: UInt8, _ count: Int) throws -> [Int16] { Self.words(try read(register, 2 * count)) }

  static func words(_ bytes: [UInt8]) -> [Int16] {
    stride(from: 0, to: bytes.count, by: 2).map { Int16(truncatingIfNeeded: Int(bytes[$0 + 1]) << 8 | Int(bytes[$0])) }
  }

  /// FIFO_STATUS1 and FIFO_STATUS2 as one number.
  mutating func level() throws -> Int {
    let bytes = try read(0x3A, 2)
    return Int(bytes[0]) | Int(bytes[1]) << 8
  }

  /// Both sensors at 104 Hz, 4 g, 500 deg/s, BDU; settled.
  mutating func start() throws {
    try write(0x12, 0x44)
    try write(0x10, 0x48, 0x44)
    sleep(for: 200_000)
  }
}

private func instant(_ milliseconds: Int64) -> Timestamp { Timestamp(microseconds: milliseconds * 1000) }

@Suite struct LSM6DSTests {
  @Test(arguments: [(.lsm6ds3, 0x69), (.lsm6ds3trc, 0x6A), (.lsm6dso, 0x6C)] as [(LSM6DSVariant, UInt8)])
  func isInPowerDownAtFirst(variant: LSM6DSVariant, identity: UInt8) throws {
    var bench = try LSM6DSBench(variant)
    #expect(try bench.read(0x0F) == [identity])
    #expect(try bench.read(0x10, 3) == [0, 0, 0x04])
    bench.sleep(for: 1_000_000)
    #expect(try bench.read(0x1E, 16) == [UInt8](repeating: 0, count: 16))
    try bench.write(0x0A, 0x26)
    bench.sleep(for: 1_000_000)
    #expect(try bench.level() & 0x0FFF == 0)
  }

  @Test func hasItsOwnAddress() throws {
    let clock = VirtualClock()
    var chip = SimulatedLSM6DS(clock: clock, wearer: LSM6DSBench.still(), variant: .lsm6dso)
    var bytes: [UInt8] = [0]
    var reading = bytes.mutableSpan
    try chip.exchange([0x0F].span, reading: &reading, with: try #require(I2CAddress(0x6A)))
    #expect(throws: I2CError.noAcknowledge) {
      var bytes: [UInt8] = [0]
      var reading = bytes.mutableSpan
      try chip.exchange([0x0F].span, reading: &reading, with: try #require(I2CAddress(0x6B)))
    }
  }

  @Test(arguments: LSM6DSVariant.allCases) func aResetTakesAMomentAndClearsItself(variant: LSM6DSVariant) throws {
    var bench = try LSM6DSBench(variant)
    try bench.start()
    try bench.write(0x12, 0x05)
    #expect(try bench.read(0x12) == [0x05])
    try bench.write(0x10, 0x40)
    bench.sleep(for: 1000)
    #expect(try bench.read(0x10, 3) == [0, 0, 0x04])
    #expect(try bench.read(0x22, 12) == [UInt8](repeating: 0, count: 12))
  }

  @Test func readOnlyRegistersStay() throws {
    for variant in LSM6DSVariant.allCases {
      var bench = try LSM6DSBench(variant)
      for register in [0x0F, 0x1E, 0x22, 0x2D, 0x3A, 0x3B] as [UInt8] {
        let before = try bench.read(register)
        try bench.write(register, 0xA5)
        #expect(try bench.read(register) == before)
      }
    }
  }

  /// 1 g up on z: AN5130, table 17, has 0x4009 for 2 g.
  @Test(arguments: [(0, 16393), (2, 8197), (3, 4098), (1, 2049)] as [(UInt8, Int16)], LSM6DSVariant.allCases)
  func atRestThereIsOneG(range: (UInt8, Int16), variant: LSM6DSVariant) throws {
    var bench = try LSM6DSBench(variant)
    bench.sleep(for: 5_000_000)
    try bench.write(0x10, 0x40 | range.0 << 2, 0x40)
    bench.sleep(for: 200_000)
    #expect(try bench.words(0x28, 3) == [0, 0, range.1])
    #expect(try bench.words(0x22, 3) == [0, 0, 0])
  }

  /// 10 deg/s: 8.75 mdps/LSB at 250 deg/s.
  @Test(arguments: [(0, 1143), (1, 571), (2, 286), (3, 143)] as [(UInt8, Int16)])
  func theGyroscopeHasItsScale(range: UInt8, expected: Int16) throws {
    var bench = try LSM6DSBench(.lsm6ds3trc) {
      $0.gyroscopeBias = AngularVelocity(Angle.degrees(10).radians, 0, Angle.degrees(-10).radians)
    }
    bench.sleep(for: 5_000_000)
    try bench.write(0x10, 0x40, 0x40 | range << 2)
    bench.sleep(for: 200_000)
    #expect(try bench.words(0x22, 3) == [expected, 0, -expected])
  }

  /// The gyroscope needs 70 ms, the accelerometer one sample.
  @Test func theSensorsStartUp() throws {
    var bench = try LSM6DSBench(.lsm6ds3trc) { $0.gyroscopeBias = AngularVelocity(1, 1, 1) }
    bench.sleep(for: 5_000_000)
    try bench.write(0x10, 0x40, 0x40)
    bench.sleep(for: 9600)
    #expect(try bench.read(0x1E) == [0x03])
    #expect(try bench.words(0x22, 6) == [0, 0, 0, 0, 0, 0])
    bench.sleep(for: 9600)
    #expect(try bench.words(0x28, 3) == [0, 0, 16393])
    bench.sleep(for: 48_000)
    #expect(try bench.words(0x22, 3) == [0, 0, 0])
    bench.sleep(for: 9600)
    #expect(try bench.words(0x22, 3) == [6548, 6548, 6548])
  }

  @Test(arguments: [(1, 76_800), (4, 9600), (5, 4800), (8, 600)] as [(UInt8, Int64)], LSM6DSVariant.allCases)
  func theRateIsThatOfTheCode(rate: (UInt8, Int64), variant: LSM6DSVariant) throws {
    var bench = try LSM6DSBench(variant)
    try bench.write(0x10, rate.0 << 4, rate.0 << 4)
    bench.sleep(for: rate.1 - 1)
    #expect(try bench.read(0x1E) == [0])
    bench.sleep(for: 1)
    #expect(try bench.read(0x1E, 16)[0] == 0x03)
    #expect(try bench.read(0x1E) == [0])
    bench.sleep(for: rate.1)
    #expect(try bench.read(0x1E) == [0x03])
  }

  @Test func aFastClockIsFast() throws {
    var bench = try LSM6DSBench(.lsm6dso) { $0.clockError = 0.02 }
    try bench.write(0x10, 0x40, 0x40)
    bench.sleep(for: 9410)
    #expect(try bench.read(0x1E) == [0])
    bench.sleep(for: 1)
    #expect(try bench.read(0x1E) == [0x03])
  }

  /// The high half of one axis is enough, and of the own sensor.
  @Test func readingClearsTheFlags() throws {
    var bench = try LSM6DSBench(.lsm6ds3trc)
    try bench.start()
    #expect(try bench.read(0x1E) == [0x03])
    _ = try bench.read(0x22)
    #expect(try bench.read(0x1E) == [0x03])
    _ = try bench.read(0x25)
    #expect(try bench.read(0x1E) == [0x01])
    _ = try bench.read(0x29)
    #expect(try bench.read(0x1E) == [0])
  }

  /// With BDU the halves of a word belong together; without, they need not.
  @Test(arguments: [(0x44, true), (0x04, false)] as [(UInt8, Bool)])
  func blockDataUpdateHoldsAWord(ctrl3: UInt8, isHeld: Bool) throws {
    var bench = try LSM6DSBench(.lsm6ds3, LSM6DSBench.nodding())
    try bench.start()
    try bench.write(0x12, ctrl3)
    bench.sleep(for: 9_000_000)
    let low = try bench.read(0x24)
    var high = try bench.read(0x25)
    let word = low + high
    _ = try bench.read(0x24)
    bench.sleep(for: 300_000)
    high = try bench.read(0x25)
    #expect((word[1] == high[0]) == isHeld)
    bench.sleep(for: 20_000)
    #expect(try bench.read(0x24, 2) != word)
  }

  @Test func whatIsFrozenIsAnnouncedAsNew() throws {
    var bench = try LSM6DSBench(.lsm6dso, LSM6DSBench.nodding()) {
      $0.faults = [.frozen(from: instant(5000), to: instant(6000))]
    }
    try bench.start()
    bench.sleep(for: 4_900_000)
    let before = try bench.read(0x1E, 16)
    bench.sleep(for: 500_000)
    #expect(try bench.read(0x1E, 16) == before)
    bench.sleep(for: 500_000)
    #expect(try bench.read(0x1E, 16) != before)
  }

  @Test func aBrownOutResets() throws {
    for variant in LSM6DSVariant.allCases {
      var bench = try LSM6DSBench(variant) { $0.faults = [.brownOut(at: instant(500))] }
      try bench.start()
      #expect(try bench.read(0x10, 3) == [0x48, 0x44, 0x44])
      bench.sleep(for: 400_000)
      #expect(try bench.read(0x10, 3) == [0, 0, 0x04])
      #expect(try bench.read(0x1E, 16) == [UInt8](repeating: 0, count: 16))
    }
  }

  @Test func faultsOfTheBus() throws {
    var bench = try LSM6DSBench(.lsm6ds3) {
      $0.faults = [
        .noAnswer(from: instant(100), to: instant(200)), .ones(from: instant(200), to: instant(300)),
        .wrongIdentity(from: instant(300), to: instant(400), value: 0x12),
      ]
    }
    #expect(try bench.read(0x0F) == [0x69])
    bench.sleep(for: 100_000)
    #expect(throws: I2CError.noAcknowledge) { try bench.read(0x0F) }
    bench.sleep(for: 100_000)
    #expect(try bench.read(0x0F) == [0xFF])
    bench.sleep(for: 100_000)
    #expect(try bench.read(0x0F) == [0x12])
    bench.sleep(for: 100_000)
    #expect(try bench.read(0x0F) == [0x69])
  }

  /// 5 mdps/sqrt(Hz) at a third of 104 Hz and 57.1 LSB/dps; 90 ug/sqrt(Hz) at half of it and 8197 LSB/g.
  @Test func theNoiseIsThatOfTheBandwidth() throws {
    var bench = try LSM6DSBench(.lsm6ds3trc) { $0.noise = 1 }
    bench.sleep(for: 5_000_000)
    try bench.start()
    var squares = (a: 0.0, g: 0.0)
    for _ in 0..<4000 {
      bench.sleep(for: 9600)
      let words = try bench.words(0x22, 6).map(Double.init)
      squares = (squares.a + words[3] * words[3], squares.g + words[0] * words[0])
    }
    #expect(((squares.a / 4000).squareRoot() / 5.32 - 1).magnitude < 0.06)
    #expect(((squares.g / 4000).squareRoot() / 1.65 - 1).magnitude < 0.08)
  }
}
