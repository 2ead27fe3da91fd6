// SPDX-License-Identifier: MIT

/// Something that is kept in a small file of its own, as text.
package protocol FileRecord: Sendable, Equatable {
  /// Bytes; more is another kind of file.
  static var longestFile: Int { get }

  /// What is written: lines of `key: value`, each key once, as in a trace's header.
  var text: String { get }

  /// Reads what `text` wrote; the first thing that is wrong is named with its line.
  init(file bytes: [UInt8], named source: String) throws(InputError)
}

/// The lines of such a file by their keys.
struct RecordFields {
  private let source: String
  private let keys: [String]
  private var values: [String: (text: String, line: Int)] = [:]

  /// - Parameters:
  ///   - keys: those that may occur.
  ///   - kind: what the file should be, for error messages.
  init(_ bytes: [UInt8], _ source: String, keys: [String], kind: String, longestFile: Int) throws(InputError) {
    self.source = source
    self.keys = keys
    guard bytes.count <= longestFile else {
      throw InputError(source: source, found: "a larger file", expected: "at most \(longestFile) bytes")
    }
    guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
      throw InputError(source: source, found: "binary data", expected: kind)
    }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      guard let colon = line.firstRange(of: ": ") else {
        throw InputError(
          source: source, line: index + 1, found: InputError.quote(line), expected: "a line 'key: value'")
      }
      let key = String(line[..<colon.lowerBound])
      guard values[key] == nil else {
        throw InputError(source: source, line: index + 1, key: key, found: "it again", expected: "it once")
      }
      values[key] = (String(line[colon.upperBound...]), index + 1)
    }
  }

  func value<Value>(_ key: String, _ expected: String, _ read: (String) -> Value?) throws(InputError) -> Value {
    guard let value = try optional(key, expected, read) else {
      throw InputError(source: source, key: key, found: "none", expected: expected)
    }
    return value
  }

  /// Nil where there is no such line.
  func optional<Value>(_ key: String, _ expected: String, _ read: (String) -> Value?) throws(InputError) -> Value? {
    guard let (text, line) = values[key] else { return nil }
    guard let value = read(text) else {
      throw InputError(source: source, line: line, key: key, found: InputError.quote(text), expected: expected)
    }
    return value
  }

  func refuseOthers() throws(InputError) {
    let others = values.filter { !keys.contains($0.key) }.sorted { $0.value.line < $1.value.line }
    guard let (key, value) = others.first else { return }
    throw InputError(
      source: source, line: value.line, found: "unknown key \(InputError.quote(key))",
      expected: "one of " + keys.joined(separator: ", "))
  }

  /// A time as it is written: `2026-11-22T03:39:07Z`.
  static func isTime(_ text: some StringProtocol) -> Bool {
    let pattern = Array("0000-00-00T00:00:00Z".utf8)
    let bytes = Array(text.utf8)
    return bytes.count == pattern.count
      && zip(bytes, pattern).allSatisfy { $1 == UInt8(ascii: "0") ? (0x30...0x39).contains($0) : $0 == $1 }
  }
}
