// SPDX-License-Identifier: MIT
import Drivers
import PostureCore
import PostureFormats

/// The samples of the last minute, always in memory, so that what has just happened can become a trace.
///
/// Beside the chip's integers it keeps commands and losses, and each second under what was judged then: a trace that
/// begins in the middle of a day says so with commands of its own, and a replay decides as the daemon did.
struct BlackBox: Sendable {
  /// Microseconds, with what a replay needs to believe its estimate of up.
  static let length: Int64 = 60_000_000 + settling
  /// Microseconds: from ten degrees of uncertainty to less than the five with which cues are given, and a little.
  static let settling: Int64 = 5_000_000
  /// More than a second longer than that of the fastest sensor, at 833 Hz.
  static let mostSamples = 66_000
  private static let checkpointPeriod: Int64 = 1_000_000
  /// Rows in a part of the text.
  static let rowsInPart = 256

  private struct Row: BitwiseCopyable, Sendable {
    var raw: RawSample
    var missing: UInt32
    /// After it.
    var exposure: Float
  }

  private struct Checkpoint: Sendable {
    var time: Int64
    var circumstances: Circumstances
    var references: [ReferenceName: KeptReference]
    var accelerometer: AccelerometerCalibration
    var deviation: Deviation?
  }

  /// One that the wearer has been told of.
  private struct Deviation: Sendable {
    var lastCue: Int64
    var reminders: UInt8
  }

  /// The newest at the end of the second, after all of the first.
  private var rows: [Row] = []
  private var first = 0
  private var commands: [(time: Int64, command: Command)] = []
  private var checkpoints: [Checkpoint] = []
  private var references: [ReferenceName: KeptReference] = [:]
  private var deviation: Deviation?

  /// Samples that are kept.
  var count: Int { rows.count - first }

  mutating func take(_ frame: Frame) {
    guard let raw = frame.measurement.raw else { return }
    let time = raw.time.microseconds
    if let last = rows.last?.raw.time.microseconds, time <= last { forget() }
    if case .setReference(let name, let kept)? = frame.measurement.command { references[name] = kept }
    if let taken = frame.reference { references[taken.name] = taken.reference }
    follow(frame.output)
    if time - (checkpoints.last?.time ?? .min / 2) >= Self.checkpointPeriod {
      checkpoints.append(
        Checkpoint(
          time: time, circumstances: frame.circumstances, references: references, accelerometer: frame.accelerometer,
          deviation: deviation))
    }
    rows.append(Row(raw: raw, missing: frame.measurement.missing, exposure: Float(frame.output.exposure)))
    if let command = frame.measurement.command { commands.append((time, command)) }
    drop(before: time - Self.length)
  }

  private mutating func follow(_ output: PosturePipeline.Output) {
    for index in 0..<output.eventCount {
      switch output.event(index).kind {
      case .deviated: deviation = Deviation(lastCue: output.time.microseconds, reminders: 0)
      case .reminded(_, let number): deviation = Deviation(lastCue: output.time.microseconds, reminders: number)
      default: break
      }
    }
    if output.posture != .deviated { deviation = nil }
  }

  /// Another sensor, or another clock.
  mutating func forget() {
    let references = references
    self = BlackBox()
    self.references = references
  }

  /// By whole seconds: what is kept begins where it is known what was judged by.
  private mutating func drop(before time: Int64) {
    while checkpoints.count > 1, checkpoints[1].time <= time || count > Self.mostSamples {
      checkpoints.removeFirst()
      while rows[first].raw.time.microseconds < checkpoints[0].time { first += 1 }
      commands.removeAll { $0.time < checkpoints[0].time }
    }
    // Seldom, and then many at once.
    if first > rows.count / 2 {
      rows.removeFirst(first)
      first = 0
    }
  }

