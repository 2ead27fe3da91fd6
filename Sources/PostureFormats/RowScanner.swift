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

  /// A whole number of at most 18 digits, and the byte after it.
  @inline(__always)
  mutating func integer(_ bytes: borrowing Span<UInt8>, before end: UInt8) -> Int64? {
    let isNegative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    let first = index
    var value: Int64 = 0
    while index < bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit > 9 { break }
      value = value &* 10 &+ Int64(digit)
      index += 1
    }
    guard index > first, index - first <= 18, index < bytes.count, bytes[index] == end else { return nil }
    index += 1
    return isNegative ? -value : value
  }

  /// A decimal number of at most 15 digits, which is below 2^53: then one division gives the nearest Double.
  @inline(__always)
  mutating func real(_ bytes: borrowing Span<UInt8>, before end: UInt8) -> Double? {
    let isNegative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    let first = index
    var mantissa: Int64 = 0
    while index < bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit > 9 { break }
      mantissa = mantissa &* 10 &+ Int64(digit)
      index += 1
    }
    var digits = index - first
    var places = 0
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      let point = index
      while index < bytes.count {
        let digit = bytes[index] &- UInt8(ascii: "0")
        if digit > 9 { break }
        mantissa = mantissa &* 10 &+ Int64(digit)
        index += 1
      }
      places = index - point
      digits += places
    }
    guard digits > 0, digits <= 15, index < bytes.count, bytes[index] == end else { return nil }
    index += 1
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
