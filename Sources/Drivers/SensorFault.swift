// SPDX-License-Identifier: MIT
import HAL

/// Why a sensor gives no samples, or gave fewer.
package enum SensorFault: Error, BitwiseCopyable, Sendable, Equatable {
  case bus(I2CError)
  /// No chip that is known answers, at any address where one could be.
  case notFound
  /// The identity register at that address holds a value that is none of those looked for.
  case wrongIdentity(UInt8, at: I2CAddress)
  /// A register that was written does not hold what was written.
  case configurationRefused(register: UInt8)
  /// A register no longer holds what was written: the chip was reset, by a brown-out for example.
  case configurationLost(register: UInt8)
  /// The chip answers, but has had no new sample for too long.
  case noNewData
  /// The chip repeats one sample over and over.
  case frozenData
  /// All bits of a sample are 0, or all are 1: the bus or the chip made that up.
  case implausibleData
  /// The chip's FIFO was fuller than it can be trusted: it was emptied.
  case overrun
  /// The data-ready line cannot be used.
  case interruptLine(PinError)
}
