// SPDX-License-Identifier: MIT
import PostureCore

/// What the wearer said while a trace was recorded: `#! TIME mark WORD`, or `#! TIME mark WORD N us` where it is about
/// the N microseconds before. It changes no decision.
package struct TraceMark: Sendable, Equatable {
  /// Of what a mark is about: an hour, beyond which nobody remembers.
  package static let lengths = Interval.seconds(1)...Interval.seconds(3600)
  static let expected = "'#! TIME_US \(TraceWriter.markWord) WORD' or '#! TIME_US \(TraceWriter.markWord) WORD N us'"

  package let time: Timestamp
  package let word: LabelWord
  /// Nil where the wearer did not say.
  package let length: Interval?

  package init(_ word: LabelWord, length: Interval? = nil, at time: Timestamp) {
    self.time = time
    self.word = word
    self.length = length
  }

  /// Of what follows the time; nil where it is no mark.
  init?(_ words: ArraySlice<Substring>, at time: Int64) {
    guard let first = words.first, let word = LabelWord(first) else { return nil }
    self.word = word
    self.time = Timestamp(microseconds: time)
    guard words.count > 1 else {
      length = nil
      return
    }
    guard let number = Decimal.whole(words.dropFirst().joined(separator: " "), unit: "us"),
      Self.lengths.contains(Interval(microseconds: number))
    else { return nil }
    length = Interval(microseconds: number)
  }

  /// As a trace has it after the time.
  var text: String { "\(TraceWriter.markWord) \(word.text)" + (length.map { " \($0.microseconds) us" } ?? "") }
}
