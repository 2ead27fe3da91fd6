// SPDX-License-Identifier: MIT
import PostureCore

/// What makes a deviation: how far in which direction, and for how long or how much.
extension Scenario {
  var triggerPlan: ScenarioPlan? {
    switch self {
    case .insideLimits:
      ScenarioPlan(
        "Just within the limit forward, to the left and backward, 15 s each",
        shows: "no cue (13.5 degrees forward, 10.5 aside and 18.5 backward are none)",
        [
          .upright(15), .slouch(13.5, 17), .correct(5), .lean(10.5, 17), .correct(5), .slouch(-18.5, 17),
          .correct(8),
        ])
    case .outsideLimits:
      ScenarioPlan(
        "Just beyond the limit forward, to the right and backward, 15 s each",
        shows:
          "three deviations; a deviation forward; a deviation to the right; a deviation backward; three nudges; recovery",
        [
          .upright(15), .slouch(16.5, 17), .correct(12), .lean(-13.5, 17), .correct(12),
          .slouch(-21.5, 17), .correct(12),
        ])
    case .exposureSteep:
      exposure(
        "Bent forward by 50 degrees for 40 s",
        shows: "one deviation forward (after half a minute at 50 degrees); no reminder; recovery",
        [
          .upright(15), .doing(.slouch(to: .degrees(50), over: .seconds(5)), 40), .correct(15),
        ])
    case .exposureSlight:
      exposure(
        "Bent forward by 17 degrees for 50 s", shows: "no cue (a slight slouch may last for a minute)",
        [.upright(15), .slouch(17, 50), .correct(10)])
    case .exposureAddsUp:
      exposure(
        "Two slouches of 25 s or 30 s, 10 s apart",
        shows: "one deviation forward (by the second, which adds to the first); no reminder; recovery",
        [.upright(15), .slouch(40, 25), .correct(10), .slouch(40, 30), .correct(12)])
    case .exposureRecovers:
      exposure(
        "Two slouches of 25 s, 40 s apart", shows: "no cue (the first is forgotten before the second)",
        [.upright(15), .slouch(40, 25), .correct(40), .slouch(40, 25), .correct(12)])
    default: nil
    }
  }

  /// With holding times that fit into two minutes: 60 s at 20 degrees, 40 s at 40 and 20 s at 60.
  private func exposure(_ title: String, shows: String, _ steps: [Step]) -> ScenarioPlan {
    ScenarioPlan(
      title, shows: shows, steps, trigger: .exposure,
      settings: ["detector.holding-time": "60 s", "detector.shortest-holding-time": "20 s"])
  }
}
