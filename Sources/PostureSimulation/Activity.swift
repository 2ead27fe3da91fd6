// SPDX-License-Identifier: MIT
import PostureCore

/// What a simulated wearer does; also the true label of that time.
package enum Activity: BitwiseCopyable, Sendable, Equatable {
  /// Sits or stands upright, coming to it over 2 s.
  case upright
  /// Bends forward and stays; forward positive, slow or fast.
  case slouch(to: Angle, over: Interval)
  /// Leans sideways and stays; left positive.
  case lean(to: Angle, over: Interval)
  /// Stays as the step before ended.
  case hold
  /// Bends 40 degrees further forward and comes back, in 3 s.
  case reach
  /// Returns upright over 1 s.
  case correct
  /// Walks 1.8 steps a second, leaning 4 degrees forward.
  case walk
  /// Bends to an angle over 2 s, swings about it, and ends at it.
  case nod(about: Angle, amplitude: Angle, period: Interval)
  /// Drops into a chair or is hit on the sensor, after 0.2 s: beyond 4 g and 500 deg/s for less than 0.2 s.
  case jolt
  /// Takes the sensor off, turns it over within 2 s and lays it on a table: it lies upside down and perfectly still.
  case offBody
  /// Takes the sensor off, turns it so within 2 s and lays it down: it lies perfectly still.
  case lie(flexion: Angle, lateral: Angle)
  /// Climbs stairs, 1.3 steps a second, bent 18 degrees forward.
  case climb
  /// Gets up and sits down again, in 2 s: 0.4 m, faster than one should.
  case rise
  /// Lies down over 4 s, and breathes on.
  case recline(flexion: Angle, lateral: Angle)
  /// Sits in a car on an ordinary road, bent forward so far.
  case ride(bent: Angle)
  /// Puts the sensor on within 2 s and sits upright; turned on its strap, to which it keeps; forward positive.
  case putOn(turned: Angle)

  package var name: String {
    switch self {
    case .upright: "upright"
    case .slouch: "slouch"
    case .lean: "lean"
    case .hold: "hold"
    case .reach: "reach"
    case .correct: "correct"
    case .walk: "walk"
    case .nod: "nod"
    case .jolt: "jolt"
    case .offBody: "off-body"
    case .lie: "lie"
    case .climb: "climb"
    case .rise: "rise"
    case .recline: "recline"
    case .ride: "ride"
    case .putOn: "put-on"
    }
  }

  /// How long coming to the activity's pose takes.
  var transition: Interval {
    switch self {
    case .slouch(_, let over), .lean(_, let over): over
    case .correct, .walk, .climb: .seconds(1)
    case .upright, .nod, .offBody, .lie, .ride, .putOn: .seconds(2)
    case .recline: .seconds(4)
    case .hold, .reach, .jolt, .rise: .zero
    }
  }

  /// A step may not be shorter, or what it does would break off.
  package var shortest: Interval {
    switch self {
    case .reach: .seconds(3)
    case .rise: .seconds(2)
    case .jolt: .milliseconds(500)
    default: transition
    }
  }
}

/// An activity for so long.
package struct Step: BitwiseCopyable, Sendable, Equatable {
  package let activity: Activity
  package let duration: Interval

  package init(_ activity: Activity, for duration: Interval) {
    precondition(duration > .zero && duration >= activity.shortest, "a step is long enough for what it does")
    self.activity = activity
    self.duration = duration
  }
}
