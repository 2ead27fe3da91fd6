// SPDX-License-Identifier: MIT
import PostureFormats
import PostureHistory

extension Report {
  /// The names of the columns, and a row for every day of the report, with data or without: those of `posturectl
  /// history --csv` without the hour, and what a report tells besides.
  package var csv: String {
    let rows = history.days.map(columns)
    let names = (rows.first ?? []).map(\.name)
    return ([names] + rows.map { $0.map(\.value) }).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private func columns(_ day: History.Day) -> [(name: String, value: String)] {
    let totals = day.totals
    // Only numbers and a date: nothing needs quotes.
    return HistoryRow(totals, date: day.date).columns.filter { $0.name != "hour" } + [
      ("ended", "\(totals.ended)"), ("corrected_within_20s", "\(totals.quicklyCorrected)"),
      ("known_min", "\(day.knownMinutes)"), ("missing_s", Decimal.text(Double(totals.missing) / 10, places: 1)),
      ("clock_confirmed", day.knownMinutes == 0 ? "" : day.isUnconfirmed ? "0" : "1"),
      ("sensor_faults", "\(totals.faults.values.reduce(0, +))"), ("sessions", "\(day.sessions.count)"),
      ("breaks_suggested", "\(day.breaksSuggested)"), ("breaks_taken_within_15min", "\(day.breaksTaken)"),
      ("calibrations", "\(day.happenings.count { $0.record.event == "calibrated" })"),
    ]
  }
}
