// SPDX-License-Identifier: MIT

/// Where the wearer stands between upright and a deviation.
package enum Posture: BitwiseCopyable, Sendable {
  /// No reference posture yet, or nothing to be believed from the sensor.
  case unknown
  case upright
  /// Beyond the limit, but not for long enough to matter.
  case leaning
  /// Beyond the limit for longer than the hold time.
  case deviated
}

/// Decides when a tilt has become a deviation, when to remind of it, and when it is over.
///
/// A tilt is entered above one limit and left below a smaller one, so that swaying about a limit does not count twice.
/// While the wearer moves no cue is given: the hold begins anew with the stillness, a reminder that came due waits for
/// it. A deviation can still end.
package struct DeviationDetector: Sendable {
  package struct Parameters: Sendable, Equatable {
    /// Total tilt above which the wearer leans. Smaller reminds of slighter postures.
    package var enter = Angle.degrees(15)
    /// Total tilt below which the wearer is upright again; at most `enter`.
    package var leave = Angle.degrees(10)
    /// How long the wearer may lean before it is a deviation.
    package var hold = Interval.seconds(10)
    /// How long after a cue the next one comes while the deviation lasts.
    package var reminder = Interval.seconds(60)

    package init() {}
  }

  package enum Decision: BitwiseCopyable, Sendable {
    /// The hold time is over: `leaning` is for how long the wearer leans already.
    case deviated(leaning: Interval)
    /// Still deviated, a reminder interval later.
    case reminded(leaning: Interval)
    /// Upright again.
    case recovered(leaning: Interval)
  }

  private let parameters: Parameters
  private var since = Timestamp(microseconds: 0)
  private var lastCue = Timestamp(microseconds: 0)
  package private(set) var posture = Posture.unknown

  package init(_ parameters: Parameters = Parameters()) {
    precondition(parameters.leave <= parameters.enter, "a tilt is left at most where it is entered")
    self.parameters = parameters
  }

  /// Forgets what it was counting: nothing is known of the posture any more.
  package mutating func reset() { posture = .unknown }

  package mutating func update(_ tilt: Tilt, _ context: Context, at time: Timestamp) -> Decision? {
    switch posture {
    case .unknown, .upright:
      posture = .upright
      if tilt.total > parameters.enter {
        posture = .leaning
        since = time
      }
      return nil
    case .leaning:
      if tilt.total < parameters.leave {
        posture = .upright
      } else if context == .moving {
        since = time
      } else if time - since >= parameters.hold {
        posture = .deviated
        lastCue = time
        return .deviated(leaning: time - since)
      }
      return nil
    case .deviated:
      if tilt.total < parameters.leave {
        posture = .upright
        return .recovered(leaning: time - since)
      }
      guard context == .still, time - lastCue >= parameters.reminder else { return nil }
      lastCue = time
      return .reminded(leaning: time - since)
    }
  }
}
