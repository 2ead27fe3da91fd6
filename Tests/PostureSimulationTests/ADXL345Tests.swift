// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation
import Testing

@Suite struct ADXL345Tests {
  private typealias ADXL345Bench = RegisterBench<SimulatedADXL345<VirtualClock>>

  /// 100 Hz and 4 g in full resolution; then the first sample.
  private func started(
    _ wearer: SimulatedWearer = SimulatedWearer(everything, seed: 1), fifo: UInt8 = 0
  ) throws -> ADXL345Bench {
    var bench = ADXL345Bench(adxl345: wearer)
    try bench.write(0x31, 0x09)
    try bench.write(0x2D, 0x08)
    bench.sleep(for: 11_100)
    if fifo != 0 { try bench.write(0x38, fifo) }
    return bench
  }

  @Test func wakesUpAsTheDatasheetSays() throws {
    var bench = ADXL345Bench(adxl345: Bench.still)
    for register in 0x00...0x39 as ClosedRange<UInt8> {
      let expected: UInt8 =
        switch register {
        case 0x00: 0xE5
        case 0x2C: 0x0A
        case 0x30: 0x02
        default: 0
        }
      #expect(try bench.read(register) == [expected], "register \(register)")
    }
  }

  @Test(arguments: [0x00, 0x0C] as [UInt8])
  func inStandbyAndAsleepNothingIsMeasured(power: UInt8) throws {
    var bench = ADXL345Bench(adxl345: Bench.still)
    try bench.write(0x2D, power)
    bench.sleep(for: 1_000_000)
    #expect(try bench.read(0x30, 8) == [2, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test func readOnlyRegistersStay() throws {
    var bench = ADXL345Bench(adxl345: Bench.still)
    for register in [0x00, 0x05, 0x2B, 0x30, 0x32, 0x37, 0x39] as [UInt8] {
      let before = try bench.read(register)
      try bench.write(register, 0xA5)
      #expect(try bench.read(register) == before)
    }
  }

  @Test(
    arguments: [
      (0x08, 40_000), (0x09, 20_000), (0x0A, 10_000), (0x0B, 5000), (0x0C, 2500), (0x0D, 1250), (0x0E, 625),
    ] as [(UInt8, Int64)])
  func theRates(code: UInt8, period: Int64) throws {
    var bench = ADXL345Bench(adxl345: Bench.still)
    try bench.write(0x2C, code)
    try bench.write(0x2D, 0x08)
    bench.sleep(for: 1100 + period - 1)
    #expect(try bench.read(0x30) == [0x02])
    bench.sleep(for: 1)
    #expect(try bench.read(0x30) == [0x82])
    _ = try bench.read(0x32, 6)
    #expect(try bench.read(0x30) == [0x02])
    bench.sleep(for: 2 * period)
    #expect(try bench.read(0x30) == [0x83])
    _ = try bench.read(0x32, 6)
    #expect(try bench.read(0x30) == [0x02])
  }

  /// LSB per g; upside down, so -1 g on z. FULL_RES 8, Justify 4.
  @Test(
    arguments: [
      (0x08, 256, 1), (0x09, 256, 1), (0x0A, 256, 1), (0x0B, 256, 1), (0x00, 256, 1), (0x01, 128, 1), (0x02, 64, 1),
      (0x03, 32, 1), (0x0C, 256 * 64, 64), (0x0F, 256 * 8, 8), (0x07, 32 * 64, 64),
    ] as [(UInt8, Int, Int)])
  func theScale(format: UInt8, perG: Int, step: Int) throws {
    var parameters = parameters(at: 0x53)
    parameters.noise = 0
    var bench = ADXL345Bench(adxl345: Bench.still, parameters)
    bench.sleep(until: 3_000_000)
    try bench.write(0x31, format)
    try bench.write(0x2D, 0x08)
    bench.sleep(for: 20_000)
    let words = try bench.words(0x32)
    #expect(words == [0, 0, Int16(-perG)])
    #expect(words.allSatisfy { Int($0) % step == 0 })
  }

  @Test(arguments: [(0x08, 511), (0x09, 1023), (0x0A, 2047), (0x0B, 4095), (0x02, 511)] as [(UInt8, Int16)])
  func valuesAreClippedToTheRange(format: UInt8, largest: Int16) throws {
    var parameters = parameters(at: 0x53)
    parameters.accelerometerOffset = Acceleration(200, -200, 0)
    var bench = ADXL345Bench(adxl345: Bench.still, parameters)
    try bench.write(0x31, format)
    try bench.write(0x2D, 0x08)
    bench.sleep(for: 20_000)
    #expect(try bench.words(0x32, 2) == [largest, -largest - 1])
  }

