// SPDX-License-Identifier: MIT
import PostureCore

/// What a wearer does, one step after another; after the last one the wearer stays as it ended.
package struct Script: Sendable, Equatable {
  package let steps: [Step]

  package init(_ steps: [Step]) {
    precondition(!steps.isEmpty, "a script has a step")
    self.steps = steps
  }

  package var duration: Interval { steps.reduce(.zero) { $0 + $1.duration } }
}

/// Where a step leads and stays: bent so far, on foot, in a car or neither, worn or not.
struct Pose: BitwiseCopyable, Sendable, Equatable {
  /// rad, forward positive.
  var flexion = 0.0
  /// rad, left positive.
  var lateral = 0.0
  /// How much of the gait there is, 0...1.
  var walking = 0.0
  /// The same of the gait on stairs, and of a road under the car.
  var climbing = 0.0
  var riding = 0.0
  /// How much of the living body's sway there is, 0...1.
  var worn = 1.0
  /// How far the sensor is turned on its strap, rad, forward positive.
  var turned = 0.0

  static var upright: Pose { Pose() }

  /// The pose that an activity leads to from this one; the sensor stays as it was put on until it is taken off.
  func next(_ activity: Activity) -> Pose {
    switch activity {
    case .upright, .correct: Pose(turned: turned)
    case .slouch(let angle, _), .nod(let angle, _, _): Pose(flexion: angle.radians, turned: turned)
    case .lean(let angle, _): Pose(lateral: angle.radians, turned: turned)
    case .walk: Pose(flexion: Angle.degrees(4).radians, walking: 1, turned: turned)
    case .climb: Pose(flexion: Angle.degrees(18).radians, climbing: 1, turned: turned)
    case .recline(let flexion, let lateral):
      Pose(flexion: flexion.radians, lateral: lateral.radians, turned: turned)
    case .ride(let angle): Pose(flexion: angle.radians, riding: 1, turned: turned)
    case .putOn(let angle): Pose(turned: angle.radians)
    case .offBody: Pose(flexion: .pi, worn: 0)
    case .lie(let flexion, let lateral): Pose(flexion: flexion.radians, lateral: lateral.radians, worn: 0)
    case .hold, .reach, .jolt, .rise: self
    }
  }
}

/// One moment of a script: which step, from which pose to which, and how far into it.
struct Moment: BitwiseCopyable, Sendable {
  var activity: Activity
  var from: Pose
  var to: Pose
  /// Seconds into the step; before the start of the script below zero, after its end beyond the duration.
  var elapsed: Double
  /// Of the step, in seconds.
  var duration: Double

  /// The moment at a time since the start of steps that begin upright.
  init(at time: Interval, in steps: Span<Step>) {
    var from = Pose.upright
    var remaining = time
    var index = 0
    while index < steps.count - 1 && remaining >= steps[index].duration {
      from = from.next(steps[index].activity)
      remaining = remaining - steps[index].duration
      index += 1
    }
    let step = steps[index]
    activity = step.activity
    self.from = from
    to = from.next(step.activity)
    elapsed = remaining.seconds
    duration = step.duration.seconds
  }

  /// How much of the way to the step's pose is done.
  var progress: Jet { .minimumJerk(after: elapsed, over: activity.transition.seconds) }
}
