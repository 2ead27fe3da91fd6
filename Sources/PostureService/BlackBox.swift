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
  private static let hour: Int64 = 3_600_000_000
  /// More than a second longer than that of the fastest sensor, at 833 Hz.
  static let mostSamples = 66_000
  /// A mark a second; more are none of a person's.
  static let mostMarks = 60
  private static let checkpointPeriod: Int64 = 1_000_000

  struct Row: BitwiseCopyable, Sendable {
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
    var judgement: UInt32
    /// How many of the cues had been given.
    var cues: Int
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
  /// Of the judgement, by its numbers; the first one is that of the first row.
  private var judgements: [(time: Int64, number: UInt32)] = []
  private var marks: [TraceMark] = []
  private var checkpoints: [Checkpoint] = []
  private var references: [ReferenceName: KeptReference] = [:]
  private var deviation: Deviation?
  /// Times of the cues that count among those of an hour, oldest first; those before are counted in `forgottenCues`.
  private var cues: [Int64] = []
  private var forgottenCues = 0

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
          deviation: deviation, judgement: frame.judgement, cues: forgottenCues + cues.count))
    }
    rows.append(Row(raw: raw, missing: frame.measurement.missing, exposure: Float(frame.output.exposure)))
    if let command = frame.measurement.command { commands.append((time, command)) }
    if frame.judgement != judgements.last?.number { judgements.append((time, frame.judgement)) }
    drop(before: time - Self.length)
  }

  /// What the wearer says of the last sample and those before it; false where too much has been said already.
  mutating func take(_ mark: TraceMark) -> Bool {
    guard marks.count < Self.mostMarks else { return false }
    if !rows.isEmpty { marks.append(mark) }
    return true
  }

  private mutating func follow(_ output: PosturePipeline.Output) {
    let time = output.time.microseconds
    for index in 0..<output.eventCount {
      switch output.event(index).kind {
      case .deviated(_, let suppressed):
        deviation = Deviation(lastCue: time, reminders: 0)
        if suppressed == nil { cues.append(time) }
      case .reminded(_, let number):
        deviation = Deviation(lastCue: time, reminders: number)
        cues.append(time)
      default: break
      }
    }
    if output.posture != .deviated { deviation = nil }
    // No more count, and the trace of a minute ago asks for those of the hour before it.
    while let first = cues.first, cues.count > 2 * CueGate.largestPerHour || time - first > Self.hour + Self.length {
      cues.removeFirst()
      forgottenCues += 1
    }
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
      marks.removeAll { $0.time.microseconds < checkpoints[0].time }
      commands.removeAll { $0.time < checkpoints[0].time }
      while judgements.count > 1, judgements[1].time <= checkpoints[0].time { judgements.removeFirst() }
    }
    // Seldom, and then many at once.
    if first > rows.count / 2 {
      rows.removeFirst(first)
      first = 0
    }
  }

  /// The trace of the last so many seconds; empty where nothing is kept.
  ///
  /// It begins a little before them: by then the replay believes its estimate of up, and only then it is told what had
  /// been counted.
  ///
  /// - Parameter settings: what a judgement of a number is, as a trace says it.
  func trace(
    lastSeconds: Double, header: TraceHeader, settings: (UInt32) -> [TraceSetting] = { _ in [] }
  ) -> BlackBoxTrace {
    guard let last = rows.last, let first = checkpoints.first else { return BlackBoxTrace() }
    let wanted = last.raw.time.microseconds - Int64(lastSeconds * 1e6)
    let middle = checkpoints.last { $0.time <= wanted } ?? first
    // A calibration is whole only from its start.
    let start = checkpoints.last { $0.time <= wanted - Self.settling && !$0.circumstances.isCalibrating } ?? first
    var header = header
    header.accelerometer = start.accelerometer
    header.settings = settings(start.judgement)
    let numbers = [start.judgement] + judgements.filter { $0.time > start.time }.map(\.number)
    let changes = zip(numbers, numbers.dropFirst()).map { settings($0).changes(to: settings($1)) }
    var queue = Self.opening(start, mode: header.mode).map { (time: start.time, command: $0) }
    queue += given(before: start).map { (start.time, $0) }
    let later = commands.drop { $0.time < start.time }
    queue += later.prefix { $0.time < middle.time }
    queue += given(before: middle, after: start).map { (middle.time, $0) }
    queue += Self.counted(middle).map { (middle.time, $0) }
    queue += later.drop { $0.time < middle.time }
    return BlackBoxTrace(
      header: header, rows: rows[self.first...].drop { $0.raw.time.microseconds < start.time }, commands: queue,
      marks: marks.filter { $0.time.microseconds >= start.time },
      changes: Array(zip(judgements.filter { $0.time > start.time }.map(\.time), changes)))
  }

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
    if now.isInSession { commands.append(.setSession(true)) }
    if let silence = now.silence {
      let left = now.silenceEnd.microseconds - start.time
      commands.append(.silence(silence, for: Interval(microseconds: max(0, left))))
    }
    return commands
  }

  /// The cues of the hour before a checkpoint that were not given by an earlier one.
  private func given(before later: Checkpoint, after earlier: Checkpoint? = nil) -> [Command] {
    cues.prefix(max(0, later.cues - forgottenCues)).dropFirst(max(0, (earlier?.cues ?? 0) - forgottenCues))
      .filter { later.time - $0 < Self.hour }.suffix(CueGate.largestPerHour)
      .map { .assumeCue(since: Interval(microseconds: later.time - $0)) }
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
