// SPDX-License-Identifier: MIT
import ArgumentParser
import Evaluation
import PostureCore
import PostureSimulation

/// Runs the methods over simulated days and prints how right their cues are.
@main
struct Evaluate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Counts right, missed and false cues on simulated days.")

  /// Held out: what is tuned is tuned on seeds 1-24.
  @Option(help: "The wearers, as FIRST-LAST.")
  var seeds = SeedRange(101...124)
  @Option(help: "Hours of each wearer's day.")
  var hours = 5.0
  @Flag(help: "Print JSON.")
  var json = false
  @Flag(help: "Print every missed deviation and every false cue.")
  var list = false

  @Flag(help: "Fail where a cue came in a place that has none, or too many were wrong.")
  var check = false

  @Option(help: "Write each day as a trace, with its truth as labels, into this directory, and do nothing else.")
  var traces: String?
  @Option(help: "By which trigger a deviation is one, for these labels: exposure or hold.")
  var truth = "exposure"

  func validate() throws {
    guard Methods.truth(truth) != nil else {
      throw ValidationError("found --truth \(truth), expected exposure or hold")
    }
    guard hours > 0, hours <= 24 else { throw ValidationError("found --hours \(hours), expected above 0 to 24") }
    guard !(json && list) else { throw ValidationError("found --json and --list, expected one of them") }
  }

  func run() async throws {
    if let traces, let judge = Methods.truth(truth) {
      for seed in seeds.range {
        try DayTrace(trial: Trial(seed: seed, hours: hours), truth: judge, trigger: truth).write(to: traces)
      }
      return
    }
    let methods = Methods.all
    let results = await Self.results(methods, seeds.range, hours: hours)
    if json {
      print(JSONReport(methods, results).text)
    } else {
      print(TableReport(methods, results).text)
    }
    if list { print(FindingList(methods, results).text) }
    if check { try Self.check(methods, results) }
  }

  /// The baseline is the last method.
  private static func check(_ methods: [Method], _ results: [Result]) throws {
    var totals = methods.map { _ in Tally() }
    for result in results {
      for (index, tally) in result.tallies.enumerated() { totals[index] += tally }
    }
    let ours = zip(methods, totals).dropLast().map { (name: $0.name, tally: $1) }
    let missed = Bars.missed(ours, naive: totals[totals.count - 1])
    guard missed.isEmpty else {
      for line in missed { print(line) }
      throw ExitCode.failure
    }
  }

  /// In the order of the seeds, however many run at once.
  private static func results(_ methods: [Method], _ seeds: ClosedRange<UInt64>, hours: Double) async -> [Result] {
    await withTaskGroup(of: Result.self) { group in
      for seed in seeds {
        group.addTask {
          let trial = Trial(seed: seed, hours: hours)
          return Result(trial: trial, tallies: trial.run(methods))
        }
      }
      var results: [Result] = []
      for await result in group { results.append(result) }
      return results.sorted { $0.trial.seed < $1.trial.seed }
    }
  }
}

/// A day, and one tally for each method.
struct Result: Sendable {
  let trial: Trial
  let tallies: [Tally]
}

struct SeedRange: ExpressibleByArgument {
  let range: ClosedRange<UInt64>

  init(_ range: ClosedRange<UInt64>) { self.range = range }

  init?(argument: String) {
    let words = argument.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = words.first.flatMap({ UInt64($0) }), let last = words.last.flatMap({ UInt64($0) }),
      words.count <= 2, first <= last
    else { return nil }
    range = first...last
  }

  var defaultValueDescription: String { "\(range.lowerBound)-\(range.upperBound)" }
}
