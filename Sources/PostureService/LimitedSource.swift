// SPDX-License-Identifier: MIT
import Drivers
import PostureCore

/// A source that ends a given time after its first draining.
package struct LimitedSource<Source: SampleSource & ~Copyable>: ~Copyable, SampleSource {
  private var source: Source
  /// Nil never ends it.
  private let duration: Interval?
  private var start: Timestamp?

  package init(_ source: consuming Source, duration: Interval?) {
    self.source = source
    self.duration = duration
  }

  package var retry: Timestamp { source.retry }
  package var state: SensorState { source.state }
  package var description: SensorDescription? { source.description }

  package mutating func drain(
    into buffer: inout MeasurementBuffer, at now: Timestamp
  ) throws(SensorFault) -> NextDrain {
    let start = start ?? now
    self.start = start
    if let duration, now - start > duration { return .ended }
    return try source.drain(into: &buffer, at: now)
  }
}
