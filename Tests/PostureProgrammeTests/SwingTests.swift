// SPDX-License-Identifier: MIT
import PostureProgramme
import PostureSimulation
import Testing

/// That the training cannot swing, whatever the days.
struct SwingTests {
  /// Good days until the training grows, poor ones until it shrinks; by turns so long as each lasts.
  enum Adversary: CaseIterable {
    /// Good on the way up, poor on the way down.
    case leaning
    /// The same, but what is not done makes the poor days.
    case idle
    /// Good on the way up, away on the way down.
    case away
    /// Away and leaning by turns on the way down: a pause brings it down, then poor days do.
    case awayAndLeaning
    /// Whatever chance says, for so long as chance says.
    case random
  }

  private func minutes(_ adversary: Adversary, seed: UInt64, days count: Int) -> [Int] {
    var programme = Programme()
    let random = CounterRandom(seed: seed)
    var minutes: [Int] = []
    var wantsUp = true
    var ups = 0
    for number in 0..<count {
      let plan = programme.plan(of: number)
      if let last = minutes.last, last != plan.minutes {
        wantsUp = plan.minutes < last
        if !wantsUp { ups += 1 }
      }
      minutes.append(plan.minutes)
      func chance(_ stream: UInt64, _ index: Int) -> Double { random.uniform(stream: stream, index: UInt64(index)) }
      var day = ProgrammeDay(number, worn: 20_000, judged: 10_000)
      switch adversary {
      case .random:
        // Spells of one to thirty days, each of a kind of its own.
        let spell = number / (1 + Int(30 * chance(1, Int(seed))))
        let isWorn = chance(2, spell) < 0.8
        if !isWorn { day = ProgrammeDay(number) }
        let done = isWorn ? Int(Double(plan.seconds) * min(1, 1.5 * chance(3, spell))) : 0
        day.training = ProgrammeDay.Training(
          done: done, upright: Int(Double(done) * (chance(4, spell) < 0.6 ? 1 : chance(5, number))))
      case .leaning, .idle, .away, .awayAndLeaning:
        if wantsUp {
          day.training = ProgrammeDay.Training(done: plan.seconds, upright: plan.seconds)
        } else if adversary == .leaning || adversary == .awayAndLeaning && ups % 2 == 0 {
          day.training = ProgrammeDay.Training(done: plan.seconds, upright: 0)
        } else if adversary != .idle {
          day = ProgrammeDay(number)
        }
      }
      programme.take(day)
    }
    return minutes
  }

  @Test(arguments: Adversary.allCases)
  func upDownAndUpAgainTakeThreeWeeksAtLeastWhateverTheWearerDoes(_ adversary: Adversary) {
    var swings: [Int] = []
    for seed in 1...(adversary == .random ? 300 : 1) as ClosedRange<UInt64> {
      let days = 364
      let changes = Change.all(of: minutes(adversary, seed: seed, days: days))
      if let swing = changes.shortestSwing { swings.append(swing) }
      #expect(changes.turns <= 1 + 2 * days / 21)
    }
    #expect(swings.min() ?? 0 >= 21)
  }

  @Test func whoeverDoesEverythingToMakeItSwingIsHeldUpLongerEachTime() {
    let changes = Change.all(of: minutes(.leaning, seed: 1, days: 364))
    let waits = zip(changes, changes.dropFirst()).filter { !$0.isUp && $1.isUp }.map { $1.day - $0.day }
    #expect(waits.prefix(2) == [14, 28])
    #expect(waits.dropFirst().allSatisfy { $0 == 28 })
    #expect(changes.turns <= 2 * 364 / 35 + 1)
  }
}
