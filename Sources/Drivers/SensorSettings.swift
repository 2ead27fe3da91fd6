// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// What is asked of an inertial sensor.
package struct SensorSettings: BitwiseCopyable, Sendable {
  /// Between two samples.
  package var period: Interval
  /// 2, 4, 8 or 16 g.
  package var accelerationRange: Int
  /// 250, 500, 1000 or 2000 deg/s.
  package var angularVelocityRange: Int
  package var mode: SamplingMode
  /// Between two readings of the FIFO.
  package var batch: Interval
  /// Nil looks for any chip that is known.
  package var model: SensorModel?
  /// Nil looks at every address that such a chip can have.
  package var address: I2CAddress?
  /// With a model: the identity that its chip may have instead of its own.
  package var acceptedIdentity: UInt8?

  package init(
    period: Interval, accelerationRange: Int, angularVelocityRange: Int, mode: SamplingMode = .fifo,
    batch: Interval = .milliseconds(100), model: SensorModel? = nil, address: I2CAddress? = nil,
    acceptedIdentity: UInt8? = nil
  ) {
    precondition(accelerationRange == 2 || accelerationRange == 4 || accelerationRange == 8 || accelerationRange == 16)
    precondition(
      angularVelocityRange == 250 || angularVelocityRange == 500 || angularVelocityRange == 1000
        || angularVelocityRange == 2000)
    precondition(period >= .milliseconds(1), "no chip here is asked for more than 1000 samples a second")
    precondition(batch >= .milliseconds(1), "a FIFO is not read more than 1000 times a second")
    precondition(acceptedIdentity == nil || model != nil, "an identity is accepted for a model")
    self.period = period
    self.accelerationRange = accelerationRange
    self.angularVelocityRange = angularVelocityRange
    self.mode = mode
    self.batch = batch
    self.model = model
    self.address = address
    self.acceptedIdentity = acceptedIdentity
  }
}
