// SPDX-License-Identifier: MIT
import PostureCore

/// How a chip turns one quantity into integers.
struct SensorChannel: BitwiseCopyable, Sendable, Equatable {
  /// Of the low-pass filter, Hz.
  var bandwidth: Double
  /// Of the low-pass filter, microseconds.
  var delay: Int64
  /// LSB per g, or per deg/s.
  var scale: Double
  /// Noise density, g/sqrt(Hz) or (deg/s)/sqrt(Hz).
  var noise: Double
  /// The smallest and the largest number of the converter.
  var smallest = -32768.0
  var largest = 32767.0
}

/// The analogue half of a chip: from the wearer's true motion to the integers in the data registers.
///
/// A pure function of the times and the channels, and of when the motor was switched before. A low-pass filter is its
/// delay and its share of the noise and of the motor's shaking; what it does to the shape of fast motion is left out.
struct SensorMeasurement {
  let wearer: SimulatedWearer
  let parameters: SimulatedSensorParameters
  private let shake: MotorShake?

  /// - Parameter start: when the chip was created, on the motor's clock.
  init(wearer: SimulatedWearer, parameters: SimulatedSensorParameters, motor: SimulatedMotor?, start: Int64) {
    self.wearer = wearer
    self.parameters = parameters
    let strength = parameters.motorShake
    shake = strength > 0 ? motor.map { MotorShake(motor: $0, origin: start, strength: strength) } : nil
  }

  /// x, y, z at a time since the start in microseconds.
  func acceleration(at time: Int64, _ channel: SensorChannel) -> (Int16, Int16, Int16) {
    var force = wearer.state(at: Timestamp(microseconds: time - channel.delay)).specificForce
    if let shake { force = force + shake.specificForce(at: time - channel.delay, channel) }
    return parameters.acceleration(of: force, at: time, channel)
  }

  /// x, y, z at a time since the start in microseconds.
  func angularVelocity(at time: Int64, _ channel: SensorChannel) -> (Int16, Int16, Int16) {
    var rate = wearer.state(at: Timestamp(microseconds: time - channel.delay)).angularVelocity
    if let shake { rate = rate + shake.angularVelocity(at: time - channel.delay, channel) }
    return parameters.angularVelocity(of: rate, at: time, channel)
  }

  /// A temperature word: LSB per degree Celsius, and the temperature at which it is 0.
  func temperature(scale: Double, zero: Double) -> Int16 {
    SimulatedSensorParameters.converted((parameters.temperature - zero) * scale, -32768...32767)
  }
}

extension SimulatedSensorParameters {
  /// The integers of a specific force that is taken at a time in microseconds.
  func acceleration(of force: Acceleration, at time: Int64, _ channel: SensorChannel) -> (Int16, Int16, Int16) {
    let error = accelerometerScaleError
    let offset = accelerometerOffset
    let random = CounterRandom(seed: seed)
    let deviation = channel.noise * standardGravity * channel.bandwidth.squareRoot() * noise
    let scale = channel.scale / standardGravity
    func output(_ force: Double, _ error: Double, _ offset: Double, _ stream: UInt64) -> Int16 {
      let noise = random.normal(stream: stream, index: UInt64(bitPattern: time)) * deviation
      return Self.converted((force * (1 + error) + offset + noise) * scale, channel.smallest...channel.largest)
    }
    return (
      output(force.x, error.x, offset.x, 1), output(force.y, error.y, offset.y, 2),
      output(force.z, error.z, offset.z, 3)
    )
  }

  /// The integers of an angular velocity that is taken at a time in microseconds.
  func angularVelocity(of rate: AngularVelocity, at time: Int64, _ channel: SensorChannel) -> (Int16, Int16, Int16) {
    let error = gyroscopeScaleError
    let bias = gyroscopeBias
    let random = CounterRandom(seed: seed)
    let deviation = channel.noise * channel.bandwidth.squareRoot() * noise
    func output(_ rate: Double, _ error: Double, _ bias: Double, _ stream: UInt64) -> Int16 {
      let noise = random.normal(stream: stream, index: UInt64(bitPattern: time)) * deviation
      let degrees = (rate * (1 + error) + bias) * (180 / Double.pi) + noise
      return Self.converted(degrees * channel.scale, channel.smallest...channel.largest)
    }
    return (
      output(rate.x, error.x, bias.x, 4), output(rate.y, error.y, bias.y, 5), output(rate.z, error.z, bias.z, 6)
    )
  }

  /// To the nearest integer, halves to even, clipped to the range of the converter.
  static func converted(_ value: Double, _ limits: ClosedRange<Double>) -> Int16 {
    Int16(roundedHalfEven(min(max(value, limits.lowerBound), limits.upperBound)))
  }
}
