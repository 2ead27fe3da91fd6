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
      order and without a restart in between, or a CSV file with the columns timestamp_us,ax,ay,az,gx,gy,gz in m/s^2 and rad/s; - is \
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
      let options = try options()
      for output in [estimates, events] {
        try OutputCheck.allow(output, "--estimates and --events", reading: traces)
      }
      // Opened first, so that a wrong name costs no file that stands already.
      var run = try ReplayRun.open(traces, options)
      let golden = try check.map { try GoldenFile($0) }
      var sinks = try Sinks(
        estimates: estimates, events: events ?? (estimates == nil && golden == nil ? "-" : nil),
        keepsEvents: golden != nil)
      var teller = ReplayTeller(options)
      do {
        try run.tell(&teller) { teller, cut throws in
          try notice(cut, isStrict: golden != nil)
          try sinks.take(from: &teller)
          if timing.speed != nil { try sinks.flush() }
        }
      } catch {
        // What came before the error is whole and is not thrown away.
        try sinks.take(from: &teller)
        try sinks.close()
        throw error
      }
      if checksum || golden?.hasChecksum == true { teller.events.append(contentsOf: teller.summary.checksumLine.utf8) }
      try sinks.take(from: &teller)
      try sinks.close()
      try golden?.check(sinks.kept, of: trace)
      report(teller.summary)
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
  mutating func take(from replay: inout ReplayTeller) throws {
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
