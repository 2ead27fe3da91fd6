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
    while index + 8 <= bytes.count {
      let (count, number) = Self.leadingDigits(of: Self.eightBytes(bytes, at: index))
      value = value &* Self.integerPowersOfTen[count] &+ number
      index += count
      if count < 8 { return index - first }
    }
    while index < bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit > 9 { break }
      value = value &* 10 &+ Int64(digit)
      index += 1
    }
    return index - first
  }

  /// The next eight bytes, the first one lowest.
  @inline(__always)
  private static func eightBytes(_ bytes: borrowing Span<UInt8>, at index: Int) -> UInt64 {
    // Any eight bytes are a number, and the load checks that they lie within the span.
    UInt64(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// How many digits eight bytes begin with, and their value: all eight at once, in the register.
  @inline(__always)
  private static func leadingDigits(of bytes: UInt64) -> (count: Int, number: Int64) {
    let count = others(in: bytes).trailingZeroBitCount / 8
    return (count, number(of: bytes, count))
  }

  /// The highest bit of every byte that is no digit, and maybe of bytes after one, which do not matter.
  @inline(__always)
  private static func others(in bytes: UInt64) -> UInt64 {
    let values = bytes ^ 0x3030_3030_3030_3030
    return (values &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080
  }

  /// The value of the first so many digits of eight; zeros in front of them fill up to eight.
  @inline(__always)
  private static func number(of bytes: UInt64, _ count: Int) -> Int64 {
    var number = (bytes ^ 0x3030_3030_3030_3030) << UInt64(64 - 8 * count)
    number = (number &* 10 &+ number >> 8) & 0x00FF_00FF_00FF_00FF
    number = (number &* 100 &+ number >> 16) & 0x0000_FFFF_0000_FFFF
    number = (number &* 10_000 &+ number >> 32) & 0xFFFF_FFFF
    return Int64(number)
  }

  private static let integerPowersOfTen: InlineArray<9, Int64> = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
  ]

  /// Takes a byte, where it is the next.
  @inline(__always)
  private mutating func takes(_ byte: UInt8, _ bytes: borrowing Span<UInt8>) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// Takes a sign, without a branch: it is there as often as not.
  @inline(__always)
  private mutating func takesMinus(_ bytes: borrowing Span<UInt8>) -> Bool {
    let isNegative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
    index += isNegative ? 1 : 0
    return isNegative
  }

  /// A whole number of at most 18 digits, which always fit, and the byte after it.
  @inline(__always)
  mutating func integer(_ bytes: borrowing Span<UInt8>, before end: UInt8) -> Int64? {
    let isNegative = takesMinus(bytes)
    var value: Int64 = 0
    let count = digits(bytes, into: &value)
    guard count > 0, count <= 18, takes(end, bytes) else { return nil }
    return isNegative ? -value : value
  }

  /// A decimal number of at most 15 digits, which is below 2^53: then one division gives the nearest Double.
  @inline(__always)
  mutating func real(_ bytes: borrowing Span<UInt8>, before end: UInt8) -> Double? {
    let isNegative = takesMinus(bytes)
    if let value = shortReal(bytes, before: end) { return isNegative ? -value : value }
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

  /// One digit, a point, and five to seven digits, as most of them are.
  ///
  /// How many there are is told by branches: a processor guesses those, and goes on with the next field meanwhile;
  /// for a number it would wait.
  @inline(__always)
  private mutating func shortReal(_ bytes: borrowing Span<UInt8>, before end: UInt8) -> Double? {
    guard index + 10 <= bytes.count, bytes[index + 1] == UInt8(ascii: ".") else { return nil }
    let whole = bytes[index] &- UInt8(ascii: "0")
    guard whole <= 9 else { return nil }
    let word = Self.eightBytes(bytes, at: index + 2)
    let others = Self.others(in: word)
    if others & 0x0080_8080_8080_8080 == 0x0080_0000_0000_0000 { return fraction(whole, word, 6, before: end) }
    if others == 0x8000_0000_0000_0000 { return fraction(whole, word, 7, before: end) }
    if others & 0x0000_8080_8080_8080 == 0x0000_8000_0000_0000 { return fraction(whole, word, 5, before: end) }
    return nil
  }

  @inline(__always)
  private mutating func fraction(_ whole: UInt8, _ word: UInt64, _ places: Int, before end: UInt8) -> Double? {
    guard UInt8(truncatingIfNeeded: word >> UInt64(8 * places)) == end else { return nil }
    index += 3 + places
    let mantissa = Int64(whole) &* Self.integerPowersOfTen[places] &+ Self.number(of: word, places)
    return Double(mantissa) / Self.powersOfTen[places]
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
