// SPDX-License-Identifier: MIT
import PostureCore

/// What the wearer is about, where posture does not count or a cue waits.
extension Scenario {
  var contextPlan: ScenarioPlan? {
    switch self {
    case .stairs:
      ScenarioPlan(
        "Stairs climbed bent forward, before a slouch and after it",
        shows: "suppressed by walking; one deviation forward; ended by walking; no reminder",
        [
          .upright(15), .doing(.climb, 25), .upright(8), .slouch(25, 16), .doing(.climb, 20), .upright(10),
        ])
    case .restless:
      ScenarioPlan(
        "Slouch of 40 s in which the wearer gets up three times",
        shows: "suppressed by moving (the hold begins anew each time); one deviation forward; no reminder; recovery",
        [
          .upright(15), .slouch(25, 8), .doing(.rise, 2), .hold(6), .doing(.rise, 2), .hold(6),
          .doing(.rise, 2), .hold(16), .correct(12),
        ])
    case .lyingDown:
      ScenarioPlan(
        "Lying on the back, then a slouch, then lying on the side",
        shows: "suppressed by lying; one deviation forward; ended by lying; no reminder; never taken off",
        [
          .upright(15), .doing(.recline(flexion: .degrees(-75), lateral: .zero), 25), .upright(10),
          .slouch(25, 15), .doing(.recline(flexion: .zero, lateral: .degrees(75)), 20), .upright(12),
        ])
    case .drive:
      ScenarioPlan(
        "Slouch in a car on a road, then on foot, then a slouch on a chair",
        shows: "suppressed by transport; one deviation forward (at rest again); no reminder; recovery",
        [
          .upright(15), .doing(.ride(bent: .zero), 20), .doing(.ride(bent: .degrees(22)), 18),
          .doing(.ride(bent: .zero), 4), .doing(.walk, 12), .upright(6), .slouch(25, 14), .correct(12),
        ])
    case .leantOnSomething:
      ScenarioPlan(
        "Taken off and leant on something, 25 degrees forward, then put on again",
        shows: "suppressed as off the body; taken off, then put on; no cue",
        [
          .upright(15), .doing(.lie(flexion: .degrees(25), lateral: .zero), 40), .upright(12),
        ])
    case .bendWaitedFor:
      ScenarioPlan(
        "A reach as a cue is due, and a bend that ends a slouch as one is due",
        shows:
          "one deviation forward; a cue that waited (for the reach); suppressed by bending (upright after the bend)",
        [
          .upright(15), .slouch(25, 10.5), .reach(3), .hold(8), .correct(15), .slouch(25, 10.5),
          .doing(.slouch(to: .degrees(55), over: .seconds(1.2)), 1.2), .correct(12),
        ])
    default: nil
    }
  }
}
