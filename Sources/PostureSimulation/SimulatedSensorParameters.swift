// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// Unit tag: a part of one.
package enum Ratio {}

/// One simulated specimen of a sensor: its errors, its noise, and what befalls it.
package struct SimulatedSensorParameters: Sendable, Equatable {
  package var address = SimulatedSensorParameters.usualAddress
  /// For the noise alone.
  package var seed: UInt64 = 3
  /// The gyroscope's zero-rate output, rad/s, sensor frame; up to 20 deg/s (PS-MPU-6000A-00 rev 3.4, 6.1).
  package var gyroscopeBias = AngularVelocity.zero
  /// The accelerometer's zero-g output, m/s², sensor frame; 50 mg, on z 80 mg (PS-MPU-6000A-00 rev 3.4, 6.2).
  package var accelerometerOffset = Acceleration.zero
  /// Errors of the scale on each axis, 0.01 for one percent too much; up to 3 % (PS-MPU-6000A-00 rev 3.4, 6.1 and 6.2).
  package var gyroscopeScaleError = Vector3<Ratio>.zero
  package var accelerometerScaleError = Vector3<Ratio>.zero
  /// Of the chip, degrees Celsius.
  package var temperature = 31.0
  /// 0 for a sensor without noise, 1 for the typical one, more for a worse one.
  package var noise = 1.0
  package var faults: [SimulatedFault] = []

  package init() {}

  /// With AD0 low (PS-MPU-6000A-00 rev 3.4, 9.2).
  private static var usualAddress: I2CAddress {
    guard let address = I2CAddress(0x68) else { preconditionFailure("0x68 is an address") }
    return address
  }
}

/// Something that goes wrong at a time since the chip's creation; an interval includes its start and not its end.
package enum SimulatedFault: BitwiseCopyable, Sendable, Equatable {
  /// The chip does not acknowledge; it goes on measuring.
  case noAnswer(from: Timestamp, to: Timestamp)
  /// The data registers keep the value they had; new data is announced all the same.
  case frozen(from: Timestamp, to: Timestamp)
  /// The supply drops for a moment: the registers have their reset values again.
  case brownOut(at: Timestamp)
}

extension SimulatedSensorParameters {
  /// Times are microseconds since the chip's creation.
  func answers(at time: Int64) -> Bool {
    for case .noAnswer(let from, let to) in faults where from.microseconds <= time && time < to.microseconds {
      return false
    }
    return true
  }

  /// When the freezing began in which a time lies.
  func freezing(at time: Int64) -> Int64? {
    for case .frozen(let from, let to) in faults where from.microseconds <= time && time < to.microseconds {
      return from.microseconds
    }
    return nil
  }

  func firstBrownOut(after earlier: Int64, upTo later: Int64) -> Int64? {
    var first: Int64?
    for case .brownOut(let at) in faults where earlier < at.microseconds && at.microseconds <= later {
      first = min(first ?? at.microseconds, at.microseconds)
    }
    return first
  }
}
