// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

@Suite struct RotationTests {
  private let x = Direction(1, 0, 0)
  private let y = Direction(0, 1, 0)
  private let z = Direction(0, 0, 1)

  private func length(_ r: Rotation) -> Double { (r.w * r.w + r.x * r.x + r.y * r.y + r.z * r.z).squareRoot() }

  @Test func turnsAreRightHanded() {
    #expect((turn(of: .pi / 2, about: z).apply(to: x) - y).length < 1e-15)
    #expect((turn(of: .pi / 2, about: x).apply(to: y) - z).length < 1e-15)
    #expect((turn(of: .pi / 2, about: y).apply(to: z) - x).length < 1e-15)
    #expect(Rotation(turning: Vector3(0, 0, 0.1)).apply(to: x).y > 0)
    #expect(Rotation(turning: Vector3(0.1, 0, 0)).apply(to: y).z > 0)
    #expect(Rotation(turning: Vector3(0, 0.1, 0)).apply(to: z).x > 0)
  }

  @Test func theIdentityChangesNothing() {
    let v = Acceleration(1, -2, 3)
    #expect(Rotation.identity.apply(to: v) == v)
    #expect(Rotation(turning: .zero) == .identity)
  }

  @Test func aProductIsTheRightFactorFirst() {
    var random = SeededRandom(seed: 2)
    for _ in 0..<1000 {
      let (a, b) = (random.rotation(), random.rotation())
      let v: Acceleration = random.vector(within: 10)
      #expect(((a * b).apply(to: v) - a.apply(to: b.apply(to: v))).length < 1e-13)
      #expect((a.inverse.apply(to: a.apply(to: v)) - v).length < 1e-13)
      #expect((a.apply(to: v).length - v.length).magnitude < 1e-13)
    }
    let quarter = turn(of: .pi / 2, about: z) * turn(of: .pi / 2, about: x)
    #expect((quarter.apply(to: y) - z).length < 1e-15)
  }

  @Test(arguments: [(1e-9, 1e-9), (1e-4, 1e-9), (0.01, 1e-9), (0.1, 1e-9), (0.35, 1e-9), (1.5, 0.02), (.pi, 0.02)])
  func turnsAreAccurate(angle: Double, tolerance: Double) {
    var random = SeededRandom(seed: 3)
    for _ in 0..<100 {
      let axis = random.direction()
      let rotation = Rotation(turning: axis * angle)
      let truth = turn(of: angle, about: axis)
      let error = truth.inverse * rotation
      #expect(2 * (error.x * error.x + error.y * error.y + error.z * error.z).squareRoot() < tolerance)
      #expect((length(rotation) - 1).magnitude < tolerance)
    }
  }

  @Test func renormalisingTakesAwayRounding() {
    var random = SeededRandom(seed: 4)
    let rotation = random.rotation()
    for stretch in [1 + 1e-6, 1 - 1e-6] {
      let strayed = Rotation(
        w: rotation.w * stretch, x: rotation.x * stretch, y: rotation.y * stretch, z: rotation.z * stretch)
      #expect((length(strayed.renormalised()) - 1).magnitude < 1e-11)
      #expect((strayed.renormalised().w - rotation.w).magnitude < 1e-11)
    }
  }

  /// An hour at 100 Hz.
  @Test func manyTurnsStayARotation() {
    var random = SeededRandom(seed: 6)
    var rotation = Rotation.identity
    for _ in 0..<360_000 {
      rotation = (rotation * Rotation(turning: random.vector(within: 0.1))).renormalised()
    }
    #expect((length(rotation) - 1).magnitude < 1e-12)
  }
}

@Suite struct Vector3Tests {
  @Test func productsAreRightHanded() {
    let cross: Vector3<UnitLength> = Direction(1, 0, 0).cross(Direction(0, 1, 0))
    #expect(cross == Direction(0, 0, 1))
    let other: Vector3<UnitLength> = Direction(1, 2, 3).cross(Direction(4, 5, 6))
    #expect(other == Direction(-3, 6, -3))
    #expect(Direction(1, 2, 3).dot(Direction(4, 5, 6)) == 32)
  }

  @Test func aDirectionHasLengthOne() throws {
    let direction = try #require(Acceleration(3, -4, 12).direction)
    #expect((direction - Direction(3.0 / 13, -4.0 / 13, 12.0 / 13)).length < 1e-15)
  }

  @Test(arguments: [
    Acceleration.zero, Acceleration(1e-7, 0, 0), Acceleration(.nan, 0, 1), Acceleration(.infinity, 0, 1),
  ])
  func whatHasNoLengthHasNoDirection(vector: Acceleration) {
    #expect(vector.direction == nil)
  }
}
