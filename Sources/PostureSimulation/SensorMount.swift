// SPDX-License-Identifier: MIT
import PostureCore

/// How the sensor sits on the body: which way its own axes point in the body frame (x forward, y left, z up).
package struct SensorMount: BitwiseCopyable, Sendable, Equatable {
  /// Takes vectors of the body frame to the sensor frame.
  package let bodyToSensor: Rotation

  /// The sensor is turned about its own x axis by roll, then about the body's y axis by pitch and z axis by yaw, all
  /// right-handed.
  package init(roll: Angle, pitch: Angle, yaw: Angle) {
    let sensorToBody =
      Self.rotation(yaw, about: Direction(0, 0, 1)) * Self.rotation(pitch, about: Direction(0, 1, 0))
      * Self.rotation(roll, about: Direction(1, 0, 0))
    bodyToSensor = sensorToBody.inverse
  }

  /// The sensor's axes are the body's.
  package static var identity: SensorMount { SensorMount(roll: .zero, pitch: .zero, yaw: .zero) }
  /// Turned over about the forward axis: x forward, y right, z down.
  package static var upsideDown: SensorMount { SensorMount(roll: .degrees(180), pitch: .zero, yaw: .zero) }
  /// Upside down and skewed, as a careless hand fastens it.
  package static var skewed: SensorMount {
    SensorMount(roll: .degrees(180), pitch: .degrees(25), yaw: .degrees(10))
  }
  /// On edge on the back, facing away from it: x up, y left, z backward.
  package static var onEdge: SensorMount { SensorMount(roll: .zero, pitch: .degrees(-90), yaw: .zero) }
  /// Turned about the body's vertical, as on a shirt that has slipped.
  package static func yawed(by angle: Angle) -> SensorMount { SensorMount(roll: .zero, pitch: .zero, yaw: angle) }

  private static func rotation(_ angle: Angle, about axis: Direction) -> Rotation {
    let (sine, cosine) = sineAndCosine(angle.radians / 2)
    return Rotation(w: cosine, x: axis.x * sine, y: axis.y * sine, z: axis.z * sine)
  }
}
