// SPDX-License-Identifier: MIT
import HAL
import PostureCore

/// What one draining of a source may hand over. No batch is larger: what does not fit stays in the chip until the next.
package typealias MeasurementBuffer = RingBuffer<64, Measurement>

/// When a source wants to be drained next.
package enum NextDrain: BitwiseCopyable, Sendable, Equatable {
  case at(Timestamp)
  /// A trace is over; a sensor never is.
  case ended
}

/// How a source of samples is.
package enum SensorState: UInt8, BitwiseCopyable, Sendable, Equatable {
  /// It has not given a sample yet.
  case starting
  case running
  /// It gives samples, but something went wrong a moment ago.
  case degraded
  /// It gives none; it is left alone for a while and then started anew.
  case lost
  /// It is being started anew.
  case recovering

  /// Its last sample says how the wearer is.
  package var isTrusted: Bool { self == .running || self == .degraded }
}

/// What is known of the sensor once it has been found.
package struct SensorDescription: BitwiseCopyable, Sendable, Equatable {
  package var model: SensorModel
  package var address: I2CAddress
  package var mode: SamplingMode
  /// Between two samples, nominal: the chip's own where it sets the pace.
  package var period: Interval
  package var scale: SensorScale
  package var hasGyroscope: Bool

  package init(
    model: SensorModel, address: I2CAddress, mode: SamplingMode, period: Interval, scale: SensorScale,
    hasGyroscope: Bool
  ) {
    self.model = model
    self.address = address
    self.mode = mode
    self.period = period
    self.scale = scale
    self.hasGyroscope = hasGyroscope
  }
}

/// A sensor or a trace.
package protocol SampleSource: ~Copyable {
  /// Takes what is there now, oldest first, without waiting.
  ///
  /// A fault is thrown once, when it is met; the source has then planned its own next try, and `retry` says when. What
  /// the buffer holds was taken before the fault.
  mutating func drain(into buffer: inout MeasurementBuffer, at now: Timestamp) throws(SensorFault) -> NextDrain

  /// When to drain again after a fault.
  var retry: Timestamp { get }

  var state: SensorState { get }

  /// Nil until a sensor has been found, and for a trace.
  var description: SensorDescription? { get }
}
