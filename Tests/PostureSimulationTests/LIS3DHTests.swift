// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation
import Testing

@Suite struct LIS3DHTests {
  private typealias LIS3DHBench = RegisterBench<SimulatedLIS3DH<VirtualClock>>

  /// 100 Hz and 4 g in high resolution with BDU; then past the settling.
  private func started(
    _ wearer: SimulatedWearer = SimulatedWearer(everything, seed: 1), noise: Double = 1, fifo: UInt8 = 0
  ) throws -> LIS3DHBench {
    var parameters = parameters(at: 0x18)
    parameters.noise = noise
    var bench = LIS3DHBench(lis3dh: wearer, parameters)
    try bench.write(0x23, 0x98)
    try bench.write(0x20, 0x57)
    bench.sleep(for: 80_000)
    if fifo != 0 {
      try bench.write(0x24, 0x40)
      try bench.write(0x2E, fifo)
    }
    return bench
  }

  @Test func wakesUpAsTheDatasheetSays() throws {
    var bench = LIS3DHBench(lis3dh: Bench.still)
    for register in 0x00...0x3F as ClosedRange<UInt8> {
      let expected: UInt8 =
        switch register {
        case 0x0F: 0x33
        case 0x1E: 0x10
        case 0x20: 0x07
        case 0x2F: 0x20
        default: 0
        }
      #expect(try bench.read(register) == [expected], "register \(register)")
    }
  }

  @Test func poweredDownNothingIsMeasured() throws {
    var bench = LIS3DHBench(lis3dh: Bench.still)
    try bench.write(0x23, 0x98)
    bench.sleep(for: 1_000_000)
    #expect(try bench.read(0xA7, 7) == [0, 0, 0, 0, 0, 0, 0])
  }

  /// The upper bit of the address makes it advance, for reading and for writing.
  @Test func advancesWhereItIsTold() throws {
    var bench = LIS3DHBench(lis3dh: Bench.still)
    try bench.write(0xA0, 0x57, 0, 0, 0x98)
    #expect(try bench.read(0xA0, 4) == [0x57, 0, 0, 0x98])
    try bench.write(0x21, 1, 2, 3)
    #expect(try bench.read(0xA0, 4) == [0x57, 3, 0, 0x98])
    #expect(try bench.read(0x20, 3) == [0x57, 0x57, 0x57])
  }

  @Test func readOnlyRegistersStay() throws {
    var bench = LIS3DHBench(lis3dh: Bench.still)
    for register in [0x05, 0x0F, 0x10, 0x27, 0x28, 0x2D, 0x2F, 0x31] as [UInt8] {
      let before = try bench.read(register)
      try bench.write(register, 0xA5)
      #expect(try bench.read(register) == before)
    }
  }

  @Test(
    arguments: [
      (1, 1_000_000), (2, 100_000), (3, 40_000), (4, 20_000), (5, 10_000), (6, 5000), (7, 2500), (9, 744),
    ] as [(UInt8, Int64)])
  func theRates(code: UInt8, period: Int64) throws {
    var bench = LIS3DHBench(lis3dh: Bench.still)
    try bench.write(0x20, code << 4 | 7)
    bench.sleep(for: period - 1)
    #expect(try bench.read(0x27) == [0])
    bench.sleep(for: 1)
    #expect(try bench.read(0x27) == [0x0F])
    _ = try bench.read(0xA8, 6)
    #expect(try bench.read(0x27) == [0])
    bench.sleep(for: 2 * period)
    #expect(try bench.read(0x27) == [0xFF])
  }

  /// x and y still unread, all is not read.
  @Test func theFlagsOfAnAxisGoWithItsHighByte() throws {
    var bench = try started()
    #expect(try bench.read(0x27) == [0xFF])
    _ = try bench.read(0x2C)
    #expect(try bench.read(0x27) == [0xFF])
    _ = try bench.read(0x2D)
    #expect(try bench.read(0x27) == [0xBB])
    _ = try bench.read(0xA8, 4)
    #expect(try bench.read(0x27) == [0])
  }

