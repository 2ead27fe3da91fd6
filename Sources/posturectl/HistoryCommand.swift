// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats
import PostureHistory

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show how much was worn and how upright, by day or by hour.",
    discussion: """
      Without an option, the last 14 days. Where the daemon keeps its history, it is read there: members of its group may. \
      The minute that is not over yet is not in it.
      """)

  @Flag(help: "The hours of a day.")
  var day = false

  @Flag(help: "The days of a week, from Monday on.")
  var week = false

  @Option(help: ArgumentHelp("The day, or one of the week: YYYY-MM-DD, today or yesterday.", valueName: "date"))
  var date: DateArgument?

  @Option(help: ArgumentHelp("The last so many days, or those before --date; 1 to 3700.", valueName: "n"))
  var days: Int?

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Print CSV: the names of the columns carry their units.")
  var csv = false

  @OptionGroup var options: HistoryOptions

  func validate() throws {
    if let days, !(1...3700).contains(days) {
      throw ValidationError("--days: found \(days), expected 1 to 3700.")
    }
    for (one, other, names) in [
      (day, week, "--day and --week"), (day, days != nil, "--day and --days"),
      (week, days != nil, "--week and --days"), (json, csv, "--json and --csv"),
    ] where one && other {
      throw ValidationError("\(names): found both, expected one of them.")
    }
  }

  private var range: ClosedRange<CivilDate> {
    let last = date?.date ?? DateArgument.today
    if day { return last...last }
    if week { return last.monday...last.monday + 6 }
    return last - ((days ?? 14) - 1)...last
  }

  func run() throws {
    try reporting {
      let history = try options.history(range)
      let rows =
        day
        ? history.days[0].hours.enumerated().filter { $0.element != Totals() }.map {
          HistoryRow($0.element, date: history.days[0].date, hour: $0.offset)
        } : history.days.map { HistoryRow($0.totals, date: $0.date) }
      var output = try FileWriter(path: "-")
      if json {
        try output.write(JSONLine.encode(HistoryMessage(rows, undated: history.undated)) + "\n")
      } else if csv {
        try output.write(HistoryRow.csv(rows))
      } else {
        try output.write(HistoryTable.text(rows, history, byHour: day))
      }
      try output.close()
    }
  }
}

/// The rows for people.
enum HistoryTable {
  private static let widths = [13, 8, 9, 9, 9, 7, 7, 7, 11, 9]

  static func text(_ rows: [HistoryRow], _ history: History, byHour: Bool) -> String {
    var lines = [
      line([
        byHour ? history.days[0].date.text : "day", "worn", "upright", "forward", "backward", "left", "right",
        "cues", "corrected", "moved",
      ])
    ]
    for row in rows { lines.append(line(cells(row))) }
    if byHour && rows.isEmpty { lines.append("nothing is known of that day") }
    let unconfirmed = history.days.filter(\.isUnconfirmed).map(\.date.text)
    if !unconfirmed.isEmpty {
      lines.append("by a clock that nothing has confirmed: " + unconfirmed.joined(separator: ", "))
    }
    if history.undated.runs > 0 {
      lines.append(
        "without a date, and not in the table: \(counted(UInt64(history.undated.runs), "run")), "
          + "worn \(duration(Double(history.undated.totals.contexts.worn) / 10))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func cells(_ row: HistoryRow) -> [String] {
    let name =
      row.hour.map { "\($0 < 10 ? "0" : "")\($0):00" }
      ?? (CivilDate(row.date).map { "\($0.weekday.short) \($0.text)" } ?? row.date)
    guard row.worn_s > 0 || row.transport_s > 0 else {
      return [name, row.absent_s > 0 ? "not worn" : "no data"]
    }
    let share = row.judged_s > 0 ? "\(Decimal.text(row.upright_s / row.judged_s * 100, places: 0)) %" : "-"
    return [
      name, duration(row.worn_s), share, duration(row.forward_s), duration(row.backward_s), duration(row.left_s),
      duration(row.right_s), "\(row.nudges + row.reminders)", "\(row.corrected)",
      duration(row.walking_s + row.moving_s),
    ]
  }

  private static func line(_ cells: [String]) -> String {
    let padded = zip(cells, widths).enumerated().map { index, cell in
      let blank = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return index == 0 ? cell.0 + blank : blank + cell.0
    }
    return padded.joined()
  }

  /// Hours and minutes, of seconds.
  private static func duration(_ seconds: Double) -> String {
    let minutes = Int((seconds / 60).rounded())
    return "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
  }
}
