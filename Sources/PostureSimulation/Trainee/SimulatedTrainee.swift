// SPDX-License-Identifier: MIT
import PostureCore

/// Somebody who trains, day by day: how upright they sit without cues, what they learn and forget, what they do of what
/// is planned.
///
/// Everything follows from temperament, seed and what was planned on the days before; the same bits everywhere.
package struct SimulatedTrainee: Sendable {
  package enum Temperament: Sendable, CaseIterable {
    /// Learns, and does what is planned.
    case learner
    /// Leans much, and answers few cues.
    case struggler
    /// Answers cues for a while, and learns nothing.
    case plateau
    /// Now so, now so, by days and by weeks.
    case erratic
    /// Stops wearing it after some weeks.
    case quitter
    /// Wears it for weeks, and not for weeks.
    case absent
    /// Learns for eight weeks, then answers no more.
    case relapser
    /// Never leans.
    case perfect
    /// As chance has it.
    case random
  }

  /// What is asked of a minute.
  package enum Block: UInt64, Sendable, CaseIterable {
    case plain, probe, training
  }

  /// What to expect of a minute.
  package struct Behaviour: Sendable, Equatable {
    /// Share of the judged time, 0...1.
    package var upright: Double
    /// Leans beyond the limits in an hour, by direction.
    package var forward: Double
    package var backward: Double
    package var left: Double
    package var right: Double
    /// The chance that a cue is followed by coming upright within 20 s.
    package var answers: Double
  }

  /// What was measured on a day, in seconds of judged wear.
  package struct Outcome: Sendable, Equatable {
    package var worn = 0
    package var judged = 0
    package var probed = 0
    package var probedUpright = 0
    package var trained = 0
    package var trainedUpright = 0
    package var cues = 0
    package var corrected = 0
  }

  /// From 0.
  package private(set) var day = 0
  /// Share of upright time without cues that has become a habit, before the mood of the day.
  package private(set) var habit: Double
  private let temperament: Temperament
  private let random: CounterRandom

  package init(_ temperament: Temperament, seed: UInt64) {
    self.temperament = temperament
    random = CounterRandom(seed: seed)
    habit = temperament.traits(on: 0).start
  }

  private enum Stream: UInt64 {
    case mood = 60
    case week, absence, wear, done, probe, training, cues, side, span
  }

  private func uniform(_ stream: Stream, _ index: Int) -> Double {
    random.uniform(stream: stream.rawValue, index: UInt64(index))
  }

  private func normal(_ stream: Stream, _ index: Int) -> Double {
    random.normal(stream: stream.rawValue, index: UInt64(index))
  }

  private var traits: Traits { temperament.traits(on: day) }

  /// Seconds for which the device is worn today; in three quarters of it posture counts.
  package var wear: Int {
    guard !isAway, uniform(.absence, day) >= traits.offDays else { return 0 }
    return Int(traits.hours * 3600 * (0.6 + 0.8 * uniform(.wear, day)))
  }

  private var isAway: Bool {
    switch temperament {
    case .quitter: day >= 14 + Int(28 * uniform(.span, 0))
    case .absent: (day + Int(30 * uniform(.span, 0))) % 63 >= 35
    default: false
    }
  }

  /// Upright without cues today, 0...1.
  private var readiness: Double {
    if temperament == .random { return uniform(.mood, day) }
    let mood = traits.mood * normal(.mood, day) + traits.weeklyMood * normal(.week, day / 7)
    return min(max(habit + mood, 0), 1)
  }

  /// What to expect of a minute of today.
  ///
  /// - Parameter minute: of today's training, from 0; of no matter in other blocks.
  package func behaviour(in block: Block, minute: Int = 0) -> Behaviour {
    let ready = readiness
    let answers = traits.answers * traits.stamina / (traits.stamina + Double(minute))
    let upright = block == .training ? ready + (1 - ready) * answers : ready
    // A lean that nobody ends lasts two and a half minutes.
    let leans = (1 - ready) * 24
    let left = 0.1 + 0.1 * uniform(.side, 0)
    return Behaviour(
      upright: upright, forward: 0.65 * leans, backward: 0.05 * leans, left: left * leans, right: (0.3 - left) * leans,
      answers: answers)
  }

  /// Lives through today, under a plan, and on to tomorrow.
  ///
  /// - Parameters:
  ///   - probe: seconds without cues before the training; 0 where none is due.
  ///   - training: seconds.
  package mutating func live(probe: Int, training: Int) -> Outcome {
    var outcome = Outcome()
    outcome.worn = wear
    outcome.judged = outcome.worn * 3 / 4
    outcome.probed = min(probe, outcome.judged)
    outcome.probedUpright = measured(behaviour(in: .probe).upright, over: outcome.probed, .probe)
    outcome.trained = min(done(of: training), outcome.judged - outcome.probed)
    train(&outcome)
    learn(from: outcome.trained)
    day += 1
    return outcome
  }

  private func done(of planned: Int) -> Int {
    if temperament == .random { return Int(Double(planned) * uniform(.done, day)) }
    let share = traits.diligence + (1 - traits.diligence) * (2 * uniform(.done, day) - 1)
    return min(planned, Int(Double(planned) * share + 0.5))
  }

  private func train(_ outcome: inout Outcome) {
    guard outcome.trained > 0 else { return }
    // The middle of the training stands for all of it.
    let behaviour = behaviour(in: .training, minute: outcome.trained / 120)
    outcome.trainedUpright = measured(behaviour.upright, over: outcome.trained, .training)
    let leans = behaviour.forward + behaviour.backward + behaviour.left + behaviour.right
    outcome.cues = Int(leans * Double(outcome.trained) / 3600 + uniform(.cues, day))
    outcome.corrected = min(outcome.cues, Int(Double(outcome.cues) * behaviour.answers + 0.5))
  }

  /// What a block of so many seconds shows of a share: leans of two minutes make it uncertain.
  private func measured(_ share: Double, over seconds: Int, _ stream: Stream) -> Int {
    guard seconds > 0 else { return 0 }
    let deviation = (share * (1 - share) * 120 / Double(seconds)).squareRoot()
    return Int(Double(seconds) * min(max(share + deviation * normal(stream, day), 0), 1))
  }

  private mutating func learn(from seconds: Int) {
    let traits = traits
    habit += (traits.ceiling - habit) * min(1, traits.learning * Double(seconds) / 600)
    habit += (traits.start - habit) * traits.forgetting
  }
}
