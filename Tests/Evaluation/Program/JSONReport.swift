// SPDX-License-Identifier: MIT
import Evaluation
import PostureSimulation

/// The figures of each method on each day, one object for both, to be summed elsewhere.
struct JSONReport {
  private let methods: [Method]
  private let results: [Result]

  init(_ methods: [Method], _ results: [Result]) {
    self.methods = methods
    self.results = results
  }

  var text: String {
    let objects = results.flatMap { result in
      methods.indices.map { object(result.trial, methods[$0].name, result.tallies[$0]) }
    }
    return "[\n" + objects.joined(separator: ",\n") + "\n]"
  }

  private func object(_ trial: Trial, _ method: String, _ tally: Tally) -> String {
    let off = tally.offBody
    let members = [
      "\"method\": \"\(method)\"", "\"seed\": \(trial.seed)", "\"mount\": \"\(trial.mount.rawValue)\"",
      "\"grade\": \"\(trial.grade.rawValue)\"", "\"worn_s\": \(fixed(tally.worn, 3))", "\"due\": \(tally.due)",
      "\"right\": \(tally.right)", "\"missed\": \(tally.missed)", "\"borderline\": \(tally.borderline)",
      "\"borderline_cues\": \(tally.borderlineCues)", "\"early\": \(tally.early)", "\"repeated\": \(tally.repeated)",
      "\"clearly_right\": \(tally.clearlyRight)", "\"clearly_missed\": \(tally.clearlyMissed)",
      "\"clearly_false\": \(tally.clearlyFalse)", "\"reminders\": \(tally.reminders)",
      "\"false_cues\": \(counts(tally.falseCues))", "\"false_reminders\": \(counts(tally.falseReminders))",
      "\"latencies_s\": \(list(tally.latencies))", "\"off_body\": \(off.count)",
      "\"noticed_after_s\": \(list(off.noticedAfter))", "\"worn_again_after_s\": \(list(off.wornAgainAfter))",
    ]
    return "{" + members.joined(separator: ", ") + "}"
  }

  private func counts(_ counts: [DayLabel: Int]) -> String {
    "{" + DayLabel.allCases.map { "\"\($0.rawValue)\": \(counts[$0] ?? 0)" }.joined(separator: ", ") + "}"
  }

  private func list(_ numbers: [Double]) -> String {
    "[" + numbers.map { fixed($0, 2) }.joined(separator: ", ") + "]"
  }
}
