// SPDX-License-Identifier: MIT
import Evaluation
import PostureCore
import PostureSimulation
import Testing

@Suite struct ScoringTests {
  private static func at(_ seconds: Double) -> Timestamp { Timestamp(microseconds: 0) + .seconds(seconds) }

  /// Five minutes at the desk, one walked, one off the body, then worn again.
  private let spans = [
    DaySpan(label: .desk, start: at(0), end: at(300)), DaySpan(label: .walking, start: at(300), end: at(360)),
    DaySpan(label: .handling, start: at(360), end: at(370)), DaySpan(label: .offBody, start: at(370), end: at(430)),
    DaySpan(label: .handling, start: at(430), end: at(440)), DaySpan(label: .desk, start: at(440), end: at(500)),
  ]
  private let due = Deviation(start: 100, end: 150, due: 110, pace: 10)
  private let borderline = Deviation(start: 200, end: 213, due: 210, pace: 10)
  private let short = Deviation(start: 250, end: 253, due: 260, pace: 10)

  /// With the limits a little further there is nothing; a little nearer, the short one is due too.
  private func tally(_ cues: GivenCue...) -> Tally {
    let lenient = [due, borderline, Deviation(start: 245, end: 280, due: 255, pace: 10)]
    return Tally(spans, Judgement(deviations: [due, borderline, short], strict: [], lenient: lenient), cues)
  }

  @Test func withoutCuesWhatIsDueIsMissed() {
    let tally = tally()
    #expect(tally.due == 1 && tally.missed == 1 && tally.borderline == 1 && tally.falseCount == 0)
    #expect(tally.recall == 0 && tally.precision == nil)
    #expect(tally.worn == 420 && tally.wornByLabel[.walking] == 60)
  }

  @Test func theFirstCueInTimeIsRightAndTheNextIsNot() {
    let tally = tally(GivenCue(time: 112), GivenCue(time: 140))
    #expect(tally.right == 1 && tally.missed == 0 && tally.latencies == [2])
    #expect(tally.repeated == 1 && tally.falseCues == [.desk: 1] && tally.precision == 0.5)
  }

  /// Two seconds sooner than due is near enough.
  @Test(arguments: [(108.1, true), (107.9, false)])
  func tooSoonIsFalse(time: Double, isRight: Bool) {
    let tally = tally(GivenCue(time: time))
    #expect(tally.right == (isRight ? 1 : 0) && tally.early == (isRight ? 0 : 1))
    #expect(tally.missed == (isRight ? 0 : 1))
  }

  @Test func aBorderlineDeviationCountsNeitherWay() {
    let tally = tally(GivenCue(time: 111), GivenCue(time: 211))
    #expect(tally.right == 1 && tally.borderlineCues == 1 && tally.falseCount == 0 && tally.missed == 0)
  }

  @Test func everythingElseIsFalseUnderItsLabel() {
    let tally = tally(GivenCue(time: 111), GivenCue(time: 249), GivenCue(time: 320), GivenCue(time: 400))
    #expect(tally.falseCues == [.desk: 1, .walking: 1, .offBody: 1])
    #expect(tally.anHour(tally.falseCount) == 3 / 420.0 * 3600)
  }

  @Test func whatHangsOnTwoDegreesIsNotClear() {
    let tally = tally(GivenCue(time: 254), GivenCue(time: 320))
    #expect(tally.falseCount == 2 && tally.clearlyFalse == 1)
    #expect(tally.missed == 1 && tally.clearlyMissed == 0 && tally.clearRecall == nil)
    #expect(tally.findings.map(\.isNear) == [true, false, true])
  }

  @Test func remindersAreCountedApart() {
    let tally = tally(GivenCue(time: 120, isReminder: true), GivenCue(time: 330, isReminder: true))
    #expect(tally.reminders == 2 && tally.falseReminders == [.walking: 1] && tally.falseCount == 0)
    #expect(tally.missed == 1)
  }

  @Test func offTheBodyIsTimedFromTheLayingDownAndFromTheLastTouch() {
    let tally = OffBodyTally(
      spans,
      [
        Belief(time: 310, isOffBody: true), Belief(time: 315, isOffBody: false), Belief(time: 390, isOffBody: true),
        Belief(time: 443, isOffBody: false),
      ])
    #expect(tally.count == 1 && tally.noticedAfter == [20] && tally.wornAgainAfter == [3])
    #expect(tally.wrongly == [.walking: 5, .desk: 3])
  }

  @Test func withoutABeliefOffTheBodyIsNeverNoticed() {
    let tally = OffBodyTally(spans, [])
    #expect(tally.count == 1 && tally.noticedAfter.isEmpty && tally.wornAgainAfter == [0] && tally.wrongly.isEmpty)
  }

  @Test func sumsAreOfBoth() {
    var sum = tally(GivenCue(time: 112))
    sum += tally(GivenCue(time: 320))
    #expect(sum.due == 2 && sum.right == 1 && sum.missed == 1 && sum.falseCount == 1 && sum.worn == 840)
  }
}
