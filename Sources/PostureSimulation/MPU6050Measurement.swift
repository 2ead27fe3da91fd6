// SPDX-License-Identifier: MIT
import PostureCore

/// The analogue half of the chip: from the wearer's true motion to the integers in the data registers.
///
/// A pure function of the times and the configuration. The low-pass filter is its delay and its share of the noise;
/// what it does to the shape of fast motion is left out.
struct MPU6050Measurement: Sendable {
  let wearer: SimulatedWearer
  let parameters: SimulatedSensorParameters

  /// Noise density (PS-MPU-6000A-00 rev 3.4, 6.2: 400 ug/sqrt(Hz)), g/sqrt(Hz).
  private static var accelerometerNoise: Double { 400e-6 }
  /// Noise density (PS-MPU-6000A-00 rev 3.4, 6.1: 0.005 (deg/s)/sqrt(Hz)).
  private static var gyroscopeNoise: Double { 0.005 }

  /// x, y, z at a time since the start in microseconds.
  func acceleration(at time: Int64, _ configuration: MPU6050Configuration) -> (Int16, Int16, Int16) {
    let filter = configuration.accelerometer
    let force = wearer.state(at: Timestamp(microseconds: time - filter.delay)).specificForce
    let error = parameters.accelerometerScaleError
    let offset = parameters.accelerometerOffset
    let random = CounterRandom(seed: parameters.seed)
    let deviation =
      Self.accelerometerNoise * standardGravity * filter.bandwidth.squareRoot() * parameters.noise
    let scale = configuration.accelerometerScale / standardGravity
    func output(_ force: Double, _ error: Double, _ offset: Double, _ stream: UInt64) -> Int16 {
      let noise = random.normal(stream: stream, index: UInt64(bitPattern: time)) * deviation
      return Self.converted((force * (1 + error) + offset + noise) * scale)
    }
    return (
      output(force.x, error.x, offset.x, 1), output(force.y, error.y, offset.y, 2),
      output(force.z, error.z, offset.z, 3)
    )
  }

  /// x, y, z at a time since the start in microseconds.
  func angularVelocity(at time: Int64, _ configuration: MPU6050Configuration) -> (Int16, Int16, Int16) {
    let filter = configuration.gyroscope
    let rate = wearer.state(at: Timestamp(microseconds: time - filter.delay)).angularVelocity
    let error = parameters.gyroscopeScaleError
    let bias = parameters.gyroscopeBias
    let random = CounterRandom(seed: parameters.seed)
    let deviation = Self.gyroscopeNoise * filter.bandwidth.squareRoot() * parameters.noise
    func output(_ rate: Double, _ error: Double, _ bias: Double, _ stream: UInt64) -> Int16 {
      let noise = random.normal(stream: stream, index: UInt64(bitPattern: time)) * deviation
      let degrees = (rate * (1 + error) + bias) * (180 / Double.pi) + noise
      return Self.converted(degrees * configuration.gyroscopeScale)
    }
    return (
      output(rate.x, error.x, bias.x, 4), output(rate.y, error.y, bias.y, 5), output(rate.z, error.z, bias.z, 6)
    )
  }

  /// TEMP_OUT = (T - 36.53) * 340 (RM-MPU-6000A-00 rev 4.2, registers 65 and 66).
  var temperature: Int16 { Self.converted((parameters.temperature - 36.53) * 340) }

  /// To the nearest integer, halves to even, clipped to the range of the converter.
  private static func converted(_ value: Double) -> Int16 {
    Int16(roundedHalfEven(min(max(value, -32768), 32767)))
  }
}
