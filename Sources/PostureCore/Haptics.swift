// SPDX-License-Identifier: MIT

/// A cue for the skin: equal pulses with equal gaps.
package struct HapticPattern: BitwiseCopyable, Sendable, Equatable {
  package var pulses: Int64
  package var on: Interval
  package var off: Interval

  package init(pulses: Int64, on: Interval, off: Interval) {
    self.pulses = pulses
    self.on = on
    self.off = off
  }

  /// Two or three pulses of about 150 ms catch attention best (Lins et al., 2018).
  package static var nudge: HapticPattern {
    HapticPattern(pulses: 2, on: .milliseconds(150), off: .milliseconds(150))
  }
  /// One pulse more than the nudge.
  package static var reminder: HapticPattern {
    HapticPattern(pulses: 3, on: .milliseconds(150), off: .milliseconds(150))
  }
  /// One short pulse: the reference posture is taken.
  package static var acknowledgement: HapticPattern {
    HapticPattern(pulses: 1, on: .milliseconds(80), off: .zero)
  }

  /// From the first pulse's start to the last one's end.
  package var length: Interval { (on + off) * pulses - off }

  /// What the motor does so long after the start, and until when after the start it keeps doing so; nil once the
  /// pattern is over.
  package func output(after elapsed: Interval) -> (isOn: Bool, until: Interval)? {
    let period = on + off
    guard elapsed >= .zero, period > .zero else { return nil }
    let pulse = elapsed.microseconds / period.microseconds
    guard pulse < pulses else { return nil }
    let pulseEnd = period * pulse + on
    if elapsed < pulseEnd { return (true, pulseEnd) }
    return pulse + 1 < pulses ? (false, period * (pulse + 1)) : nil
  }
}

extension HapticPattern {
  /// How a cue feels.
  package init(_ cue: Cue) {
    self =
      switch cue.kind {
      case .nudge: .nudge
      case .reminder: .reminder
      default: .acknowledgement
      }
  }
}

/// Plays one pattern at a time; a new one replaces the one being played.
package struct HapticPlayer: Sendable {
  package struct Output: BitwiseCopyable, Sendable, Equatable {
    package var isOn: Bool
    /// When the output changes next; nil while nothing is played.
    package var until: Timestamp?

    package init(isOn: Bool, until: Timestamp?) {
      self.isOn = isOn
      self.until = until
    }
  }

  private var pattern: HapticPattern?
  private var started = Timestamp(microseconds: 0)

  package init() {}

  package mutating func play(_ pattern: HapticPattern, at time: Timestamp) {
    self.pattern = pattern
    started = time
  }

  package mutating func output(at time: Timestamp) -> Output {
    guard let pattern else { return Output(isOn: false, until: nil) }
    guard let (isOn, until) = pattern.output(after: time - started) else {
      self.pattern = nil
      return Output(isOn: false, until: nil)
    }
    return Output(isOn: isOn, until: started + until)
  }
}
