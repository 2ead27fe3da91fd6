// SPDX-License-Identifier: MIT

/// A vector of three Doubles whose physical unit is part of its type.
///
/// The frame is named where a vector is declared: *sensor* (the chip's own axes) or *body* (ROS REP 103: x forward, y
/// left, z up). The bargain of the unit: a product of two vectors has no unit of its own here and comes back as a plain
/// Double or with the unit asked for.
public struct Vector3<Unit>: BitwiseCopyable, Sendable, Equatable {
  public var x: Double
  public var y: Double
  public var z: Double

  public init(_ x: Double, _ y: Double, _ z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }

  public static var zero: Self { Self(0, 0, 0) }

  public var squaredLength: Double { x * x + y * y + z * z }
  public var length: Double { squaredLength.squareRoot() }

  public static prefix func - (v: Self) -> Self { Self(-v.x, -v.y, -v.z) }
  public static func + (a: Self, b: Self) -> Self { Self(a.x + b.x, a.y + b.y, a.z + b.z) }
  public static func - (a: Self, b: Self) -> Self { Self(a.x - b.x, a.y - b.y, a.z - b.z) }
  public static func * (v: Self, s: Double) -> Self { Self(v.x * s, v.y * s, v.z * s) }
  public static func += (a: inout Self, b: Self) { a = a + b }

  public func dot<Other>(_ other: Vector3<Other>) -> Double { x * other.x + y * other.y + z * other.z }

  public func cross<Other, Product>(_ o: Vector3<Other>) -> Vector3<Product> {
    Vector3<Product>(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x)
  }

  /// The same three numbers read in another unit, where a formula changes the unit by hand.
  public func reinterpreted<Other>(as unit: Other.Type = Other.self) -> Vector3<Other> { Vector3<Other>(x, y, z) }

  /// The direction of the vector, or nil where it is too short (or not finite) to have one.
  @inline(__always)
  public var direction: Direction? {
    let squared = squaredLength
    guard squared > 1e-12, squared.isFinite else { return nil }
    let scale = 1 / squared.squareRoot()
    return Direction(x * scale, y * scale, z * scale)
  }
}

/// Unit tag: m/s².
public enum MetresPerSecondSquared {}
/// Unit tag: rad/s.
public enum RadiansPerSecond {}
/// Unit tag: a direction, of length one.
public enum UnitLength {}
/// Unit tag: a part of one.
public enum Ratio {}

/// Specific force in m/s², what an accelerometer measures: at rest it points *up* with a length of one g.
public typealias Acceleration = Vector3<MetresPerSecondSquared>
/// Angular velocity in rad/s, right-handed.
public typealias AngularVelocity = Vector3<RadiansPerSecond>
/// A vector of length one.
public typealias Direction = Vector3<UnitLength>

/// Standard gravity in m/s² (BIPM, The International System of Units, 9th edition; 3rd CGPM 1901).
public let standardGravity = 9.80665
