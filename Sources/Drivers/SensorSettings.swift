// SPDX-License-Identifier: MIT
import PostureCore

/// What is asked of an inertial sensor.
package struct SensorSettings: BitwiseCopyable, Sendable {
  /// Between two samples.
  package var period: Interval
  /// 2, 4, 8 or 16 g.
  package var accelerationRange: Int
  /// 250, 500, 1000 or 2000 deg/s.
  package var angularVelocityRange: Int

  package init(period: Interval, accelerationRange: Int, angularVelocityRange: Int) {
    precondition(accelerationRange == 2 || accelerationRange == 4 || accelerationRange == 8 || accelerationRange == 16)
    precondition(
      angularVelocityRange == 250 || angularVelocityRange == 500 || angularVelocityRange == 1000
        || angularVelocityRange == 2000)
    precondition(period >= .milliseconds(1), "the chip has a new sample every millisecond")
    self.period = period
    self.accelerationRange = accelerationRange
    self.angularVelocityRange = angularVelocityRange
  }

  /// 32768 LSB over the range (register map, sections 4.4 and 4.5, rounds 131.072 LSB/dps to 131).
  package var scale: SensorScale {
    let perDegree: Double =
      switch angularVelocityRange {
      case 250: 131
      case 500: 65.5
      case 1000: 32.8
      case 2000: 16.4
      default: preconditionFailure("the chip has no such angular velocity range")
      }
    return SensorScale(acceleration: 32768 / Double(accelerationRange), angularVelocity: perDegree)
  }
}
