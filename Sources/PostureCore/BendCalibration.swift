// SPDX-License-Identifier: MIT

/// Finds where forward is from a bend forward: whichever way the sensor is fastened, up tips backward in the body.
package struct BendCalibration: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// A smaller bend says too little about its direction: sway of one degree turns one of 20 by three.
    package var least = Angle.degrees(20)
    /// Coming back by so much ends it.
    package var back = Angle.degrees(6)
    /// So does staying there.
    package var rest = Interval.seconds(2)
    /// How long to wait for it.
    package var patience = Interval.seconds(20)

    package init() {}
  }

  private let parameters: Parameters
  private let upright: ReferencePosture
  private let requested: Timestamp
  private var furthest: Direction
  private var furthestAngle = Angle.zero
  /// Where it has stayed since `reached`.
  private var restingAngle = Angle.zero
  private var reached: Timestamp

  package init(_ parameters: Parameters, from upright: ReferencePosture, at time: Timestamp) {
    self.parameters = parameters
    self.upright = upright
    requested = time
    furthest = upright.up
    reached = time
  }

  /// Takes the next estimate of up; returns how it ended, once it has.
  package mutating func update(_ up: Direction, at time: Timestamp) -> ReferenceCalibration.Result? {
    let angle = upright.tilt(of: up).total
    // Creeping further in a held bend is rest.
    if angle > restingAngle + .degrees(1) || furthestAngle < parameters.least {
      restingAngle = angle
      reached = time
    }
    if angle > furthestAngle {
      furthest = up
      furthestAngle = angle
    }
    if furthestAngle >= parameters.least,
      angle < furthestAngle - parameters.back || time - reached >= parameters.rest
    {
      let backward = furthest - upright.up * furthest.dot(upright.up)
      guard let forward = (backward * -1).direction,
        let posture = ReferencePosture(up: upright.up, towards: forward, forwardAxis: nil)
      else { return .refused(.noBend) }
      return .taken(posture)
    }
    return time - requested > parameters.patience ? .refused(.noBend) : nil
  }
}
