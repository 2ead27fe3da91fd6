// SPDX-License-Identifier: MIT
import PostureCore

/// The true motion of a sensor on a wearer's upper trunk, as a pure function of the time since the start.
///
/// Before the start it is as at the start, save for the sway. Only + - * / and square root are used: the same bits
/// everywhere. Asking allocates nothing.
package struct SimulatedWearer: Sendable {
  private enum Plan: Sendable {
    case script(Script)
    case endless(EndlessScript)
  }

  private let plan: Plan
  private let sway: Sway
  private let road: Vibration
  package let mount: SensorMount

  /// - Parameter seed: for the phases of breathing and sway.
  package init(_ script: Script, seed: UInt64, mount: SensorMount = .identity) {
    self.init(.script(script), seed: seed, mount)
  }

  /// A wearer whose day never ends.
  package init(endlessFrom seed: UInt64, mount: SensorMount = .identity) {
    self.init(.endless(EndlessScript(seed: seed)), seed: seed, mount)
  }

  private init(_ plan: Plan, seed: UInt64, _ mount: SensorMount) {
    let random = CounterRandom(seed: seed)
    var draw = Draw(random, stream: 40)
    self.plan = plan
    sway = Sway(random)
    road = Vibration(.road, rms: 0.4, &draw)
    self.mount = mount
  }

  /// What is true in the sensor frame.
  package func state(at time: Timestamp) -> WearerState { motion(at: time).felt.turned(by: mount.bodyToSensor) }

  /// The true tilt of the sensor's place on the body against the wearer's own upright, whatever the mount.
  package func tilt(at time: Timestamp) -> Tilt {
    // Body axes: up is z, so that x is level and a reference always exists.
    guard let upright = ReferencePosture(up: Direction(0, 0, 1), forwardAxis: .plusX) else { return .zero }
    return upright.tilt(of: motion(at: time).felt.up)
  }

  /// What the script says the wearer does.
  package func activity(at time: Timestamp) -> Activity { moment(at: time).activity }

  private func moment(at time: Timestamp) -> Moment {
    let elapsed = time - Timestamp(microseconds: 0)
    switch plan {
    case .script(let script): return Moment(at: elapsed, in: script.steps.span)
    case .endless(let script):
      let (steps, elapsed) = script.block(at: elapsed)
      return steps.moment(at: elapsed)
    }
  }

  private func motion(at time: Timestamp) -> TrunkMotion {
    let moment = moment(at: time)
    let seconds = (time - Timestamp(microseconds: 0)).seconds
    var motion = moment.postural
    let worn = moment.blend { $0.worn }
    if worn != .zero { motion = motion + sway.motion(at: seconds) * worn }
    let walking = moment.blend { $0.walking }
    if walking != .zero { motion = motion + Gait.motion(at: seconds) * walking }
    let climbing = moment.blend { $0.climbing }
    if climbing != .zero { motion = motion + Gait.motion(at: seconds, stepsPerSecond: 1.3) * climbing }
    let riding = moment.blend { $0.riding }
    if riding != .zero { motion = motion + road.motion(at: seconds) * riding }
    return motion
  }
}

extension Moment {
  /// A component of the pose on its way through the step.
  fileprivate func blend(_ component: (Pose) -> Double) -> Jet {
    let start = component(from)
    let change = component(to) - start
    return change == 0 ? Jet(start) : Jet(start) + progress * change
  }

  /// The motion that the script asks for, without sway and gait.
  fileprivate var postural: TrunkMotion {
    var motion = TrunkMotion()
    motion.flexion = blend { $0.flexion }
    motion.lateral = blend { $0.lateral }
    motion.rock = blend { $0.turned }
    switch activity {
    case .reach:
      motion.flexion = motion.flexion + Jet.bump(after: elapsed, over: 3) * Angle.degrees(40).radians
    case .nod(_, let amplitude, let period):
      motion.flexion = motion.flexion + swing(by: amplitude, period)
    case .jolt:
      motion = motion + jolt
    case .rise:
      motion.up = motion.up + Jet.bump(after: elapsed, over: 2) * 0.4
    default:
      break
    }
    return motion
  }

  /// Fades in and out over 2 s within the step.
  private func swing(by amplitude: Angle, _ period: Interval) -> Jet {
    let begun = elapsed - activity.transition.seconds
    let fadeIn = Jet.minimumJerk(after: begun, over: 2)
    let fadeOut = Jet(1) + Jet.minimumJerk(after: elapsed - (duration - 2), over: 2) * -1
    return Oscillator(amplitude: amplitude.radians, frequency: 1 / period.seconds).jet(at: begun) * fadeIn * fadeOut
  }

  /// A drop of 9 cm caught within 0.18 s: 6.8 g upward in the middle. The sensor rocks on its strap by 25 degrees there
  /// and back within 0.12 s: up to 710 deg/s.
  private var jolt: TrunkMotion {
    TrunkMotion(
      rock: Jet.bump(after: elapsed - 0.23, over: 0.12) * Angle.degrees(25).radians,
      up: Jet.bump(after: elapsed - 0.2, over: 0.18) * -0.09)
  }
}
