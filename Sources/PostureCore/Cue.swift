// SPDX-License-Identifier: MIT

/// What the motor is to say to the wearer.
package struct Cue: BitwiseCopyable, Sendable, Equatable {
  package enum Kind: UInt8, BitwiseCopyable, Sendable {
    /// A deviation began to matter.
    case nudge
    /// It still lasts.
    case reminder
    /// The wearer has corrected it.
    case wellDone
    /// A reference posture is taken, or a question answered.
    case acknowledgement
    /// What was asked for cannot be done.
    case refusal
    /// Bend forward now.
    case bend
    /// The device sits differently from when its reference posture was taken.
    case question
    /// Cues are silent from now on.
    case paused
    /// They are no longer.
    case resumed
    /// A break would be good; of the lowest priority.
    case breakReminder
    /// The next step of a paced session.
    case step
    /// A step in which muscles are tensed.
    case tense
    /// A step in which they are let go.
    case release
    /// The session is over.
    case finish
  }

  package var kind: Kind
  /// Percent of what the pattern asks for.
  package var intensity: UInt8

  package init(_ kind: Kind, intensity: UInt8 = 100) {
    self.kind = kind
    self.intensity = intensity
  }
}
