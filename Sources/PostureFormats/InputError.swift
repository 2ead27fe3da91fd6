// SPDX-License-Identifier: MIT

/// What is wrong with something we were given to read: where it stands, what was found and what was expected.
package struct InputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// File name, "standard input", or the option it came by.
  package var source: String
  /// From 1; nil where the whole input is meant.
  package var line: Int?
  /// Characters, from 1; nil where the whole line is meant.
  package var column: Int?
  /// Setting, header key or column.
  package var key: String?
  package var found: String
  package var expected: String

  package init(
    source: String, line: Int? = nil, column: Int? = nil, key: String? = nil, found: String, expected: String
  ) {
    self.source = source
    self.line = line
    self.column = column
    self.key = key
    self.found = found
    self.expected = expected
  }

  /// `FILE:LINE:COLUMN: KEY: found FOUND, expected EXPECTED`.
  package var description: String {
    let place = ([source] + [line, column].compactMap { $0 }.map(String.init)).joined(separator: ":") + ": "
    return place + (key.map { "\($0): " } ?? "") + "found \(found), expected \(expected)"
  }

  /// Foreign text made fit to be shown: quoted, what cannot be seen escaped, cut when long.
  package static func quote(_ text: some StringProtocol) -> String {
    let longest = 60
    var shown = ""
    var isCut = false
    for character in text.unicodeScalars {
      // As it is shown: what is escaped is longer.
      isCut = shown.unicodeScalars.count >= longest
      guard !isCut else { break }
      let isPlain = ![.control, .format, .lineSeparator, .paragraphSeparator].contains(
        character.properties.generalCategory)
      shown += isPlain ? String(character) : "\\u{\(String(character.value, radix: 16))}"
    }
    return "'\(shown)'" + (isCut ? "..." : "")
  }
}

/// Exit statuses of both programs, as BSD's <sysexits.h> numbers them.
package enum ExitStatus: Int32, Sendable {
  case usage = 64
  case badData = 65
  case noInput = 66
  case unavailable = 69
  case software = 70
  case system = 71
  case cannotCreate = 73
  case inputOutput = 74
  case temporaryFailure = 75
  case notPermitted = 77
  case badConfiguration = 78
}
