// SPDX-License-Identifier: MIT
import PostureCore

/// Which columns of somebody's CSV file are the time, the specific force and the angular velocity, and in which units.
///
/// Written as `time=t[ms],ax=Acc X[g],ay=Acc Y[g],az=Acc Z[g],gx=Gyr X[dps],gy=Gyr Y[dps],gz=Gyr Z[dps]`: what each is
/// called in the file's first line, and its unit. Without a unit it is that of a plain CSV file, us, m/s2 or rad/s; a
/// recording without a gyroscope has no gx, gy, gz.
package struct CSVColumns: Sendable, Equatable {
  package struct Column: Sendable, Equatable {
    let key: String
    let name: String
    /// To microseconds, m/s² or rad/s.
    let factor: Double
  }

  package static let expected =
    "time=NAME[UNIT],ax=NAME[UNIT],ay=...,az=... and, with a gyroscope, gx=...,gy=...,gz=..."

  private static let keys = ["time", "ax", "ay", "az", "gx", "gy", "gz"]
  private static let degree = Angle.degrees(1).radians

  /// In the order of the keys: four, or seven.
  let columns: [Column]

  package init(_ text: String) throws(InputError) {
    func error(_ found: String, _ expected: String) -> InputError {
      InputError(source: "--columns", found: found, expected: expected)
    }
    var columns: [Column] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let equals = part.firstIndex(of: "=") else { throw error(InputError.quote(part), Self.expected) }
      let key = String(part[..<equals])
      guard Self.keys.contains(key) else {
        throw error(InputError.quote(key), "one of \(Self.keys.joined(separator: ", "))")
      }
      guard !columns.contains(where: { $0.key == key }) else { throw error("\(key) again", "it once") }
      var name = part[part.index(after: equals)...]
      var unit: Substring = ""
      if name.hasSuffix("]"), let bracket = name.lastIndex(of: "[") {
        unit = name[name.index(after: bracket)...].dropLast()
        name = name[..<bracket]
      }
      guard !name.isEmpty else { throw error("\(key) without a name", "the name of a column") }
      let units = Self.units(of: key)
      guard let factor = unit.isEmpty ? 1 : units.first(where: { $0.name == unit })?.factor else {
        throw error(
          "\(key) in \(InputError.quote(unit))", "one of \(units.map(\.name).joined(separator: ", "))")
      }
      columns.append(Column(key: key, name: String(name), factor: factor))
    }
    let given = columns.map(\.key)
    guard Set(given) == Set(Self.keys) || Set(given) == Set(Self.keys.prefix(4)) else {
      throw error(given.joined(separator: ", "), Self.expected)
    }
    self.columns = Self.keys.compactMap { key in columns.first { $0.key == key } }
  }

  private static func units(of key: String) -> [(name: String, factor: Double)] {
    switch key.first {
    case "t": [("us", 1), ("ms", 1e3), ("s", 1e6)]
    case "a": [("m/s2", 1), ("m/s^2", 1), ("g", standardGravity), ("mg", standardGravity * 1e-3)]
    default:
      [("rad/s", 1), ("dps", degree), ("deg/s", degree), ("mdps", degree * 1e-3), ("mrad/s", 1e-3)]
    }
  }

  /// The columns in a file with this first line.
  func layout(of header: String, source: String) throws(InputError) -> CSVLayout {
    let separator = Self.separator(of: header)
    let names = header.split(separator: separator, omittingEmptySubsequences: false).map(Self.bare)
    var indices: [Int] = []
    for column in columns {
      let found = names.indices.filter { names[$0] == column.name }
      guard found.count == 1, let index = found.first else {
        throw InputError(
          source: source, line: 1, key: column.key,
          found: found.isEmpty
            ? "no column \(InputError.quote(column.name))" : "\(InputError.quote(column.name)) twice",
          expected: "one of " + Self.list(names))
      }
      indices.append(index)
    }
    return CSVLayout(
      separator: separator.asciiValue ?? UInt8(ascii: ","), count: names.count, columns: columns, indices: indices)
  }

  /// As many of the names as a message can hold.
  private static func list(_ names: [Substring]) -> String {
    let longest = 500
    var list = ""
    for name in names {
      let quoted = (list.isEmpty ? "" : ", ") + InputError.quote(name)
      guard list.utf8.count + quoted.utf8.count <= longest else { return list + ", and more" }
      list += quoted
    }
    return list
  }

  /// Whichever of a comma, a semicolon and a tab there are most of.
  private static func separator(of header: String) -> Character {
    [",", ";", "\t"].max { a, b in header.count { $0 == a } < header.count { $0 == b } } ?? ","
  }

  /// Without blanks and quotes around it.
  private static func bare(_ name: Substring) -> Substring {
    let isAround: (Character) -> Bool = { $0 == " " || $0 == "\"" || $0 == "\u{FEFF}" || $0 == "\r" }
    guard let last = name.lastIndex(where: { !isAround($0) }) else { return "" }
    return name[...last].drop(while: isAround)
  }
}

/// Where a row's numbers stand.
struct CSVLayout: Sendable {
  let separator: UInt8
  /// Fields in each row.
  let count: Int
  let columns: [CSVColumns.Column]
  let indices: [Int]

  /// - Throws: with what was found, and in which column.
  func sample(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, source: String, line: Int
  ) throws(InputError) -> InertialSample {
    var fields: [Range<Int>] = []
    fields.reserveCapacity(count)
    var start = range.lowerBound
    for index in range where bytes[index] == separator {
      fields.append(start..<index)
      start = index + 1
    }
    fields.append(start..<range.upperBound)
    guard fields.count == count else {
      throw InputError(
        source: source, line: line, found: "\(fields.count) fields", expected: "\(count), as in the first line")
    }
    var values = InlineArray<7, Double>(repeating: 0)
    for (index, column) in columns.enumerated() {
      let field = Self.trimmed(bytes, fields[indices[index]])
      guard let value = Decimal.real(bytes, field) else {
        let text = Decimal.string(bytes, field)
        throw InputError(
          source: source, line: line, key: column.name, found: text.isEmpty ? "nothing" : InputError.quote(text),
          expected: "a number")
      }
      values[index] = value * column.factor
      let largest = index == 0 ? TraceReader.endOfTime : TraceReader.largestValue
      guard values[index].magnitude < largest else {
        throw InputError(
          source: source, line: line, key: column.name, found: "\(value)", expected: "less, in the unit that was said")
      }
    }
    return InertialSample(
      time: Timestamp(microseconds: Int64(values[0].rounded())),
      acceleration: Acceleration(values[1], values[2], values[3]),
      angularVelocity: AngularVelocity(values[4], values[5], values[6]))
  }

  /// Without blanks and quotes around it.
  private static func trimmed(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    while lower < upper, bytes[lower] == UInt8(ascii: " ") || bytes[lower] == UInt8(ascii: "\"") { lower += 1 }
    while upper > lower, bytes[upper - 1] == UInt8(ascii: " ") || bytes[upper - 1] == UInt8(ascii: "\"") { upper -= 1 }
    return lower..<upper
  }
}
