// SPDX-License-Identifier: MIT
import PostureCore

/// Reads the numbers of a row in one pass over its bytes, as almost every row can be read.
///
/// It knows of no mistakes: where a row is not as usual it gives up, and the row is read again by what can say why, or
/// by what takes more kinds of numbers.
struct RowScanner {
  private static let powersOfTen: InlineArray<16, Double> = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  /// Of the next byte.
  private(set) var index: Int

  init(at index: Int) { self.index = index }

  /// Takes digits into a value, most significant first; returns how many.
  @inline(__always)
  private mutating func digits(_ bytes: borrowing Span<UInt8>, into value: inout Int64) -> Int {
    let first = index
    while index < bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit > 9 { break }
      value = value &* 10 &+ Int64(digit)
      index += 1
    }
    return index - first
  }

  /// Takes a byte, where it is the next.
  @inline(__always)
  private mutating func takes(_ byte: UInt8, _ bytes: borrowing Span<UInt8>) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// A whole number of at most 18 digits, which always fit, and the byte after it.
  @inline(__always)
  mutating func integer(_ bytes: borrowing Span<UInt8>, before end: UInt8) -> Int64? {
    let isNegative = takes(UInt8(ascii: "-"), bytes)
    var value: Int64 = 0
    let count = digits(bytes, into: &value)
    guard count > 0, count <= 18, takes(end, bytes) else { return nil }
    return isNegative ? -value : value
  }

  /// A decimal number of at most 15 digits, which is below 2^53: then one division gives the nearest Double.
  @inline(__always)
  mutating func real(_ bytes: borrowing Span<UInt8>, before end: UInt8) -> Double? {
    let isNegative = takes(UInt8(ascii: "-"), bytes)
    var mantissa: Int64 = 0
    var count = digits(bytes, into: &mantissa)
    var places = 0
    if takes(UInt8(ascii: "."), bytes) {
      places = digits(bytes, into: &mantissa)
      count += places
    }
    guard count > 0, count <= 15, takes(end, bytes) else { return nil }
    let value = Double(mantissa) / Self.powersOfTen[places]
    return isNegative ? -value : value
  }

  /// The seven fields of a row of ours.
  mutating func raw(_ bytes: borrowing Span<UInt8>) -> RawSample? {
    guard let time = integer(bytes, before: UInt8(ascii: ",")) else { return nil }
    var values = InlineArray<6, Int16>(repeating: 0)
    for field in 0..<6 {
      let end = field < 5 ? UInt8(ascii: ",") : UInt8(ascii: "\n")
      guard let number = integer(bytes, before: end), let value = Int16(exactly: number) else { return nil }
      values[field] = value
    }
    return RawSample(
      time: Timestamp(microseconds: time), ax: values[0], ay: values[1], az: values[2], gx: values[3], gy: values[4],
      gz: values[5])
  }

  /// The seven fields of a plain row.
  mutating func plain(_ bytes: borrowing Span<UInt8>) -> InertialSample? {
    guard let time = integer(bytes, before: UInt8(ascii: ",")) else { return nil }
    var values = InlineArray<6, Double>(repeating: 0)
    for field in 0..<6 {
      let end = field < 5 ? UInt8(ascii: ",") : UInt8(ascii: "\n")
      guard let value = real(bytes, before: end), value.magnitude <= TraceReader.largestValue else { return nil }
      values[field] = value
    }
    return InertialSample(
      time: Timestamp(microseconds: time), acceleration: Acceleration(values[0], values[1], values[2]),
      angularVelocity: AngularVelocity(values[3], values[4], values[5]))
  }
}
