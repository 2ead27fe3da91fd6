// SPDX-License-Identifier: MIT

/// The last line of a trace that ends within it: it is left out, for a number that was cut still reads as a number.
package struct CutLine: Sendable, Equatable {
  package let source: String
  /// From 1.
  package let line: Int
  /// What there is of it.
  package let text: String

  init(source: String, line: Int, text: String) {
    self.source = source
    self.line = line
    self.text = text
  }

  /// As an error says it, for whoever needs the whole of it.
  package var error: InputError {
    InputError(
      source: source, line: line, found: "\(InputError.quote(text)) and then the end of the file",
      expected: "a whole line")
  }

  /// For whoever makes do with what is whole.
  package var notice: String { "\(error.description): left out, all lines before it were read" }
}
