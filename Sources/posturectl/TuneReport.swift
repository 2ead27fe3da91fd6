// SPDX-License-Identifier: MIT
import PostureFormats
import PosturePlots
import PostureTuning

/// What `tune` says, as text, CSV and JSON.
struct TuneReport {
  let tuning: Tuning
  let traces: [TunedTrace]
  /// Numbers of the traces that have labels.
  let labelled: [Int]
  /// Combinations that contradict themselves or a trace.
  let skipped: Int
  let top: Int
  /// Where it was said by which deviations are told.
  let trigger: String?
  /// What the whole pipeline came to with the best settings.
  var replayed: [CueScore]?
  var leaveOneOut: Tuning.LeaveOneOut?

  private var columns: [String] {
    [ranking.rawValue, "precision", "recall", "cues", "hits", "missed", "false", "latency_s"]
  }
  /// The figure in the first column: what they are ranked by, where it has no other one.
  private var ranking: Objective {
    switch tuning.objective {
    case .f2, .fHalf: tuning.objective
    case .f1, .precision, .recall: .f1
    }
  }
  private var keys: [String] { tuning.ranked.first.map { $0.settings.map(\.key) } ?? [] }

  private func cells(_ score: CueScore) -> [String] {
    let shares = [ranking.value(of: score), score.precision, score.recall].map {
      $0.map { Decimal.text($0, places: 3) } ?? "-"
    }
    let counts = [score.cues, score.hits, score.missed, score.falseCues].map(String.init)
    return shares + counts + [score.medianLatency.map { Decimal.text($0, places: 1) } ?? "-"]
  }

  var csv: String {
    let head = (columns + keys).joined(separator: ",")
    let rows = tuning.ranked.map { trial in
      (cells(trial.total).map { $0 == "-" ? "" : $0 } + trial.settings.map(\.value)).joined(separator: ",")
    }
    return ([head] + rows).joined(separator: "\n")
  }

  var json: String {
    var lines = tuning.ranked.map { JSONLine.encode(TrialMessage($0.total, $0.settings)) }
    var summary = TuneMessage(
      traces: traces.count, labelled: labelled.count, combinations: tuning.ranked.count, skipped: skipped,
      objective: tuning.objective.rawValue, equally_good: tuning.bestCount,
      in_force: TrialMessage(tuning.usual.total, []))
    summary.replay_agrees = replayed.map { $0 == tuning.ranked[0].scores }
    if let result = leaveOneOut {
      summary.left_out = TrialMessage(result.total, [])
      summary.generalises = result.doubt == nil
    }
    lines.append(JSONLine.encode(summary))
    return lines.joined(separator: "\n")
  }

  func plot(_ varied: [VariedSetting]) -> TuningPlot {
    func point(_ trial: Tuning.Trial) -> TuningPlot.Point {
      TuningPlot.Point(
        settings: trial.settings, precision: trial.total.precision, recall: trial.total.recall,
        value: tuning.objective.value(of: trial.total))
    }
    return TuningPlot(
      points: tuning.ranked.map(point), usual: point(tuning.usual), varied: varied.map { ($0.key, $0.values) },
      objective: tuning.objective.rawValue, report: text)
  }

  var text: String {
    var lines = table
    if skipped > 0 {
      lines.append("\(counted(UInt64(skipped), "combination")) that contradict themselves or a trace: left out")
    }
    lines += indifferent.map { key in
      "\(key): none of its values made a difference"
        + (Self.triggers[key].map { $0 == trigger ? "" : "; it counts where detector.trigger is \($0)" } ?? "")
    }
    guard !labelled.isEmpty else {
      return (lines + ["", "No trace has labels: there is nothing to choose by. See 'posturectl labels'."])
        .joined(separator: "\n")
    }
    lines += ["", "\(best):"] + tuning.ranked[0].settings.map { "\($0.key): \($0.value)" }
    lines += replayLines + leaveOneOutLines
    return lines.joined(separator: "\n")
  }

  /// Of the settings that count with one trigger alone.
  private static let triggers = [
    "detector.hold": "hold", "detector.holding-time": "exposure", "detector.shortest-holding-time": "exposure",
    "detector.recovery": "exposure",
  ]

  /// Settings of which, all others being equal, every value came to the same. A random search may have had none where all of them
  /// can be compared.
  private var indifferent: [String] {
    keys.filter { key in
      func values(_ trials: [Tuning.Trial]) -> Set<String> {
        Set(trials.flatMap { $0.settings.filter { $0.key == key }.map(\.value) })
      }
      let alike = Dictionary(grouping: tuning.ranked) { trial in
        trial.settings.filter { $0.key != key }.map { "\($0.key)=\($0.value)" }
      }.values
      return values(tuning.ranked).count > 1 && alike.contains { values($0) == values(tuning.ranked) }
        && alike.allSatisfy { trials in trials.allSatisfy { $0.scores == trials[0].scores } }
    }
  }

  private var best: String {
    let others = tuning.bestCount - 1
    let name = tuning.objective.rawValue
    guard tuning.wantsCues else {
      return "No label wants a cue, so \(name) has no meaning. With the fewest false cues, to be pasted"
        + (others > 0 ? "; \(counted(UInt64(others), "other")) with as few" : "")
    }
    return others > 0
      ? "Best in \(name), to be pasted; \(counted(UInt64(others), "other")) as good in it"
      : "Best in \(name), to be pasted"
  }

  private var table: [String] {
    var rows = [columns + keys]
    for trial in tuning.ranked.prefix(top) { rows.append(cells(trial.total) + trial.settings.map(\.value)) }
    rows.append(cells(tuning.usual.total) + ["as set now"])
    let widths = rows[0].indices.map { column in
      rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = zip(row, widths).enumerated().map { index, cell in
        // Numbers end alike, settings begin alike.
        index < columns.count
          ? String(repeating: " ", count: cell.1 - cell.0.count) + cell.0 : cell.0.padded(to: cell.1)
      }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
  }

  private var replayLines: [String] {
    guard let replayed else { return [] }
    guard replayed != tuning.ranked[0].scores else { return ["Replayed by the whole pipeline: the same cues."] }
    var sum = CueScore()
    for score in replayed { sum += score }
    return [
      "Replayed by the whole pipeline: \(sum.hits) hits, \(sum.missed) missed, \(sum.falseCues) false. The motor shakes the "
        + "sensor at other times than on the day."
    ]
  }

  private var leaveOneOutLines: [String] {
    guard let result = leaveOneOut else { return [] }
    func figure(_ score: CueScore) -> String {
      let value = tuning.objective.value(of: score).map { Decimal.text($0, places: 3) } ?? "-"
      return
        "\(tuning.objective.rawValue) \(value) (\(score.hits) hits, \(score.missed) missed, \(score.falseCues) false)"
    }
    var lines = ["", "Chosen without the trace it is scored on:"]
    for fold in result.folds {
      let settings = fold.settings.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
      lines.append("  \(traces[fold.left].path): \(figure(fold.score)) by \(settings)")
    }
    lines.append("In all \(figure(result.total)); chosen and scored on the same traces \(figure(result.seen));")
    lines.append("as set now \(figure(result.usual)).")
    lines.append(
      result.doubt.map { "The choice does NOT generalise: \($0). Do not use it; label more days." }
        ?? "The choice generalises, as far as these traces can tell.")
    return lines
  }
}
