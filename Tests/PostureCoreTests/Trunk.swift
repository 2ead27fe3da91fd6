// SPDX-License-Identifier: MIT
import Glibc
import PostureCore

/// A sensor whose up and force are functions of the time in seconds, at 100 Hz and with the noise of a chip.
struct Trunk {
  /// Root mean square on each axis, m/s²: 3 mg, as of an MPU-6050 with a low-pass of 44 Hz.
  static let forceNoise = 0.003 * standardGravity
  /// The same in rad/s: 0.05 deg/s.
  static let rateNoise = radians(0.05)

  /// Degrees forward.
  var flexion: (Double) -> Double = { _ in 0 }
  /// Added to the length of the force, m/s².
  var bounce: (Double) -> Double = { _ in 0 }
  /// Times the noise of the chip.
  var noise = 1.0
  var hasGyroscope = true
  var seed: UInt64 = 1

  /// From one time to another, both in seconds; the same ones whenever they are asked for.
  func samples(_ from: Double, _ to: Double) -> [InertialSample] {
    (Int((from * 100).rounded())..<Int((to * 100).rounded())).map { tick in
      let time = Double(tick) * 0.01
      var random = SeededRandom(seed: seed &* 1_000_003 &+ UInt64(tick) &* 8191)
      let force: Acceleration = (up(flexion: flexion(time)) * (standardGravity + bounce(time))).reinterpreted()
      let turning = radians(flexion(time + 1e-4) - flexion(time - 1e-4)) / 2e-4
      let rate = hasGyroscope ? AngularVelocity(0, turning, 0) + random.normal(Self.rateNoise * noise) : .zero
      return InertialSample(
        time: at(time), acceleration: force + random.normal(Self.forceNoise * noise), angularVelocity: rate)
    }
  }
}

extension SeededRandom {
  /// Looks normal: on each axis the sum of three even ones, whose variances are a third each.
  fileprivate mutating func normal<Unit>(_ deviation: Double) -> Vector3<Unit> {
    vector(within: deviation) + vector(within: deviation) + vector(within: deviation)
  }
}

/// A swing of that amplitude and frequency in Hz.
func swing(_ amplitude: Double, _ frequency: Double) -> (Double) -> Double {
  { amplitude * sin(2 * .pi * frequency * $0) }
}
