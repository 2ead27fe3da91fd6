// SPDX-License-Identifier: MIT
import Drivers
import PostureCore
import PostureFormats

/// The samples of the last minute, always in memory, so that what has just happened can become a trace.
///
/// Beside the chip's integers it keeps commands and losses, and each second under what was judged then: a trace that
/// begins in the middle of a day says so with commands of its own, and a replay decides as the daemon did.
struct BlackBox: Sendable {
  /// Microseconds.
  static let length: Int64 = 60_000_000
  /// Of the fastest sensor.
  private static let mostSamples = 60 * 1000
  private static let checkpointPeriod: Int64 = 1_000_000
  /// Rows in a part of the text.
  static let rowsInPart = 256

  private struct Row: BitwiseCopyable, Sendable {
    var raw: RawSample
    var missing: UInt32
  }

  private struct Checkpoint: Sendable {
    var time: Int64
    var circumstances: Circumstances
    var references: [ReferenceName: KeptReference]
    var accelerometer: AccelerometerCalibration
    /// Of the sample before.
    var exposure: Double
  }

  /// The newest at the end of the second, after all of the first.
  private var rows: [Row] = []
  private var first = 0
  private var commands: [(time: Int64, command: Command)] = []
  private var checkpoints: [Checkpoint] = []
  private var references: [ReferenceName: KeptReference] = [:]
  private var exposure = 0.0

  mutating func take(_ frame: Frame) {
    guard let raw = frame.measurement.raw else { return }
    let time = raw.time.microseconds
    if case .setReference(let name, let kept)? = frame.measurement.command { references[name] = kept }
    if let last = rows.last?.raw.time.microseconds, time <= last { forget() }
    if time - (checkpoints.last?.time ?? .min / 2) >= Self.checkpointPeriod {
      checkpoints.append(
        Checkpoint(
          time: time, circumstances: frame.circumstances, references: references, accelerometer: frame.accelerometer,
          exposure: exposure))
    }
    rows.append(Row(raw: raw, missing: frame.measurement.missing))
    if let command = frame.measurement.command { commands.append((time, command)) }
    if let taken = frame.reference { references[taken.name] = taken.reference }
    exposure = frame.output.exposure
    drop(before: time - Self.length)
  }

  /// Another sensor, or another clock.
  mutating func forget() {
    let references = references
    self = BlackBox()
    self.references = references
  }

  private mutating func drop(before time: Int64) {
    while first < rows.count, rows[first].raw.time.microseconds < time || rows.count - first > Self.mostSamples {
      first += 1
    }
    // Seldom, and then many at once.
    if first > rows.count / 2 {
      rows.removeFirst(first)
      first = 0
    }
    while checkpoints.count > 1, checkpoints[1].time <= time { checkpoints.removeFirst() }
    while let command = commands.first, command.time < time { commands.removeFirst() }
  }

  /// The trace of the last so many seconds, in parts that are to be written one after another; empty where nothing is
  /// kept.
  func trace(lastSeconds: Double, header: TraceHeader) -> (parts: [[UInt8]], samples: Int) {
    guard let last = rows.last else { return ([], 0) }
    let wanted = last.raw.time.microseconds - Int64(lastSeconds * 1e6)
    // What was judged by is known where a checkpoint is.
    guard let start = checkpoints.last(where: { $0.time <= wanted }) ?? checkpoints.first else { return ([], 0) }
    let chosen = rows[first...].drop { $0.raw.time.microseconds < start.time }
    var header = header
    header.accelerometer = start.accelerometer
    var writer = TraceWriter()
    var parts = [writer.header(header)]
    var opening = Self.opening(start)
    var later = commands.filter { $0.time >= start.time }
    var part: [UInt8] = []
    for (index, row) in chosen.enumerated() {
      var measurement = Measurement(missing: index == 0 ? 0 : row.missing, raw: row.raw, sample: Self.anySample)
      if let own = later.first, own.time == row.raw.time.microseconds {
        measurement.command = own.command
        later.removeFirst()
      } else if !opening.isEmpty {
        measurement.command = opening.removeFirst()
      }
      writer.append(measurement, to: &part)
      if (index + 1) % Self.rowsInPart == 0 {
        parts.append(part)
        part = []
      }
    }
    if !part.isEmpty { parts.append(part) }
    return (parts, chosen.count)
  }

  /// Only the integers are written.
  private static let anySample = SensorScale(acceleration: 1, angularVelocity: 1).sample(from: .zero)

  /// What makes of a new pipeline one that was in the middle of it.
  private static func opening(_ start: Checkpoint) -> [Command] {
    var commands: [Command] = ReferenceName.allCases.compactMap { name in
      start.references[name].map { .setReference(name, $0) }
    }
    let now = start.circumstances
    if start.references[now.reference] != nil { commands.append(.useReference(now.reference)) }
    if !now.isDoubted && !start.references.isEmpty { commands.append(.keepReference) }
    if now.mode != CueGate.Parameters().mode { commands.append(.setMode(now.mode)) }
    if now.isQuiet { commands.append(.setQuiet(true)) }
    if let silence = now.silence {
      let left = now.silenceEnd.microseconds - start.time
      if left > 0 { commands.append(.silence(silence, for: Interval(microseconds: left))) }
    }
    if start.exposure > 0 { commands.append(.assumeExposure(Int32((start.exposure * 1e6).rounded()))) }
    return commands
  }
}
