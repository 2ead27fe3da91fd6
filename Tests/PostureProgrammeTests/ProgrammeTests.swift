// SPDX-License-Identifier: MIT
import PostureProgramme
import Testing

/// Days as a test tells them.
private enum Told {
  case good, fair, leaning, short, missed

  func day(_ number: Int, planned: Int) -> ProgrammeDay {
    func trained(_ done: Int, _ percent: Int) -> ProgrammeDay {
      ProgrammeDay(
        number, worn: 14_400, judged: 10_800,
        training: ProgrammeDay.Training(planned: planned, done: done, upright: done * percent / 100))
    }
    return switch self {
    case .good: trained(planned, 90)
    case .fair: trained(planned, 70)
    case .leaning: trained(planned, 40)
    case .short: trained(planned / 4, 95)
    case .missed: ProgrammeDay(number)
    }
  }
}

extension Programme {
  fileprivate mutating func take(_ told: Told, times: Int = 1, from day: inout Int) {
    for _ in 0..<times {
      take(told.day(day, planned: plan(of: day).seconds))
      day += 1
    }
  }
}

struct ProgrammeTests {
  private var programme = Programme()
  private var day = 100

  private var plan: Plan { programme.plan(of: day) }

  @Test func theFirstDayHasTenMinutesBecauseNothingIsKnown() {
    #expect(plan.minutes == 10)
    #expect(plan.sessions == 1)
    #expect(plan.reason == .start)
    #expect(plan.outlook == .longer(good: 0, needed: 5, days: 7))
    #expect(plan.goal == 80)
  }

  @Test mutating func fiveGoodDaysOfAWeekMakeTheTrainingLongerOnAGoodDayAfterAWeekAtTheEarliest() {
    programme.take(.good, times: 6, from: &day)
    #expect(plan.minutes == 10)
    #expect(plan.outlook == .longer(good: 5, needed: 5, days: 1))
    programme.take(.fair, from: &day)
    #expect(plan.minutes == 10)
    programme.take(.good, from: &day)
    #expect(plan.minutes == 15)
    #expect(plan.reason == .longer(good: 6, of: 7))
  }

  @Test mutating func fourGoodDaysOfSevenDoNot() {
    for _ in 0..<6 {
      programme.take(.good, times: 4, from: &day)
      programme.take(.fair, times: 3, from: &day)
    }
    #expect(plan.minutes == 10)
    #expect(plan.reason == .start)
  }

  @Test mutating func missedDaysNeitherCountNorBreakARow() {
    for _ in 0..<5 {
      programme.take(.good, from: &day)
      programme.take(.missed, times: 3, from: &day)
    }
    #expect(plan.minutes == 15)
  }

  @Test mutating func fourDaysThatMissTheGoalClearlyMakeItShorterAtOnce() {
    programme.take(.leaning, times: 3, from: &day)
    #expect(plan.minutes == 10)
    programme.take(.leaning, from: &day)
    #expect(plan.minutes == 5)
    #expect(plan.reason == .shorterForPosture(days: 4))
  }

  @Test mutating func fourDaysOnWhichLessThanHalfWasDoneMakeItShorterToo() {
    programme.take(.short, times: 4, from: &day)
    #expect(plan.minutes == 5)
    #expect(plan.reason == .shorterForTime(days: 4))
  }

  @Test mutating func threePoorDaysOfSevenDoNotHoweverOften() {
    for _ in 0..<6 {
      programme.take(.leaning, times: 3, from: &day)
      programme.take(.good, times: 4, from: &day)
    }
    #expect(plan.minutes == 10)
  }

  @Test mutating func ofPoorDaysOfBothKindsItNamesTheOneThatWasMoreOften() {
    programme.take(.leaning, times: 2, from: &day)
    programme.take(.short, times: 2, from: &day)
    #expect(plan.reason == .shorterForPosture(days: 2))
  }

  @Test mutating func daysBetweenGoodAndPoorChangeNothingHoweverMany() {
    programme.take(.fair, times: 100, from: &day)
    #expect(plan.minutes == 10)
    #expect(plan.reason == .start)
  }

  @Test mutating func afterAStepUpAStepDownWaitsForAWeek() {
    programme.take(.good, times: 7, from: &day)
    programme.take(.leaning, times: 6, from: &day)
    #expect(plan.minutes == 15)
    programme.take(.leaning, from: &day)
    #expect(plan.minutes == 10)
  }

  @Test mutating func eachFallFromARungDoublesWhatLeadsBackToItUpToFourTimes() {
    programme.take(.good, times: 7, from: &day)
    for wait in [14, 28, 28] {
      programme.take(.leaning, times: 7, from: &day)
      #expect(plan.minutes == 10)
      #expect(plan.outlook == .longer(good: 0, needed: wait * 5 / 7, days: wait))
      programme.take(.good, times: wait - 1, from: &day)
      #expect(plan.minutes == 10)
      programme.take(.good, from: &day)
      #expect(plan.minutes == 15)
    }
  }

  @Test mutating func aStepUpAfterAnyStepDownTakesTwoWeeksAndThoseAfterItOne() {
    programme.take(.leaning, times: 4, from: &day)
    programme.take(.good, times: 13, from: &day)
    #expect(plan.minutes == 5)
    programme.take(.good, from: &day)
    #expect(plan.minutes == 10)
    programme.take(.good, times: 7, from: &day)
    #expect(plan.minutes == 15)
  }