  /// LSB per g at the left end of the word; upside down, so -1 g on z. Bits 3 of CTRL_REG4 and CTRL_REG1 are HR and
  /// LPen.
  @Test(
    arguments: [
      (0x08, 0x57, 16_000, 16), (0x18, 0x57, 8000, 16), (0x28, 0x57, 4000, 16), (0x38, 0x57, 16_000.0 / 12, 16),
      (0x00, 0x57, 16_000, 64), (0x30, 0x57, 16_000.0 / 12, 64), (0x10, 0x5F, 8000, 256),
    ] as [(UInt8, UInt8, Double, Int)])
  func theScale(ctrl4: UInt8, ctrl1: UInt8, perG: Double, step: Int) throws {
    var parameters = parameters(at: 0x18)
    parameters.noise = 0
    var bench = LIS3DHBench(lis3dh: Bench.still, parameters)
    bench.sleep(until: 3_000_000)
    try bench.write(0x23, ctrl4)
    try bench.write(0x20, ctrl1)
    bench.sleep(for: 80_000)
    let words = try bench.words(0xA8)
    #expect(words.allSatisfy { Int($0) % step == 0 })
    #expect(words[0] == 0 && words[1] == 0)
    #expect((Double(words[2]) + perG).magnitude <= Double(step) / 2 + 1e-9)
  }

  @Test func valuesAreClippedToTheRange() throws {
    var parameters = parameters(at: 0x18)
    parameters.accelerometerOffset = Acceleration(50, -50, 0)
    var bench = LIS3DHBench(lis3dh: Bench.still, parameters)
    try bench.write(0x23, 0x08)
    try bench.write(0x20, 0x57)
    bench.sleep(for: 80_000)
    #expect(try bench.words(0xA8, 2) == [32752, -32768])
  }

  /// 7 samples in high resolution; then they are right.
  @Test func settles() throws {
    var bench = LIS3DHBench(lis3dh: Bench.still)
    bench.sleep(until: 3_000_000)
    try bench.write(0x23, 0x98)
    try bench.write(0x20, 0x57)
    bench.sleep(for: 69_999)
    #expect(try bench.words(0xA8) == [0, 0, 0])
    bench.sleep(for: 1)
    #expect(try bench.words(0xA8)[2] < -7900)
    // Another range needs nothing, another mode does.
    try bench.write(0x23, 0xA8)
    bench.sleep(for: 10_000)
    #expect((-4100 ... -3900).contains(try bench.words(0xA8)[2]))
    try bench.write(0x23, 0xA0)
    bench.sleep(for: 10_000)
    try bench.write(0x23, 0xA8)
    bench.sleep(for: 10_000)
    #expect(try bench.words(0xA8) == [0, 0, 0])
  }

  @Test(arguments: [true, false])
  func aBlockIsUpdatedAsOne(isBlock: Bool) throws {
    let turning = SimulatedWearer(everything, seed: 1)
    var whole = try started(turning)
    var split = try started(turning)
    try split.write(0x23, isBlock ? 0x98 : 0x18)
    whole.sleep(until: 5_500_000)
    split.sleep(until: 5_500_000)
    let earlier = try whole.read(0xAC, 2)
    let low = try split.read(0x2C)
    whole.sleep(until: 5_800_000)
    split.sleep(until: 5_800_000)
    let later = try whole.read(0xAC, 2)
    #expect(earlier != later)
    let high = try split.read(0x2D)
    #expect(low == [earlier[0]])
    #expect(high == [isBlock ? earlier[1] : later[1]])
  }

  /// 10 bits of each word, oldest first, in one burst over all records.
  @Test func theFIFOHoldsEverySample() throws {
    var fifo = try started(fifo: 0x80)
    var registers = try started()
    _ = try registers.read(0xA8, 6)
    var expected: [UInt8] = []
    for _ in 0..<31 {
      registers.sleep(for: 10_000)
      let bytes = try registers.read(0xA8, 6)
      expected += bytes.enumerated().map { $0 % 2 == 0 ? $1 & 0xC0 : $1 }
    }
    fifo.sleep(until: registers.now)
    #expect(try fifo.read(0x2F) == [0x80 | 31])
    #expect(try fifo.read(0xA8, 6 * 31) == expected)
    #expect(try fifo.read(0x2F) == [0x20])
    // Empty, it shows the last record.
    #expect(try fifo.read(0xA8, 6) == [UInt8](expected.suffix(6)))
  }

