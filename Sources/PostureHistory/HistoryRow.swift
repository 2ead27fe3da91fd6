// SPDX-License-Identifier: MIT
// Members are named as in files, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PostureFormats

/// What is told of an hour or a day: a line of a table, of CSV, or an object of JSON.
package struct HistoryRow: Codable, Sendable, Equatable {
  /// `2026-11-28`.
  package var date: String
  /// 0 to 23; nil for a whole day.
  package var hour: Int?
  package var worn_s: Double
  /// Posture counted and was known.
  package var judged_s: Double
  package var upright_s: Double
  package var forward_s: Double
  package var backward_s: Double
  package var left_s: Double
  package var right_s: Double
  /// Of the judged: no cue could be given.
  package var silent_s: Double
  package var walking_s: Double
  package var moving_s: Double
  package var lying_s: Double
  package var transport_s: Double
  /// The daemon ran, and nobody wore the device.
  package var absent_s: Double
  /// Mean amplitude deviation while worn.
  package var movement_mg: Double?
  package var nudges: Int
  package var reminders: Int
  package var corrected: Int
  package var ignored: Int
  package var suppressed: Int
  package var median_response_s: Double?
  package var training_judged_s: Double
  package var training_upright_s: Double
  package var probe_judged_s: Double
  package var probe_upright_s: Double

  package init(_ totals: Totals, date: CivilDate, hour: Int? = nil) {
    func seconds(_ tenths: Int) -> Double { Double(tenths) / 10 }
    self.date = date.text
    self.hour = hour
    worn_s = seconds(totals.contexts.worn)
    judged_s = seconds(totals.postures.judged)
    upright_s = seconds(totals.postures.upright)
    forward_s = seconds(totals.postures.forward)
    backward_s = seconds(totals.postures.backward)
    left_s = seconds(totals.postures.left)
    right_s = seconds(totals.postures.right)
    silent_s = seconds(totals.silent)
    walking_s = seconds(totals.contexts.walking)
    moving_s = seconds(totals.contexts.moving)
    lying_s = seconds(totals.contexts.lying)
    transport_s = seconds(totals.contexts.transport)
    absent_s = seconds(totals.absent)
    movement_mg = totals.meanMovement?.rounded(places: 1)
    nudges = totals.nudges
    reminders = totals.reminders
    corrected = totals.corrected
    ignored = totals.ignored
    suppressed = totals.suppressed.values.reduce(0, +)
    median_response_s = totals.medianResponse?.rounded(places: 1)
    training_judged_s = seconds(totals.judged[.training] ?? 0)
    training_upright_s = seconds(totals.upright[.training] ?? 0)
    probe_judged_s = seconds(totals.judged[.probe] ?? 0)
    probe_upright_s = seconds(totals.upright[.probe] ?? 0)
  }

  /// Name and value, in the order of the columns; an empty value where there is none.
  package var columns: [(name: String, value: String)] {
    func text(_ value: Double?) -> String { value.map { Decimal.text($0, places: 1) } ?? "" }
    return [
      ("date", date), ("hour", hour.map(String.init) ?? ""), ("worn_s", text(worn_s)), ("judged_s", text(judged_s)),
      ("upright_s", text(upright_s)), ("forward_s", text(forward_s)), ("backward_s", text(backward_s)),
      ("left_s", text(left_s)), ("right_s", text(right_s)), ("silent_s", text(silent_s)),
      ("walking_s", text(walking_s)), ("moving_s", text(moving_s)), ("lying_s", text(lying_s)),
      ("transport_s", text(transport_s)), ("absent_s", text(absent_s)), ("movement_mg", text(movement_mg)),
      ("nudges", "\(nudges)"), ("reminders", "\(reminders)"), ("corrected", "\(corrected)"),
      ("ignored", "\(ignored)"), ("suppressed", "\(suppressed)"), ("median_response_s", text(median_response_s)),
      ("training_judged_s", text(training_judged_s)), ("training_upright_s", text(training_upright_s)),
      ("probe_judged_s", text(probe_judged_s)), ("probe_upright_s", text(probe_upright_s)),
    ]
  }

  /// The names of the columns, a row each, and the end of the last line.
  package static func csv(_ rows: [HistoryRow]) -> String {
    let names = HistoryRow(Totals(), date: CivilDate(number: 0)).columns.map(\.name)
    return ([names] + rows.map { $0.columns.map(\.value) }).map { $0.joined(separator: ",") + "\n" }.joined()
  }
}

/// All that is told at once.
package struct HistoryMessage: Message, Equatable {
  package static let messageClass = "history"
  package var rows: [HistoryRow]
  /// Runs of which nobody knows when they were, and what was worn in them.
  package var undated_runs: Int
  package var undated_worn_s: Double

  package init(_ rows: [HistoryRow], undated: History.Undated) {
    self.rows = rows
    undated_runs = undated.runs
    undated_worn_s = Double(undated.totals.contexts.worn) / 10
  }
}
