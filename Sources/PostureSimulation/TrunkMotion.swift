// SPDX-License-Identifier: MIT
import PostureCore

/// How the trunk turns and where its hip moves at one moment, and what a sensor on it feels.
///
/// The body frame (x forward, y left, z up) is turned against the world by flexion about +y, then by lateral about -x,
/// then by yaw about +z: Rz(yaw) Rx(-lateral) Ry(flexion). So up in the body is (-sin f cos l, -sin l, cos f cos l),
/// from which `ReferencePosture.tilt(of:)` reads the same two angles back.
struct TrunkMotion: BitwiseCopyable, Sendable {
  /// rad.
  var flexion = Jet.zero
  var lateral = Jet.zero
  var yaw = Jet.zero
  /// A turn of the sensor alone about its own left axis, on its strap, rad.
  var rock = Jet.zero
  /// Where the hip is in the world (x forward, y left, z up), m.
  var forward = Jet.zero
  var left = Jet.zero
  var up = Jet.zero

  /// The sensor sits so far above the hip, about which the trunk bends, m.
  static var height: Double { 0.4 }

  static func + (a: TrunkMotion, b: TrunkMotion) -> TrunkMotion {
    TrunkMotion(
      flexion: a.flexion + b.flexion, lateral: a.lateral + b.lateral, yaw: a.yaw + b.yaw, rock: a.rock + b.rock,
      forward: a.forward + b.forward, left: a.left + b.left, up: a.up + b.up)
  }

  static func * (m: TrunkMotion, weight: Jet) -> TrunkMotion {
    TrunkMotion(
      flexion: m.flexion * weight, lateral: m.lateral * weight, yaw: m.yaw * weight, rock: m.rock * weight,
      forward: m.forward * weight, left: m.left * weight, up: m.up * weight)
  }

  /// What the sensor feels in axes that are the body's, turned by `rock`.
  var felt: WearerState {
    let turn = Turns(self)
    let rate = angularVelocity(turn)
    let change = angularAcceleration(turn)
    let arm = Vector3<UnitLength>(0, 0, Self.height)
    let tangential: Acceleration = change.cross(arm)
    let velocity: Vector3<UnitLength> = rate.cross(arm)
    let centripetal: Acceleration = rate.cross(velocity)
    let hip = Acceleration(forward.acceleration, left.acceleration, up.acceleration + standardGravity)
    let force = tangential + centripetal + turn.toBody(hip)
    return WearerState(
      up: turn.toBody(Direction(0, 0, 1)).turnedAboutY(turn.unrock),
      specificForce: force.turnedAboutY(turn.unrock),
      angularVelocity: rate.turnedAboutY(turn.unrock) + AngularVelocity(0, rock.rate, 0))
  }

  /// Up in the body frame, without the strap's rocking.
  var upInBody: Direction { Turns(self).toBody(Direction(0, 0, 1)) }

  /// The inverse turns, which take vectors of the world to the body, and the lateral one itself.
  private struct Turns {
    let lateral: Turn
    let unflex: Turn
    let unyaw: Turn
    let unrock: Turn

    init(_ motion: TrunkMotion) {
      lateral = Turn(motion.lateral.value)
      unflex = Turn(motion.flexion.value).inverse
      unyaw = Turn(motion.yaw.value).inverse
      unrock = Turn(motion.rock.value).inverse
    }

    func toBody<Unit>(_ world: Vector3<Unit>) -> Vector3<Unit> {
      world.turnedAboutZ(unyaw).turnedAboutX(lateral).turnedAboutY(unflex)
    }
  }

  /// Of the trunk, body frame, rad/s: each angle's rate about its own axis.
  private func angularVelocity(_ turn: Turns) -> AngularVelocity {
    beforeFlexion(turn).turnedAboutY(turn.unflex) + AngularVelocity(0, flexion.rate, 0)
  }

  /// The part of lateral and yaw, in the frame that flexion then turns.
  private func beforeFlexion(_ turn: Turns) -> AngularVelocity {
    AngularVelocity(-lateral.rate, -yaw.rate * turn.lateral.sine, yaw.rate * turn.lateral.cosine)
  }

  /// The derivative of the trunk's angular velocity, body frame, rad/s².
  private func angularAcceleration(_ turn: Turns) -> Vector3<RadiansPerSecond> {
    let (sine, cosine) = (turn.lateral.sine, turn.lateral.cosine)
    let inner = beforeFlexion(turn).turnedAboutY(turn.unflex)
    let innerChange = Vector3<RadiansPerSecond>(
      -lateral.acceleration, -yaw.acceleration * sine - yaw.rate * lateral.rate * cosine,
      yaw.acceleration * cosine - yaw.rate * lateral.rate * sine
    ).turnedAboutY(turn.unflex)
    return innerChange
      + Vector3(-flexion.rate * inner.z, flexion.acceleration, flexion.rate * inner.x)
  }
}
