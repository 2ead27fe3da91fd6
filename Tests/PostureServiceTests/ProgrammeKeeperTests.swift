// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import PostureHistory
import PostureProgramme
import Testing

@testable import PostureService

/// The programme's way through days, as the hub leads it.
struct ProgrammeKeeperTests {
  private static let date = CivilDate(year: 2026, month: 11, day: 27)
  private var keeper: ProgrammeKeeper = {
    var settings = Configuration.Programme()
    settings.isEnabled = true
    return ProgrammeKeeper(settings)
  }()

  private func minute(_ part: Part = .plain, silent: Int = 600) -> ProgrammeMinute {
    ProgrammeMinute(part, worn: 600, judged: 600, upright: 540, silent: silent)
  }

  /// A good day under what was planned.
  private func good(_ daysAgo: Int) -> ProgrammeDay {
    ProgrammeDay(
      Self.date.number - daysAgo, worn: 7200, judged: 7200,
      training: ProgrammeDay.Training(planned: 600, done: 600, upright: 600),
      probe: ProgrammeDay.Probe(judged: 900, upright: 700))
  }

  @Test mutating func aDayBeginsWithReadingThoseBefore() {
    #expect(keeper.take(minute(), date: Self.date, mode: .training) == [.read(Self.date)])
    #expect(keeper.isReading)
    #expect(keeper.take(minute(), date: Self.date, mode: .training) == [])
    keeper.take(.success((1...7).reversed().map(good)), for: Self.date)
    #expect(!keeper.isReading)
    // Begun at the end of a minute, and the two that ended meanwhile are of today.
    #expect(keeper.part == .plain)
    #expect(keeper.take(minute(), date: Self.date, mode: .training) == [.plan(900), .set(.tracking)])
    #expect(keeper.runner?.today.judged == 120)
    #expect(keeper.runner?.plan.reason == .longer(good: 7, of: 7))
    for _ in 0..<2 { #expect(keeper.take(minute(), date: Self.date, mode: .tracking) == []) }
    // Yesterday had a probe.
    #expect(keeper.take(minute(), date: Self.date, mode: .tracking) == [.set(.training)])
    #expect(keeper.part == .training)
  }

  @Test mutating func whatIsStoredOfTodayIsNotPlannedAgain() {
    _ = keeper.take(minute(), date: Self.date, mode: .training)
    var today = good(0)
    today.training.planned = 600
    keeper.take(.success([good(1), today]), for: Self.date)
    #expect(keeper.take(minute(), date: Self.date, mode: .training) == [.plan(600), .set(.tracking)])
    #expect(keeper.runner?.stage == .done)
    #expect(keeper.runner?.today.training.done == 600)
  }

  @Test mutating func theNextDayIsReadFor() {
    _ = keeper.take(minute(), date: Self.date, mode: .training)
    keeper.take(.success([]), for: Self.date)
    _ = keeper.take(minute(), date: Self.date, mode: .training)
    #expect(keeper.runner != nil)
    #expect(keeper.take(minute(), date: Self.date + 1, mode: .tracking) == [.read(Self.date + 1)])
    #expect(keeper.part == .plain && keeper.runner == nil)
    // Yesterday's answer comes late.
    keeper.take(.success([good(3)]), for: Self.date)
    #expect(keeper.isReading)
  }

  @Test mutating func whatCannotBeReadIsTriedAgain() {
    let error = DatabaseError(.other, "/h.db", "disk I/O error")
    _ = keeper.take(minute(), date: Self.date, mode: .training)
    keeper.take(.failure(error), for: Self.date)
    #expect(keeper.fault == error.message)
    #expect(keeper.message(hasHistory: true).explanation == "The days before cannot be read: \(error.message).")
    #expect(keeper.take(minute(), date: Self.date, mode: .training) == [.read(Self.date)])
    #expect(keeper.fault == error.message)
    keeper.take(.success([]), for: Self.date)
    #expect(keeper.fault == nil)
  }

  @Test mutating func withoutADateOrWhereItIsOffNothingIsDone() {
    #expect(keeper.take(minute(), date: nil, mode: .training) == [])
    var off = ProgrammeKeeper(Configuration.Programme())
    #expect(off.take(minute(), date: Self.date, mode: .training) == [])
    #expect(off.message(hasHistory: true) == ProgrammeMessage(without: "The programme is off (programme.enabled)."))
    #expect(keeper.message(hasHistory: false).explanation.hasPrefix("There is no history"))
    #expect(keeper.message(hasHistory: true).explanation.hasPrefix("There is no plan yet"))
  }

  @Test mutating func newSettingsBeginTheDayAnewAndTheSameOnesDoNot() {
    _ = keeper.take(minute(), date: Self.date, mode: .training)
    keeper.take(.success([]), for: Self.date)
    _ = keeper.take(minute(), date: Self.date, mode: .training)
    var settings = keeper.settings
    keeper.configure(settings)
    #expect(keeper.runner != nil)
    settings.shortest = 20
    keeper.configure(settings)
    #expect(keeper.runner == nil)
    #expect(keeper.take(minute(), date: Self.date, mode: .tracking) == [.read(Self.date)])
    keeper.take(.success([]), for: Self.date)
    #expect(keeper.take(minute(), date: Self.date, mode: .tracking) == [.plan(1200), .set(.tracking)])
    keeper.forget()
    #expect(keeper.take(minute(), date: Self.date, mode: .tracking) == [.read(Self.date)])
  }

  /// Whoever has set another mode than the block's is obeyed, though the day is read anew.
  @Test mutating func theModeOfABlockIsNotSetAgainWhereSomethingWasForgotten() {
    _ = keeper.take(minute(), date: Self.date, mode: .training)
    keeper.take(.success([]), for: Self.date)
    #expect(keeper.take(minute(), date: Self.date, mode: .training) == [.plan(600), .set(.tracking)])
    for _ in 0..<2 {
      keeper.forget()
      #expect(keeper.take(minute(), date: Self.date, mode: .training) == [.read(Self.date)])
      // Once more, and before it could be read.
      keeper.forget()
      #expect(keeper.take(minute(), date: Self.date, mode: .training) == [.read(Self.date)])
      keeper.take(.success([]), for: Self.date)
      #expect(keeper.take(minute(), date: Self.date, mode: .training) == [.plan(600)])
    }
    // A training is another block.
    keeper.forget()
    _ = keeper.take(minute(), date: Self.date, mode: .tracking)
    var today = ProgrammeDay(Self.date.number, worn: 600, judged: 600)
    today.training.sessions = [120]
    keeper.take(.success([today]), for: Self.date)
    #expect(keeper.take(minute(), date: Self.date, mode: .tracking) == [.plan(600), .set(.training)])
    // And so is that of the next day.
    keeper.forget()
    _ = keeper.take(minute(), date: Self.date + 1, mode: .tracking)
    keeper.take(.success([]), for: Self.date + 1)
    #expect(keeper.take(minute(), date: Self.date + 1, mode: .tracking) == [.plan(600), .set(.tracking)])
  }

  @Test mutating func theMessageTellsOfTheProbesToo() {
    _ = keeper.take(minute(), date: Self.date, mode: .training)
    keeper.take(.success((1...20).reversed().map(good)), for: Self.date)
    _ = keeper.take(minute(), date: Self.date, mode: .training)
    let message = keeper.message(hasHistory: true)
    #expect(message.has_plan && message.date == "2026-11-27")
    #expect(message.learning == "unchanged" && message.probes == 20)
    #expect(message.explanation.contains("No change can be told: between 0 and 0 points a week."))
  }
}
