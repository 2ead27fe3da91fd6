// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

@Suite struct ReferencePostureTests {
  private static let axes: [SensorAxis] = [.plusX, .minusX, .plusY, .minusY, .plusZ, .minusZ]

  @Test(
    arguments: [
      (20, 0, 20, 0), (-20, 0, -20, 0), (0, 15, 0, 15), (0, -15, 0, -15), (30, 10, 30, 10), (90, 0, 90, 0),
      (170, 0, 170, 0), (0, 0, 0, 0), (0.001, 0, 0.001, 0),
    ] as [(Double, Double, Double, Double)])
  func forwardAndLeftArePositive(flexion: Double, lateral: Double, f: Double, l: Double) throws {
    let reference = try #require(ReferencePosture(up: Direction(0, 0, 1), forwardAxis: .plusX))
    let tilt = reference.tilt(of: up(flexion: flexion, lateral: lateral))
    #expect((tilt.flexion.degrees - f).magnitude < 1e-12)
    #expect((tilt.lateral.degrees - l).magnitude < 1e-12)
    let total = degrees(acos(cos(radians(flexion)) * cos(radians(lateral))))
    #expect((tilt.total.degrees - total).magnitude < 1e-6)
  }

  @Test func theTotalIsExactWhereAnArcCosineIsNot() throws {
    let reference = try #require(ReferencePosture(up: Direction(0, 0, 1), forwardAxis: nil))
    let tilt = reference.tilt(of: Direction(-1e-9, 0, 1))
    #expect((tilt.total.radians - 1e-9).magnitude < 1e-24)
    #expect((tilt.flexion.radians - 1e-9).magnitude < 1e-24)
  }

  /// z up is the body's own frame; upside down, left and right are exchanged in the sensor's frame and not in the
  /// body's.
  @Test func upsideDownIsAMounting() throws {
    let reference = try #require(ReferencePosture(up: Direction(0, 0, -1), forwardAxis: .plusX))
    #expect(reference.forward == Direction(1, 0, 0))
    #expect(reference.left == Direction(0, -1, 0))
    let s = 0.5
    let c = 0.75.squareRoot()
    #expect((reference.tilt(of: Direction(-s, 0, -c)).flexion.degrees - 30).magnitude < 1e-12)
    #expect((reference.tilt(of: Direction(0, s, -c)).lateral.degrees - 30).magnitude < 1e-12)
  }

  /// Any up, any sensor axis forward that lies level enough: the body's axes follow, and tilts are what the body does.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func anyMountingWillDo(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<40 {
      let up = random.direction()
      for axis in Self.axes where axis.direction.dot(up).magnitude < cos(radians(21)) {
        let reference = try #require(ReferencePosture(up: up, forwardAxis: axis))
        #expect(reference.forwardAxis == axis)
        #expect(reference.forward.dot(up).magnitude < 1e-12)
        #expect((reference.forward.length - 1).magnitude < 1e-12)
        #expect(reference.forward.dot(axis.direction) > 0)
        #expect(axis.direction.dot(reference.left).magnitude < 1e-12)
        let left: Direction = up.cross(reference.forward)
        #expect((reference.left - left).length < 1e-15)
        let (f, l) = (random.within(2.5), random.within(1.4))
        let level = reference.forward * (-sin(f) * cos(l)) + reference.left * -sin(l)
        let tilt = reference.tilt(of: up * (cos(f) * cos(l)) + level)
        #expect((tilt.flexion.radians - f).magnitude < 1e-12)
        #expect((tilt.lateral.radians - l).magnitude < 1e-12)
        #expect((tilt.total.radians - acos(cos(f) * cos(l))).magnitude < 1e-6)
      }
    }
  }

  @Test func theReferenceItselfIsUpright() throws {
    let up = Direction(0.36, 0.48, 0.8)
    let tilt = try #require(ReferencePosture(up: up, forwardAxis: nil)).tilt(of: up)
    #expect(tilt.flexion.magnitude.radians < 1e-15)
    #expect(tilt.lateral.magnitude.radians < 1e-15)
    #expect(tilt.total.radians < 1e-15)
  }

  @Test(
    arguments: [
      (Direction(0, 0, 1), .plusX), (Direction(0, 1, 0), .plusX), (Direction(0, 0, -1), .plusX),
      (Direction(1, 0, 0), .minusZ), (Direction(-1, 0, 0), .minusZ),
      (Direction(sin(radians(44.9)), cos(radians(44.9)), 0), .plusX),
      (Direction(sin(radians(45.1)), cos(radians(45.1)), 0), .minusZ),
      (Direction(-sin(radians(45.1)), 0, cos(radians(45.1))), .minusZ),
    ] as [(Direction, SensorAxis)])
  func theForwardAxisIsChosen(up: Direction, axis: SensorAxis) throws {
    #expect(try #require(ReferencePosture(up: up, forwardAxis: nil)).forwardAxis == axis)
  }

  @Test(arguments: axes, [1, -1] as [Double])
  func aSteepAxisIsRefused(axis: SensorAxis, sign: Double) throws {
    let along = axis.direction * sign
    let across = Direction(along.y, along.z, along.x)
    func up(_ steepness: Double) -> Direction {
      along * sin(radians(steepness)) + across * cos(radians(steepness))
    }
    #expect(ReferencePosture(up: up(69.99), forwardAxis: axis) != nil)
    #expect(ReferencePosture(up: up(70.01), forwardAxis: axis) == nil)
    #expect(ReferencePosture(up: up(90), forwardAxis: axis) == nil)
  }

  @Test func choosingNeverFails() {
    var random = SeededRandom(seed: 11)
    for _ in 0..<10_000 { #expect(ReferencePosture(up: random.direction(), forwardAxis: nil) != nil) }
  }

  @Test(
    arguments: [
      (20, 5, .forward), (-20, 5, .backward), (5, 20, .left), (-5, -20, .right), (10, 10, .forward), (0, 0, .forward),
    ] as [(Double, Double, Lean)])
  func theLeanIsTheLargerPart(flexion: Double, lateral: Double, lean: Lean) {
    #expect(Tilt(flexion: .degrees(flexion), lateral: .degrees(lateral), total: .zero).lean == lean)
  }
}
