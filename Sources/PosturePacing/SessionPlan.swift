// SPDX-License-Identifier: MIT
import PostureCore

/// What a paced session asks of the wearer, step by step.
package struct SessionPlan: Sendable, Equatable {
  /// More are no exercise, and each is kept in memory.
  package static let mostSteps = 500
  /// Whoever has longer begins another one; nothing is judged meanwhile.
  package static let longest = Interval.seconds(3600)
  /// Bytes: it stands in a request, in the log and in the history.
  package static let longestTitle = 100

  package let title: String
  package let steps: [SessionStep]

  package init(title: String, steps: [SessionStep]) throws(SessionFault) {
    try Self.check(title: title)
    guard !steps.isEmpty else { throw SessionFault.noSteps }
    guard steps.count <= Self.mostSteps else {
      throw SessionFault("\(steps.count) steps", expected: "at most \(Self.mostSteps)")
    }
    let length = Self.length(of: steps)
    guard length <= Self.longest else {
      throw SessionFault(
        "\(length.microseconds / 1_000_000) s in all", expected: "at most \(Self.longest.microseconds / 60_000_000) min"
      )
    }
    self.title = title
    self.steps = steps
  }

  package var length: Interval { Self.length(of: steps) }

  package static func check(title: String) throws(SessionFault) {
    try SessionFault.check(title, mostBytes: longestTitle)
  }

  private static func length(of steps: [SessionStep]) -> Interval { steps.reduce(.zero) { $0 + $1.length } }
}

/// For so long the wearer does something, or lets it be.
package struct SessionStep: Sendable, Equatable {
  /// What the sensor is to look at meanwhile.
  package enum Check: String, Sendable, CaseIterable {
    case still, moving
  }

  /// A cue needs a second to be felt; what lasts longer than ten minutes is to be split.
  package static let lengths = Interval.seconds(1)...Interval.seconds(600)
  /// Bytes: two lines of a terminal.
  package static let longestWords = 160
  /// With which a step can begin; the end of a session has one by itself.
  package static let cues: [Cue.Kind] = [.step, .tense, .release]

  package let length: Interval
  /// Nil for a step that begins silently.
  package let cue: Cue.Kind?
  package let check: Check?
  package let words: String

  package init(
    _ length: Interval, cue: Cue.Kind?, check: Check? = nil, words: String
  ) throws(SessionFault) {
    guard Self.lengths.contains(length) else {
      throw SessionFault("\(length.seconds) s", expected: Self.expectedLength)
    }
    if let cue, !Self.cues.contains(cue) { throw SessionFault("another cue", expected: "one that begins a step") }
    try SessionFault.check(words, mostBytes: Self.longestWords)
    self.length = length
    self.cue = cue
    self.check = check
    self.words = words
  }

  package static var expectedLength: String {
    "\(lengths.lowerBound.microseconds / 1_000_000) s to \(lengths.upperBound.microseconds / 60_000_000) min"
  }
}

/// What stands in the way of a session.
package struct SessionFault: Error, Sendable, Equatable {
  /// Of a plan that is still to be written.
  package static let noSteps = SessionFault("no steps", expected: "at least one")

  package let found: String
  package let expected: String

  init(_ found: String, expected: String) {
    self.found = found
    self.expected = expected
  }

  /// Throws unless the text can be shown on one line.
  package static func check(_ text: String, mostBytes: Int) throws(SessionFault) {
    guard !text.isEmpty else { throw SessionFault("no words", expected: "1 to \(mostBytes) bytes") }
    guard text.utf8.count <= mostBytes else {
      throw SessionFault("\(text.utf8.count) bytes", expected: "at most \(mostBytes)")
    }
    let isPlain = text.unicodeScalars.allSatisfy {
      ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
    }
    guard isPlain else { throw SessionFault("characters that cannot be seen", expected: "words on one line") }
  }
}