  /// 15.6 mg, four LSB of 256 a g.
  @Test func theOffsetsAreAdded() throws {
    var parameters = parameters(at: 0x53)
    parameters.noise = 0
    var bench = ADXL345Bench(adxl345: Bench.still, parameters)
    bench.sleep(until: 3_000_000)
    try bench.write(0x1E, 0x01, 0xFE, 0x40)
    try bench.write(0x31, 0x0B)
    try bench.write(0x2D, 0x08)
    bench.sleep(for: 20_000)
    #expect(try bench.words(0x32) == [4, -8, 0])
  }

  @Test func theFIFOHoldsEverySample() throws {
    var fifo = try started(fifo: 0x80)
    var registers = try started()
    var expected: [UInt8] = []
    for _ in 0..<32 {
      registers.sleep(for: 10_000)
      expected += try registers.read(0x32, 6)
    }
    fifo.sleep(until: registers.now)
    var bytes: [UInt8] = []
    for left in (0..<32).reversed() {
      #expect(try fifo.read(0x39) == [UInt8(left + 1)])
      bytes += try fifo.read(0x32, 6)
    }
    #expect(bytes == expected)
    #expect(try fifo.read(0x39) == [0])
    #expect(try fifo.read(0x30) == [0x02])
  }

  /// Any byte read takes the whole record, and a longer burst no other one.
  @Test func aTransferTakesOneRecord() throws {
    var bench = try started(fifo: 0x80)
    bench.sleep(for: 50_000)
    #expect(try bench.read(0x30) == [0x82])
    _ = try bench.read(0x34)
    #expect(try bench.read(0x39) == [4])
    #expect(try bench.read(0x30, 10)[9] == 3)
    #expect(try bench.read(0x39) == [3])
  }

  /// In the stream the oldest records go; in FIFO mode the newest do not come.
  @Test(arguments: [(0x80, 8), (0x40, 0)] as [(UInt8, Int)])
  func aFullFIFO(mode: UInt8, first: Int) throws {
    var slow = try started(fifo: mode)
    var quick = try started(fifo: 0x80)
    slow.sleep(for: 310_000)
    #expect(try slow.read(0x30) == [0x82])
    slow.sleep(for: 90_000)
    var expected: [UInt8] = []
    for _ in 0..<40 {
      quick.sleep(for: 10_000)
      expected += try quick.read(0x32, 6)
    }
    #expect(try slow.read(0x39) == [32])
    #expect(try slow.read(0x30) == [0x83])
    var bytes = try slow.read(0x32, 6)
    #expect(try slow.read(0x30) == [0x82])
    for _ in 0..<31 { bytes += try slow.read(0x32, 6) }
    #expect(bytes == [UInt8](expected[6 * first..<6 * (first + 32)]))
  }

  @Test func standbyKeepsItAndTheBypassEmptiesIt() throws {
    var bench = try started(fifo: 0x8A)
    bench.sleep(for: 50_000)
    #expect(try bench.read(0x30) == [0x80])
    try bench.write(0x2D, 0x00)
    bench.sleep(for: 50_000)
    #expect(try bench.read(0x39) == [5])
    try bench.write(0x38, 0x00)
    #expect(try bench.read(0x39) == [0])
    try bench.write(0x2D, 0x08)
    try bench.write(0x38, 0x80)
    bench.sleep(for: 31_100)
    #expect(try bench.read(0x39) == [3])
  }

  @Test func aBrownOutLeavesItInStandby() throws {
    var bench = ADXL345Bench(adxl345: Bench.still, parameters(at: 0x53, .brownOut(at: at(1))))
    try bench.write(0x31, 0x0B)
    try bench.write(0x2D, 0x08)
    bench.sleep(until: 1_100_000)
    #expect(try bench.read(0x2D) == [0])
    #expect(try bench.read(0x31) == [0])
    #expect(try bench.words(0x32) == [0, 0, 0])
  }

  @Test func frozenDataStay() throws {
    var bench = ADXL345Bench(
      adxl345: SimulatedWearer(everything, seed: 1), parameters(at: 0x53, .frozen(from: at(1), to: at(2))))
    try bench.write(0x31, 0x0B)
    try bench.write(0x2D, 0x08)
    bench.sleep(until: 999_999)
    let last = try bench.words(0x32)
    for time in [1_005_000, 1_500_000, 1_999_999] as [Int64] {
      bench.sleep(until: time)
      #expect(try bench.read(0x30)[0] & 0x80 != 0)
      #expect(try bench.words(0x32) == last)
    }
    bench.sleep(until: 2_015_000)
    #expect(try bench.words(0x32) != last)
  }
}
