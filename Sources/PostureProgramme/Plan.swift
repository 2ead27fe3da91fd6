// SPDX-License-Identifier: MIT

/// What a day's training is to be, and why.
package struct Plan: Sendable, Equatable {
  /// Why the training is as long as it is: what the last change came from.
  package enum Reason: Sendable, Equatable {
    /// Nothing is known yet.
    case start
    /// After so many good days among those that counted.
    case longer(good: Int, of: Int)
    /// Mostly because the goal was missed clearly on so many days.
    case shorterForPosture(days: Int)
    /// Mostly because less than half of it was done on so many days.
    case shorterForTime(days: Int)
    /// After so many days without training.
    case shorterAfterPause(days: Int)
    /// After so many days without training, which is as if there had been none.
    case anew(days: Int)
    /// Another length was planned by other settings.
    case settings
    /// It comes from days before those that are looked at.
    case before
  }

  /// What a longer training takes.
  package enum Outlook: Sendable, Equatable {
    /// So many good days of those it takes, and so many more days at least.
    case longer(good: Int, needed: Int, days: Int)
    /// There is no longer one.
    case longest
    /// It would become shorter, but there is no shorter one.
    case noShorter
  }

  package let day: Int
  /// Of training.
  package let minutes: Int
  /// As long as each other.
  package let sessions: Int
  /// Percent of the training's judged time.
  package let goal: Int
  /// Seconds of judged wear without cues, before the training; nil where none is due.
  package let probe: Int?
  package let reason: Reason
  package let outlook: Outlook

  package var seconds: Int { minutes * 60 }
  package var sessionSeconds: Int { seconds / sessions }
}
