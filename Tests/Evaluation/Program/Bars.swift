// SPDX-License-Identifier: MIT
import Evaluation
import PostureSimulation

/// What every change has to keep of the decisions on simulated days.
enum Bars {
  private static let leastPrecision = 0.95
  private static let leastRecall = 0.98
  /// The baseline's false cues for one of ours, at least.
  private static let fewer = 10
  /// Where no cue comes at all.
  private static let silent: [DayLabel] = [.walking, .stairs, .lying, .car, .offBody, .handling]

  /// What is missed, in words; none where all is kept.
  ///
  /// - Parameters:
  ///   - totals: of all days, each of our methods by its name.
  ///   - naive: that of the baseline.
  static func missed(_ totals: [(name: String, tally: Tally)], naive: Tally) -> [String] {
    totals.flatMap { name, tally -> [String] in
      var missed: [String] = []
      for label in silent {
        let cues = tally.falseCues[label, default: 0] + tally.falseReminders[label, default: 0]
        if cues > 0 { missed.append("\(name): found \(cues) cues in \(label.rawValue), expected none") }
      }
      if tally.clearPrecision ?? 0 < leastPrecision {
        missed.append("\(name): found p.clear \(fixed(tally.clearPrecision, 3)), expected \(leastPrecision)")
      }
      if tally.clearRecall ?? 0 < leastRecall {
        missed.append("\(name): found r.clear \(fixed(tally.clearRecall, 3)), expected \(leastRecall)")
      }
      if tally.falseCount * fewer > naive.falseCount {
        missed.append("\(name): found \(tally.falseCount) false cues, expected at most a tenth of \(naive.falseCount)")
      }
      return missed
    }
  }
}
