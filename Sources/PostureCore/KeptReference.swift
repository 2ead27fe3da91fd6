// SPDX-License-Identifier: MIT

/// What a reference posture is for.
package enum ReferenceName: UInt8, BitwiseCopyable, Sendable {
  case sitting, standing, car
}

/// A reference posture that is another than it was.
package struct ChangedReference: BitwiseCopyable, Sendable, Equatable {
  package var name: ReferenceName
  /// Nil where a calibration of the accelerometer has made it impossible.
  package var reference: KeptReference?
  /// It was asked for, and is to be kept; one that came by itself is taken anew at each start.
  package var isAsked: Bool
}

/// A reference posture as it is kept: whole billionths, so that what a file or a trace holds as text is, bit for bit,
/// what is used.
package struct KeptReference: BitwiseCopyable, Sendable, Equatable {
  /// Components of a unit vector in the sensor frame, in billionths.
  package struct Billionths: BitwiseCopyable, Sendable, Equatable {
    package let x: Int32
    package let y: Int32
    package let z: Int32

    package init(_ x: Int32, _ y: Int32, _ z: Int32) {
      self.x = x
      self.y = y
      self.z = z
    }

    fileprivate init(_ direction: Direction) {
      func whole(_ value: Double) -> Int32 {
        // A component is within ±1; the half rounds away from zero.
        Int32(value * 1e9 + (value < 0 ? -0.5 : 0.5))
      }
      self.init(whole(direction.x), whole(direction.y), whole(direction.z))
    }

    fileprivate var vector: Direction { Direction(Double(x) * 1e-9, Double(y) * 1e-9, Double(z) * 1e-9) }

    /// Of length one, to a millionth.
    fileprivate var isUnit: Bool { abs(vector.squaredLength - 1) < 2e-6 }
  }

  package let up: Billionths
  package let forward: Billionths
  /// The sensor axis that was taken for forward; nil where a bend forward showed it.
  package let forwardAxis: SensorAxis?

  /// Nil where the two are not directions at right angles.
  package init?(up: Billionths, forward: Billionths, forwardAxis: SensorAxis?) {
    guard up.isUnit, forward.isUnit, abs(up.vector.dot(forward.vector)) < 1e-6 else { return nil }
    self.up = up
    self.forward = forward
    self.forwardAxis = forwardAxis
  }

  package init(_ posture: ReferencePosture) {
    up = Billionths(posture.up)
    forward = Billionths(posture.forward)
    forwardAxis = posture.forwardAxis
  }

  /// The posture to judge by: the very numbers, because made to directions anew they would be kept as others.
  package var posture: ReferencePosture {
    ReferencePosture(up: up.vector, forward: forward.vector, forwardAxis: forwardAxis)
  }
}
