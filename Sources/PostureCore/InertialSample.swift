// SPDX-License-Identifier: MIT

/// One measurement of the sensor in SI units and the sensor frame.
package struct InertialSample: BitwiseCopyable, Sendable, Equatable {
  package var time: Timestamp
  /// Specific force, m/s².
  package var acceleration: Acceleration
  /// rad/s.
  package var angularVelocity: AngularVelocity
  /// A raw value stood at the end of its range: the true one may be larger.
  package var isSaturated: Bool
  /// One of the angular velocity did: part of a turn may be missing.
  package var isTurnSaturated: Bool

  @inlinable package init(
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
package struct RawSample: BitwiseCopyable, Sendable, Equatable {
  package var time: Timestamp
  package var ax: Int16
  package var ay: Int16
  package var az: Int16
  package var gx: Int16
  package var gy: Int16
  package var gz: Int16

  @inlinable package init(time: Timestamp, ax: Int16, ay: Int16, az: Int16, gx: Int16, gy: Int16, gz: Int16) {
    self.time = time
    self.ax = ax
    self.ay = ay
    self.az = az
    self.gx = gx
    self.gy = gy
    self.gz = gz
  }

  package static var zero: RawSample {
    RawSample(time: Timestamp(microseconds: 0), ax: 0, ay: 0, az: 0, gx: 0, gy: 0, gz: 0)
  }
}

/// What the chip's integers mean: least significant bits for a g and for a degree a second.
package struct SensorScale: BitwiseCopyable, Sendable, Equatable {
  /// LSB per g.
  package let acceleration: Double
  /// LSB per deg/s.
  package let angularVelocity: Double
  /// Where the range of the acceleration ends: the largest number; the smallest is one further below zero.
  package let accelerationEnd: Int16
  @usableFromInline let metresPerSecondSquared: Double
  @usableFromInline let radiansPerSecond: Double

  /// Both in LSB for one unit and above zero: 8192 LSB/g, 65.5 LSB/dps.
  @inlinable package init(acceleration: Double, angularVelocity: Double, accelerationEnd: Int16 = .max) {
    precondition(acceleration > 0 && angularVelocity > 0 && accelerationEnd > 0, "a sensor scale is above zero")
    self.accelerationEnd = accelerationEnd
    self.acceleration = acceleration
    self.angularVelocity = angularVelocity
    metresPerSecondSquared = standardGravity / acceleration
    radiansPerSecond = .pi / 180 / angularVelocity
  }

  /// The sample in SI units. Either end of a range counts as saturated.
  @inlinable package func sample(from raw: RawSample) -> InertialSample {
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

  @inlinable func isAtEnd(_ value: Int16, _ end: Int16) -> Bool { value >= end || value < -end }
}
