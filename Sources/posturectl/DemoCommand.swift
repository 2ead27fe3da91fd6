// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureDemo
import PostureFormats
import PostureHistory
import PostureProgramme
import PostureReports
import PostureSimulation

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Make up some weeks of a simulated wearer, and show what can be told of them.",
    discussion: """
      The minutes are drawn from a model, of no person and no sensor: they show what history, programme and report look like, and \
      prove nothing. They go into a database of their own, never into one that is there.
      """)

  private static let mostDays = 3650

  @Option(help: ArgumentHelp("How many days.", valueName: "n"))
  var days = 28

  @Option(help: ArgumentHelp("Other days of the same kind.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("How the wearer takes to training.", valueName: "kind"))
  var trainee = SimulatedTrainee.Temperament.learner

  @Option(help: ArgumentHelp("The last day: YYYY-MM-DD or yesterday; without it, yesterday.", valueName: "date"))
  var until: DateArgument?

  @Option(
    help: ArgumentHelp(
      "Every day is worn so many hours without an end, 1 to 15, for measurements; without it, days as people have them.",
      valueName: "n"))
  var hours: Int?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Directory to write into; without it a new one under /tmp, which stays until you remove it.", valueName: "dir"))
  var output: String?

  func validate() throws {
    guard (1...Self.mostDays).contains(days) else {
      throw ValidationError("--days: found \(days), expected 1 to \(Self.mostDays).")
    }
    if let hours, !(1...15).contains(hours) { throw ValidationError("--hours: found \(hours), expected 1 to 15.") }
    if let until, until.date.number < days {
      throw ValidationError("--until: found \(until.date.text), expected a day after so many days since 1970.")
    }
  }

  func run() throws {
    try reporting {
      let last = until?.date ?? DateArgument.today - 1
      let first = last - (days - 1)
      let directory = try madeDirectory()
      let path = "\(directory)/history.db"
      let weeks = SimulatedWeeks(
        SimulatedWeeks.Parameters(first: first, days: days, seed: seed, temperament: trainee, hoursADay: hours))
      do { try DemoHistory.write(weeks, to: path) } catch let error as DemoHistory.Exists {
        throw ProgramError(.cannotCreate, error.description)
      } catch let error as DatabaseError { throw ProgramError(.cannotCreate, error.message) }
      try printLine(
        "Drawn from a model, of no person and no sensor: \(counted(UInt64(days), "day")) of a simulated "
          + "\(trainee), seed \(seed).\n")
      try tell(of: first...last, path)
      if hours == nil { try tellProgramme(after: last, path) }
      let report = Report(try history(first...last, path), title: "Demonstration", made: DateArgument.today)
      for format in [ReportCommand.Format.html, .csv, .json] {
        try report.write(format, to: "\(directory)/report.\(format.rawValue)")
      }
      try printLine(
        """

        \(directory) has history.db, report.html, report.csv and report.json, and stays until you remove it. The \
        same again:
          posturectl history --days \(min(days, 14)) --date \(last.text) --database \(path)
          posturectl report --weeks \(min(53, (days + 6) / 7)) --until \(last.text) --database \(path) -o report.html
        """)
    }
  }

  private func madeDirectory() throws -> String {
    let directory =
      output ?? "/tmp/posture-demo-" + String(UInt64.random(in: 0 ... .max), radix: 36)
    do throws(SystemError) { try FileAttributes.makeDirectory(directory, mode: 0o755) } catch {
      throw ProgramError(.cannotCreate, error.message)
    }
    return directory
  }

  private func history(_ range: ClosedRange<CivilDate>, _ path: String) throws -> History {
    var options = HistoryOptions()
    options.database = path
    return try options.history(range)
  }

  /// The last days of it.
  private func tell(of range: ClosedRange<CivilDate>, _ path: String) throws {
    let history = try history(max(range.lowerBound, range.upperBound - 13)...range.upperBound, path)
    let rows = history.days.map { HistoryRow($0.totals, date: $0.date) }
    var output = try FileWriter(path: "-")
    try output.write(HistoryTable.text(rows, history, byHour: false))
    try output.close()
  }
}

extension DemoCommand {
  /// What comes of the days for the next one.
  private func tellProgramme(after last: CivilDate, _ path: String) throws {
    let days: [ProgrammeDay]
    do throws(DatabaseError) { days = try ProgrammeDays.read(HistoryReader(path: path), through: last) } catch {
      throw ProgramError(error)
    }
    let plan = Programme.plan(of: last.number + 1, after: days, SimulatedWeeks.rules)
    let learning = Learning(days, on: last.number, SimulatedWeeks.rules)
    try printLine(
      """

      The programme has \(plan.minutes) min of training for the day after, in \
      \(counted(UInt64(plan.sessions), "session")); the goal is \(plan.goal) %, \
      and programme.shortest \(SimulatedWeeks.rules.ladder.minutes[0]) min. \(plan.reason.explanation) \
      \(plan.outlook.explanation) \(learning.explanation)
      """)
  }
}

/// By the name that it has in the code.
extension SimulatedTrainee.Temperament: ExpressibleByArgument {
  package init?(argument: String) {
    guard let found = Self.allCases.first(where: { "\($0)" == argument }) else { return nil }
    self = found
  }

  package static var allValueStrings: [String] { allCases.map { "\($0)" } }
  package var defaultValueDescription: String { "\(self)" }
}
