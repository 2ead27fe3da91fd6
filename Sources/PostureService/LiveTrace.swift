// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// The text of a trace that grows with the samples: rows, and between them commands, losses, faults and what other
/// settings they are judged by.
///
/// It begins with the first sample of all, or in the middle of a day with what a black box held: see `BlackBox`.
struct LiveTrace: Sendable {
  private var writer = TraceWriter()
  /// As a replay of what has been written has them; nil while they are what the header says by itself.
  private var settings: [TraceSetting]?
  /// Of the sampling thread's count.
  private var lostBefore: UInt64 = 0
  /// Samples that were given up since the last row, and when the last of them was.
  private var givenUp: (count: UInt64, last: Timestamp) = (0, Timestamp(microseconds: 0))
  /// Those that have not found a row yet: each has one of its own.
  private var waiting: [(time: Int64, command: Command)] = []
  /// After the row before.
  private var exposure: Float = 0
  private(set) var hasHeader = false
  private var first: Int64?
  private var last: Int64 = 0
  /// Rows in it.
  private(set) var samples: UInt64 = 0
  /// Samples that are missing between them.
  private(set) var lost: UInt64 = 0

  /// Begins with the sample that comes next.
  init() {}

  /// Goes on where the opening ends, with the sample after its last one.
  ///
  /// - Parameters:
  ///   - settings: by which the last one is judged.
  ///   - lostSoFar: publications dropped until then.
  init(
    after opening: consuming BlackBoxTrace, judgedBy settings: [TraceSetting], lostSoFar: UInt64, to text: inout [UInt8]
  ) {
    samples = UInt64(opening.samples)
    (first, last) = opening.times
    while let part = opening.next() { text += part }
    (writer, waiting, exposure) = opening.rest
    self.settings = settings
    lostBefore = lostSoFar
    hasHeader = true
  }

  /// Every command has found its row: from here on the rows have their own.
  var isSettled: Bool { waiting.isEmpty }

  var seconds: Double { first.map { Double(last - $0) * 1e-6 } ?? 0 }

  /// - Parameter accelerometer: what is taken off the first sample.
  mutating func begin(
    _ header: TraceHeader, correctedBy accelerometer: AccelerometerCalibration, to text: inout [UInt8]
  ) {
    var header = header
    header.accelerometer = accelerometer
    header.settings = settings ?? header.settings
    settings = header.settings
    text += writer.header(header)
    hasHeader = true
  }

  /// - Parameters:
  ///   - exposure: after the sample.
  ///   - lostSoFar: publications dropped since the start, by the sampling thread's count.
  ///   - reason: why samples are missing before this one.
  mutating func append(
    _ measurement: Measurement, exposure: Double, lostSoFar: UInt64, reason: String, to text: inout [UInt8]
  ) {
    guard let raw = measurement.raw else { return }
    var measurement = measurement
    let time = raw.time.microseconds
    if !waiting.isEmpty {
      if let command = measurement.command { waiting.append((time, command)) }
      let next = waiting.removeFirst()
      measurement.command = next.command.told(at: time, after: next.time, self.exposure)
    }
    let dropped = lostSoFar - lostBefore + givenUp.count
    writer.append(measurement, lost: dropped, reason: reason, to: &text)
    lost += dropped + UInt64(measurement.missing)
    samples += 1
    (lostBefore, givenUp.count, self.exposure) = (lostSoFar, 0, Float(exposure))
    (first, last) = (first ?? time, time)
  }

  /// Leaves a sample out: the next one, or the end, says that it is missing; its command goes with the next one.
  mutating func giveUp(_ measurement: Measurement, exposure: Double, lostSoFar: UInt64) {
    guard let raw = measurement.raw else { return }
    givenUp = (givenUp.count + 1 + UInt64(measurement.missing) + lostSoFar - lostBefore, raw.time)
    lostBefore = lostSoFar
    if let command = measurement.command { waiting.append((raw.time.microseconds, command)) }
    self.exposure = Float(exposure)
  }

  /// No sample comes any more: what was given up since the last row is said at the end. Commands among it have no row
  /// that they could be performed at.
  mutating func finish(to text: inout [UInt8]) {
    writer.append(lost: givenUp.count, at: givenUp.last, to: &text)
    lost += givenUp.count
    givenUp.count = 0
  }

  /// The samples that follow are judged by these.
  mutating func judge(by settings: [TraceSetting], at time: Timestamp, to text: inout [UInt8]) {
    if hasHeader, let earlier = self.settings { writer.append(earlier.changes(to: settings), at: time, to: &text) }
    self.settings = settings
  }

  mutating func append(fault name: String, at time: Timestamp, to text: inout [UInt8]) {
    writer.append(fault: name, at: time, to: &text)
  }

  /// Of a moment before the header there is nothing to mark.
  mutating func append(_ mark: TraceMark, to text: inout [UInt8]) {
    if hasHeader { writer.append(mark, to: &text) }
  }
}
