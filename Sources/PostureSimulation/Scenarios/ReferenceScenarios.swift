// SPDX-License-Identifier: MIT
import PostureCore

/// The reference posture: taken, refused, chosen, and doubted.
extension Scenario {
  var referencePlan: ScenarioPlan {
    switch self {
    case .calibration:
      return ScenarioPlan(
        "Calibrated while nodding, then in a slouch of 18 degrees, which is upright from then on",
        shows:
          "calibration refused for moving; two references taken; one deviation forward (of the next slouch); recovery",
        [
          .upright(15), .doing(.nod(about: .degrees(8), amplitude: .degrees(6), period: .seconds(4)), 12),
          .slouch(18, 30), .slouch(40, 16), .slouch(18, 12),
        ],
        commands: [19: .calibrate, 31: .calibrate])
    case .unsettledCalibration:
      return ScenarioPlan(
        "Calibrated in the first moments of a climb, before the gyroscope's bias can be known",
        shows: "calibration refused as unsettled; one reference taken (at rest)",
        [.doing(.climb, 30), .upright(20)], commands: [0: .calibrate])
    case .interruptedCalibration:
      var plan = ScenarioPlan(
        "Calibrated as the sensor begins to repeat itself, and again later",
        shows: "calibration refused without an estimate; frozen, then resumed; two references taken; no deviation",
        [.upright(45)], commands: [18: .calibrate, 32: .calibrate])
      let start = Timestamp(microseconds: 0)
      plan.sensor.faults = [.frozen(from: start + .seconds(18.5), to: start + .seconds(23))]
      return plan
    case .forwardAxisUpright:
      var plan = ScenarioPlan(
        "A sensor on edge, whose upright axis is said to point forward",
        shows: "calibration refused for an upright axis; no reference taken; no cue",
        [.upright(15), .slouch(25, 14), .correct(6)], settings: ["mount.forward": "x"])
      plan.mount = .onEdge
      return plan
    case .noReference:
      return ScenarioPlan(
        "Slouch with no reference posture", shows: "no reference taken; no cue",
        [.upright(15), .slouch(25, 16), .correct(10)], settings: ["reference.automatic": "no"])
    case .keptReference:
      return ScenarioPlan(
        "Slouch with a reference posture taken earlier",
        shows: "no reference taken; no question; one deviation forward; recovery",
        [.upright(15), .slouch(25, 16), .correct(12)], settings: ["reference.automatic": "no"],
        commands: [0: .setReference(.sitting, level)])
    case .bendShowsForward, .noBend: return bend
    case .referenceChosen, .referenceNotChosen: return choice
    default: return wearing
    }
  }

  /// The sensor lies level, its axis x forward.
  private var level: KeptReference? {
    KeptReference(up: .init(0, 0, 1_000_000_000), forward: .init(1_000_000_000, 0, 0), forwardAxis: .plusX)
  }

  /// Upside down, and forward between two of the sensor's axes.
  private var bend: ScenarioPlan {
    let asking: KeyValuePairs<Double, Command> = [16: .takeReference(nil, isBending: true)]
    var plan =
      self == .bendShowsForward
      ? ScenarioPlan(
        "Calibrated with a bend forward, the sensor turned by 60 degrees",
        shows:
          "a bend asked for; forward shown by a bend; two deviations; a deviation to the left; a deviation forward",
        [
          .upright(21), .slouch(40, 4), .correct(8), .lean(20, 16), .correct(12), .slouch(25, 16),
          .correct(12),
        ], commands: asking)
      : ScenarioPlan(
        "Calibrated, but without the bend, the sensor turned by 60 degrees; then a lean to the left",
        shows:
          "a bend asked for; calibration refused without a bend; one deviation forward (nothing has shown where that is)",
        [.upright(42), .lean(20, 16), .correct(12)], commands: asking)
    plan.mount = SensorMount(roll: .degrees(180), pitch: .degrees(25), yaw: .degrees(60))
    return plan
  }

  /// Stands 12 degrees further back than it sits.
  private var choice: ScenarioPlan {
    let standing = [Step.upright(15), .slouch(-12, 14), .upright(40)]
    return self == .referenceChosen
      ? ScenarioPlan(
        "Standing, then sitting for over half a minute, then a slouch; the nearest reference is used",
        shows: "two references taken; sitting used; one deviation forward; recovery",
        standing + [.slouch(25, 16), .correct(12)], settings: ["reference.choose": "yes"],
        commands: [20: .takeReference(.standing, isBending: false)])
      : ScenarioPlan(
        "Standing, then sitting for over half a minute; another reference is used when it is asked for",
        shows: "two references taken; an unknown reference refused, then sitting used; no cue",
        standing + [.slouch(12.5, 16), .correct(10)], settings: ["reference.choose": "no"],
        commands: [
          20: .takeReference(.standing, isBending: false), 66: .useReference(.car), 67: .useReference(.sitting),
        ])
  }

  private var wearing: ScenarioPlan {
    let off = [Step.upright(15), .doing(.offBody, 32)]
    let slouched = [Step.slouch(25, 16), .correct(12)]
    return switch self {
    case .wornTurned:
      ScenarioPlan(
        "Taken off and put on turned by 35 degrees, then calibrated anew, then a slouch",
        shows:
          "taken off, then put on; a question; suppressed as worn differently; two references taken; one nudge; recovery",
        off + [.doing(.putOn(turned: .degrees(35)), 30)] + slouched, commands: [66: .calibrate])
    case .strapStraightened:
      ScenarioPlan(
        "Taken off and put on turned by 35 degrees, then straightened, then a slouch",
        shows: "taken off, then put on; a question, then its answer; one reference taken; one nudge; recovery",
        off + [.doing(.putOn(turned: .degrees(35)), 20), .doing(.putOn(turned: .zero), 16)] + slouched)
    default:
      ScenarioPlan(
        "Taken off and put on as before, then a slouch",
        shows: "taken off, then put on; no question; one deviation forward; no reminder; recovery",
        off + [.doing(.putOn(turned: .zero), 15)] + slouched)
    }
  }
}
