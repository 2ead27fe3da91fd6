// SPDX-License-Identifier: MIT

/// What a label or a mark says: a word that anybody may choose, of which some mean something to a program.
package struct LabelWord: Sendable, Hashable {
  /// Characters: it stands in a row of a table, and in a line of a trace.
  package static let longest = 32
  package static let expected = "a word of at most \(longest) lowercase letters, digits and hyphens"

  /// The wearer is out of posture and wants to be reminded; a cue in it is right.
  package static let deviation = LabelWord(known: "deviation")
  /// No cue should have come here, whatever else is said of it.
  package static let falseCue = LabelWord(known: "false-cue")
  /// A cue should have come here.
  package static let missedCue = LabelWord(known: "missed-cue")
  /// A cue may come here, or not.
  package static let optional = LabelWord(known: "optional")

  package let text: String

  private init(known text: String) { self.text = text }

  /// Nil where it is no such word.
  package init?(_ text: some StringProtocol) {
    func isPlain(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "-")
    }
    guard (1...Self.longest).contains(text.utf8.count), text.utf8.allSatisfy(isPlain), text.first != "-",
      text.last != "-"
    else { return nil }
    self.text = String(text)
  }
}