  @Test func theFIFOsLevel() throws {
    var bench = try started(fifo: 0x84)
    for (samples, status) in [(1, 0x01), (3, 0x04), (1, 0x85), (26, 0x9F), (1, 0xDF), (9, 0xDF)] as [(Int64, UInt8)] {
      bench.sleep(for: samples * 10_000)
      #expect(try bench.read(0x2F) == [status])
    }
    _ = try bench.read(0xA8, 6)
    #expect(try bench.read(0x2F) == [0x9F])
    // A record leaves with its last byte, and by single bytes too.
    for register in 0x28...0x2C as ClosedRange<UInt8> { _ = try bench.read(register) }
    #expect(try bench.read(0x2F) == [0x9F])
    _ = try bench.read(0x2D)
    #expect(try bench.read(0x2F) == [0x9E])
  }

  /// In the stream the oldest records go; in FIFO mode the newest do not come.
  @Test(arguments: [(0x80, 8), (0x40, 0)] as [(UInt8, Int)])
  func aFullFIFO(mode: UInt8, first: Int) throws {
    var slow = try started(fifo: mode)
    var quick = try started(fifo: 0x80)
    slow.sleep(for: 400_000)
    var expected: [UInt8] = []
    for _ in 0..<40 {
      quick.sleep(for: 10_000)
      expected += try quick.read(0xA8, 6)
    }
    #expect(try slow.read(0xA8, 192) == [UInt8](expected[6 * first..<6 * (first + 32)]))
  }

  @Test func theBypassEmptiesIt() throws {
    var bench = try started(fifo: 0x80)
    bench.sleep(for: 100_000)
    try bench.write(0x2E, 0x00)
    #expect(try bench.read(0x2F) == [0x20])
    try bench.write(0x2E, 0x80)
    bench.sleep(for: 20_000)
    #expect(try bench.read(0x2F) == [0x82])
    try bench.write(0x24, 0x00)
    #expect(try bench.read(0x2F) == [0x20])
    bench.sleep(for: 20_000)
    // Without it, a burst goes on behind the data.
    #expect(try bench.read(0xAD, 2)[1] == 0x80)
  }

  @Test func aBootKeepsTheSettings() throws {
    var bench = try started()
    try bench.write(0x24, 0xC0)
    #expect(try bench.read(0x24) == [0xC0])
    bench.sleep(for: 5000)
    #expect(try bench.read(0x24) == [0x40])
    #expect(try bench.read(0x20) == [0x57])
  }

  @Test func aBrownOutLeavesItPoweredDown() throws {
    var bench = LIS3DHBench(lis3dh: Bench.still, parameters(at: 0x18, .brownOut(at: at(1))))
    try bench.write(0x23, 0x98)
    try bench.write(0x20, 0x57)
    bench.sleep(until: 1_100_000)
    #expect(try bench.read(0x20) == [0x07])
    #expect(try bench.read(0x23) == [0x00])
    #expect(try bench.words(0xA8) == [0, 0, 0])
  }

  @Test func frozenDataStay() throws {
    var bench = LIS3DHBench(
      lis3dh: SimulatedWearer(everything, seed: 1), parameters(at: 0x18, .frozen(from: at(1), to: at(2))))
    try bench.write(0x23, 0x98)
    try bench.write(0x20, 0x57)
    bench.sleep(until: 999_999)
    let last = try bench.words(0xA8)
    for time in [1_000_000, 1_500_000, 1_999_999] as [Int64] {
      bench.sleep(until: time)
      #expect(try bench.read(0x27)[0] & 0x0F == 0x0F)
      #expect(try bench.words(0xA8) == last)
    }
    bench.sleep(until: 2_010_000)
    #expect(try bench.words(0xA8) != last)
  }
}
