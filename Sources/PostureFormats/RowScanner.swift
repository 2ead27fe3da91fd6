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

  private static let signs: InlineArray<2, Double> = [1, -1]

  /// Of the next byte.
  private(set) var index: Int

  init(at index: Int) {
    precondition(index >= 0, "a row begins within the bytes")
    self.index = index
  }

  /// Takes digits into a value, most significant first; returns how many.
  @inline(__always)
  private mutating func digits(_ bytes: borrowing Span<UInt8>, into value: inout Int64) -> Int {
    let first = index
    while Self.isWithin(bytes, 8, at: index) {
      let (count, number) = Self.leadingDigits(of: Self.eightBytes(bytes, at: index))
      value = value &* Self.integerPowersOfTen[count] &+ number
      index &+= count
      if count < 8 { return index &- first }
    }
    while index < bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit > 9 { break }
      value = value &* 10 &+ Int64(digit)
      index += 1
    }
    return index - first
  }

  /// So many bytes are left.
  @inline(__always)
  private static func isWithin(_ bytes: borrowing Span<UInt8>, _ count: Int, at index: Int) -> Bool {
    index <= bytes.count &- count
  }

  /// The next eight bytes, the first one lowest; whoever asks has seen that they are left.
  @inline(__always)
  private static func eightBytes(_ bytes: borrowing Span<UInt8>, at index: Int) -> UInt64 {
    assert(isWithin(bytes, 8, at: index), "eight bytes are left")
    // Any eight bytes are a number. A check for each of a row's loads cost as much as the numbers themselves.
    return UInt64(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
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
    others(inValues: bytes ^ 0x3030_3030_3030_3030)
  }

  @inline(__always)
  private static func others(inValues values: UInt64) -> UInt64 {
    (values &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080
  }

  /// The value of the first so many digits of eight; zeros in front of them fill up to eight.
  @inline(__always)
  private static func number(of bytes: UInt64, _ count: Int) -> Int64 {
    number(ofValues: (bytes ^ 0x3030_3030_3030_3030) << UInt64(64 - 8 * count))
  }

  @inline(__always)
  private static func number(ofValues values: UInt64) -> Int64 {
    var number = values
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
  ///
  /// Divided when the whole row has been read: where each division follows its digits, all wait for each.
  private struct Ratio {
    var mantissa: Int64
    var divisor: Double

    var value: Double { Double(mantissa) / divisor }
  }

  @inline(__always)
  private mutating func real(_ bytes: borrowing Span<UInt8>, before end: UInt8) -> Ratio? {
    if let value = shortReal(bytes, before: end) { return value }
    // Another one, so that the index of this one can stay in a register.
    var scanner = self
    let value = scanner.longReal(bytes, before: end)
    index = scanner.index
    return value
  }

  @inline(never)
  private mutating func longReal(_ bytes: borrowing Span<UInt8>, before end: UInt8) -> Ratio? {
    let isNegative = takesMinus(bytes)
    var mantissa: Int64 = 0
    var count = digits(bytes, into: &mantissa)
    var places = 0
    if takes(UInt8(ascii: "."), bytes) {
      places = digits(bytes, into: &mantissa)
      count += places
    }
    guard count > 0, count <= 15, takes(end, bytes) else { return nil }
    let ratio = Ratio(mantissa: mantissa, divisor: Self.powersOfTen[places] * Self.signs[isNegative ? 1 : 0])
    return ratio.value.magnitude <= TraceReader.largestValue ? ratio : nil
  }

  /// One digit, a point, and five to seven digits, as most of them are.
  ///
  /// How many there are is told by branches: a processor guesses those, and goes on with the next field meanwhile;
  /// for a number it would wait. Nothing is taken where it is not such a number.
  @inline(__always)
  private mutating func shortReal(_ bytes: borrowing Span<UInt8>, before end: UInt8) -> Ratio? {
    guard Self.isWithin(bytes, 11, at: index) else { return nil }
    let head = Self.eightBytes(bytes, at: index)
    // Computed with, and no branch: a sign is there as often as not.
    let sign = UInt8(truncatingIfNeeded: head) == UInt8(ascii: "-") ? 1 : 0
    // A digit and a point, less "0.": the digit alone is left.
    let whole = UInt16(truncatingIfNeeded: head &>> UInt64(8 &* sign)) ^ 0x2E30
    guard whole <= 9 else { return nil }
    let first = index &+ sign &+ 2
    let word = Self.eightBytes(bytes, at: first)
    let others = Self.others(in: word)
    let places: Int
    if UInt8(truncatingIfNeeded: word >> 48) == end, others & 0x0000_8080_8080_8080 == 0 {
      places = 6
    } else if UInt8(truncatingIfNeeded: word >> 56) == end, others & 0x0080_8080_8080_8080 == 0 {
      places = 7
    } else if UInt8(truncatingIfNeeded: word >> 40) == end, others & 0x0000_0080_8080_8080 == 0 {
      places = 5
    } else {
      return nil
    }
    index = first &+ places &+ 1
    let mantissa = Int64(whole) &* Self.integerPowersOfTen[places] &+ Self.number(of: word, places)
    return Ratio(mantissa: mantissa, divisor: Self.powersOfTen[places] * Self.signs[sign])
  }

  /// A whole number of at most seven bytes, as those of a chip are, and the byte after it.
  ///
  /// Where it ends is told without looking at its digits: the next field waits for nothing else.
  @inline(__always)
  private mutating func short(_ bytes: borrowing Span<UInt8>, before end: UInt8) -> Int16? {
    guard Self.isWithin(bytes, 8, at: index) else { return nil }
    let word = Self.eightBytes(bytes, at: index)
    // The highest bit of every byte below "-", which no number has.
    let ends = ~((word | 0x8080_8080_8080_8080) &- 0x2D2D_2D2D_2D2D_2D2D) & 0x8080_8080_8080_8080
    let sign = UInt8(truncatingIfNeeded: word) == UInt8(ascii: "-") ? 1 : 0
    let length = ends.trailingZeroBitCount / 8
    let count = length &- sign
    guard count > 0, length < 8, UInt8(truncatingIfNeeded: word &>> UInt64(8 &* length)) == end else { return nil }
    // Moved up, zeros in front of them fill up to eight.
    let digits = (word &>> UInt64(8 &* sign) ^ 0x3030_3030_3030_3030) &<< UInt64(64 &- 8 &* count)
    guard Self.others(inValues: digits) == 0 else { return nil }
    let number = Self.number(ofValues: digits)
    index &+= length &+ 1
    return Int16(exactly: sign == 1 ? 0 &- number : number)
  }

  /// The seven fields of a row of ours.
  ///
  /// Written out and not as a loop, here and below: then a processor learns each field's ways apart.
  @inline(__always)
  mutating func raw(_ bytes: borrowing Span<UInt8>) -> RawSample? {
    let (comma, newline) = (UInt8(ascii: ","), UInt8(ascii: "\n"))
    guard let time = integer(bytes, before: comma), let ax = short(bytes, before: comma),
      let ay = short(bytes, before: comma), let az = short(bytes, before: comma), let gx = short(bytes, before: comma),
      let gy = short(bytes, before: comma), let gz = short(bytes, before: newline)
    else { return nil }
    return RawSample(time: Timestamp(microseconds: time), ax: ax, ay: ay, az: az, gx: gx, gy: gy, gz: gz)
  }

  /// The seven fields of a plain row.
  @inline(__always)
  mutating func plain(_ bytes: borrowing Span<UInt8>) -> InertialSample? {
    let (comma, newline) = (UInt8(ascii: ","), UInt8(ascii: "\n"))
    guard let time = integer(bytes, before: comma), let ax = real(bytes, before: comma),
      let ay = real(bytes, before: comma), let az = real(bytes, before: comma), let gx = real(bytes, before: comma),
      let gy = real(bytes, before: comma), let gz = real(bytes, before: newline)
    else { return nil }
    return InertialSample(
      time: Timestamp(microseconds: time), acceleration: Acceleration(ax.value, ay.value, az.value),
      angularVelocity: AngularVelocity(gx.value, gy.value, gz.value))
  }
}
