// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureCore
import PostureFormats
import PosturePlots
import PostureTuning

struct TuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune", abstract: "Try settings on recordings, and tell which give the right cues.",
    discussion: """
      Every combination of the values of --vary is tried on every trace. day.labels beside day.trace says where cues are \
      wanted ('posturectl labels' makes it); in a trace without labels cues are only counted. A 'deviation' or a \
      'missed-cue' that got a cue is a hit, any other cue false. What is varied overrules --set, and that the trace.
      """)

  @Argument(help: ArgumentHelp("The recordings.", valueName: "trace"))
  var traces: [String]

  @Option(
    help: ArgumentHelp(
      "A setting and its values: detector.hold=2,5,10s or detector.enter=8..25deg/1deg. Can be given again.",
      valueName: "key=values"))
  var vary: [String] = []

  @Option(help: ArgumentHelp("Settings that hold beside, in place of the traces' own.", valueName: "file"))
  var config: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("One such setting, such as detector.trigger=hold.", valueName: "key=value"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("What is to be best: f1, f2, f0.5, precision or recall.", valueName: "measure"))
  var objective = Objective.f1

  @Option(help: ArgumentHelp("How long after its span a cue may still come.", valueName: "time"))
  var tolerance: TimeArgument?

  @Option(help: ArgumentHelp("Try only so many combinations, drawn by --seed.", valueName: "n"))
  var random: Int?

  @Option(help: ArgumentHelp("Draws the same combinations each time.", valueName: "n"))
  var seed: UInt64 = 1

  @Flag(help: "Choose on all traces but one and score on that one, for each: what the choice is worth on others.")
  var leaveOneOut = false

  @Option(help: ArgumentHelp("Show so many of the best.", valueName: "n"))
  var top = 10

  @Option(help: ArgumentHelp("Processors to use; by default all.", valueName: "n"))
  var jobs: Int?

  @Flag(help: "Print every combination as a line of JSON, and a summary.")
  var json = false

  @Flag(help: "Print every combination as CSV.")
  var csv = false

  @Option(
    help: ArgumentHelp("Also write a page: precision against recall, and two settings together.", valueName: "file"))
  var plot: String?

  func validate() throws {
    guard !vary.isEmpty else { throw ValidationError("--vary: found none, expected at least one setting to try.") }
    guard !(json && csv) else { throw ValidationError("--json and --csv: found both, expected one of them.") }
    guard (1...SettingGrid.most).contains(top) else { throw ValidationError("--top takes 1 to \(SettingGrid.most).") }
    if let jobs, !(1...WorkerThreads.most).contains(jobs) {
      throw ValidationError("--jobs takes 1 to \(WorkerThreads.most).")
    }
    for (index, trace) in traces.enumerated() {
      guard let own = FileAttributes.identity(of: trace) else { continue }
      for other in traces[..<index] where FileAttributes.identity(of: other).map({ $0 == own }) == true {
        throw ValidationError("found \(other) and \(trace), which are one file, expected each trace once.")
      }
    }
  }

  func run() throws {
    try reporting {
      try OutputCheck.allow(plot, "--plot", reading: traces)
      let combinations = try combinations()
      let usual = try ReplaySettings.assigned(config: config, settings)
      let traces = try traces.map {
        try TunedTrace($0, tolerance: tolerance?.interval ?? WantedCues.usualTolerance)
      }
      let labelled = traces.indices.filter { traces[$0].wanted != nil }
      guard !leaveOneOut || labelled.count > 1 else {
        throw ProgramError(
          .usage, "--leave-one-out: found \(labelled.count) traces with labels, expected two or more")
      }
      let threads = jobs ?? WorkerThreads.processors
      let plan = try TuningPlan(
        combinations, usual: usual, on: try traces.map { try TraceInput(path: $0.path).opening() }, threads: threads)
      if plan.settings.count == 1, let contradiction = plan.firstContradiction { throw contradiction }
      let runner = TuneRunner(plan: plan, traces: traces, threads: threads)
      let scores = try runner.run(Self.progress(of: plan.jobs.count))
      if Terminal.isTerminal(2) { StandardError.write("\r\u{1B}[K") }
      let tuning = try tuning(plan, scores, beside: usual)
      var report = TuneReport(
        tuning: tuning, traces: traces, labelled: labelled,
        skipped: combinations.count - tuning.ranked.count, top: top,
        trigger: usual.last { $0.key == "detector.trigger" }?.value)
      if let best = tuning.ranked.first, !labelled.isEmpty {
        report.replayed = try runner.replay(usual.replaced(by: best.settings))
        if leaveOneOut { report.leaveOneOut = tuning.leaveOneOut(labelled) }
      }
      // First what the work was for: a page that cannot be written must not cost it.
      try printLine(json ? report.json : csv ? report.csv : report.text)
      if let plot {
        try write(report.plot(try vary.map { text throws(InputError) in try VariedSetting(text) }).page, to: plot)
      }
    }
  }

  private func write(_ text: String, to path: String) throws {
    var file: FileWriter
    do { file = try FileWriter(path: path) } catch { throw ProgramError(.cannotCreate, error.message) }
    try file.write(text)
    try file.close()
  }

  private func combinations() throws -> [[TraceSetting]] {
    do throws(InputError) {
      var varied: [VariedSetting] = []
      for text in vary { varied.append(try VariedSetting(text)) }
      let grid = try SettingGrid(varied)
      if let random { return try grid.random(random, seed: seed) }
      return try grid.all()
    } catch { throw ProgramError(.usage, error.description) }
  }

  private func tuning(
    _ plan: TuningPlan, _ scores: [[CueScore?]], beside usual: [TraceSetting]
  ) throws -> Tuning {
    let varied = Set(vary.compactMap { $0.split(separator: "=").first.map(String.init) })
    var trials: [Tuning.Trial] = []
    for (settings, scores) in zip(plan.settings, scores) {
      let whole = scores.compactMap { $0 }
      // The rest contradicts what a trace sets later on.
      if whole.count == scores.count { trials.append(Tuning.Trial(settings.filter { varied.contains($0.key) }, whole)) }
    }
    guard trials.count > 1, scores[0].allSatisfy({ $0 != nil }) else {
      throw ProgramError(.badData, "found settings that contradict those of the traces alone, expected others")
    }
    return Tuning(Array(trials.dropFirst()), usual: trials[0], objective: objective)
  }

  /// On a terminal, where somebody waits.
  private static func progress(of count: Int) -> @Sendable (Int) -> Void {
    guard Terminal.isTerminal(2) else { return { _ in } }
    return { done in StandardError.write("\r\(done) of \(count) runs") }
  }
}

extension Objective: ExpressibleByArgument {}
