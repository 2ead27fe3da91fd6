// SPDX-License-Identifier: MIT
import PostureCore
import PostureSimulation
import Testing

/// Register addresses are restated as numbers.
@Suite struct LSM6DSFIFOTests {
  @Test(arguments: [LSM6DSVariant.lsm6ds3, .lsm6ds3trc]) func theFIFOHoldsSets(variant: LSM6DSVariant) throws {
    var bench = try LSM6DSBench(variant) {
      $0.gyroscopeBias = AngularVelocity(Angle.degrees(10).radians, Angle.degrees(20).radians, 0)
    }
    bench.sleep(for: 5_000_000)
    try bench.start()
    try bench.write(0x08, 0x09)
    #expect(try bench.level() == 0x1000)
    try bench.write(0x0A, 0x26)
    bench.sleep(for: 48_000)
    #expect(try bench.level() == 30)
    #expect(try bench.read(0x3C) == [0])
    // One burst goes round in the two registers.
    let set: [Int16] = [571, 1143, 0, 0, 0, 8197]
    #expect(try bench.words(0x3E, 6) == set)
    #expect(try bench.words(0x3E, 14) == set + set + set.prefix(2))
    #expect(try bench.level() == 10)
    #expect(try bench.read(0x3C) == [2])
    try bench.write(0x0A, 0x00)
    #expect(try bench.level() == 0x1000)
  }

  /// Without the increment of the address a burst stays at the low byte, and takes a word with each.
  @Test func withoutIncrementABurstStays() throws {
    var bench = try LSM6DSBench(.lsm6ds3trc) {
      $0.gyroscopeBias = AngularVelocity(Angle.degrees(10).radians, Angle.degrees(20).radians, 0)
    }
    bench.sleep(for: 5_000_000)
    try bench.start()
    try bench.write(0x08, 0x09)
    try bench.write(0x0A, 0x26)
    bench.sleep(for: 48_000)
    try bench.write(0x12, 0x40)
    #expect(try bench.read(0x3E, 6) == [0x3B, 0x77, 0, 0, 0, 0x05])
    #expect(try bench.read(0x3A) == [24])
  }

  /// 4096 words are 682 sets and four words, 2048 are 341 sets and two: the next set overwrites some.
  @Test(
    arguments: [(.lsm6ds3, 682, 0x2000, 2), (.lsm6ds3trc, 341, 0x2000, 4)] as [(LSM6DSVariant, Int64, Int, UInt8)])
  func aFullFIFOOverwrites(variant: LSM6DSVariant, sets: Int64, full: Int, pattern: UInt8) throws {
    var bench = try LSM6DSBench(variant)
    try bench.start()
    try bench.write(0x08, 0x09)
    try bench.write(0x0A, 0x26)
    bench.sleep(for: sets * 9600)
    #expect(try bench.level() == Int(sets) * 6 + full)
    bench.sleep(for: 9600)
    // The count is one bit too short for it.
    #expect(try bench.level() == 0x6000)
    #expect(try bench.read(0x3C) == [pattern])
    _ = try bench.read(0x3E, 2)
    #expect(try bench.level() & 0x4000 == 0)
    bench.sleep(for: 3_600_000_000)
    #expect(try bench.level() == 0x6000)
    try bench.write(0x0A, 0x00)
    #expect(try bench.level() == 0x1000)
  }

  /// In FIFO mode it stops, and keeps what came first.
  @Test func inFIFOModeItStops() throws {
    var bench = try LSM6DSBench(.lsm6ds3trc)
    try bench.start()
    try bench.write(0x08, 0x09)
    try bench.write(0x0A, 0x21)
    bench.sleep(for: 20_000_000)
    #expect(try bench.level() == 341 * 6 | 0x2000)
  }

  @Test func aSlowerFIFOAndDecimation() throws {
    var bench = try LSM6DSBench(.lsm6ds3trc)
    try bench.start()
    // Half the gyroscope's values, all of the accelerometer's, at 52 Hz.
    try bench.write(0x08, 0x11)
    try bench.write(0x0A, 0x1E)
    bench.sleep(for: 9600 * 40)
    #expect(try bench.level() == 20 * 3 + 10 * 3)
  }

  /// 0x08 and 0x10 are the tags; bits 2 and 1 count, bit 0 makes the ones even.
  @Test func theTaggedFIFOHoldsWords() throws {
    var bench = try LSM6DSBench(.lsm6dso) {
      $0.gyroscopeBias = AngularVelocity(Angle.degrees(10).radians, Angle.degrees(20).radians, 0)
    }
    bench.sleep(for: 5_000_000)
    try bench.start()
    try bench.write(0x09, 0x44, 0x06)
    bench.sleep(for: 38_400)
    #expect(try bench.level() == 8)
    // One burst goes round from 0x7E to 0x78.
    let bytes = try bench.read(0x78, 42)
    var counts: [UInt8] = []
    for index in 0..<6 {
      let tag = bytes[index * 7]
      #expect(tag >> 3 == (index % 2 == 0 ? 1 : 2))
      #expect(tag.nonzeroBitCount % 2 == 0)
      counts.append(tag >> 1 & 3)
      let words = LSM6DSBench.words(Array(bytes[index * 7 + 1..<index * 7 + 7]))
      #expect(words == (index % 2 == 0 ? [571, 1143, 0] : [0, 0, 8197]))
    }
    #expect(counts[0] == counts[1] && counts[2] == counts[3] && counts[4] == counts[5])
    #expect(counts[2] == (counts[0] + 1) & 3 && counts[4] == (counts[0] + 2) & 3)
    #expect(try bench.level() == 2)
    // The tag and its values may be read apart.
    #expect(try bench.read(0x78)[0] >> 3 == 1)
    #expect(try bench.words(0x79, 3) == [571, 1143, 0])
    #expect(try bench.level() == 1)
  }

  @Test func aFullTaggedFIFOOverwrites() throws {
    var bench = try LSM6DSBench(.lsm6dso)
    try bench.start()
    try bench.write(0x09, 0x44, 0x06)
    bench.sleep(for: 256 * 9600)
    #expect(try bench.level() == 0x2000 | 512)
    bench.sleep(for: 9600)
    #expect(try bench.level() == 0x6800 | 512)
    // The latched flag is gone with the reading of it; the other one with room.
    #expect(try bench.level() == 0x6000 | 512)
    _ = try bench.read(0x78, 7)
    #expect(try bench.level() == 0x2000 | 511)
    #expect(try bench.read(0x78)[0] >> 3 == 2)
  }
}
