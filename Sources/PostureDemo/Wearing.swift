// SPDX-License-Identifier: MIT
import PostureHistory
import PostureProgramme
import PostureSimulation

/// How a simulated wearer sits on one day, as a model has it: of no person.
struct Wearing: Sendable, Equatable {
  /// Of the judged time, 0 to 1: what the day comes to, about.
  var uprightShare: Double
  /// That a cue is followed, 0 to 1.
  var answers: Double

  /// Nobody is upright always or never for as long as they sit.
  private static let possible = 0.03...0.98

  init(_ behaviour: SimulatedTrainee.Behaviour) {
    uprightShare = max(Self.possible.lowerBound, min(behaviour.upright, Self.possible.upperBound))
    answers = behaviour.answers
  }
}

extension SimulatedTrainee {
  /// What to expect of today, by the kind of block; of training, its middle stands for all of it.
  func wearing(training minutes: Int) -> [PostureHistory.Block: Wearing] {
    [
      .plain: Wearing(behaviour(in: .plain)), .probe: Wearing(behaviour(in: .probe)),
      .training: Wearing(behaviour(in: .training, minute: minutes / 2)),
    ]
  }
}
