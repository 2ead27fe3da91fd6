// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// Turns hours of the day into commands: quiet hours hold whenever they are, training hours change the mode where they
/// begin and end, so that who changes it in between is obeyed until then.
struct Schedule: Sendable {
  private let hours: Configuration.Cues
  private var isQuiet = false
  private var isTraining: Bool?

  init(_ hours: Configuration.Cues) { self.hours = hours }

  /// What is to be said now.
  ///
  /// - Parameter minute: of the day, local time; nil while it is not known.
  mutating func commands(minute: Int?) -> [Command] {
    guard let minute else { return [] }
    var commands: [Command] = []
    if let quiet = hours.quietHours?.contains(minute: minute), quiet != isQuiet {
      isQuiet = quiet
      commands.append(.setQuiet(quiet))
    }
    if let training = hours.trainingHours?.contains(minute: minute), training != isTraining {
      isTraining = training
      commands.append(.setMode(training ? .training : .tracking))
    }
    return commands
  }
}
