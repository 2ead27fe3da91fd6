// SPDX-License-Identifier: MIT
import PostureCore

/// All there is to a scenario.
struct ScenarioPlan {
  let title: String
  let shows: String
  let script: Script
  var settings: [(key: String, value: String)]
  var commands: [(after: Interval, command: Command)]
  var mount = SensorMount.identity
  var sensor = SimulatedSensorParameters()

  /// - Parameters:
  ///   - settings: beside the trigger.
  ///   - commands: by seconds since the first sample.
  init(
    _ title: String, shows: String, _ steps: [Step], trigger: Trigger? = .hold,
    settings: KeyValuePairs<String, String> = [:], commands: KeyValuePairs<Double, Command> = [:]
  ) {
    self.title = title
    self.shows = shows
    script = Script(steps)
    self.settings = settings.map { (key: $0.key, value: $0.value) }
    switch trigger {
    case .hold: self.settings.insert((key: "detector.trigger", value: "hold"), at: 0)
    case .exposure: self.settings.insert((key: "detector.trigger", value: "exposure"), at: 0)
    case nil: break
    }
    self.commands = commands.map { (after: .seconds($0.key), command: $0.value) }
  }
}

/// Lengths in seconds, angles in degrees.
extension Step {
  static func doing(_ activity: Activity, _ length: Double) -> Step { Step(activity, for: .seconds(length)) }
  static func upright(_ length: Double) -> Step { doing(.upright, length) }
  static func correct(_ length: Double) -> Step { doing(.correct, length) }
  static func hold(_ length: Double) -> Step { doing(.hold, length) }
  static func reach(_ length: Double) -> Step { doing(.reach, length) }
  static func jolt(_ length: Double) -> Step { doing(.jolt, length) }

  /// Comes to it over 2 s, which belong to the length.
  static func slouch(_ angle: Double, _ length: Double) -> Step {
    doing(.slouch(to: .degrees(angle), over: .seconds(2)), length)
  }

  /// To the side, left positive; the same.
  static func lean(_ angle: Double, _ length: Double) -> Step {
    doing(.lean(to: .degrees(angle), over: .seconds(2)), length)
  }
}
