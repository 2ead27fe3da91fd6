// SPDX-License-Identifier: MIT
import PostureCore

/// A number with its unit, as people write it: `10 s`, `15deg`, `100 Hz`.
package struct Quantity: Sendable, Equatable {
  package var value: Double
  package var unit: String

  package init(value: Double, unit: String) {
    self.value = value
    self.unit = unit
  }

  /// Nil unless the text is a finite decimal number, an optional blank, and a unit (which may be empty).
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    let isOfNumber: (UInt8) -> Bool = { (0x30...0x39).contains($0) || "+-.".utf8.contains($0) }
    let end = bytes.firstIndex { !isOfNumber($0) } ?? bytes.count
    guard let value = Decimal.real(bytes.span, 0..<end) else { return nil }
    var rest = bytes[end...]
    if rest.first == UInt8(ascii: " ") { rest = rest.dropFirst() }
    guard !rest.contains(UInt8(ascii: " ")) else { return nil }
    self.init(value: value, unit: String(decoding: rest, as: UTF8.self))
  }
}

extension Interval {
  /// Units of time that people may write, in seconds.
  private static let units: [(name: String, seconds: Double)] = [("us", 1e-6), ("ms", 1e-3), ("s", 1), ("min", 60)]

  /// Nil where the unit is none of time, or the time is beyond a year.
  package init?(_ quantity: Quantity) {
    guard let unit = Self.units.first(where: { $0.name == quantity.unit }) else { return nil }
    let seconds = quantity.value * unit.seconds
    guard seconds.magnitude < 31_536_000 else { return nil }
    self = .seconds(seconds)
  }
}
