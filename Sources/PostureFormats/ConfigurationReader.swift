// SPDX-License-Identifier: MIT

/// Reads `key: value unit` lines: a strict subset of YAML, in which every key is known and stands once.
///
/// `#` begins a comment at the start of a line or after a blank. Later sources overrule earlier ones; all errors of all
/// sources are reported at once.
package struct ConfigurationReader {
  /// A configuration is written by a person: more is a mistake, such as a trace given by its name.
  package static let longestFile = 65_536

  package private(set) var configuration = Configuration()
  /// What has been set so far, each key once, with the text it was last given.
  package private(set) var assigned: [Assignment] = []
  private var errors: [InputError] = []
  private var lastSource = "settings"

  package init() {}

  /// - Parameter configuration: what holds where nothing is set.
  package init(_ configuration: Configuration) { self.configuration = configuration }

  /// Sets what stands elsewhere.
  ///
  /// - Parameter source: where, for whoever asks where a setting comes from.
  package mutating func set(_ settings: [TraceSetting], from source: String) {
    guard !settings.isEmpty else { return }
    lastSource = source
    for setting in settings { apply(setting, Place(source: source)) }
  }

  package mutating func read(file text: [UInt8], named source: String) {
    lastSource = source
    guard text.count <= Self.longestFile else {
      errors.append(InputError(source: source, found: "a larger file", expected: "at most \(Self.longestFile) bytes"))
      return
    }
    guard let text = String(validating: text, as: UTF8.self), !text.utf8.contains(0) else {
      errors.append(InputError(source: source, found: "binary data", expected: "text in UTF-8"))
      return
    }
    var lines: [String: Int] = [:]
    // A carriage return and a newline are one Character to Swift.
    let split = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in split.enumerated() { read(line: line, Place(source: source, line: index + 1), &lines) }
  }

  /// `KEY=VALUE`, as given to `--set`.
  package mutating func set(_ assignment: String) {
    let source = "--set \(assignment)"
    lastSource = source
    guard let equals = assignment.firstIndex(of: "=") else {
      errors.append(InputError(source: source, found: "no '='", expected: "KEY=VALUE"))
      return
    }
    let value = Self.trim(assignment[assignment.index(after: equals)...])
    apply(
      TraceSetting(key: String(Self.trim(assignment[..<equals])), value: String(value)),
      Place(source: source, origin: "--set"))
  }

  /// The settings, or everything that is wrong with them.
  package func result() throws(ConfigurationErrors) -> Configuration {
    let all = errors.isEmpty ? configuration.contradictions(in: lastSource) : errors
    guard all.isEmpty else { throw ConfigurationErrors(errors: all) }
    return configuration
  }

  /// Where something stands.
  private struct Place {
    let source: String
    /// The source in short, for what is right.
    var origin: String?
    var line: Int?
    /// Of the key, and of the value.
    var column: Int?
    var valueColumn: Int?
  }

  private mutating func read(line whole: Substring, _ place: Place, _ lines: inout [String: Int]) {
    let line = Self.trim(Self.withoutComment(whole))
    guard !line.isEmpty else { return }
    var place = place
    func column(of part: Substring) -> Int { whole.distance(from: whole.startIndex, to: part.startIndex) + 1 }
    place.column = column(of: line)
    guard let colon = line.firstIndex(of: ":") else {
      errors.append(
        InputError(
          source: place.source, line: place.line, column: place.column, found: InputError.quote(line),
          expected: "a line 'key: value'"))
      return
    }
    let key = String(Self.trim(line[..<colon]))
    let value = Self.trim(line[line.index(after: colon)...])
    place.valueColumn = column(of: value)
    if let earlier = lines[key] {
      errors.append(
        InputError(
          source: place.source, line: place.line, column: place.column, key: key, found: "it again",
          expected: "it once (it stands on line \(earlier))"))
      return
    }
    lines[key] = place.line
    apply(TraceSetting(key: key, value: String(value)), place)
  }

  private mutating func apply(_ given: TraceSetting, _ place: Place) {
    guard let setting = Setting.named(given.key) else {
      let nearest = Setting.nearest(to: given.key).map { "a known setting, such as \($0)" } ?? "a known setting"
      errors.append(
        InputError(
          source: place.source, line: place.line, column: place.column,
          found: "unknown setting \(InputError.quote(given.key))", expected: nearest))
      return
    }
    if let mismatch = setting.apply(given.value, &configuration) {
      errors.append(
        InputError(
          source: place.source, line: place.line, column: place.valueColumn, key: given.key, found: mismatch.found,
          expected: mismatch.expected))
      return
    }
    assigned.removeAll { $0.setting.key == given.key }
    assigned.append(Assignment(given, from: place.line.map { "\(place.source):\($0)" } ?? place.origin ?? place.source))
  }

  private static func withoutComment(_ line: Substring) -> Substring {
    var previous: Character = " "
    for index in line.indices {
      if line[index] == "#" && (previous == " " || previous == "\t") { return line[..<index] }
      previous = line[index]
    }
    return line
  }

  private static func trim(_ text: Substring) -> Substring {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    guard let last = text.lastIndex(where: { !isBlank($0) }) else { return text[text.endIndex...] }
    return text[...last].drop(while: isBlank)
  }
}

/// A setting as somebody has set it.
package struct Assignment: Sendable, Equatable {
  package let setting: TraceSetting
  /// `FILE:LINE`, or the option it was given by.
  package let source: String

  package init(_ setting: TraceSetting, from source: String) {
    self.setting = setting
    self.source = source
  }
}