  @Test mutating func onTheShortestThereIsNoShorterOneAndItSaysSo() {
    programme.take(.leaning, times: 4, from: &day)
    programme.take(.leaning, times: 4, from: &day)
    #expect(plan.minutes == 5)
    #expect(plan.outlook == .noShorter)
  }

  @Test mutating func onTheLongestItStays() {
    programme.take(.good, times: 100, from: &day)
    #expect(plan.minutes == 60)
    #expect(plan.sessions == 3)
    #expect(plan.outlook == .longest)
  }

  @Test mutating func twoWeeksWithoutTrainingLowerItByARungAndEachFurtherWeekByAnother() {
    programme.take(.good, times: 28, from: &day)
    #expect(plan.minutes == 40)
    programme.take(.missed, times: 13, from: &day)
    #expect(plan.minutes == 40)
    programme.take(.missed, from: &day)
    #expect(plan.minutes == 30)
    #expect(plan.reason == .shorterAfterPause(days: 14))
    programme.take(.missed, times: 7, from: &day)
    #expect(plan.minutes == 20)
    programme.take(.missed, times: 40, from: &day)
    #expect(plan.minutes == 10)
  }

  @Test mutating func afterAPauseAStepUpTakesTwoWeeksAsAfterAnyStepDown() {
    programme.take(.good, times: 7, from: &day)
    programme.take(.missed, times: 14, from: &day)
    #expect(plan.minutes == 10)
    #expect(plan.outlook == .longer(good: 0, needed: 10, days: 14))
    programme.take(.good, times: 13, from: &day)
    #expect(plan.minutes == 10)
    programme.take(.good, from: &day)
    #expect(plan.minutes == 15)
  }

  @Test mutating func whoeverComesBackAfterTenWeeksBeginsAnew() {
    programme.take(.good, times: 28, from: &day)
    day += 70
    #expect(plan.minutes == 10)
    #expect(plan.reason == .anew(days: 70))
    day += 1_000_000
    #expect(plan.reason == .anew(days: 70))
    #expect(plan.outlook == .longer(good: 0, needed: 5, days: 0))
  }

  @Test mutating func daysThatAreLeftOutAreMissedDays() {
    var left = programme
    var (a, b) = (day, day)
    for gap in [1, 20, 3, 90] {
      programme.take(.good, times: 9, from: &a)
      left.take(.good, times: 9, from: &b)
      programme.take(.missed, times: gap, from: &a)
      b += gap
      #expect(programme.plan(of: a) == left.plan(of: b))
    }
  }

  @Test mutating func aProbeIsDueOnEverySecondDayAndOnTheNextWhereItWasNotDone() {
    #expect(plan.probe == 900)
    var probed = Told.good.day(day, planned: 600)
    probed.probe = ProgrammeDay.Probe(judged: 450, upright: 100)
    programme.take(probed)
    day += 1
    #expect(plan.probe == nil)
    programme.take(.good, from: &day)
    #expect(plan.probe == 900)
    var cut = Told.good.day(day, planned: 600)
    cut.probe = ProgrammeDay.Probe(judged: 449, upright: 449)
    programme.take(cut)
    day += 1
    #expect(plan.probe == 900)
  }

  @Test func whatWasPlannedThatDayCountsWhateverTodaysRulesWouldHavePlanned() {
    let days = (0..<4).map { Told.good.day($0, planned: $0 == 0 ? 600 : 1800) }
    let plan = Programme.plan(of: 4, after: days)
    #expect(plan.minutes == 30)
    #expect(plan.reason == .settings)
  }

  /// Half a year is looked at: what came before it has led to where the first day stands.
  @Test func theFirstDayThatIsLookedAtGoesOnFromThoseBefore() {
    let days = (100..<103).map { Told.good.day($0, planned: 1800) }
    let plan = Programme.plan(of: 103, after: days)
    #expect(plan.minutes == 30)
    #expect(plan.reason == .before)
  }

  @Test func whoeverTakesTheDaysOneByOneHasThePlanOfWhoeverTakesThemAll() {
    let kinds: [Told] = [.good, .good, .fair, .leaning, .missed, .good, .short, .good, .good, .good, .good]
    var programme = Programme()
    var days: [ProgrammeDay] = []
    for day in 0..<300 {
      #expect(programme.plan(of: day) == Programme.plan(of: day, after: days))
      let told = kinds[(day * 7 + day / 11) % kinds.count].day(day, planned: programme.plan(of: day).seconds)
      programme.take(told)
      days.append(told)
    }
  }

  @Test func daysFromTheDayOfThePlanOnDoNotCount() {
    let days = (0..<20).map { Told.good.day($0, planned: 600) }
    #expect(Programme.plan(of: 3, after: days) == Programme.plan(of: 3, after: days.prefix(3)))
  }

  @Test(arguments: [
    (5...60, [5, 10, 15, 20, 30, 40, 60]), (12...18, [12, 15, 18]), (30...30, [30]),
    (5...120, [5, 10, 15, 20, 30, 40, 60, 80, 100, 120]),
    (10...11, [10, 11]),
  ])
  func theLengthsLieWithinTheSettingsBothOfWhichAreAmongThem(_ range: ClosedRange<Int>, _ minutes: [Int]) {
    let ladder = Rules(minutes: range).ladder
    #expect(ladder.minutes == minutes)
    #expect(ladder.minutes[ladder.start] == max(range.lowerBound, min(10, range.upperBound)))
    let plan = Programme(Rules(minutes: range)).plan(of: 0)
    #expect(plan.sessionSeconds <= 1200)
    #expect(plan.sessionSeconds * plan.sessions == plan.seconds)
  }
}
