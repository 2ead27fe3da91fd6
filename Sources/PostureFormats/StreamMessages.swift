// SPDX-License-Identifier: MIT
// Members are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PostureCore

// The messages of the streams of events and samples.

/// An event as the socket tells it: with its number, which files do not have.
package struct EventMessage: Message, Equatable {
  package static let messageClass = EventRecord.messageClass
  package var record: EventRecord
  /// From 1, since the daemon's start.
  package var event_number: UInt64

  private enum Name: CodingKey { case event_number }

  package init(_ record: EventRecord, number: UInt64) {
    self.record = record
    event_number = number
  }

  package init(from decoder: any Decoder) throws {
    record = try EventRecord(from: decoder)
    event_number = try decoder.container(keyedBy: Name.self).decode(UInt64.self, forKey: .event_number)
  }

  package func encode(to encoder: any Encoder) throws {
    try record.encode(to: encoder)
    var members = encoder.container(keyedBy: Name.self)
    try members.encode(event_number, forKey: .event_number)
  }
}

/// Ends the answer to `events`; where the client follows, what comes later is new.
package struct EventsMessage: Message, Equatable {
  package static let messageClass = "events"
  /// Another one after every start of the daemon, with which the numbers begin again.
  package var run: String
  /// The number of the last event there was; 0 before the first.
  package var newest: UInt64
  /// Events that were asked for and are not remembered any more.
  package var forgotten: UInt64

  package init(run: String, newest: UInt64, forgotten: UInt64) {
    self.run = run
    self.newest = newest
    self.forgotten = forgotten
  }
}

/// Answers `samples`; `sample-batch` messages follow.
package struct SamplesMessage: Message, Equatable {
  package static let messageClass = "samples"
  package var sensor: String?
  /// Nominal.
  package var rate_hz: Double?
  /// What the integers mean, where there are some.
  package var lsb_per_g: Double?
  package var lsb_per_dps: Double?

  package init(sensor: String?, rate_hz: Double?) {
    self.sensor = sensor
    self.rate_hz = rate_hz
  }
}

/// Samples in the order of their times: the lists are equally long.
package struct SampleBatchMessage: Message, Equatable {
  package static let messageClass = "sample-batch"
  package var time_us: [Int64] = []
  /// Sensor frame, with the accelerometer's calibration where one is in force.
  package var acceleration_m_s2: [[Double]] = []
  package var angular_velocity_rad_s: [[Double]] = []
  /// The chip's integers ax, ay, az, gx, gy, gz, where the source has them.
  package var raw: [[Int16]]?
  /// Samples that the sensor should have given before one of these, and did not.
  package var missing: UInt64 = 0
  /// Messages of the sampling thread, samples most of all, that found no room since the batch before.
  package var lost: UInt64 = 0

  package init() {}
}

/// Answers `record`; `trace-part` messages follow, and `recorded` after the last of them.
package struct RecordMessage: Message, Equatable {
  package static let messageClass = "record"
  package var sensor: String?
  /// Nominal.
  package var rate_hz: Double?

  package init(sensor: String?, rate_hz: Double?) {
    self.sensor = sensor
    self.rate_hz = rate_hz
  }
}

/// Ends what `record` began.
package struct RecordedMessage: Message, Equatable {
  /// What ended it.
  package enum Ending: String, CaseIterable, Codable, Sendable {
    /// The time that was asked for.
    case time
    /// `stop`.
    case request
    /// Another sensor was found.
    case sensor
    /// The source is over.
    case source
    /// The daemon ends.
    case daemon
  }

  package static let messageClass = "recorded"
  /// Rows of the trace.
  package var samples: UInt64
  /// From its first row to its last.
  package var duration_s: Double
  /// Samples that are marked as missing since it began.
  package var lost: UInt64
  package var ended_by: Ending

  package init(samples: UInt64, seconds: Double, lost: UInt64, _ ending: Ending) {
    self.samples = samples
    duration_s = seconds.rounded(places: 6)
    self.lost = lost
    ended_by = ending
  }
}

/// Answers `metrics`.
package struct MetricsMessage: Message, Equatable {
  package static let messageClass = "metrics"
  /// OpenMetrics 1.0.
  package var text: String

  package init(text: String) { self.text = text }
}
