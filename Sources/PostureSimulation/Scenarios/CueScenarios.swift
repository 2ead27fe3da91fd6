// SPDX-License-Identifier: MIT
import PostureCore

/// Whether a deviation brings a cue, which, and how often.
extension Scenario {
  var cuePlan: ScenarioPlan? {
    switch self {
    case .tracking:
      ScenarioPlan(
        "A slouch while the posture is only tracked, and one in training",
        shows: "tracking, then training; two deviations; suppressed by tracking; one nudge; recovery", twoSlouches,
        commands: [16: .setMode(.tracking), 40: .setMode(.training)])
    case .quietHours:
      ScenarioPlan(
        "A slouch within quiet hours, and one after them",
        shows: "quiet hours begun, then ended; two deviations; suppressed by quiet hours; one nudge; recovery",
        twoSlouches, commands: [16: .setQuiet(true), 40: .setQuiet(false)])
    case .snooze:
      ScenarioPlan(
        "A slouch within a snooze of 30 s, and one after it",
        shows: "one snooze, over by itself; two deviations; suppressed by a snooze; one nudge; recovery", twoSlouches,
        commands: [16: .silence(.snooze, for: .seconds(30))])
    case .pause:
      ScenarioPlan(
        "A slouch in a pause of 30 s, one after it, and one after a pause of an hour that is ended",
        shows: "two pauses; two ends of a silence (one by itself, one asked for); two deviations; no suppression",
        twoSlouches + [.slouch(25, 16), .correct(12)],
        commands: [
          16: .silence(.pause, for: .seconds(30)), 68: .silence(.pause, for: .seconds(3600)), 72: .resume,
        ])
    case .hourlyLimit:
      ScenarioPlan(
        "Three slouches where two cues an hour are enough",
        shows: "three deviations; two nudges; suppressed by the hourly limit; recovery",
        [
          .upright(15), .slouch(25, 14), .correct(12), .slouch(25, 14), .correct(12), .slouch(25, 14),
          .correct(12),
        ], settings: ["cues.most-per-hour": "2"])
    case .tooSoon:
      ScenarioPlan(
        "Three slouches where 40 s lie between two cues at least",
        shows: "two deviations; two nudges; suppressed as too soon (the second slouch); a cue that waited (the third)",
        [
          .upright(15), .slouch(25, 13), .correct(5), .slouch(25, 14), .correct(6), .slouch(25, 18),
          .correct(12),
        ], settings: ["cues.refractory": "40 s"])
    case .reminders:
      ScenarioPlan(
        "Slouch of 85 s where a reminder comes every 15 s",
        shows:
          "one deviation forward; three reminders (and no fourth); cues of 40, 55, 60 and 60 %; recovery; no praise",
        [.upright(15), .slouch(25, 85), .correct(12)],
        settings: [
          "detector.reminder": "15 s", "cues.refractory": "10 s", "detector.most-reminders": "3",
          "cues.intensity": "40 %",
          "cues.escalation": "15 %", "cues.strongest": "60 %",
        ])
    case .wellDone:
      ScenarioPlan(
        "A slouch corrected 5 s after its cue, and one 25 s after its cue",
        shows: "two nudges; two recoveries; one praise (the second correction comes too late)",
        [.upright(15), .slouch(25, 16), .correct(12), .slouch(25, 36), .correct(12)])
    default: nil
    }
  }

  /// Each lasts for longer than the hold.
  private var twoSlouches: [Step] {
    [.upright(18), .slouch(25, 16), .correct(14), .slouch(25, 16), .correct(12)]
  }
}
