// SPDX-License-Identifier: MIT
import HAL
import PostureCore

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
  /// Of the chip's own clock: 0.01 for one that runs one percent fast, so that samples come one percent sooner.
  package var clockError = 0.0
  /// How much the motor beside it, where there is one, shakes it: 0 for not at all, 1 for a small coin motor on the
  /// same board.
  package var motorShake = 0.0
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
  /// The clock line is held for too long; the chip sees nothing of the transfer.
  case timeout(from: Timestamp, to: Timestamp)
  /// Transfers are garbled; the chip sees nothing of them.
  case busFault(from: Timestamp, to: Timestamp)
  /// Every byte reads 0x00; the chip takes it for given.
  case zeros(from: Timestamp, to: Timestamp)
  /// Every byte reads 0xFF; the chip takes it for given.
  case ones(from: Timestamp, to: Timestamp)
  /// The identity register reads that value.
  case wrongIdentity(from: Timestamp, to: Timestamp, value: UInt8)
  /// The data registers keep the value they had; new data is announced all the same.
  case frozen(from: Timestamp, to: Timestamp)
  /// The supply drops for a moment: the registers have their reset values again.
  case brownOut(at: Timestamp)
}

/// For all simulated chips. Times are microseconds since the chip's creation.
extension SimulatedSensorParameters {
  /// What a transfer at that time fails with; the chip must not have seen it then.
  func transferFault(at time: Int64) -> I2CError? {
    for fault in faults {
      switch fault {
      case .noAnswer(let from, let to) where Self.holds(time, from, to): return .noAcknowledge
      case .timeout(let from, let to) where Self.holds(time, from, to): return .timeout
      case .busFault(let from, let to) where Self.holds(time, from, to): return .busFault
      default: break
      }
    }
    return nil
  }

  /// What every byte read at that time is, whatever the chip sent.
  func overlay(at time: Int64) -> UInt8? {
    for fault in faults {
      switch fault {
      case .zeros(let from, let to) where Self.holds(time, from, to): return 0x00
      case .ones(let from, let to) where Self.holds(time, from, to): return 0xFF
      default: break
      }
    }
    return nil
  }

  /// What the identity register reads at that time instead of its own value.
  func falseIdentity(at time: Int64) -> UInt8? {
    for case .wrongIdentity(let from, let to, let value) in faults where Self.holds(time, from, to) { return value }
    return nil
  }

  /// When the freezing began in which a time lies.
  func freezing(at time: Int64) -> Int64? {
    for case .frozen(let from, let to) in faults where Self.holds(time, from, to) { return from.microseconds }
    return nil
  }

  func firstBrownOut(after earlier: Int64, upTo later: Int64) -> Int64? {
    var first: Int64?
    for case .brownOut(let at) in faults where earlier < at.microseconds && at.microseconds <= later {
      first = min(first ?? at.microseconds, at.microseconds)
    }
    return first
  }

  private static func holds(_ time: Int64, _ from: Timestamp, _ to: Timestamp) -> Bool {
    from.microseconds <= time && time < to.microseconds
  }
}
