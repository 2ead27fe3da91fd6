// SPDX-License-Identifier: MIT
import PostureProgramme
import Testing

struct LearningTests {
  /// Probes of a quarter of an hour on every second day, as percent upright.
  private func days(_ shares: [Int], from first: Int = 0, trained: Int = 600) -> [ProgrammeDay] {
    shares.enumerated().map { index, share in
      ProgrammeDay(
        first + index * 2, judged: 7200, training: ProgrammeDay.Training(done: trained, upright: trained),
        probe: ProgrammeDay.Probe(judged: 900, upright: share * 9))
    }
  }

  private func verdict(_ shares: [Int]) -> Learning.Verdict {
    Learning(days(shares), on: shares.count * 2).verdict
  }

  @Test func fewerThanFiveProbesAreTooFew() {
    #expect(verdict([]) == .tooFew(0, of: 5))
    #expect(verdict([50, 90]) == .tooFew(2, of: 5))
    #expect(verdict([50, 60, 70, 80]) == .tooFew(4, of: 5))
  }

  @Test func probesOfLessThanTwoWeeksAreTooSoonBecauseWhatIsNewWearsOffInTenDays() {
    #expect(verdict([40, 50, 60, 70, 80, 90, 95]) == .tooSoon(days: 12, of: 14))
    #expect(verdict([40, 50, 60, 65, 70, 80, 90, 95]) != .tooSoon(days: 14, of: 14))
  }

  @Test func aSteadyRiseIsAnImprovementInPointsAWeek() throws {
    guard case .improved(let trend) = verdict([50, 52, 54, 56, 58, 60, 62, 64, 66, 68]) else {
      Issue.record("found \(verdict([50, 52, 54, 56, 58, 60, 62, 64, 66, 68]))")
      return
    }
    #expect(abs(trend.slope - 7) < 1e-9)
  }

  @Test func upsAndDownsAreNoChangeThatCanBeTold() {
    guard case .unchanged(let trend) = verdict([50, 70, 55, 72, 48, 69, 52, 71, 57, 66, 50]) else {
      Issue.record("expected no change")
      return
    }
    #expect(trend.lower < 0 && trend.upper > 0)
  }

  @Test func probesThatAreAllTheSameAreNoChange() {
    guard case .unchanged(let trend) = verdict([Int](repeating: 100, count: 12)) else {
      Issue.record("expected no change")
      return
    }
    #expect(trend.lower == 0 && trend.upper == 0)
  }

  @Test func whatFallsHasWorsened() {
    guard case .worsened = verdict([80, 78, 77, 70, 71, 66, 60, 61, 55, 50]) else {
      Issue.record("expected worse")
      return
    }
  }

  @Test func whatRoseAndFallsAgainWithinTheLastThreeWeeksFades() {
    let shares = [40, 46, 52, 58, 64, 70, 76, 82, 88, 94, 90, 85, 80, 75, 70, 65, 60, 55, 50, 45]
    guard case .fading(let trend) = verdict(shares) else {
      Issue.record("found \(verdict(shares))")
      return
    }
    #expect(trend.upper < 0)
    let learning = Learning(days(shares), on: 40)
    #expect(learning.level == 67.5)
    #expect(learning.probes == 20)
  }

  @Test func onlyTheLastSixWeeksCount() {
    let learning = Learning(days([0, 0, 0, 0, 0, 0, 0, 0] + [Int](repeating: 90, count: 21)), on: 57)
    #expect(learning.probes == 21)
    guard case .unchanged = learning.verdict else {
      Issue.record("found \(learning.verdict)")
      return
    }
    #expect(Learning(days([50, 60, 70, 80, 90, 99, 99, 99]), on: 400).verdict == .tooFew(0, of: 5))
  }

  @Test func shortProbesAndThoseOfLaterDaysDoNotCount() {
    var short = days([50, 60, 70, 80, 90, 95, 96, 97, 98])
    for index in short.indices { short[index].probe.judged = 449 }
    #expect(Learning(short, on: 20).verdict == .tooFew(0, of: 5))
    #expect(Learning(days([50, 60, 70, 80, 90, 95]), on: 4).verdict == .tooFew(3, of: 5))
  }

  @Test func itSaysHowLongAgoTheLastTrainingWas() {
    #expect(Learning(days([50, 60]), on: 12).daysSinceTraining == 10)
    #expect(Learning(days([50, 60], trained: 0), on: 12).daysSinceTraining == nil)
    #expect(Learning([], on: 12).level == nil)
  }
}
