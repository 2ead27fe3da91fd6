// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// Turns hours of the day into commands: quiet hours hold whenever they are, training hours change the mode where they
/// begin and end, so that who changes it in between is obeyed until then.
struct Schedule: Sendable {
  var hours: Configuration.Cues {
    didSet { if hours.trainingHours != oldValue.trainingHours { isTraining = nil } }
  }
  private var isQuiet = false
  private var isTraining: Bool?

  init(_ hours: Configuration.Cues) { self.hours = hours }

  /// Says what is to be said now.
  ///
  /// - Parameters:
  ///   - minute: of the day, local time; nil while it is not known.
  ///   - send: false where it was not taken, and is to be said again.
  mutating func tell(minute: Int?, _ send: (Command) -> Bool) {
    guard let minute else { return }
    let quiet = hours.quietHours?.contains(minute: minute) ?? false
    if quiet != isQuiet, send(.setQuiet(quiet)) { isQuiet = quiet }
    if let training = hours.trainingHours?.contains(minute: minute), training != isTraining,
      send(.setMode(training ? .training : .tracking))
    {
      isTraining = training
    }
  }
}
