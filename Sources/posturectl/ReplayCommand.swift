// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureCore
import PostureFormats

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Run a recording through the daemon's own pipeline, at full speed.",
    discussion: """
      TRACE is one of our traces, or several that the daemon recorded one after another (recording.directory), in their \
      order, or a CSV file with the columns timestamp_us,ax,ay,az,gx,gy,gz in m/s^2 and rad/s; - is \
      standard input. Without --estimates and --events the events go to standard output. Of a trace that ends within a line, \
      as one whose recording was killed does, all whole lines are replayed, and the cut one is named.
      """)

  @Argument(help: ArgumentHelp("The recording; - for standard input.", valueName: "trace"))
  var traces: [String]

  @OptionGroup var settings: ReplaySettings

  @Option(help: ArgumentHelp("Write up and tilt for each row, as CSV; - for standard output.", valueName: "file"))
  var estimates: String?

  @Option(
    help: ArgumentHelp(
      "Estimate, with --estimates, the tilt of so many seconds earlier, smoothed: 0.1 to 5, best 3.",
      valueName: "seconds"))
  var lag: Double?

  @Option(help: ArgumentHelp("Write one event a line; - for standard output.", valueName: "file"))
  var events: String?

  @Flag(help: "Write events, and the summary, as JSON.")
  var json = false

  @Flag(help: "End the events with a checksum over every bit of the estimates, for golden files.")
  var checksum = false

  @Option(
    help: ArgumentHelp(
      "Compare the events with those of a golden file, and end with 1 where they differ.", valueName: "file"))
  var check: String?

  @OptionGroup var part: ReplayWindow
  @OptionGroup var timing: ReplaySpeed

  /// Bytes read at once; where it takes its time, a few rows.
  private var chunk: Int { timing.speed == nil ? 256 << 10 : 256 }

  /// The first of them.
  private var trace: String { traces[0] }

  func validate() throws {
    guard traces.count == 1 || !traces.contains("-") else {
      throw ValidationError("Standard input has no place beside other pieces of a recording.")
    }
    guard estimates != "-" || events != "-" else {
      throw ValidationError("--estimates and --events cannot both go to standard output.")
    }
    guard check == nil || (events == nil && !json) else {
      throw ValidationError("--check compares the events; --events and --json have no place beside it.")
    }
    guard let lag else { return }
    guard estimates != nil else { throw ValidationError("--lag needs --estimates.") }
    guard lag >= 0.1, lag <= FixedLag.longest.seconds else {
      throw ValidationError("--lag takes 0.1 to 5 seconds.")
    }
  }

  func run() throws {
    try reporting {
      var replay = Replay(source: trace == "-" ? "standard input" : trace, try options())
      // Opened first, so that a wrong name costs no file that stands already.
      var input = try openInput(trace)
      let golden = try check.map { try GoldenFile($0) }
      var sinks = try Sinks(
        estimates: estimates, events: events ?? (estimates == nil && golden == nil ? "-" : nil),
        keepsEvents: golden != nil)
      do {
        try readAll(&input, trace, into: &replay, writing: &sinks)
        for piece in traces.dropFirst() where !replay.isOver {
          input = try openInput(piece)
          try replay.follow(piece)
          try notice(replay.cut, isStrict: golden != nil)
          try readAll(&input, piece, into: &replay, writing: &sinks)
        }
        if replay.isOver { try replay.checkReference() } else { try replay.finish() }
      } catch {
        // What came before the error is whole and is not thrown away.
        try sinks.take(from: &replay)
        try sinks.close()
        throw error
      }
      if checksum || golden?.hasChecksum == true { replay.events.append(contentsOf: replay.summary.checksumLine.utf8) }
      try sinks.take(from: &replay)
      try sinks.close()
      try notice(replay.cut, isStrict: golden != nil)
      try golden?.check(sinks.kept, of: trace)
      report(replay.summary)
    }
  }

  private func options() throws -> Replay.Options {
    var options = try settings.options()
    options.wantsEstimates = estimates != nil
    options.lag = lag.map { .seconds($0) }
    options.eventFormat = json ? .json : .text
    options.wantsChecksum = checksum || check != nil
    options.window = part.window
    options.timed = try part.timed()
    options.pace = timing.pace
    return options
  }

  /// - Parameter isStrict: a golden file is about the whole of a recording.
  private func notice(_ cut: CutLine?, isStrict: Bool) throws {
    guard let cut else { return }
    guard !isStrict else { throw cut.error }
    StandardError.write("posturectl: \(cut.notice)\n")
  }

  private func openInput(_ trace: String) throws -> FileReader {
    guard trace == "-" || (trace != estimates && trace != events) else {
      throw ProgramError(.usage, "--estimates and --events: found the recording itself, expected another file")
    }
    do { return try FileReader(path: trace) } catch { throw ProgramError(.noInput, error.message) }
  }

  private func readAll(
    _ input: inout FileReader, _ trace: String, into replay: inout Replay, writing sinks: inout Sinks
  ) throws {
    var chunk = [UInt8](repeating: 0, count: self.chunk)
    var progress = Progress(of: trace)
    defer { progress.end() }
    while !replay.isOver {
      var space = chunk.mutableSpan
      let count = try input.read(into: &space)
      guard count > 0 else { break }
      try replay.read(chunk.span.extracting(0..<count))
      try sinks.take(from: &replay)
      if timing.speed != nil { try sinks.flush() }
      progress.advance(by: count)
    }
  }

  /// On standard error: standard output may be the events.
  private func report(_ summary: ReplaySummary) {
    guard !json else { return StandardError.write(JSONLine.encode(SummaryMessage(summary)) + "\n") }
    let seconds = Decimal.text(summary.duration, places: 1)
    StandardError.write(
      counted(summary.samples, "sample") + ", \(seconds) s: " + counted(summary.deviations, "deviation") + ", "
        + counted(summary.reminders, "reminder") + "\n")
  }
}

/// Where a replay's texts go.
private struct Sinks: ~Copyable {
  private var estimates: FileWriter?
  private var events: FileWriter?
  /// In place of a file.
  private let keepsEvents: Bool
  private(set) var kept: [UInt8] = []

  init(estimates: String?, events: String?, keepsEvents: Bool) throws {
    self.keepsEvents = keepsEvents
    do {
      self.estimates = try estimates.map { path throws(SystemError) in try FileWriter(path: path) }
      self.events = try events.map { path throws(SystemError) in try FileWriter(path: path) }
    } catch {
      throw ProgramError(.cannotCreate, error.message)
    }
  }

  /// Writes what has gathered, and empties it.
  mutating func take(from replay: inout Replay) throws {
    // Emptied before the next can fail, so that nothing is written twice.
    defer { replay.estimates.removeAll(keepingCapacity: true) }
    try estimates?.write(replay.estimates.span)
    replay.estimates.removeAll(keepingCapacity: true)
    defer { replay.events.removeAll(keepingCapacity: true) }
    try events?.write(replay.events.span)
    if keepsEvents { kept += replay.events }
  }

  /// For whoever looks on.
  mutating func flush() throws {
    try estimates?.flush()
    try events?.flush()
  }

  mutating func close() throws {
    try estimates.take()?.close()
    try events.take()?.close()
  }
}
