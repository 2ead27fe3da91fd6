// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// A setting and the values to be tried: `detector.hold=2,5,10s`, or `detector.enter=8..25deg/1deg` for every degree.
package struct VariedSetting: Sendable, Equatable {
  /// Beyond that nobody can look at them.
  package static let mostValues = 1000
  private static let source = "--vary"
  private static let expected = "KEY=VALUE,VALUE,... or KEY=FIRST..LAST/STEP"

  package let key: String
  /// As a configuration has them, in their order.
  package let values: [String]

  package init(_ text: String) throws(InputError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      throw InputError(source: Self.source, found: InputError.quote(text), expected: Self.expected)
    }
    key = parts[0]
    guard let setting = Setting.named(key) else {
      let nearest = Setting.nearest(to: key).map { "a known setting, such as \($0)" } ?? "a known setting"
      throw InputError(source: Self.source, found: "unknown setting \(InputError.quote(key))", expected: nearest)
    }
    values = parts[1].contains("..") ? try Self.range(parts[1], of: key) : try Self.list(parts[1], of: key)
    for value in values {
      if let mismatch = setting.mismatch(of: value) {
        throw InputError(source: Self.source, key: key, found: mismatch.found, expected: mismatch.expected)
      }
    }
    let settings = values.map { Assignment(TraceSetting(key: parts[0], value: $0), from: Self.source) }
    guard !TraceSetting.decisive(settings).isEmpty else {
      throw InputError(
        source: Self.source, key: key, found: "only values that change no decision",
        expected: "values of a setting that decisions depend on")
    }
    guard Set(values.map(Self.meaning)).count == values.count else {
      throw InputError(source: Self.source, key: key, found: "a value twice", expected: "each value once")
    }
  }

  /// The same for what is written otherwise: `2 s` and `2000 ms`.
  private static func meaning(of value: String) -> String {
    guard let quantity = Quantity(value), let time = Interval(quantity) else { return value }
    return "\(time.microseconds) us"
  }

  /// A unit at the end is that of all numbers before it that have none; where others have another one, nobody knows
  /// which is meant.
  private static func list(_ text: String, of key: String) throws(InputError) -> [String] {
    let items = text.split(separator: ",", omittingEmptySubsequences: false).map { item in
      String(item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    let unit = items.last.flatMap { Quantity($0)?.unit } ?? ""
    let units = Set(items.compactMap { Quantity($0)?.unit })
    guard units.count <= 2 || !units.contains("") else {
      throw InputError(
        source: source, key: key, found: InputError.quote(text), expected: "one unit, or a unit for each value")
    }
    return items.map { item in
      guard var quantity = Quantity(item) else { return item }
      if quantity.unit.isEmpty { quantity.unit = unit }
      return Self.text(quantity)
    }
  }

  private static func range(_ text: String, of key: String) throws(InputError) -> [String] {
    func error(_ found: String, _ expected: String) -> InputError {
      InputError(source: source, key: key, found: found, expected: expected)
    }
    let ends = text.split(separator: "/", omittingEmptySubsequences: false)
    guard ends.count == 2, let dots = ends[0].firstRange(of: ".."), let step = Quantity(String(ends[1])),
      let first = Quantity(String(ends[0][..<dots.lowerBound])),
      let last = Quantity(String(ends[0][dots.upperBound...]))
    else { throw error(InputError.quote(text), "FIRST..LAST/STEP, such as 8..25deg/1deg") }
    let units = Set([first.unit, last.unit, step.unit].filter { !$0.isEmpty })
    guard units.count <= 1 else {
      throw error(InputError.quote(text), "one unit")
    }
    guard step.value > 0, first.value <= last.value else {
      throw error(InputError.quote(text), "a first value that is not above the last, and a step above 0")
    }
    // A step that should end at the last value may miss it by its rounding.
    let steps = ((last.value - first.value) / step.value + 1e-9).rounded(.down)
    guard steps < Double(mostValues) else { throw error("more values than \(mostValues)", "fewer") }
    return (0...Int(steps)).map {
      Self.text(Quantity(value: first.value + Double($0) * step.value, unit: units.first ?? ""))
    }
  }

  /// To six decimal places, without zeros at the end.
  private static func text(_ quantity: Quantity) -> String {
    var number = Decimal.text(quantity.value, places: 6)
    while number.hasSuffix("0") { number.removeLast() }
    if number.hasSuffix(".") { number.removeLast() }
    return quantity.unit.isEmpty ? number : "\(number) \(quantity.unit)"
  }
}
