// SPDX-License-Identifier: MIT

/// A vector of three Doubles whose physical unit is part of its type.
///
/// The frame is named where a vector is declared: *sensor* (the chip's own axes) or *body* (ROS REP 103: x forward, y
/// left, z up). The bargain of the unit: a product of two vectors has no unit of its own here and comes back as a plain
/// Double or with the unit asked for.
package struct Vector3<Unit>: BitwiseCopyable, Sendable, Equatable {
  package var x: Double
  package var y: Double
  package var z: Double

  @inlinable package init(_ x: Double, _ y: Double, _ z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }

  @inlinable package static var zero: Self { Self(0, 0, 0) }

  @inlinable package var squaredLength: Double { x * x + y * y + z * z }
  @inlinable package var length: Double { squaredLength.squareRoot() }

  @inlinable package static prefix func - (v: Self) -> Self { Self(-v.x, -v.y, -v.z) }
  @inlinable package static func + (a: Self, b: Self) -> Self { Self(a.x + b.x, a.y + b.y, a.z + b.z) }
  @inlinable package static func - (a: Self, b: Self) -> Self { Self(a.x - b.x, a.y - b.y, a.z - b.z) }
  @inlinable package static func * (v: Self, s: Double) -> Self { Self(v.x * s, v.y * s, v.z * s) }
  @inlinable package static func += (a: inout Self, b: Self) { a = a + b }

  @inlinable package func dot<Other>(_ other: Vector3<Other>) -> Double { x * other.x + y * other.y + z * other.z }

  @inlinable package func cross<Other, Product>(_ o: Vector3<Other>) -> Vector3<Product> {
    Vector3<Product>(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x)
  }

  /// The same three numbers read in another unit, where a formula changes the unit by hand.
  @inlinable package func reinterpreted<Other>(as unit: Other.Type = Other.self) -> Vector3<Other> { Vector3<Other>(x, y, z) }

  /// The direction of the vector, or nil where it is too short (or not finite) to have one.
  @inlinable package var direction: Direction? {
    let squared = squaredLength
    guard squared > 1e-12, squared.isFinite else { return nil }
    let scale = 1 / squared.squareRoot()
    return Direction(x * scale, y * scale, z * scale)
  }
}

/// Unit tag: m/s².
package enum MetresPerSecondSquared {}
/// Unit tag: rad/s.
package enum RadiansPerSecond {}
/// Unit tag: a direction, of length one.
package enum UnitLength {}
/// Unit tag: a part of one.
package enum Ratio {}

/// Specific force in m/s², what an accelerometer measures: at rest it points *up* with a length of one g.
package typealias Acceleration = Vector3<MetresPerSecondSquared>
/// Angular velocity in rad/s, right-handed.
package typealias AngularVelocity = Vector3<RadiansPerSecond>
/// A vector of length one.
package typealias Direction = Vector3<UnitLength>

/// Standard gravity in m/s² (BIPM, The International System of Units, 9th edition; 3rd CGPM 1901).
package let standardGravity = 9.80665
