// SPDX-License-Identifier: MIT
import PostureCore
import PostureSimulation
import Testing

/// Register addresses are restated as numbers.
@Suite struct BMI160FIFOTests {
  @Test func theFIFOHoldsFrames() throws {
    var bench = try BMI160Bench {
      $0.gyroscopeBias = AngularVelocity(Angle.degrees(10).radians, Angle.degrees(-20).radians, 0)
    }
    bench.sleep(for: 5_000_000)
    try bench.wake()
    try bench.write(0x47, 0xC0)
    bench.sleep(for: 30_000)
    #expect(try bench.level() == 36)
    let frame: [Int16] = [164, -328, 0, 0, 0, 16384]
    // A burst stays at 0x24; what it reads of a frame in part comes again.
    #expect(try bench.words(0x24, 9) == frame + frame.prefix(3))
    #expect(try bench.level() == 24)
    #expect(try bench.words(0x24, 6) == frame)
    #expect(try bench.level() == 12)
    // Behind the last frame there is 0x80.
    #expect(try bench.read(0x24, 16).suffix(4) == [0x80, 0x80, 0x80, 0x80])
    #expect(try bench.level() == 0)
    bench.sleep(for: 10_000)
    #expect(try bench.level() == 12)
    try bench.write(0x7E, 0xB0)
    #expect(try bench.level() == 0)
  }

  /// 85 frames are 1020 bytes; then the oldest goes whole.
  @Test func aFullFIFODropsWholeFrames() throws {
    var bench = try BMI160Bench()
    bench.sleep(for: 5_000_000)
    try bench.wake()
    try bench.write(0x47, 0xC0)
    bench.sleep(for: 850_000)
    #expect(try bench.level() == 1020)
    bench.sleep(for: 10_000)
    #expect(try bench.level() == 1020)
    #expect(try bench.words(0x24, 6) == [0, 0, 0, 0, 0, 16384])
    #expect(try bench.level() == 1008)
    bench.sleep(for: 3_600_000_000)
    #expect(try bench.level() == 1020)
  }

  /// As after a reset, frames have a header.
  @Test func withHeadersAFrameIsLonger() throws {
    var bench = try BMI160Bench()
    bench.sleep(for: 5_000_000)
    try bench.wake()
    try bench.write(0x47, 0xD0)
    bench.sleep(for: 20_000)
    #expect(try bench.level() == 26)
    let bytes = try bench.read(0x24, 26)
    #expect(bytes[0] == 0x8C && bytes[13] == 0x8C && bytes[11...12] == [0x00, 0x40])
    try bench.write(0x47, 0x40)
    bench.sleep(for: 20_000)
    #expect(try bench.level() == 12)
    #expect(try bench.words(0x24, 3) == [0, 0, 16384])
  }
}
