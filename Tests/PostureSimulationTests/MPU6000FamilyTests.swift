// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation
import Testing

@Suite struct MPU6000FamilyTests {
  private typealias FamilyBench = RegisterBench<SimulatedMPU6050<VirtualClock>>

  /// Awake, 100 Hz, 4 g and 500 deg/s behind 41 Hz, these sensors into the FIFO.
  private func bench(
    _ variant: SimulatedMPU6050Variant, fifo enabled: UInt8 = 0,
    _ wearer: SimulatedWearer = SimulatedWearer(everything, seed: 1), noise: Double = 1
  ) throws -> FamilyBench {
    var parameters = SimulatedSensorParameters()
    parameters.noise = noise
    var bench = FamilyBench(variant, wearer, parameters)
    try bench.write(0x6B, 0x01)
    try bench.write(0x19, 9, 3, 8, 8)
    if variant != .mpu6050 { try bench.write(0x1D, 3) }
    bench.sleep(for: 60_000)
    if enabled != 0 {
      try bench.write(0x6A, 0x40)
      try bench.write(0x23, enabled)
    }
    return bench
  }

  private func count(_ bench: inout FamilyBench) throws -> Int {
    let bytes = try bench.read(0x72, 2)
    return Int(bytes[0]) << 8 | Int(bytes[1])
  }

  @Test(
    arguments: [
      (.mpu6050, 0x68, 0x40, 0x00), (.mpu6500, 0x70, 0x01, 0x00), (.mpu9250, 0x71, 0x01, 0x00),
      (.mpu9255, 0x73, 0x01, 0x00), (.icm20689, 0x98, 0x40, 0x00), (.icm20602, 0x12, 0x41, 0x80),
      (.icm20608, 0xAF, 0x40, 0x00),
    ] as [(SimulatedMPU6050Variant, UInt8, UInt8, UInt8)])
  func powerUp(variant: SimulatedMPU6050Variant, identity: UInt8, power: UInt8, config: UInt8) throws {
    var bench = FamilyBench(variant)
    for register in 0..<0x76 as Range<UInt8> {
      let expected: UInt8 =
        switch register {
        case 0x6B: power
        case 0x75: identity
        case 0x1A: config
        // The empty FIFO.
        case 0x74: identity == 0x98 || identity == 0x12 || identity == 0xAF ? 0xFF : 0
        default: 0
        }
      #expect(try bench.read(register) == [expected], "register \(register)")
    }
    try bench.write(0x1C, 0x18)
    try bench.write(0x6B, 0x80)
    #expect(try bench.read(0x6B) == [power | 0x80])
    bench.sleep(for: 100_000)
    #expect(try bench.read(0x6B) == [power])
    #expect(try bench.read(0x1C) == [0])
    let isAwake = power & 0x40 == 0
    #expect(try bench.read(0x3A) == [isAwake ? 1 : 0])
    #expect(try bench.read(0x3B, 6).contains { $0 != 0 } == isAwake)
  }

  /// What runs by itself after a dip of the supply looks alive and has another range.
  @Test(arguments: [SimulatedMPU6050Variant.mpu6500, .mpu9250, .mpu9255])
  func aBrownOutLeavesItRunningWithResetValues(variant: SimulatedMPU6050Variant) throws {
    var parameters = SimulatedSensorParameters()
    parameters.faults = [.brownOut(at: at(4))]
    var bench = FamilyBench(variant, Bench.still, parameters)
    try bench.write(0x1C, 0x18)
    bench.sleep(until: 3_999_999)
    #expect((-2200 ... -1900).contains(Int(Int8(bitPattern: try bench.read(0x3F)[0])) * 256))
    bench.sleep(until: 4_100_000)
    #expect(try bench.read(0x3A) == [1])
    #expect(try bench.read(0x1C) == [0])
    #expect((-16_900 ... -15_900).contains(Int(Int8(bitPattern: try bench.read(0x3F)[0])) * 256))
  }

  @Test(
    arguments: [
      (.mpu6050, 0, 1024), (.mpu6500, 0, 512), (.mpu9250, 0, 512), (.mpu9255, 0, 512), (.icm20608, 0, 512),
      (.icm20602, 0, 1008), (.icm20689, 0x00, 512), (.icm20689, 0x40, 1024), (.icm20689, 0x80, 2048),
      (.icm20689, 0xC0, 4096),
    ] as [(SimulatedMPU6050Variant, UInt8, Int)])
  func theFIFOHolds(variant: SimulatedMPU6050Variant, size: UInt8, capacity: Int) throws {
    let enabled: UInt8 = variant == .icm20602 ? 0x18 : 0x78
    let record = variant == .icm20602 ? 14 : 12
    var slow = try bench(variant)
    var quick = try bench(variant)
    if size != 0 {
      try slow.write(0x1D, size | 3)
      try quick.write(0x1D, size | 3)
    }
    for register in [0x6A, 0x23] as [UInt8] {
      let value = register == 0x6A ? 0x40 : enabled
      try slow.write(register, value)
      try quick.write(register, value)
    }
    let full = capacity / record
    slow.sleep(for: Int64(full) * 10_000)
    #expect(try slow.read(0x3A) == [1])
    #expect(try count(&slow) == full * record)
    slow.sleep(for: 3_000_000)
    #expect(try slow.read(0x3A) == [0x11])
    #expect(try count(&slow) == capacity)
    var expected: [UInt8] = []
    for _ in 0..<full + 300 {
      quick.sleep(for: 10_000)
      expected += try quick.read(0x74, record)
    }
    #expect(try slow.read(0x74, capacity) == [UInt8](expected.suffix(capacity)))
  }

