// SPDX-License-Identifier: MIT
// Members are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PostureProgramme

/// Answers `programme`: today's plan, what is done of it, why it is so, and what the probes say.
package struct ProgrammeMessage: Message, Equatable {
  package static let messageClass = "programme"
  /// There is a plan; otherwise only `explanation` follows.
  package var has_plan: Bool
  /// In some sentences.
  package var explanation: String
  /// `YYYY-MM-DD`, local.
  package var date: String?
  /// Of training, in all its sessions.
  package var planned_s: Int?
  package var sessions: Int?
  /// Of the training that is to be upright.
  package var goal_percent: Int?
  /// Why it is so long: `start`, `longer`, `shorter-for-posture`, ...
  package var reason: String?
  /// Without cues, before the training; missing where none is due.
  package var probe_s: Int?
  /// `before`, `probe`, `training`, `between` or `done`.
  package var stage: String?
  /// From 1, in a session.
  package var session: Int?
  /// Of judged wear, until the next stage.
  package var left_s: Int?
  package var trained_s: Int?
  package var trained_upright_s: Int?
  package var probed_s: Int?
  package var probed_upright_s: Int?
  /// `too-few`, `too-soon`, `unchanged`, `improved`, `worsened` or `fading`.
  package var learning: String?
  /// In the last six weeks.
  package var probes: Int?
  /// Points of percent a week.
  package var slope: Double?
  package var slope_lower: Double?
  package var slope_upper: Double?
  /// Median of the last three weeks' probes.
  package var level_percent: Double?

  /// There is no plan.
  package init(without explanation: String) {
    has_plan = false
    self.explanation = explanation
  }

  package init(_ runner: ProgrammeRunner, _ learning: Learning) {
    let (plan, today) = (runner.plan, runner.today)
    has_plan = true
    date = CivilDate(number: plan.day).text
    planned_s = plan.seconds
    sessions = plan.sessions
    goal_percent = plan.goal
    reason = plan.reason.name
    probe_s = plan.probe
    stage = runner.stage.name
    if case .training(let session) = runner.stage { self.session = session }
    left_s = runner.left
    trained_s = today.training.done
    trained_upright_s = today.training.upright
    probed_s = today.probe.judged
    probed_upright_s = today.probe.upright
    self.learning = learning.name
    probes = learning.probes
    slope = learning.trend?.slope.rounded(places: 2)
    slope_lower = learning.trend?.lower.rounded(places: 2)
    slope_upper = learning.trend?.upper.rounded(places: 2)
    level_percent = learning.level?.rounded(places: 1)
    explanation = [plan.reason.explanation, plan.outlook.explanation, learning.explanation].joined(separator: " ")
  }
}

extension ProgrammeRunner.Stage {
  package var name: String {
    switch self {
    case .before: "before"
    case .probe: "probe"
    case .training: "training"
    case .between: "between"
    case .done: "done"
    }
  }
}
