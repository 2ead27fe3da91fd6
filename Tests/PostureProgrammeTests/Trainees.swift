// SPDX-License-Identifier: MIT
import PostureProgramme
import PostureSimulation

/// What came of a trainee under the programme.
struct Story {
  var days: [ProgrammeDay] = []
  /// The training of each day, in minutes.
  var minutes: [Int] = []
  var plans: [Plan] = []

  init(_ temperament: SimulatedTrainee.Temperament, seed: UInt64, days count: Int = 182, _ rules: Rules = Rules()) {
    var trainee = SimulatedTrainee(temperament, seed: seed)
    var programme = Programme(rules)
    for number in 0..<count {
      let plan = programme.plan(of: number)
      let outcome = trainee.live(probe: plan.probe ?? 0, training: plan.seconds)
      let day = ProgrammeDay(number, outcome, planned: plan.seconds)
      programme.take(day)
      plans.append(plan)
      minutes.append(plan.minutes)
      days.append(day)
    }
  }

  var changes: [Change] { Change.all(of: minutes) }
}

extension ProgrammeDay {
  init(_ number: Int, _ outcome: SimulatedTrainee.Outcome, planned: Int? = nil) {
    self.init(
      number, worn: outcome.worn, judged: outcome.judged,
      training: Training(planned: planned, done: outcome.trained, upright: outcome.trainedUpright),
      probe: Probe(judged: outcome.probed, upright: outcome.probedUpright), cues: outcome.cues,
      corrected: outcome.corrected)
  }
}

/// A day whose training differs from that of the day before.
struct Change {
  let day: Int
  let isUp: Bool

  static func all(of minutes: [Int]) -> [Change] {
    zip(minutes.indices.dropFirst(), zip(minutes, minutes.dropFirst())).compactMap { day, pair in
      pair.0 == pair.1 ? nil : Change(day: day, isUp: pair.1 > pair.0)
    }
  }
}

extension [Change] {
  /// How often up follows down or down follows up.
  var turns: Int { zip(self, dropFirst()).count { $0.isUp != $1.isUp } }

  /// The least number of days from one change to the second after it where all three turn; nil without such.
  var shortestSwing: Int? {
    guard count >= 3 else { return nil }
    return (2..<count).compactMap { index -> Int? in
      let (a, b, c) = (self[index - 2], self[index - 1], self[index])
      return a.isUp != b.isUp && b.isUp != c.isUp ? c.day - a.day : nil
    }.min()
  }
}
