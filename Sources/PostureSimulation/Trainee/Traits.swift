// SPDX-License-Identifier: MIT

/// What distinguishes one trainee from another.
struct Traits: Sendable {
  /// Upright without cues, untrained, 0...1.
  var start = 0.5
  /// The same at most.
  var ceiling = 0.5
  /// Of the way from here to the ceiling, in ten minutes of training.
  var learning = 0.0
  /// Of the way back to the start, in a day: gone within weeks.
  var forgetting = 0.0
  /// The chance of answering a cue when fresh.
  var answers = 0.85
  /// Minutes of training after which the half of it is left.
  var stamina = 60.0
  /// Deviation of a day's share, and of a week's.
  var mood = 0.06
  var weeklyMood = 0.0
  /// Share of the planned training that is done.
  var diligence = 0.93
  /// The chance of not wearing it on a day.
  var offDays = 0.08
  /// Of wear a day.
  var hours = 6.0
}

extension SimulatedTrainee.Temperament {
  func traits(on day: Int) -> Traits {
    var traits = Traits()
    switch self {
    case .learner, .quitter, .absent: traits.learns()
    case .struggler:
      traits.start = 0.3
      traits.ceiling = 0.3
      traits.answers = 0.45
      traits.stamina = 10
      traits.diligence = 0.8
    case .plateau:
      traits.start = 0.55
      traits.ceiling = 0.55
      traits.answers = 0.75
      traits.stamina = 40
    case .erratic:
      traits.start = 0.6
      traits.ceiling = 0.6
      traits.mood = 0.2
      traits.weeklyMood = 0.1
      traits.diligence = 0.6
      traits.offDays = 0.25
    case .relapser:
      traits.learns()
      if day >= 56 {
        traits.learning = 0
        traits.forgetting = 0.07
        traits.answers = 0.15
        traits.diligence = 0.7
      }
    case .perfect:
      traits.start = 1
      traits.ceiling = 1
      traits.answers = 1
      traits.mood = 0
      traits.diligence = 1
      traits.offDays = 0
    case .random: traits.offDays = 0.2
    }
    return traits
  }
}

extension Traits {
  fileprivate mutating func learns() {
    ceiling = 0.9
    learning = 0.02
    forgetting = 0.01
  }
}
