// SPDX-License-Identifier: MIT
import Evaluation
import PostureCore
import PostureSimulation

/// Everything that went wrong, one a line: where to look, and what the wearer was about.
struct FindingList {
  private let methods: [Method]
  private let results: [Result]

  init(_ methods: [Method], _ results: [Result]) {
    self.methods = methods
    self.results = results
  }

  var text: String {
    var lines = ["method seed mount grade kind time_s label flexion_deg lateral_deg true_total_deg near"]
    for result in results {
      for (method, tally) in zip(methods, result.tallies) {
        for finding in tally.findings.sorted(by: { $0.time < $1.time }) {
          lines.append(line(method.name, result.trial, finding))
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  private func line(_ method: String, _ trial: Trial, _ finding: Finding) -> String {
    let time = Timestamp(microseconds: 0) + .seconds(finding.time)
    let intended = trial.day.intended(at: time)
    let felt = trial.day.tilt(at: time)
    return [
      method, "\(trial.seed)", trial.mount.rawValue, trial.grade.rawValue, finding.kind.rawValue,
      fixed(finding.time, 2), trial.day.label(at: time).rawValue, fixed(intended.flexion.degrees, 1),
      fixed(intended.lateral.degrees, 1), fixed(felt.total.degrees, 1), finding.isNear ? "near" : "clear",
    ].joined(separator: " ")
  }
}
