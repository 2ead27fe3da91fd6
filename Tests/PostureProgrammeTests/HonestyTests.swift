// SPDX-License-Identifier: MIT
import PostureProgramme
import PostureSimulation
import Testing

/// How often something is said to have been learnt, of those who learnt something and those who did not.
struct HonestyTests {
  private static let seeds: ClosedRange<UInt64> = 1...1000

  private func improved(_ temperament: SimulatedTrainee.Temperament, after days: Int) -> Double {
    let said = Self.seeds.count { seed in
      if case .improved = Learning(Story(temperament, seed: seed, days: days).days, on: days - 1).verdict {
        true
      } else {
        false
      }
    }
    return Double(said) / Double(Self.seeds.count)
  }

  @Test(arguments: [SimulatedTrainee.Temperament.struggler, .plateau, .random])
  func whoLearnsNothingIsHardlyEverSaidToHaveImproved(_ temperament: SimulatedTrainee.Temperament) {
    // 2.5 % is what the interval allows; three deviations of a count of a thousand are 1.5 %.
    #expect(improved(temperament, after: 42) < 0.04)
  }

  @Test func weeksThatHangTogetherMakeItSomewhatMoreOften() {
    #expect(improved(.erratic, after: 42) < 0.08)
  }

  @Test func aPerfectWearerHasNotImproved() {
    #expect(improved(.perfect, after: 42) == 0)
  }

  @Test func aLearnersSixWeeksAreSeenInEverySecondOne() {
    #expect(improved(.learner, after: 42) > 0.4)
  }

  @Test func aLookOnEveryDaySeesChancesRiseSoonerOrLater() {
    // The article says so: what the interval allows is meant of one look.
    let seeds = 1...200 as ClosedRange<UInt64>
    let seen = seeds.count { seed in
      let story = Story(.plateau, seed: seed)
      return story.days.indices.contains { day in
        if case .improved = Learning(story.days, on: day).verdict { true } else { false }
      }
    }
    #expect((0.5...0.8).contains(Double(seen) / Double(seeds.count)))
  }
}
