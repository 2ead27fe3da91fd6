// SPDX-License-Identifier: MIT

/// One measurement of the sensor in SI units and the sensor frame.
public struct InertialSample: BitwiseCopyable, Sendable, Equatable {
  public var time: Timestamp
  /// Specific force, m/s².
  public var acceleration: Acceleration
  /// rad/s.
  public var angularVelocity: AngularVelocity
  /// A raw value stood at the end of its range: the true one may be larger.
  public var isSaturated: Bool
  /// One of the angular velocity did: part of a turn may be missing.
  public var isTurnSaturated: Bool

  public init(
    time: Timestamp, acceleration: Acceleration, angularVelocity: AngularVelocity, isSaturated: Bool = false,
    isTurnSaturated: Bool = false
  ) {
    self.time = time
    self.acceleration = acceleration
    self.angularVelocity = angularVelocity
    self.isSaturated = isSaturated
    self.isTurnSaturated = isTurnSaturated
  }
}

/// One measurement as the chip's own integers: lossless, and what a trace records.
public struct RawSample: BitwiseCopyable, Sendable, Equatable {
  public var time: Timestamp
  public var ax: Int16
  public var ay: Int16
  public var az: Int16
  public var gx: Int16
  public var gy: Int16
  public var gz: Int16

  public init(time: Timestamp, ax: Int16, ay: Int16, az: Int16, gx: Int16, gy: Int16, gz: Int16) {
    self.time = time
    self.ax = ax
    self.ay = ay
    self.az = az
    self.gx = gx
    self.gy = gy
    self.gz = gz
  }

  public static var zero: RawSample {
    RawSample(time: Timestamp(microseconds: 0), ax: 0, ay: 0, az: 0, gx: 0, gy: 0, gz: 0)
  }
}

/// What the chip's integers mean: least significant bits for a g and for a degree a second.
public struct SensorScale: BitwiseCopyable, Sendable, Equatable {
  /// LSB per g.
  public let acceleration: Double
  /// LSB per deg/s.
  public let angularVelocity: Double
  /// Where the range of the acceleration ends: the largest number; the smallest is one further below zero.
  public let accelerationEnd: Int16
  let metresPerSecondSquared: Double
  let radiansPerSecond: Double

  /// Both in LSB for one unit and above zero: 8192 LSB/g, 65.5 LSB/dps.
  public init(acceleration: Double, angularVelocity: Double, accelerationEnd: Int16 = .max) {
    precondition(acceleration > 0 && angularVelocity > 0 && accelerationEnd > 0, "a sensor scale is above zero")
    self.accelerationEnd = accelerationEnd
    self.acceleration = acceleration
    self.angularVelocity = angularVelocity
    metresPerSecondSquared = standardGravity / acceleration
    radiansPerSecond = .pi / 180 / angularVelocity
  }

  /// The sample in SI units. Either end of a range counts as saturated.
  public func sample(from raw: RawSample) -> InertialSample {
    let a = metresPerSecondSquared
    let g = radiansPerSecond
    let isTurnSaturated = isAtEnd(raw.gx, .max) || isAtEnd(raw.gy, .max) || isAtEnd(raw.gz, .max)
    return InertialSample(
      time: raw.time,
      acceleration: Acceleration(Double(raw.ax) * a, Double(raw.ay) * a, Double(raw.az) * a),
      angularVelocity: AngularVelocity(Double(raw.gx) * g, Double(raw.gy) * g, Double(raw.gz) * g),
      isSaturated: isTurnSaturated || isAtEnd(raw.ax, accelerationEnd) || isAtEnd(raw.ay, accelerationEnd)
        || isAtEnd(raw.az, accelerationEnd),
      isTurnSaturated: isTurnSaturated)
  }

  func isAtEnd(_ value: Int16, _ end: Int16) -> Bool { value >= end || value < -end }
}
