// SPDX-License-Identifier: MIT

/// Three rows of three Doubles: a rotation as a matrix, or a covariance.
package struct Matrix3: BitwiseCopyable, Sendable, Equatable {
  package typealias Row = Vector3<UnitLength>

  package var x: Row
  package var y: Row
  package var z: Row

  package init(_ x: Row, _ y: Row, _ z: Row) {
    self.x = x
    self.y = y
    self.z = z
  }

  package static var zero: Matrix3 { Matrix3(.zero, .zero, .zero) }

  package static func diagonal(_ value: Double) -> Matrix3 {
    Matrix3(Row(value, 0, 0), Row(0, value, 0), Row(0, 0, value))
  }

  /// a bᵀ.
  package static func outer<A, B>(_ a: Vector3<A>, _ b: Vector3<B>) -> Matrix3 {
    let row: Row = b.reinterpreted()
    return Matrix3(row * a.x, row * a.y, row * a.z)
  }

  package var transposed: Matrix3 { Matrix3(Row(x.x, y.x, z.x), Row(x.y, y.y, z.y), Row(x.z, y.z, z.z)) }
  package var trace: Double { x.x + y.y + z.z }

  package static func + (a: Matrix3, b: Matrix3) -> Matrix3 { Matrix3(a.x + b.x, a.y + b.y, a.z + b.z) }
  package static func - (a: Matrix3, b: Matrix3) -> Matrix3 { Matrix3(a.x - b.x, a.y - b.y, a.z - b.z) }
  @inline(__always)
  package static func * (m: Matrix3, s: Double) -> Matrix3 { Matrix3(m.x * s, m.y * s, m.z * s) }
  @inline(__always)
  package static func += (a: inout Matrix3, b: Matrix3) { a = a + b }
  package static func -= (a: inout Matrix3, b: Matrix3) { a = a - b }

  package static func * (a: Matrix3, b: Matrix3) -> Matrix3 {
    Matrix3(b.transposedApply(to: a.x), b.transposedApply(to: a.y), b.transposedApply(to: a.z))
  }

  /// M v.
  @inline(__always)
  package func apply<Unit>(to v: Vector3<Unit>) -> Vector3<Unit> {
    Vector3(x.dot(v), y.dot(v), z.dot(v))
  }

  /// Mᵀ v: for a rotation, the way back.
  @inline(__always)
  package func transposedApply<Unit>(to v: Vector3<Unit>) -> Vector3<Unit> {
    Vector3(
      x.x * v.x + y.x * v.y + z.x * v.z,
      x.y * v.x + y.y * v.y + z.y * v.z,
      x.z * v.x + y.z * v.y + z.z * v.z)
  }
}
