// SPDX-License-Identifier: MIT
import PostureCore

/// The FIFO of a BMI160: 1024 bytes of whole frames, the oldest of which give way to new ones (BST-BMI160-DS000, 2.5).
///
/// All frames in it are of one size: a change of what goes in should be followed by a flush, and is here.
struct BMI160FIFO: ~Copyable {
  /// What is read beyond the last frame (2.5.1.2).
  private static var filler: UInt8 { 0x80 }

  private var bytes = RingBuffer<1024, UInt8>(filler: 0)
  /// FIFO_CONFIG_1: which sensors, and whether with a header.
  private(set) var enabled: UInt8 = 0
  /// Bytes of the oldest frame that this burst has read; it is given again if it ends before the frame does.
  private var readOfFrame = 0

  /// Whole frames.
  var count: Int { bytes.count }

  private var frameSize: Int {
    (enabled & BMI160Bit.fifoHeaderEn != 0 ? 1 : 0) + (enabled & BMI160Bit.fifoGyrEn != 0 ? 6 : 0)
      + (enabled & BMI160Bit.fifoAccEn != 0 ? 6 : 0)
  }

  var isOn: Bool { enabled & (BMI160Bit.fifoGyrEn | BMI160Bit.fifoAccEn) != 0 }

  mutating func removeAll() { bytes.removeAll() }

  mutating func configure(_ value: UInt8) {
    if value != enabled { bytes.removeAll() }
    enabled = value
  }

  mutating func endBurst() { readOfFrame = 0 }

  /// In the order of the data registers (2.5.1.4); the header of a regular frame says which sensors follow (2.5.1.3).
  mutating func append(_ acceleration: (Int16, Int16, Int16), _ angularVelocity: (Int16, Int16, Int16)) {
    let size = frameSize
    while bytes.count + size > 1024 { for _ in 0..<size { _ = bytes.popFirst() } }
    if enabled & BMI160Bit.fifoHeaderEn != 0 { bytes.append(0x80 | (enabled & 0xC0) >> 4) }
    if enabled & BMI160Bit.fifoGyrEn != 0 { append(angularVelocity) }
    if enabled & BMI160Bit.fifoAccEn != 0 { append(acceleration) }
  }

  private mutating func append(_ values: (Int16, Int16, Int16)) {
    append(values.0)
    append(values.1)
    append(values.2)
  }

  private mutating func append(_ value: Int16) {
    let bits = UInt16(bitPattern: value)
    bytes.append(UInt8(bits & 0xFF))
    bytes.append(UInt8(bits >> 8))
  }

  mutating func read() -> UInt8 {
    guard readOfFrame < bytes.count else { return Self.filler }
    let byte = bytes[readOfFrame]
    readOfFrame += 1
    if readOfFrame == frameSize {
      for _ in 0..<readOfFrame { _ = bytes.popFirst() }
      readOfFrame = 0
    }
    return byte
  }
}
