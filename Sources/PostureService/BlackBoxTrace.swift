// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// A trace of what a black box held, made part by part as somebody takes it: a minute of the fastest sensor is too
/// much text to make between two samples.
struct BlackBoxTrace: Sendable {
  /// Rows in a part of the text.
  static let rowsInPart = 256

  let samples: Int
  private var header: TraceHeader?
  private var rows: ArraySlice<BlackBox.Row> = []
  private var commands: ArraySlice<(time: Int64, command: Command)> = []
  private var marks: ArraySlice<TraceMark> = []
  private var changes: ArraySlice<(time: Int64, settings: [TraceSetting])> = []
  private var writer = TraceWriter()
  private var isFirst = true
  /// After the row before.
  private var exposure: Float = 0

  init() { samples = 0 }

  /// - Parameters:
  ///   - commands: each goes with the first row that is not before it and has none yet.
  ///   - marks: each after the last row that is not after it.
  ///   - changes: of the settings, each with a row of its time.
  init(
    header: TraceHeader, rows: ArraySlice<BlackBox.Row>, commands: [(time: Int64, command: Command)],
    marks: [TraceMark], changes: [(time: Int64, settings: [TraceSetting])]
  ) {
    self.header = header
    self.rows = rows
    self.commands = commands[...]
    self.marks = marks[...]
    self.changes = changes[...]
    samples = rows.count
  }

  /// Of the first row that is still to come, and of the last, in microseconds.
  var times: (first: Int64?, last: Int64) {
    (rows.first?.raw.time.microseconds, rows.last?.raw.time.microseconds ?? 0)
  }

  /// For whoever goes on after the last row: the writer, the commands that found no row, and the exposure by then.
  var rest: (writer: TraceWriter, commands: [(time: Int64, command: Command)], exposure: Float) {
    (writer, Array(commands), exposure)
  }

  /// Its last row is that with which another trace ends; before the header has been taken.
  mutating func follow(_ name: String) {
    guard let first = times.first else { return }
    let joint = TraceJoint(name: name, after: times.last - first)
    header?.continues = joint
  }

  /// What is to be written next, the header first; nil at the end.
  mutating func next() -> [UInt8]? {
    if let header = header.take() { return writer.header(header) }
    guard !rows.isEmpty else { return nil }
    var part: [UInt8] = []
    for row in rows.prefix(Self.rowsInPart) { append(row, to: &part) }
    rows = rows.dropFirst(Self.rowsInPart)
    if rows.isEmpty { appendMarks(before: .max, to: &part) }
    return part
  }

  private mutating func append(_ row: BlackBox.Row, to part: inout [UInt8]) {
    let time = row.raw.time.microseconds
    appendMarks(before: time, to: &part)
    var measurement = Measurement(missing: isFirst ? 0 : row.missing, raw: row.raw, sample: Self.anySample)
    if let change = changes.first, change.time <= time {
      writer.append(change.settings, at: row.raw.time, to: &part)
      changes.removeFirst()
    }
    // One a row, in their order: what came with the same row has to wait for the next.
    if let next = commands.first, next.time <= time {
      measurement.command = next.command.told(at: time, after: next.time, exposure)
      commands.removeFirst()
    }
    (exposure, isFirst) = (row.exposure, false)
    writer.append(measurement, to: &part)
  }

  private mutating func appendMarks(before time: Int64, to part: inout [UInt8]) {
    while let mark = marks.first, mark.time.microseconds < time {
      writer.append(mark, to: &part)
      marks.removeFirst()
    }
  }

  /// Only the integers are written.
  private static let anySample = SensorScale(acceleration: 1, angularVelocity: 1).sample(from: .zero)
}
