// SPDX-License-Identifier: MIT

/// Plays one pattern at a time. A cue that matters less than the one being played is not felt at all; any other takes
/// its place.
package struct HapticPlayer: Sendable {
  package struct Output: BitwiseCopyable, Sendable, Equatable {
    /// Of full vibration; 0 is off.
    package var percent: UInt8
    /// When the output may change next; nil while nothing is played.
    package var until: Timestamp?

    package init(percent: UInt8, until: Timestamp?) {
      self.percent = percent
      self.until = until
    }
  }

  /// Between what is broken off and what takes its place, so that the two are not felt as one, and the motor has no
  /// longer time on than either asks for.
  package static var pause: Interval { .milliseconds(100) }

  private var pattern = HapticPattern()
  private var priority = Cue.Kind.Priority.background
  private var started = Timestamp(microseconds: 0)

  package init() {}

  package mutating func play(_ pattern: HapticPattern, for kind: Cue.Kind, at time: Timestamp) {
    // What cannot be felt takes no place.
    guard pattern.count > 0 else { return }
    var start = time
    if time < started + self.pattern.length {
      guard kind.priority.rawValue >= priority.rawValue else { return }
      // What has not begun is not broken off.
      start = started < time ? time + Self.pause : started
    }
    self.pattern = pattern
    priority = kind.priority
    started = start
  }

  package mutating func output(at time: Timestamp) -> Output {
    guard pattern.count > 0 else { return Output(percent: 0, until: nil) }
    if time < started { return Output(percent: 0, until: started) }
    guard let (percent, until) = pattern.output(after: time - started) else {
      pattern = HapticPattern()
      return Output(percent: 0, until: nil)
    }
    return Output(percent: percent, until: started + until)
  }
}

extension Cue.Kind {
  /// What goes before what, where both would be felt at once. Of two with the same, the later one is the truer.
  enum Priority: UInt8, BitwiseCopyable, Sendable {
    /// Can be felt another time.
    case background
    /// Speaks of posture.
    case posture
    /// Answers the wearer's own act, who waits for it.
    case answer
  }

  var priority: Priority {
    switch self {
    case .breakReminder: .background
    case .nudge, .reminder, .wellDone: .posture
    case .acknowledgement, .refusal, .bend, .question, .paused, .resumed, .step, .tense, .release, .finish:
      .answer
    }
  }
}
