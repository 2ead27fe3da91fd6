// SPDX-License-Identifier: MIT

/// How the wearer's trunk stands against the reference posture.
package struct Tilt: BitwiseCopyable, Sendable, Equatable {
  /// In the sagittal plane, forward positive.
  package var flexion: Angle
  /// Out of the sagittal plane, left positive.
  package var lateral: Angle
  /// Angle between up now and up in the reference posture, never negative.
  package var total: Angle

  package init(flexion: Angle, lateral: Angle, total: Angle) {
    self.flexion = flexion
    self.lateral = lateral
    self.total = total
  }

  package static var zero: Tilt { Tilt(flexion: .zero, lateral: .zero, total: .zero) }

  /// The way the larger of flexion and lateral points.
  package var lean: Lean {
    if flexion.magnitude >= lateral.magnitude { return flexion.radians >= 0 ? .forward : .backward }
    return lateral.radians >= 0 ? .left : .right
  }
}

/// A direction in which the wearer leans.
package enum Lean: BitwiseCopyable, Sendable {
  case forward, backward, left, right
}

/// A sensor axis, or its opposite.
package enum SensorAxis: BitwiseCopyable, Sendable {
  case plusX, minusX, plusY, minusY, plusZ, minusZ

  package var direction: Direction {
    switch self {
    case .plusX: Direction(1, 0, 0)
    case .minusX: Direction(-1, 0, 0)
    case .plusY: Direction(0, 1, 0)
    case .minusY: Direction(0, -1, 0)
    case .plusZ: Direction(0, 0, 1)
    case .minusZ: Direction(0, 0, -1)
    }
  }
}

/// The wearer's own upright posture, and with it the mounting of the sensor: body axes written in the sensor frame.
package struct ReferencePosture: BitwiseCopyable, Sendable, Equatable {
  package let up: Direction
  package let forward: Direction
  package let left: Direction
  /// The sensor axis that was taken for forward; nil where a bend forward showed it.
  package let forwardAxis: SensorAxis?

  /// Steeper than 70 degrees, a sensor axis says too little about where forward is: cos²(70 deg).
  private static var leastLevelSquared: Double { 0.116_977_778_440_511 }

  /// - Parameters:
  ///   - up: up in the sensor frame, in the posture that counts as upright.
  ///   - forwardAxis: the sensor axis that points forward, or nil to choose: x where it lies within 45 degrees of
  /// level, otherwise
  ///     -z, for a chip that stands on edge on the back and faces away from it.
  /// - Returns: nil where the axis asked for is steeper than 70 degrees.
  package init?(up: Direction, forwardAxis: SensorAxis?) {
    let axis = forwardAxis ?? (2 * up.x * up.x <= 1 ? .plusX : .minusZ)
    self.init(up: up, towards: axis.direction, forwardAxis: axis)
  }

  /// - Parameters:
  ///   - ahead: a direction in the sensor frame that is forward when seen from above.
  ///   - forwardAxis: the axis it was taken from, if any.
  /// - Returns: nil where it is steeper than 70 degrees.
  package init?(up: Direction, towards ahead: Direction, forwardAxis: SensorAxis?) {
    let level = ahead - up * ahead.dot(up)
    // The length of what is level of a unit vector is the cosine of its angle to level.
    guard level.squaredLength >= Self.leastLevelSquared, let forward = level.direction else { return nil }
    self.up = up
    self.forward = forward
    left = up.cross(forward)
    self.forwardAxis = forwardAxis
  }

  /// Two directions at right angles.
  init(up: Direction, forward: Direction, forwardAxis: SensorAxis?) {
    self.up = up
    self.forward = forward
    left = up.cross(forward)
    self.forwardAxis = forwardAxis
  }

  /// The same on the body, where up reads otherwise than it did.
  func moved(to up: Direction) -> ReferencePosture? {
    guard let axis = forwardAxis else { return ReferencePosture(up: up, towards: forward, forwardAxis: nil) }
    return ReferencePosture(up: up, forwardAxis: axis)
  }

  /// The tilt of up (sensor frame) against this reference.
  ///
  /// Bending forward tips up backward in the body, so flexion is atan2(-up·forward, up·reference); lateral is the angle
  /// out of that plane; total is atan2(|up x reference|, up·reference), exact at small angles where an arc cosine is
  /// not.
  @inline(__always)
  package func tilt(of up: Direction) -> Tilt {
    let upward = up.dot(self.up)
    let ahead = up.dot(forward)
    let aside = up.dot(left)
    let inPlane = (upward * upward + ahead * ahead).squareRoot()
    let across = (ahead * ahead + aside * aside).squareRoot()
    return Tilt(
      flexion: Angle(ofY: -ahead, x: upward), lateral: Angle(ofY: -aside, x: inPlane),
      total: Angle(ofY: across, x: upward))
  }
}
