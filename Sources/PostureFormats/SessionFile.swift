// SPDX-License-Identifier: MIT
import PosturePacing

/// A paced session as a file describes it.
///
/// ```
/// # postured-session: 1
/// # title: Both hands
/// # source: where the steps and their times are from
/// # note: what the wearer is to know before
/// repeat 2
///   step 7 s cue tense: Clench both fists.
///   step 30 s cue release, check still: Let them open by themselves.
/// end
/// ```
package struct SessionFile: Sendable, Equatable {
  /// Bytes: a person writes it, and more than its most steps would take is a mistake.
  package static let largest = 131_072
  /// Bytes of the source, and of each note: a paragraph, which is read before the first step.
  package static let longestNote = 500
  /// More push the warning off the screen.
  package static let mostNotes = 20
  /// What editors of Windows put before a text in UTF-8.
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  /// Of a block that is repeated.
  package static let repetitions = 2...50
  /// Shown before the first step of every session, whatever its file says.
  package static let warning = """
    A reminder, not a medical device. With complaints or after an injury ask a physician first; \
    leave out what hurts, and stop whenever you like.
    """

  package var plan: SessionPlan
  package var source: String?
  /// A line each.
  package var notes: [String]

  package init(plan: SessionPlan, source: String?, notes: [String]) {
    self.plan = plan
    self.source = source
    self.notes = notes
  }

  /// - Parameter name: of the file, for what is wrong with it.
  package init(reading text: [UInt8], named name: String) throws(InputError) {
    guard text.count <= Self.largest else {
      throw InputError(source: name, found: "a larger file", expected: "at most \(Self.largest) bytes")
    }
    // To Swift it would be a character of the first line.
    let text = text.dropFirst(text.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0)
    guard let text = String(validating: text, as: UTF8.self), !text.utf8.contains(0) else {
      throw InputError(source: name, found: "binary data", expected: "text in UTF-8")
    }
    var reader = SessionReader(name)
    // A carriage return and a newline are one Character to Swift.
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in lines.enumerated() { try reader.take(line, number: index + 1) }
    self = try reader.finish()
  }
}