  /// The gyroscope's bit and the accelerometer's bring the temperature along.
  @Test(arguments: [(0x18, 0, 14), (0x10, 6, 8), (0x08, 0, 8)] as [(UInt8, Int, Int)])
  func theICM20602HasTemperaturesInItsFIFO(enabled: UInt8, first: Int, length: Int) throws {
    var fifo = try bench(.icm20602, fifo: enabled)
    var registers = try bench(.icm20602)
    var expected: [UInt8] = []
    for _ in 0..<20 {
      registers.sleep(for: 10_000)
      expected += try registers.read(0x3B, 14)[first..<first + length]
    }
    fifo.sleep(until: registers.now)
    #expect(try count(&fifo) == 20 * length)
    #expect(try fifo.read(0x74, 20 * length) == expected)
  }

  /// USER_CTRL ends the reading, FIFO_EN the writing, and a reset is one at any time.
  @Test func theFIFOOfTheLaterChipsIsFilledAsFIFOENSays() throws {
    var bench = try bench(.mpu6500, fifo: 0x78)
    bench.sleep(for: 20_000)
    try bench.write(0x6A, 0x00)
    bench.sleep(for: 20_000)
    #expect(try count(&bench) == 48)
    _ = try bench.read(0x74, 5)
    #expect(try count(&bench) == 48)
    try bench.write(0x23, 0x00)
    bench.sleep(for: 20_000)
    #expect(try count(&bench) == 48)
    try bench.write(0x6A, 0x44)
    #expect(try count(&bench) == 0)
    #expect(try bench.read(0x6A) == [0x40])
  }

  @Test func aFullFIFOMayKeepItsOldestBytes() throws {
    var keeping = try bench(.mpu9250)
    try keeping.write(0x1A, 0x43)
    try keeping.write(0x6A, 0x40)
    try keeping.write(0x23, 0x78)
    var quick = try bench(.mpu9250, fifo: 0x78)
    keeping.sleep(for: 2_000_000)
    var expected: [UInt8] = []
    for _ in 0..<43 {
      quick.sleep(for: 10_000)
      expected += try quick.read(0x74, 12)
    }
    #expect(try keeping.read(0x3A) == [0x11])
    #expect(try keeping.read(0x74, 512) == [UInt8](expected.prefix(512)))
  }

  @Test(
    arguments: [
      (.mpu6050, false), (.mpu6500, false), (.mpu9250, false), (.icm20689, true), (.icm20602, true),
      (.icm20608, true),
    ] as [(SimulatedMPU6050Variant, Bool)])
  func anEmptyFIFO(variant: SimulatedMPU6050Variant, readsOnes: Bool) throws {
    var bench = try bench(variant, fifo: variant == .icm20602 ? 0x18 : 0x78)
    bench.sleep(for: 10_000)
    let bytes = try bench.read(0x74, 20)
    let record = variant == .icm20602 ? 14 : 12
    #expect(bytes.suffix(20 - record).allSatisfy { $0 == (readsOnes ? 0xFF : bytes[record - 1]) })
  }

  /// The accelerometer has a filter of its own; CONFIG is the gyroscope's alone.
  @Test(
    arguments: [
      (.mpu9250, 3, 11_800), (.mpu6500, 5, 35_700), (.icm20608, 3, 4900), (.icm20689, 4, 8500),
    ] as [(SimulatedMPU6050Variant, UInt8, Int64)])
  func theAccelerometersLowPass(variant: SimulatedMPU6050Variant, code: UInt8, delay: Int64) throws {
    let turning = SimulatedWearer(everything, seed: 1)
    var bench = try bench(variant, turning, noise: 0)
    try bench.write(0x19, 0, 1)
    try bench.write(0x1D, code)
    bench.sleep(until: 5_500_000)
    let truth = turning.state(at: Timestamp(microseconds: 5_500_000 - delay)).specificForce.x
    let bytes = try bench.read(0x3B, 2)
    let word = Int16(truncatingIfNeeded: Int(bytes[0]) << 8 | Int(bytes[1]))
    #expect((Double(word) / 8192 * standardGravity - truth).magnitude < 0.002)
    let rate = turning.state(at: Timestamp(microseconds: 5_500_000 - 2900)).angularVelocity.y
    let gyroscope = try bench.read(0x45, 2)
    let raw = Int16(truncatingIfNeeded: Int(gyroscope[0]) << 8 | Int(gyroscope[1]))
    #expect((Double(raw) / 65.5 - Angle(radians: rate).degrees).magnitude < 0.02)
  }

  @Test(arguments: [(0, 125), (7, 125), (3, 10_000)] as [(UInt8, Int64)])
  func withoutLowPassTheDividerDoesNothing(lowPass: UInt8, period: Int64) throws {
    var bench = try bench(.icm20608)
    try bench.write(0x1A, lowPass)
    bench.sleep(for: 20_000)
    _ = try bench.read(0x3A)
    bench.sleep(for: period)
    #expect(try bench.read(0x3A) == [1])
    #expect(try bench.read(0x3A) == [0])
    bench.sleep(for: period - 1)
    #expect(try bench.read(0x3A) == [0])
  }

  @Test(
    arguments: [(.mpu6050, -1880), (.mpu6500, 3339), (.mpu9255, 3339), (.icm20689, 1961), (.icm20602, 1961)]
      as [(SimulatedMPU6050Variant, Int)])
  func temperatures(variant: SimulatedMPU6050Variant, expected: Int) throws {
    var bench = try bench(variant)
    let bytes = try bench.read(0x41, 2)
    #expect(Int(Int16(truncatingIfNeeded: Int(bytes[0]) << 8 | Int(bytes[1]))) == expected)
  }
}
