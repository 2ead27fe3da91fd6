// SPDX-License-Identifier: MIT
import Evaluation
import PostureCore
import PostureSimulation

/// The figures as plain text.
struct TableReport {
  private let methods: [Method]
  private let results: [Result]

  init(_ methods: [Method], _ results: [Result]) {
    self.methods = methods
    self.results = results
  }

  var text: String {
    var lines = [heading, "", row("", Self.columns)]
    for (index, method) in methods.enumerated() {
      lines.append(row(method.name, figures(sum(index))))
      lines += groups(index, "mount", Trial.Mount.allCases.map(\.rawValue)) { $0.mount.rawValue }
      lines += groups(index, "grade", SensorGrade.allCases.map(\.rawValue)) { $0.grade.rawValue }
    }
    lines += ["", "p.clear, r.clear: without what hangs on two degrees more or less", ""]
    lines += ["false cues an hour of that label (reminders in brackets; off the body and in the hand, in all)"]
    lines.append(row("", ["worn h"] + methods.map(\.name)))
    for label in DayLabel.allCases { lines.append(byLabel(label)) }
    lines += ["", "off the body, s", row("", Self.offBodyColumns)]
    for (index, method) in methods.enumerated() { lines.append(row(method.name, offBody(sum(index).offBody))) }
    return lines.joined(separator: "\n")
  }

  private var heading: String {
    let worn = sum(0).worn / 3600
    let hours = results.reduce(0) { $0 + $1.trial.day.duration.seconds } / 3600
    let seeds = results.map(\.trial.seed)
    return "seeds \(seeds.min() ?? 0)-\(seeds.max() ?? 0): \(results.count) days, \(fixed(hours, 0)) h, "
      + "worn \(fixed(worn, 1)) h"
  }

  private static var columns: [String] {
    [
      "due", "right", "missed", "border", "false", "early", "again", "precision", "recall", "p.clear", "r.clear",
      "lat 50%", "lat 95%",
      "cues/h", "false/h", "remind/h", "f.rem/h",
    ]
  }

  private func figures(_ tally: Tally) -> [String] {
    [
      "\(tally.due)", "\(tally.right)", "\(tally.missed)", "\(tally.borderline)", "\(tally.falseCount)",
      "\(tally.early)", "\(tally.repeated)", fixed(tally.precision, 3), fixed(tally.recall, 3),
      fixed(tally.clearPrecision, 3), fixed(tally.clearRecall, 3),
      fixed(quantile(0.5, of: tally.latencies), 1), fixed(quantile(0.95, of: tally.latencies), 1),
      fixed(tally.anHour(tally.cueCount), 2), fixed(tally.anHour(tally.falseCount), 2),
      fixed(tally.anHour(tally.reminders), 2), fixed(tally.anHour(tally.falseReminders.values.reduce(0, +)), 2),
    ]
  }

  private func groups(_ method: Int, _ kind: String, _ names: [String], _ name: (Trial) -> String) -> [String] {
    names.map { wanted in row("  \(kind) \(wanted)", figures(sum(method) { name($0) == wanted })) }
  }

  private func byLabel(_ label: DayLabel) -> String {
    let hours = (sum(0).wornByLabel[label] ?? 0) / 3600
    let cells = methods.indices.map { index in
      let tally = sum(index)
      let (cues, reminders) = (tally.falseCues[label] ?? 0, tally.falseReminders[label] ?? 0)
      guard label.isWorn else { return "\(cues) (\(reminders))" }
      return hours > 0 ? "\(fixed(Double(cues) / hours, 2)) (\(fixed(Double(reminders) / hours, 2)))" : "-"
    }
    return row("  \(label.rawValue)", [label.isWorn ? fixed(hours, 2) : "-"] + cells)
  }

  private static var offBodyColumns: [String] {
    ["times", "noticed", "50%", "worst", "on again", "50%", "worst", "wrongly"]
  }

  private func offBody(_ tally: OffBodyTally) -> [String] {
    func three(_ times: [Double]) -> [String] {
      ["\(times.count)", fixed(quantile(0.5, of: times), 1), fixed(times.max(), 1)]
    }
    let wrongly = DayLabel.allCases.reduce(0) { $0 + (tally.wrongly[$1] ?? 0) }
    return ["\(tally.count)"] + three(tally.noticedAfter) + three(tally.wornAgainAfter) + [fixed(wrongly, 0)]
  }

  private func sum(_ method: Int, where isMeant: (Trial) -> Bool = { _ in true }) -> Tally {
    results.filter { isMeant($0.trial) }.reduce(into: Tally()) { $0 += $1.tallies[method] }
  }

  private func row(_ name: String, _ cells: [String]) -> String {
    name.padded(to: 21) + cells.map { $0.padded(to: -max(8, $0.count + 1)) }.joined()
  }
}

extension String {
  /// To the right, or with a width below zero to the left.
  fileprivate func padded(to width: Int) -> String {
    let blanks = String(repeating: " ", count: max(0, Int(width.magnitude) - count))
    return width < 0 ? blanks + self : self + blanks
  }
}
