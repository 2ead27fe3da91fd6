// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore

/// Plays a recorded trace as if it were a sensor: each sample comes when its time has passed on the loop's clock.
///
/// The whole trace is read, and so checked, before it begins; it is held in memory, 100 bytes a sample.
package struct TraceSource: ~Copyable, SampleSource {
  private let measurements: [Measurement]
  private var index = 0
  /// From the trace's time to the clock's.
  private var shift: Interval?

  package init(_ measurements: [Measurement]) {
    precondition(!measurements.isEmpty, "a trace has at least one sample")
    self.measurements = measurements
  }

  package var retry: Timestamp { Timestamp(microseconds: 0) }
  package var state: SensorState { index == 0 ? .starting : .running }
  package var description: SensorDescription? { nil }

  package mutating func drain(
    into buffer: inout MeasurementBuffer, at now: Timestamp
  ) throws(SensorFault) -> NextDrain {
    let shift = shift ?? now - measurements[0].sample.time
    self.shift = shift
    var room = 32
    while index < measurements.count {
      var measurement = measurements[index]
      let time = measurement.sample.time + shift
      guard time <= now, room > 0 else { return .at(time) }
      measurement.sample.time = time
      measurement.raw?.time = time
      buffer.append(measurement)
      index += 1
      room -= 1
    }
    return .ended
  }
}