  /// The trace of the last so many seconds, in parts that are to be written one after another; empty where nothing is
  /// kept.
  ///
  /// It begins a little before them: by then the replay believes its estimate of up, and only then it is told what had
  /// been counted.
  func trace(lastSeconds: Double, header: TraceHeader) -> (parts: [[UInt8]], samples: Int) {
    guard let last = rows.last, let first = checkpoints.first else { return ([], 0) }
    let wanted = last.raw.time.microseconds - Int64(lastSeconds * 1e6)
    let middle = checkpoints.last { $0.time <= wanted } ?? first
    // A calibration is whole only from its start.
    let start = checkpoints.last { $0.time <= wanted - Self.settling && !$0.circumstances.isCalibrating } ?? first
    let chosen = rows[self.first...].drop { $0.raw.time.microseconds < start.time }
    var header = header
    header.accelerometer = start.accelerometer
    var writer = TraceWriter()
    var parts = [writer.header(header)]
    var queue = Self.opening(start, mode: header.mode).map { (time: start.time, command: $0) }
    let later = commands.drop { $0.time < start.time }
    queue += later.prefix { $0.time < middle.time }
    queue += Self.counted(middle).map { (middle.time, $0) }
    queue += later.drop { $0.time < middle.time }
    var waiting = queue[...]
    var exposure: Float = 0
    var part: [UInt8] = []
    for (index, row) in chosen.enumerated() {
      let time = row.raw.time.microseconds
      var measurement = Measurement(missing: index == 0 ? 0 : row.missing, raw: row.raw, sample: Self.anySample)
      // One a row, in their order: what came with the same row has to wait for the next.
      if let next = waiting.first, next.time <= time {
        measurement.command = next.command.told(at: time, after: next.time, exposure)
        waiting.removeFirst()
      }
      exposure = row.exposure
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

  /// What makes of a new pipeline one that knows what was known.
  ///
  /// - Parameter mode: with which a replay begins by itself.
  private static func opening(_ start: Checkpoint, mode: Mode) -> [Command] {
    // The header says it with the first row, which has no room for another then.
    var commands: [Command] =
      start.accelerometer == .identity ? [] : [.calibrateAccelerometer(start.accelerometer)]
    commands += ReferenceName.allCases.compactMap { name in
      start.references[name].map { .setReference(name, $0) }
    }
    let now = start.circumstances
    if start.references[now.reference] != nil { commands.append(.useReference(now.reference)) }
    if !now.isDoubted && !start.references.isEmpty { commands.append(.keepReference) }
    if now.mode != mode { commands.append(.setMode(now.mode)) }
    if now.isQuiet { commands.append(.setQuiet(true)) }
    if let silence = now.silence {
      let left = now.silenceEnd.microseconds - start.time
      commands.append(.silence(silence, for: Interval(microseconds: max(0, left))))
    }
    return commands
  }

  /// What makes it one that was in the middle of it.
  private static func counted(_ middle: Checkpoint) -> [Command] {
    guard middle.references[middle.circumstances.reference] != nil else { return [] }
    // Before the exposure, which would bring its cue once more.
    let deviation = middle.deviation.map { deviation in
      Command.assumeDeviation(
        sinceCue: Interval(microseconds: middle.time - deviation.lastCue), reminders: deviation.reminders)
    }
    return [deviation, .assumeExposure(0)].compactMap { $0 }
  }
}

extension TraceHeader {
  /// By its settings.
  fileprivate var mode: Mode {
    let setting = settings.last { $0.key == "cues.mode" }
    return setting.flatMap { Mode(name: $0.value) } ?? CueGate.Parameters().mode
  }
}

extension Command {
  /// This one, meant for another time, where the sample before had that exposure.
  fileprivate func told(at time: Int64, after meant: Int64, _ exposure: Float) -> Command {
    let late = Interval(microseconds: time - meant)
    return switch self {
    case .silence(let silence, for: let length): .silence(silence, for: max(.zero, length - late))
    case .assumeDeviation(let sinceCue, let reminders):
      .assumeDeviation(sinceCue: sinceCue + late, reminders: reminders)
    case .assumeExposure: .assumeExposure(Int32((exposure * 1e6).rounded()))
    default: self
    }
  }
}
