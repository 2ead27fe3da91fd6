// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct AccelerometerCalibrationTests {
  @Test func theOffsetIsSubtractedFirstAndTheScaleThenApplied() throws {
    let correction = try #require(calibration((10_000, -20_000, 0), (0, 50_000, -100_000))).correction
    let force = correction.apply(to: Acceleration(1, 2, 3))
    #expect(abs(force.x - (1 - 0.0980665)) < 1e-15)
    #expect(abs(force.y - (2 + 0.196133) * 1.05) < 1e-15)
    #expect(abs(force.z - 2.7) < 1e-15)
  }

  @Test func anIdentityChangesNoBit() {
    let identity = AccelerometerCalibration.identity.correction
    var random = SeededRandom(seed: 2)
    for _ in 0..<1000 {
      let force: Acceleration = random.vector(within: 40)
      #expect(identity.apply(to: force) == force)
    }
    let zero = identity.apply(to: Acceleration(-0.0, 0, .leastNonzeroMagnitude))
    #expect(zero.x.sign == .minus && zero.y.sign == .plus && zero.z == .leastNonzeroMagnitude)
  }

  @Test(arguments: [0, 1, 2]) func beyondWhatASensorCanHaveThereIsNone(axis: Int) {
    func on(_ value: Int32) -> (Int32, Int32, Int32) {
      (axis == 0 ? value : 0, axis == 1 ? value : 0, axis == 2 ? value : 0)
    }
    for sign in [1, -1] as [Int32] {
      #expect(calibration(on(sign * 200_000), on(sign * 100_000)) != nil)
      #expect(calibration(on(sign * 200_001), (0, 0, 0)) == nil)
      #expect(calibration((0, 0, 0), on(sign * 100_001)) == nil)
    }
    #expect(calibration(on(.min), on(.max)) == nil)
  }

  @Test(arguments: [SensorAxis.plusX, .minusX, .plusY, .minusY, .plusZ, .minusZ])
  func theNearestAxisIsTheSideThatIsUp(axis: SensorAxis) {
    let aside = Direction(0.3, -0.4, 0.5)
    #expect(SensorAxis(nearest: axis.direction) == axis)
    #expect(SensorAxis(nearest: axis.direction + aside * 0.9) == axis)
  }
}
