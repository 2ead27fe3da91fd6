// SPDX-License-Identifier: MIT
import PostureCore

/// Leans by the hold of 10 s, and what can befall the sensor.
extension Scenario {
  var leanPlan: ScenarioPlan? {
    switch self {
    case .upright:
      ScenarioPlan("Upright at a desk, a minute long", shows: "no cue", [.upright(60)], trigger: nil)
    case .slowSlouch:
      ScenarioPlan(
        "Slow slouch at a desk, held 20 s, then corrected", shows: "one deviation forward; no reminder; recovery",
        bend(over: 15, held: 20, corrected: 20))
    case .slouchUntilReminded:
      ScenarioPlan(
        "Slouch held for over a minute, then corrected", shows: "one deviation forward; one reminder; recovery",
        bend(over: 3, held: 77, corrected: 15))
    case .briefLean:
      ScenarioPlan(
        "Lean forward for 4 s", shows: "no cue (the lean is over before the hold)",
        bend(over: 1, held: 4, corrected: 40))
    case .sidewaysLean:
      ScenarioPlan(
        "Lean to the left for 20 s, then corrected", shows: "one deviation to the left; no reminder; recovery",
        [.upright(15), .lean(20, 22), .correct(23)])
    case .reaching:
      ScenarioPlan(
        "Three reaches for something", shows: "no cue (every reach is over before the hold)",
        [
          .upright(15), .reach(3), .hold(7), .reach(3), .hold(7), .reach(3),
          .hold(22),
        ])
    case .walking:
      ScenarioPlan(
        "Walk of 30 s between two rests", shows: "no cue (walking is not leaning)",
        [.upright(15), .doing(.walk, 30), .upright(15)], trigger: nil)
    case .nodding:
      ScenarioPlan(
        "Nodding about the limit for 40 s, then corrected",
        shows: "one deviation forward (though the limit is crossed again and again); no reminder; recovery",
        [
          .upright(15),
          .doing(.nod(about: .degrees(15.5), amplitude: .degrees(3), period: .seconds(5)), 42),
          .correct(13),
        ])
    default: sensorPlan
    }
  }

  private var sensorPlan: ScenarioPlan? {
    var plan: ScenarioPlan
    switch self {
    case .gyroBias:
      plan = ScenarioPlan(
        "Slow slouch with 10 deg/s of gyroscope bias on every axis",
        shows: "one deviation forward; no reminder; recovery (the bias is learnt, the slouch is not)",
        bend(over: 15, held: 20, corrected: 20))
      let bias = Angle.degrees(10).radians
      plan.sensor.gyroscopeBias = AngularVelocity(bias, -bias, bias)
    case .saturation:
      plan = ScenarioPlan(
        "Three jolts beyond the sensor's range", shows: "saturation; no cue",
        [
          .upright(20), .jolt(1), .hold(9), .jolt(1), .hold(9), .jolt(1),
          .hold(19),
        ], trigger: nil)
    case .gap:
      plan = ScenarioPlan(
        "Sensor without answer for 3 s, then a slouch", shows: "one gap; one deviation forward; no reminder; recovery",
        [.upright(35), .slouch(25, 17), .correct(18)])
      plan.sensor.faults = [.noAnswer(from: Self.at(25), to: Self.at(28))]
    case .stuck:
      plan = ScenarioPlan(
        "Sensor that repeats itself for 5 s, then a slouch",
        shows: "frozen, then resumed; one deviation forward; no reminder; recovery",
        [.upright(35), .slouch(25, 17), .correct(18)])
      plan.sensor.faults = [.frozen(from: Self.at(20), to: Self.at(25))]
    case .upsideDown:
      plan = ScenarioPlan(
        "Slouch with the sensor upside down and skewed", shows: "one deviation forward; no reminder; recovery",
        bend(over: 3, held: 20, corrected: 22))
      plan.mount = .skewed
    case .motorShake:
      plan = ScenarioPlan(
        "Slouch held for over a minute, with the motor on the sensor's board",
        shows: "one deviation forward; one reminder; recovery", bend(over: 3, held: 77, corrected: 15))
      plan.sensor.motorShake = 1
    case .offBody:
      plan = ScenarioPlan(
        "Taken off, laid on a table, put on again",
        shows: "suppressed by lying (until nothing has breathed for 20 s); taken off, then put on; no cue",
        [.upright(20), .doing(.offBody, 30), .upright(20)])
    case .uncertainUp:
      plan = ScenarioPlan(
        "Bent forward as the sensor answers again, upright before up is known well, then a slouch",
        shows: "one gap; suppressed as up was uncertain; one deviation forward; one nudge; recovery",
        [.upright(22), .slouch(25, 4.5), .correct(15), .slouch(25, 6), .correct(12)],
        settings: ["detector.hold": "1 s"])
      plan.sensor.faults = [.noAnswer(from: Self.at(21), to: Self.at(24))]
    case .sixPoses: plan = sixPoses
    default: return nil
    }
    return plan
  }

  private var sixPoses: ScenarioPlan {
    // Up are the sensor's z, -x, -z, x, y and -y, then three edges.
    let poses = [(0, 0), (90, 0), (180, 0), (270, 0), (270, -90), (270, 90), (315, 35), (225, -35), (120, 20)].map {
      Step.doing(.lie(flexion: .degrees($0), lateral: .degrees($1)), 5)
    }
    var plan = ScenarioPlan(
      "A bad accelerometer laid on each of its six sides and on three edges, twice",
      shows: "suppressed by lying (for which a sensor that is turned about is taken); no cue",
      [.upright(15)] + poses + poses)
    // Within what PS-MPU-6000A-00 rev 3.4, 6.1 and 6.2, allows.
    func mg(_ milli: Double) -> Double { milli * 0.001 * standardGravity }
    plan.sensor.accelerometerOffset = Acceleration(mg(45), mg(-30), mg(60))
    plan.sensor.accelerometerScaleError = Vector3(0.015, -0.02, 0.01)
    plan.sensor.gyroscopeBias = AngularVelocity(Angle.degrees(2).radians, Angle.degrees(-3).radians, 0)
    return plan
  }

  /// Bends to 25 degrees, the hold time beginning when it is reached.
  private func bend(over: Double, held: Double, corrected: Double) -> [Step] {
    [
      .upright(15), .doing(.slouch(to: .degrees(25), over: .seconds(over)), over + held),
      .correct(corrected),
    ]
  }

  private static func at(_ seconds: Double) -> Timestamp { Timestamp(microseconds: 0) + .seconds(seconds) }
}
