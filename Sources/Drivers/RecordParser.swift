// SPDX-License-Identifier: MIT
import PostureCore

/// Samples read and not yet timed; as many as the buffer of a draining holds.
typealias UntimedSamples = InlineArray<64, RawSample>

/// Cuts the bytes of a FIFO into samples; of tagged words it makes pairs.
struct RecordParser: BitwiseCopyable, Sendable {
  private let framing: FIFOFraming
  private let recordLength: Int
  /// Of a tagged sample, until its other half comes.
  private var acceleration: (x: Int16, y: Int16, z: Int16)?
  private var angularVelocity: (x: Int16, y: Int16, z: Int16)?
  /// The number of that sample, modulo 4.
  private var number: UInt8 = 0
  private(set) var samples = UntimedSamples(repeating: .zero)
  private(set) var count = 0

  init(_ layout: FIFOLayout) {
    framing = layout.framing
    recordLength = layout.recordLength
  }

  /// Forgets the samples that have been taken, and keeps half a pair.
  mutating func removeAll() { count = 0 }

  /// Takes whole records.
  mutating func parse(_ bytes: borrowing Span<UInt8>) {
    var first = 0
    while first + recordLength <= bytes.count, count < samples.count {
      switch framing {
      case .records(let layout): append(RawSample(bytes, from: first, layout))
      case .tagged(let acceleration, let angularVelocity):
        let tag = bytes[first] >> 3
        begin(bytes[first] >> 1 & 3)
        if tag == acceleration { self.acceleration = Self.words(bytes, first + 1, isBigEndian: false) }
        if tag == angularVelocity { self.angularVelocity = Self.words(bytes, first + 1, isBigEndian: false) }
        appendPair()
      }
      first += recordLength
    }
  }

  /// Two halves of one sample have the same number: half of another one is given up.
  private mutating func begin(_ number: UInt8) {
    guard number != self.number else { return }
    self.number = number
    acceleration = nil
    angularVelocity = nil
  }

  private mutating func appendPair() {
    guard let a = acceleration, let g = angularVelocity else { return }
    append(RawSample(time: RawSample.zero.time, ax: a.x, ay: a.y, az: a.z, gx: g.x, gy: g.y, gz: g.z))
    acceleration = nil
    angularVelocity = nil
  }

  private mutating func append(_ raw: RawSample) {
    samples[count] = raw
    count += 1
  }

  fileprivate static func words(
    _ bytes: borrowing Span<UInt8>, _ first: Int, isBigEndian: Bool
  ) -> (x: Int16, y: Int16, z: Int16) {
    (
      word(bytes, first, isBigEndian), word(bytes, first + 2, isBigEndian), word(bytes, first + 4, isBigEndian)
    )
  }

  private static func word(_ bytes: borrowing Span<UInt8>, _ index: Int, _ isBigEndian: Bool) -> Int16 {
    let (a, b) = (Int(bytes[index]), Int(bytes[index + 1]))
    return Int16(truncatingIfNeeded: isBigEndian ? a << 8 | b : b << 8 | a)
  }
}

extension RawSample {
  /// The words that a layout places in some bytes, without a time; without a gyroscope its words are 0.
  init(_ bytes: borrowing Span<UInt8>, from first: Int, _ layout: WordLayout) {
    let a = RecordParser.words(bytes, first + layout.acceleration, isBigEndian: layout.isBigEndian)
    var g: (x: Int16, y: Int16, z: Int16) = (0, 0, 0)
    if let offset = layout.angularVelocity {
      g = RecordParser.words(bytes, first + offset, isBigEndian: layout.isBigEndian)
    }
    self.init(time: RawSample.zero.time, ax: a.x, ay: a.y, az: a.z, gx: g.x, gy: g.y, gz: g.z)
  }
}
