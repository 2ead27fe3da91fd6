// SPDX-License-Identifier: MIT
import PostureCore

/// What is true of a sensor at one moment, in its own frame.
package struct WearerState: BitwiseCopyable, Sendable, Equatable {
  package var up: Direction
  /// m/s²: the sensor's acceleration plus g upward.
  package var specificForce: Acceleration
  /// rad/s.
  package var angularVelocity: AngularVelocity

  package init(up: Direction, specificForce: Acceleration, angularVelocity: AngularVelocity) {
    self.up = up
    self.specificForce = specificForce
    self.angularVelocity = angularVelocity
  }

  func turned(by rotation: Rotation) -> WearerState {
    WearerState(
      up: rotation.apply(to: up), specificForce: rotation.apply(to: specificForce),
      angularVelocity: rotation.apply(to: angularVelocity))
  }
}
