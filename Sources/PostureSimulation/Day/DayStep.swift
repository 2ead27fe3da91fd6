// SPDX-License-Identifier: MIT
import PostureCore

/// Where a step of a day leads and stays.
struct DayPose: BitwiseCopyable, Sendable, Equatable {
  /// Of the trunk, or of the sensor while it is off the body; rad, forward positive.
  var flexion = 0.0
  /// rad, left positive.
  var lateral = 0.0
  /// How the sensor sits otherwise than in the morning, rad: what a second putting on changes.
  var seatFlexion = 0.0
  var seatLateral = 0.0
  /// How much of the living body's sway there is, 0...1.
  var worn = 1.0
  /// How much of the breath is that of a body at rest, 0...1.
  var rest = 0.0
  var shaking = Shaking.none
}

/// What shakes the sensor while a pose lasts; the numbers stand for one of the day's own.
enum Shaking: BitwiseCopyable, Sendable, Equatable {
  case none
  /// The wearer types; or someone does, at the table on which the sensor lies.
  case typing
  case gait(Int)
  case road(Int)
  case engine
  case hand
  /// The hand that carries the sensor walks.
  case handAndGait(Int)
}

/// What happens on top of a pose once it is reached, until the step's end.
enum Gesture: BitwiseCopyable, Sendable, Equatable {
  case none
  /// Out and back once, rad: a reach, a bend to the floor.
  case excursion(flexion: Double, lateral: Double)
  /// Out and back in every period (s), rad: the mouth goes to the spoon.
  case rhythm(flexion: Double, period: Double)
  /// The hip goes up (m) while the trunk bends (rad): one stands up, or with a height below zero sits down.
  case rise(flexion: Double, height: Double)
  /// The car speeds up, or bends to the left (m/s²) at a speed (m/s).
  case drive(forward: Double, left: Double, speed: Double)
  /// Something hits the table in every period, s.
  case knocks(period: Double)
}

/// Part of a day: the way to a pose, then a gesture there.
struct DayStep: BitwiseCopyable, Sendable, Equatable {
  let label: DayLabel
  let start: Interval
  /// Seconds, until the pose is reached.
  let transition: Double
  /// Seconds, from then on.
  let stay: Double
  let from: DayPose
  let to: DayPose
  let gesture: Gesture

  var end: Interval { start + .seconds(transition + stay) }

  /// How much of the way to the pose is done.
  func progress(_ elapsed: Double) -> Jet { .minimumJerk(after: elapsed, over: transition) }
}

extension DayStep {
  /// The motion that the script asks for, without sway and shaking.
  func intended(_ elapsed: Double, _ progress: Jet) -> TrunkMotion {
    var motion = TrunkMotion()
    motion.flexion = Jet(from.flexion) + progress * (to.flexion - from.flexion)
    motion.lateral = Jet(from.lateral) + progress * (to.lateral - from.lateral)
    let begun = elapsed - transition
    guard begun > 0, begun < stay else { return motion }
    switch gesture {
    case .none: break
    case .excursion(let flexion, let lateral):
      let bump = Jet.bump(after: begun, over: stay)
      motion.flexion = motion.flexion + bump * flexion
      motion.lateral = motion.lateral + bump * lateral
    case .rhythm(let flexion, let period):
      motion.flexion = motion.flexion + repeated(begun, period, lasting: 0.6 * period) * flexion
    case .rise(let flexion, let height):
      motion.flexion = motion.flexion + Jet.bump(after: begun, over: stay) * flexion
      motion.up = Jet.minimumJerk(after: begun, over: stay) * height
    case .drive(let forward, let left, let speed):
      motion = motion + drive(begun, forward, left, speed)
    case .knocks(let period):
      // 0.2 mm within 50 ms: 2 m/s².
      motion.up = repeated(begun, period, lasting: 0.05) * 0.000_2
    }
    return motion
  }

  /// A bump at the start of every whole period.
  private func repeated(_ begun: Double, _ period: Double, lasting length: Double) -> Jet {
    let count = Int64(begun / period)
    guard Double(count + 1) * period <= stay else { return .zero }
    return .bump(after: begun - Double(count) * period, over: length)
  }

  /// Swells within a second and dies away as fast. The heading and the way are left out, because nothing feels them;
  /// the trunk gives way by 10 degrees for a g, which is 3 degrees when braking hard.
  private func drive(_ begun: Double, _ forward: Double, _ left: Double, _ speed: Double) -> TrunkMotion {
    let force =
      Jet.minimumJerk(after: begun, over: 1) + Jet.minimumJerk(after: begun - (stay - 1), over: 1) * -1
    let givingWay = -Angle.degrees(10).radians / standardGravity
    return TrunkMotion(
      flexion: force * (givingWay * forward), lateral: force * (givingWay * left),
      yaw: Jet(0, rate: force.value * left / speed, acceleration: force.rate * left / speed),
      forward: Jet(0, acceleration: force.value * forward), left: Jet(0, acceleration: force.value * left))
  }
}
