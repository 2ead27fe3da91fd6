// SPDX-License-Identifier: MIT
import PostureProgramme
import PostureSimulation
import Testing

/// What holds for each temperament, over half a year and many seeds.
struct TraineeTests {
  private static let seeds: ClosedRange<UInt64> = 1...100

  private func stories(_ temperament: SimulatedTrainee.Temperament, days: Int = 182) -> [Story] {
    Self.seeds.map { Story(temperament, seed: $0, days: days) }
  }

  @Test func aLearnersSessionsGrowStepByStepToTheLongest() {
    for story in stories(.learner) {
      #expect(story.minutes.first == 10)
      #expect(story.minutes.last == 60)
      #expect(story.changes.count(where: \.isUp) >= 5)
      #expect(story.minutes.firstIndex(of: 60) ?? .max < 84)
    }
  }

  @Test func aStrugglersSessionsShrinkWithinWeeksAndStayShort() {
    for story in stories(.struggler) {
      #expect(story.minutes[28] == 5)
      #expect(story.minutes[28...].allSatisfy { $0 <= 10 })
      #expect(story.minutes[28...].count { $0 == 5 } >= 130)
    }
  }

  @Test func oneWhoLearnsNothingButAnswersCuesComesToALengthAndKeepsNearIt() {
    for story in stories(.plateau) {
      #expect(story.minutes[90...].allSatisfy { (20...60).contains($0) })
      #expect(Set(story.minutes[90...]).count <= 3)
    }
  }

  @Test func aQuittersTrainingHasGoneDownToThatOfTheFirstDay() {
    for story in stories(.quitter) { #expect(story.minutes.last == 10) }
  }

  @Test func oneWhoComesBackAfterWeeksBeginsLower() {
    for story in stories(.absent) {
      let pauses = story.changes.filter { story.plans[$0.day].reason == .shorterAfterPause(days: 14) }
      #expect(!pauses.isEmpty)
      #expect(pauses.allSatisfy { !$0.isUp })
    }
  }

  @Test func aRelapsersSessionsGrowAndShrinkWithinEightWeeksAfterTheRelapse() {
    for story in stories(.relapser) {
      #expect(story.minutes[55] >= 30)
      #expect(story.minutes[112] <= 15)
      #expect(story.minutes[140...].allSatisfy { $0 <= 10 })
    }
  }

  @Test func aPerfectWearerGoesUpOnceAWeekAndStaysThere() {
    for story in stories(.perfect) {
      #expect(story.changes.map(\.day) == [7, 14, 21, 28, 35])
      #expect(story.plans[40].outlook == .longest)
    }
  }

  @Test func chanceAloneDoesNotMakeItLong() {
    for story in stories(.random) + stories(.erratic) { #expect(story.minutes[60...].allSatisfy { $0 <= 15 }) }
  }

  @Test(arguments: SimulatedTrainee.Temperament.allCases)
  func nobodysSessionsSwing(_ temperament: SimulatedTrainee.Temperament) {
    for story in stories(temperament) {
      #expect(story.changes.shortestSwing ?? .max >= 21)
      #expect(story.changes.turns <= 8)
    }
  }

  @Test(arguments: SimulatedTrainee.Temperament.allCases, [5...60, 12...18, 30...30, 5...120])
  func lengthsStayWithinTheSettings(_ temperament: SimulatedTrainee.Temperament, _ range: ClosedRange<Int>) {
    for seed in 1...10 as ClosedRange<UInt64> {
      let story = Story(temperament, seed: seed, Rules(minutes: range))
      #expect(story.minutes.allSatisfy(range.contains))
      #expect(story.plans.allSatisfy { $0.sessionSeconds <= 1200 })
    }
  }

  @Test(arguments: SimulatedTrainee.Temperament.allCases)
  func theSameSeedHasTheSameHalfYearAndAnotherOneAnother(_ temperament: SimulatedTrainee.Temperament) {
    let story = Story(temperament, seed: 7)
    #expect(story.days == Story(temperament, seed: 7).days)
    if temperament != .perfect { #expect(story.days != Story(temperament, seed: 8).days) }
    for day in [0, 1, 50, 181] {
      #expect(story.plans[day] == Programme.plan(of: day, after: story.days))
    }
  }

  @Test(arguments: SimulatedTrainee.Temperament.allCases)
  func whatATraineeDoesInAMinuteCanBe(_ temperament: SimulatedTrainee.Temperament) {
    var trainee = SimulatedTrainee(temperament, seed: 3)
    for _ in 0..<182 {
      for block in SimulatedTrainee.Block.allCases {
        for minute in [0, 10, 59] {
          let behaviour = trainee.behaviour(in: block, minute: minute)
          #expect((0...1).contains(behaviour.upright) && (0...1).contains(behaviour.answers))
          #expect(min(behaviour.forward, behaviour.backward, behaviour.left, behaviour.right) >= 0)
        }
      }
      let probe = trainee.behaviour(in: .probe).upright
      #expect(trainee.behaviour(in: .plain).upright == probe)
      #expect(trainee.behaviour(in: .training).upright >= probe)
      let outcome = trainee.live(probe: 900, training: 1800)
      #expect(outcome.probedUpright <= outcome.probed && outcome.trainedUpright <= outcome.trained)
      #expect(outcome.probed + outcome.trained <= outcome.judged && outcome.judged <= outcome.worn)
      #expect(outcome.corrected <= outcome.cues)
    }
  }
}
