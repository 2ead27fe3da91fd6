// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation
import Testing

/// The faults that are alike in all chips.
@Suite struct TransferFaultTests {
  /// Faults from 1 to 2 s on a chip, whose identity register, and a setting that it keeps, are named.
  private func check<Chip: I2CBus & ~Copyable>(
    _ bench: consuming RegisterBench<Chip>, identity: (register: UInt8, value: UInt8), setting: (UInt8, UInt8),
    error: I2CError
  ) throws {
    var bench = bench
    let (register, value) = identity
    bench.sleep(until: 999_999)
    #expect(try bench.read(register) == [value])
    bench.sleep(until: 1_000_000)
    #expect(throws: error) { try bench.read(register) }
    #expect(throws: error) { try bench.write(setting.0, setting.1) }
    bench.sleep(until: 1_999_999)
    #expect(throws: error) { try bench.read(register) }
    bench.sleep(until: 2_000_000)
    #expect(try bench.read(register) == [value])
    // What was refused was not heard.
    #expect(try bench.read(setting.0) != [setting.1])
    try bench.write(setting.0, setting.1)
    #expect(try bench.read(setting.0) == [setting.1])
  }

  @Test(
    arguments: [
      (.noAnswer(from: at(1), to: at(2)), .noAcknowledge), (.timeout(from: at(1), to: at(2)), .timeout),
      (.busFault(from: at(1), to: at(2)), .busFault),
    ] as [(SimulatedFault, I2CError)])
  func transfersFail(fault: SimulatedFault, error: I2CError) throws {
    for variant in SimulatedMPU6050Variant.allCases {
      let identities: [UInt8] = [0x68, 0x70, 0x71, 0x73, 0x98, 0x12, 0xAF]
      try check(
        RegisterBench(variant, Bench.still, parameters(at: 0x68, fault)),
        identity: (0x75, identities[Int(variant.rawValue)]), setting: (0x19, 9), error: error)
    }
    try check(
      RegisterBench(lis3dh: Bench.still, parameters(at: 0x18, fault)), identity: (0x0F, 0x33), setting: (0x20, 0x57),
      error: error)
    try check(
      RegisterBench(adxl345: Bench.still, parameters(at: 0x53, fault)), identity: (0x00, 0xE5), setting: (0x2C, 0x0B),
      error: error)
  }

  @Test(
    arguments: [
      (.zeros(from: at(1), to: at(2)), 0x00), (.ones(from: at(1), to: at(2)), 0xFF),
    ] as [(SimulatedFault, UInt8)])
  func everyByteReadsTheSame(fault: SimulatedFault, value: UInt8) throws {
    var mpu6050 = RegisterBench(.mpu6050, Bench.still, parameters(at: 0x68, fault))
    var lis3dh = RegisterBench(lis3dh: Bench.still, parameters(at: 0x19, fault))
    var adxl345 = RegisterBench(adxl345: Bench.still, parameters(at: 0x1D, fault))
    for time in [1_000_000, 1_999_999] as [Int64] {
      mpu6050.sleep(until: time)
      lis3dh.sleep(until: time)
      adxl345.sleep(until: time)
      #expect(try mpu6050.read(0x6A, 20) == [UInt8](repeating: value, count: 20))
      #expect(try lis3dh.read(0x8F, 20) == [UInt8](repeating: value, count: 20))
      #expect(try adxl345.read(0x00, 20) == [UInt8](repeating: value, count: 20))
    }
    // What is written is heard.
    try mpu6050.write(0x19, 9)
    mpu6050.sleep(until: 2_000_000)
    lis3dh.sleep(until: 2_000_000)
    adxl345.sleep(until: 2_000_000)
    #expect(try mpu6050.read(0x19) == [9])
    #expect(try lis3dh.read(0x0F) == [0x33])
    #expect(try adxl345.read(0x00) == [0xE5])
  }

  /// A flag that nobody saw is read all the same.
  @Test func whatReadsWrongIsGiven() throws {
    var bench = RegisterBench(.mpu6050, Bench.still, parameters(at: 0x68, .zeros(from: at(1), to: at(2))))
    try bench.write(0x6B, 0x01)
    try bench.write(0x19, 99, 3)
    bench.sleep(until: 1_999_999)
    #expect(try bench.read(0x3A) == [0])
    bench.sleep(until: 2_000_000)
    #expect(try bench.read(0x3A) == [1])
    bench.sleep(until: 2_099_999)
    #expect(try bench.read(0x3A) == [0])
  }

  @Test func anotherIdentity() throws {
    let fault = SimulatedFault.wrongIdentity(from: at(1), to: at(2), value: 0x55)
    var mpu6050 = RegisterBench(.icm20689, Bench.still, parameters(at: 0x68, fault))
    var lis3dh = RegisterBench(lis3dh: Bench.still, parameters(at: 0x18, fault))
    var adxl345 = RegisterBench(adxl345: Bench.still, parameters(at: 0x53, fault))
    for (time, isWrong) in [(999_999, false), (1_000_000, true), (1_999_999, true), (2_000_000, false)]
      as [(Int64, Bool)]
    {
      mpu6050.sleep(until: time)
      lis3dh.sleep(until: time)
      adxl345.sleep(until: time)
      #expect(try mpu6050.read(0x75) == [isWrong ? 0x55 : 0x98])
      #expect(try lis3dh.read(0x0F) == [isWrong ? 0x55 : 0x33])
      #expect(try adxl345.read(0x00) == [isWrong ? 0x55 : 0xE5])
      #expect(try mpu6050.read(0x6B) == [0x40])
    }
  }
}
