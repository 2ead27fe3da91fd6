// SPDX-License-Identifier: MIT

/// Numbers as text, both ways, without locale.
package enum Decimal {
  private static let powersOfTen: InlineArray<23, Double> = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// Reads a whole number from `bytes[range]`; nil unless all of it is one that fits.
  package static func integer(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Int64? {
    var index = range.lowerBound
    guard index < range.upperBound else { return nil }
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    // 18 digits always fit.
    guard index < range.upperBound, range.upperBound - index <= 18 else { return nil }
    var value: Int64 = 0
    while index < range.upperBound {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = value &* 10 &+ Int64(digit)
      index += 1
    }
    return isNegative ? -value : value
  }

  /// Reads a whole number that is written in one way only: no zeros before it, no plus.
  package static func whole(_ text: some StringProtocol) -> Int64? {
    guard let value = Int64(text), String(value) == text else { return nil }
    return value
  }

  /// `N UNIT`, of such a number.
  package static func whole(_ text: some StringProtocol, unit: String) -> Int64? {
    guard text.hasSuffix(" " + unit) else { return nil }
    return whole(text.dropLast(unit.count + 1))
  }

  /// Reads a decimal number from `bytes[range]`, correctly rounded; nil unless all of it is a finite one.
  ///
  /// Up to 2^53 and 22 decimal places, which is what sensors write, one exact multiplication or division gives the
  /// nearest Double (Clinger, "How to read floating point numbers accurately", 1990); the rest goes the library's way.
  package static func real(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Double? {
    var index = range.lowerBound
    let end = range.upperBound
    guard index < end else { return nil }
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var places = 0
    var isFraction = false
    while index < end {
      let byte = bytes[index]
      let digit = byte &- UInt8(ascii: "0")
      if digit <= 9 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        digits += 1
        if isFraction { places += 1 }
      } else if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else {
        return realByLibrary(bytes, range)
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    guard digits <= 19, mantissa <= 1 << 53, places <= 22 else { return realByLibrary(bytes, range) }
    let value = Double(mantissa) / powersOfTen[places]
    return isNegative ? -value : value
  }

  private static func realByLibrary(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Double? {
    let text = string(bytes, range)
    // Double(_:) also takes "nan", "inf" and hexadecimal: none is a decimal number.
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else { return nil }
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// The bytes as text; what is not UTF-8 is replaced.
  package static func string(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> String {
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count)
    for index in range { copy.append(bytes[index]) }
    return String(decoding: copy, as: UTF8.self)
  }

  /// `value` with so many decimal places, appended as ASCII; rounded half away from zero, never "-0.00".
  ///
  /// Exact where `value` times 10^places stays below 2^53, as with any angle, unit vector or duration; what is beyond
  /// 2^63 is shown as that, and what is no number as 0.
  package static func append(_ value: Double, places: Int, to text: inout [UInt8]) {
    let rounded = (value * powersOfTen[places]).rounded()
    let scaled = Int64(exactly: rounded) ?? (rounded > 0 ? .max : rounded < 0 ? -.max : 0)
    if scaled < 0 { text.append(UInt8(ascii: "-")) }
    let magnitude = scaled.magnitude
    let unit = UInt64(powersOfTen[places])
    append(magnitude / unit, to: &text)
    guard places > 0 else { return }
    text.append(UInt8(ascii: "."))
    var rest = magnitude % unit
    var divisor = unit / 10
    while divisor > 0 {
      text.append(UInt8(ascii: "0") + UInt8(rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }

  package static func append(_ value: Int64, to text: inout [UInt8]) {
    if value < 0 { text.append(UInt8(ascii: "-")) }
    append(value.magnitude, to: &text)
  }

  private static func append(_ value: UInt64, to text: inout [UInt8]) {
    var divisor: UInt64 = 1
    while value / divisor >= 10 { divisor *= 10 }
    var rest = value
    while divisor > 0 {
      text.append(UInt8(ascii: "0") + UInt8(rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }

  /// `value` with so many decimal places.
  package static func text(_ value: Double, places: Int) -> String {
    var bytes: [UInt8] = []
    append(value, places: places, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
