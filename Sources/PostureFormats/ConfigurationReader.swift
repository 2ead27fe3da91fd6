// SPDX-License-Identifier: MIT

/// Reads `key: value unit` lines: a strict subset of YAML, in which every key is known and stands once.
///
/// `#` begins a comment at the start of a line or after a blank. Later sources overrule earlier ones; all errors of a
/// source are reported at once.
package struct ConfigurationReader {
  /// A configuration is written by a person: more is a mistake, such as a trace given by its name.
  package static let longestFile = 65_536

  package private(set) var configuration = Configuration()
  /// What has been set so far, each key once, with the text it was last given.
  package private(set) var assigned: [TraceSetting] = []
  private var errors: [InputError] = []
  private var lastSource = "settings"

  package init() {}

  /// - Parameter configuration: what holds where nothing is set.
  package init(_ configuration: Configuration) { self.configuration = configuration }

  /// Sets what another reader was given.
  package mutating func set(_ settings: [TraceSetting]) {
    for setting in settings { set("\(setting.key)=\(setting.value)") }
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
    for (index, line) in split.enumerated() { read(line: Self.withoutComment(line), index + 1, source, &lines) }
  }

  /// `KEY=VALUE`, as given to `--set`.
  package mutating func set(_ assignment: String) {
    let source = "--set \(assignment)"
    lastSource = source
    guard let equals = assignment.firstIndex(of: "=") else {
      errors.append(InputError(source: source, found: "no '='", expected: "KEY=VALUE"))
      return
    }
    apply(
      key: Self.trim(assignment[..<equals]), value: Self.trim(assignment[assignment.index(after: equals)...]), source,
      nil)
  }

  /// The settings, or everything that is wrong with them.
  package func result() throws(ConfigurationErrors) -> Configuration {
    let all = errors.isEmpty ? configuration.contradictions(in: lastSource) : errors
    guard all.isEmpty else { throw ConfigurationErrors(errors: all) }
    return configuration
  }

  private mutating func read(line: Substring, _ number: Int, _ source: String, _ lines: inout [String: Int]) {
    let line = Self.trim(line)
    guard !line.isEmpty else { return }
    guard let colon = line.firstIndex(of: ":") else {
      errors.append(
        InputError(source: source, line: number, found: InputError.quote(line), expected: "a line 'key: value'"))
      return
    }
    let key = Self.trim(line[..<colon])
    if let earlier = lines[key] {
      errors.append(
        InputError(
          source: source, line: number, key: key, found: "it again", expected: "it once (it stands on line \(earlier))")
      )
      return
    }
    lines[key] = number
    apply(key: key, value: Self.trim(line[line.index(after: colon)...]), source, number)
  }

  private mutating func apply(key: String, value: String, _ source: String, _ line: Int?) {
    guard let setting = Setting.named(key) else {
      let nearest = Setting.nearest(to: key).map { "a known setting, such as \($0)" } ?? "a known setting"
      errors.append(
        InputError(source: source, line: line, found: "unknown setting \(InputError.quote(key))", expected: nearest))
      return
    }
    if let mismatch = setting.apply(value, &configuration) {
      errors.append(
        InputError(source: source, line: line, key: key, found: mismatch.found, expected: mismatch.expected))
      return
    }
    assigned.removeAll { $0.key == key }
    assigned.append(TraceSetting(key: key, value: value))
  }

  private static func withoutComment(_ line: Substring) -> Substring {
    var previous: Character = " "
    for index in line.indices {
      if line[index] == "#" && (previous == " " || previous == "\t") { return line[..<index] }
      previous = line[index]
    }
    return line
  }

  private static func trim(_ text: some StringProtocol) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    guard let first = text.firstIndex(where: { !isBlank($0) }), let last = text.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(text[first...last])
  }
}
