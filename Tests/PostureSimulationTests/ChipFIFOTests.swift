// SPDX-License-Identifier: MIT
import PostureCore
import PostureSimulation
import Testing

@Suite struct ChipFIFOTests {
  /// At 100 Hz, the sensors named by the bits of FIFO_EN into the FIFO, from an even time.
  private func bench(_ enabled: UInt8) throws -> Bench {
    var bench = Bench(SimulatedWearer(everything, seed: 1))
    try bench.start()
    try bench.write(0x23, enabled)
    try bench.write(0x6A, 0x40)
    return bench
  }

  private func count(_ bench: inout Bench) throws -> Int {
    let bytes = try bench.read(0x72, 2)
    return Int(bytes[0]) << 8 | Int(bytes[1])
  }

  @Test(arguments: [(0x78, 12), (0xF8, 14), (0x08, 6), (0x80, 2), (0x50, 4)] as [(UInt8, Int)])
  func countsWholeRecords(enabled: UInt8, size: Int) throws {
    var bench = try bench(enabled)
    #expect(try count(&bench) == 0)
    bench.sleep(for: 70_000)
    #expect(try count(&bench) == 7 * size)
  }

  @Test func holdsEverySampleInTheOrderOfTheRegisters() throws {
    var fifo = try bench(0xF8)
    var registers = Bench(SimulatedWearer(everything, seed: 1))
    try registers.start()
    var expected: [UInt8] = []
    for _ in 0..<20 {
      registers.sleep(for: 10_000)
      expected += try registers.read(0x3B, 14)
    }
    fifo.sleep(until: registers.now)
    #expect(try fifo.read(0x74, 280) == expected)
    #expect(try count(&fifo) == 0)
    // Empty, it repeats the last byte.
    #expect(try fifo.read(0x74, 3) == [UInt8](repeating: expected[279], count: 3))
  }

  @Test(arguments: [80, 86, 90, 1000] as [Int64])
  func anOverflowLosesTheOldestAndSaysSo(samples: Int64) throws {
    var slow = try bench(0x78)
    var quick = try bench(0x78)
    slow.sleep(for: samples * 10_000)
    var expected: [UInt8] = []
    for _ in 0..<samples {
      quick.sleep(for: 10_000)
      expected += try quick.read(0x74, 12)
    }
    let overflowed = samples * 12 > 1024
    #expect(try slow.read(0x3A) == [overflowed ? 0x11 : 0x01])
    #expect(try slow.read(0x3A) == [0])
    let held = try count(&slow)
    #expect(held == min(1024, Int(samples) * 12))
    #expect(try slow.read(0x74, held) == expected.suffix(held))
  }

  @Test func theLowByteOfTheCountWaitsForTheHighOne() throws {
    var bench = try bench(0x78)
    bench.sleep(for: 10_000)
    #expect(try bench.read(0x73) == [0])
    #expect(try bench.read(0x72) == [0])
    #expect(try bench.read(0x73) == [12])
  }

  @Test func isResetOnlyWhileDisabled() throws {
    var bench = try bench(0x78)
    bench.sleep(for: 50_000)
    try bench.write(0x6A, 0x44)
    #expect(try count(&bench) == 60)
    #expect(try bench.read(0x6A) == [0x40])
    try bench.write(0x6A, 0x04)
    #expect(try count(&bench) == 0)
    #expect(try bench.read(0x6A) == [0x00])
    bench.sleep(for: 50_000)
    #expect(try count(&bench) == 0)
    try bench.write(0x6A, 0x40)
    bench.sleep(for: 20_000)
    #expect(try count(&bench) == 24)
  }

  @Test func disabledItKeepsWhatItHas() throws {
    var bench = try bench(0x78)
    bench.sleep(for: 20_000)
    try bench.write(0x6A, 0x00)
    bench.sleep(for: 20_000)
    _ = try bench.read(0x74, 5)
    #expect(try count(&bench) == 24)
  }
}
