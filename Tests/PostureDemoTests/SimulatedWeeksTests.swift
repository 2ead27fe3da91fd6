// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats
import PostureHistory
import PostureSimulation
import TestSupport
import Testing

@testable import PostureDemo

@Suite struct SimulatedWeeksTests {
  /// A Monday.
  private static let first = CivilDate(year: 2026, month: 10, day: 26)

  private func weeks(
    days: Int = 28, seed: UInt64 = 1, _ temperament: SimulatedTrainee.Temperament = .learner, hours: Int? = nil
  ) -> SimulatedWeeks {
    SimulatedWeeks(
      .init(first: Self.first, days: days, seed: seed, temperament: temperament, hoursADay: hours),
      offset: { _ in 3600 })
  }

  private func days(
    _ count: Int = 28, seed: UInt64 = 1, _ temperament: SimulatedTrainee.Temperament = .learner, hours: Int? = nil
  ) -> [[SimulatedWeeks.Run]] {
    var weeks = weeks(days: count, seed: seed, temperament, hours: hours)
    var days: [[SimulatedWeeks.Run]] = []
    while let day = weeks.nextDay() { days.append(day) }
    return days
  }

  private func totals(_ runs: [SimulatedWeeks.Run]) -> Totals {
    var totals = Totals()
    for entry in runs.flatMap(\.entries) {
      switch entry {
      case .minute(let minute): totals.add(minute)
      case .cue(let cue) where cue.kind == .suppressed || cue.outcome != nil: totals.add(cue)
      default: break
      }
    }
    return totals
  }

  @Test func theSameSeedGivesTheSameDays() {
    let first = days(5).map { $0.map(\.entries) }
    #expect(first.count == 5)
    #expect(days(5).map { $0.map(\.entries) } == first)
    #expect(days(5, seed: 2).map { $0.map(\.entries) } != first)
  }

  @Test(arguments: SimulatedTrainee.Temperament.allCases)
  func noMinuteHoldsMoreThanAMinute(_ temperament: SimulatedTrainee.Temperament) {
    for run in days(14, temperament).joined() {
      var last = -1
      for case .minute(let minute) in run.entries {
        #expect(minute.contexts.all <= 600)
        #expect(minute.postures.judged <= minute.contexts.still)
        #expect(minute.silent <= minute.postures.judged)
        #expect((minute.flexion == nil) == (minute.postures.judged == 0))
        #expect(minute.minute > last)
        last = minute.minute
      }
    }
  }

  @Test func everyCueThatWasGivenHasItsOutcomeAtLast() {
    var given = 0
    for run in days(14).joined() {
      var last: [Int: CueRecord] = [:]
      for case .cue(let cue) in run.entries { last[cue.at] = cue }
      for cue in last.values where cue.kind != .suppressed {
        given += 1
        #expect(cue.outcome != nil)
        #expect(cue.response != nil)
      }
    }
    #expect(given > 5)
  }

  @Test func cuesAreGivenInTrainingAlone() {
    var silent = 0
    for run in days().joined() {
      var blocks: [Int: Block] = [:]
      for case .minute(let minute) in run.entries { blocks[minute.minute] = minute.block }
      for case .cue(let cue) in run.entries {
        let isTraining = blocks[cue.at / 600] == .training
        #expect(isTraining || cue.kind == .suppressed)
        if cue.kind == .suppressed { silent += 1 }
      }
    }
    #expect(silent > 0)
  }

  @Test func fourWeeksShowEveryTrouble() {
    let days = days()
    #expect(days[12].isEmpty)
    let runs = days.joined().map(\.run)
    #expect(runs.filter { $0.began == nil }.count == 1)
    #expect(runs.filter { $0.began != nil && $0.clock == .unconfirmed }.count == 1)
    #expect(runs.allSatisfy { $0.source == "simulated" && $0.sensor == SimulatedWeeks.sensor })
    let entries = days.joined().flatMap(\.entries)
    func has(_ holds: (HistoryEntry) -> Bool) -> Bool { entries.contains(where: holds) }
    #expect(has { if case .session = $0 { true } else { false } })
    #expect(has { if case .fault = $0 { true } else { false } })
    #expect(has { if case .absence = $0 { true } else { false } })
    for event in ["calibrated", "put-on", "taken-off", "break-suggested", "break-taken"] {
      #expect(has { if case .happening(let record) = $0 { record.event == event } else { false } })
    }
  }

  @Test func aLearnerSitsBetterAtTheEndAndAStrugglerDoesNot() throws {
    func change(_ temperament: SimulatedTrainee.Temperament, _ seed: UInt64) throws -> Double {
      let days = days(42, seed: seed, temperament)
      func share(_ range: Range<Int>) throws -> Double {
        try #require(totals(days[range].flatMap { $0 }).uprightShare)
      }
      return try share(28..<42) - share(0..<14)
    }
    for seed in 1...3 as ClosedRange<UInt64> {
      #expect(try change(.learner, seed) > 0.05)
      #expect(try change(.struggler, seed).magnitude < 0.06)
    }
  }

  @Test func theProgrammesBlocksAreInTheDays() {
    let totals = totals(days(7).flatMap { $0 })
    #expect((totals.judged[.training] ?? 0) > 7 * 3000)
    #expect((totals.judged[.probe] ?? 0) > 2 * 4500)
    #expect((totals.judged[.plain] ?? 0) > (totals.judged[.training] ?? 0))
  }

  @Test func aDayIsPlausible() throws {
    let day = totals(days(5)[2])
    #expect((6 * 36_000...11 * 36_000).contains(day.contexts.worn))
    #expect(try (0.3...0.9).contains(#require(day.uprightShare)))
    #expect(day.postures.forward > day.postures.left)
  }

  @Test func aFullDayIsAsLongAsItIsAskedToBeAndHasCues() {
    let day = totals(days(2, hours: 10)[1])
    #expect(day.contexts.all == 10 * 36_000)
    #expect((10...130).contains(day.cues))
    #expect(day.silent == 0)
  }

  @Test func aHistoryIsNeverWrittenOver() throws {
    let directory = TemporaryDirectory()
    let path = directory.file("history.db")
    try DemoHistory.write(weeks(days: 2), to: path)
    let runs = try HistoryReader(path: path).runs()
    #expect(runs.count == 2)
    #expect(throws: DemoHistory.Exists.self) { try DemoHistory.write(weeks(days: 2), to: path) }
    let history = try History(HistoryReader(path: path), Self.first...Self.first + 1) { seconds in
      // The place of the days.
      let shown = seconds + 3600
      return LocalTime(year: 2026, month: 10, day: 26, hour: shown % 86_400 / 3600, minute: 0, offset: 3600)
    }
    #expect(history.days.allSatisfy { $0.totals.contexts.worn > 0 })
  }
}
