// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct SensorScaleTests {
  private func raw(_ v: [Int16]) -> RawSample {
    RawSample(time: at(7), ax: v[0], ay: v[1], az: v[2], gx: v[3], gy: v[4], gz: v[5])
  }

  @Test func countsBecomeUnits() {
    let sample = SensorScale(acceleration: 8192, angularVelocity: 65.5).sample(
      from: raw([8192, -16384, 4096, 655, -131, 0]))
    #expect(sample.time == at(7))
    #expect((sample.acceleration - Acceleration(9.80665, -19.6133, 4.903325)).length < 1e-14)
    let expected = AngularVelocity(radians(10), radians(-2), 0)
    #expect((sample.angularVelocity - expected).length < 1e-15)
    #expect(!sample.isSaturated)
  }

  @Test(arguments: 0..<6, [Int16.min, .max])
  func eitherEndOnAnyAxisIsSaturated(axis: Int, end: Int16) {
    let scale = SensorScale(acceleration: 8192, angularVelocity: 65.5)
    var values: [Int16] = [1, 2, 3, 4, 5, 6]
    values[axis] = end
    #expect(scale.sample(from: raw(values)).isSaturated)
    #expect(scale.sample(from: raw(values)).isTurnSaturated == (axis >= 3))
    values[axis] = end == .max ? end - 1 : end + 1
    #expect(!scale.sample(from: raw(values)).isSaturated)
  }

  /// A chip of 13 bits; its gyroscope, if it had one, would have 16.
  @Test(arguments: 0..<6)
  func anAccelerometerMayHaveFewerBits(axis: Int) {
    let scale = SensorScale(acceleration: 256, angularVelocity: 65.5, accelerationEnd: 4095)
    for (value, isSaturated) in [(4094, false), (4095, true), (-4095, false), (-4096, true)] as [(Int16, Bool)] {
      var values: [Int16] = [1, 2, 3, 4, 5, 6]
      values[axis] = value
      #expect(scale.sample(from: raw(values)).isSaturated == (isSaturated && axis < 3))
    }
  }

  @Test func aScaleIsAboveZero() async {
    await #expect(processExitsWith: .failure) { _ = SensorScale(acceleration: 0, angularVelocity: 131) }
    await #expect(processExitsWith: .failure) {
      _ = SensorScale(acceleration: 256, angularVelocity: 1, accelerationEnd: 0)
    }
  }
}
