// SPDX-License-Identifier: MIT
import PostureCore

/// How good a specimen of a sensor is.
package enum SensorGrade: String, CaseIterable, Sendable, BitwiseCopyable {
  /// A third of the usual noise and no error.
  case good
  /// A usual MPU-6050: a few deg/s and 30 mg off (PS-MPU-6000A-00 rev 3.4, 6.1 and 6.2, allows 20 deg/s and 50 mg).
  case typical
  /// Three times the noise, 10 deg/s and 60 mg off, scales 2 % wrong: near what that datasheet allows.
  case bad
  /// An LIS3DH: 12 bits, and no angular velocity.
  case noGyroscope = "no-gyroscope"

  /// A specimen: the signs of its errors, and their sizes within a fifth, come from the seed.
  package func specimen(seed: UInt64) -> SimulatedSensorParameters {
    var specimen = SimulatedSensorParameters()
    specimen.seed = seed
    var draw = Draw(CounterRandom(seed: seed), stream: 40)
    let mg = 0.001 * standardGravity
    func three<Unit>(_ size: Double) -> Vector3<Unit> {
      Vector3(draw.either(0.8, 1) * size, draw.either(0.8, 1) * size, draw.either(0.8, 1) * size)
    }
    switch self {
    case .good: specimen.noise = 1.0 / 3
    case .typical:
      specimen.gyroscopeBias = three(Angle.degrees(3).radians)
      specimen.accelerometerOffset = three(30 * mg)
    case .bad:
      specimen.noise = 3
      specimen.gyroscopeBias = three(Angle.degrees(10).radians)
      specimen.accelerometerOffset = three(60 * mg)
      specimen.accelerometerScaleError = three(0.02)
      specimen.gyroscopeScaleError = three(0.02)
    case .noGyroscope:
      // LIS3DH, DocID17530 rev 2, table 4: 40 mg.
      specimen.accelerometerOffset = three(40 * mg)
    }
    return specimen
  }

  /// What the chip's integers mean, at 4 g and 500 deg/s.
  package var scale: SensorScale {
    self == .noGyroscope
      ? SensorScale(acceleration: 500, angularVelocity: 1, accelerationEnd: 2047)
      : SensorScale(acceleration: 8192, angularVelocity: 65.5)
  }

  /// Behind the low-pass filter that suits 100 Hz: DLPF_CFG 3, 44 Hz and 4.9 ms (RM-MPU-6000A-00 rev 4.2, 4.3), with
  /// the noise densities of PS-MPU-6000A-00 rev 3.4, 6.2; LIS3DH in high resolution, a ninth of 100 Hz.
  var accelerometer: SensorChannel {
    self == .noGyroscope
      ? SensorChannel(
        bandwidth: 11, delay: 14_469, scale: 500, noise: 220e-6, smallest: -2048, largest: 2047)
      : SensorChannel(bandwidth: 44, delay: 4900, scale: 8192, noise: 400e-6)
  }

  /// The same filter: 42 Hz (and 4.8 ms, taken for 4.9).
  var gyroscope: SensorChannel? {
    self == .noGyroscope ? nil : SensorChannel(bandwidth: 42, delay: 4900, scale: 65.5, noise: 0.005)
  }
}
