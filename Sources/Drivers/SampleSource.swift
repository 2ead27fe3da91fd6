// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// What one draining of a source may hand over. Larger than any batch read at once.
package typealias MeasurementBuffer = RingBuffer<64, Measurement>

/// Why a sensor gives no samples.
package enum SensorFault: Error, BitwiseCopyable, Sendable, Equatable {
  case bus(I2CError)
  /// The identity register holds this value.
  case wrongIdentity(UInt8)
  /// A register that was written does not hold what was written.
  case configurationRefused(register: UInt8)
  /// A register no longer holds what was written: the chip was reset, by a brown-out for example.
  case configurationLost(register: UInt8)
  /// The chip answers, but has had no new sample for too long.
  case noNewData
}

/// When a source wants to be drained next.
package enum NextDrain: BitwiseCopyable, Sendable, Equatable {
  case at(Timestamp)
  /// A trace is over; a sensor never is.
  case ended
}

/// A sensor or a trace.
package protocol SampleSource: ~Copyable {
  /// Takes what is there now, oldest first, without waiting.
  ///
  /// A fault is thrown once, when it is met; the source has then planned its own next try, and `retry` says when.
  mutating func drain(into buffer: inout MeasurementBuffer, at now: Timestamp) throws(SensorFault) -> NextDrain

  /// When to drain again after a fault.
  var retry: Timestamp { get }

  /// After a fault: the sensor has to be started anew. False where the source merely tries the next sample.
  var isLost: Bool { get }
}
