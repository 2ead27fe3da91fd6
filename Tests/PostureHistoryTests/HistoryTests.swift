// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats
import Testing

@testable import PostureHistory

/// Universal time, or a place that is ahead of it.
@Sendable private func universal(_ seconds: Int) -> LocalTime? { shifted(by: 0, seconds) }

@Sendable private func shifted(by offset: Int, _ seconds: Int) -> LocalTime? {
  let shown = seconds + offset
  let date = CivilDate(number: Int((Double(shown) / 86_400).rounded(.down))).parts
  return LocalTime(
    year: date.year, month: date.month, day: date.day, hour: shown % 86_400 / 3600, minute: shown % 3600 / 60,
    offset: offset)
}

@Suite struct HistoryTests {
  private static let day = CivilDate(year: 2026, month: 11, day: 27)
  private static let midnight = day.number * 86_400

  private func store(_ file: HistoryFile, began: Int?) throws -> HistoryStore {
    try HistoryStore(
      path: file.path, run: RunRecord(began: began, clock: .confirmed, source: "simulated", version: "0.1.0"))
  }

  private func history(
    _ file: HistoryFile, _ range: ClosedRange<CivilDate> = day...day,
    local: @escaping @Sendable (Int) -> LocalTime? = universal
  ) throws -> History {
    try History(HistoryReader(path: file.path), range, local: local)
  }

  @Test func minutesGoToTheHourOfTheirDay() throws {
    let file = HistoryFile()
    var store = try store(file, began: Self.midnight + 9 * 3600 + 58 * 60)
    try store.write((0..<4).map { .minute(.still($0, upright: 540, forward: 60)) })
    let day = try history(file).days[0]
    #expect(day.totals.contexts.worn == 2400)
    #expect(day.totals.postures.forward == 240)
    #expect(day.totals.uprightShare == 0.9)
    #expect(day.hours.map(\.contexts.worn) == (0..<24).map { [9: 1200, 10: 1200][$0] ?? 0 })
    #expect(day.knownMinutes == 4)
    #expect(!day.isUnconfirmed)
  }

  @Test func aDayIsThatOfThePlace() throws {
    let file = HistoryFile()
    var store = try store(file, began: Self.midnight - 1800)
    try store.write((0..<60).map { .minute(.still($0)) })
    #expect(try history(file).days[0].totals.contexts.worn == 30 * 600)
    // An hour ahead, all of it is on that day; an hour behind, nothing is.
    #expect(try history(file) { shifted(by: 3600, $0) }.days[0].totals.contexts.worn == 60 * 600)
    #expect(try history(file) { shifted(by: -3600, $0) }.days[0].totals.contexts.worn == 0)
  }

  @Test func everyDayOfTheRangeIsThereInOrder() throws {
    let file = HistoryFile()
    var store = try store(file, began: Self.midnight)
    try store.write([.minute(.still(0)), .minute(.still(1440 * 2))])
    let days = try history(file, Self.day - 1...Self.day + 2).days
    #expect(days.map(\.date) == (-1...2).map { Self.day + $0 })
    #expect(days.map(\.knownMinutes) == [0, 1, 0, 1])
  }

  @Test func absencesAreKnownMinutes() throws {
    let file = HistoryFile()
    var store = try store(file, began: Self.midnight + 23 * 3600)
    try store.write([.absence(AbsenceRecord(minute: 0, minutes: 90))])
    let days = try history(file, Self.day...Self.day + 1).days
    #expect(days.map(\.totals.absent) == [36_000, 18_000])
    #expect(days.map(\.knownMinutes) == [60, 30])
  }

  @Test func cuesAreCountedByWhatCameOfThem() throws {
    let file = HistoryFile()
    var store = try store(file, began: Self.midnight)
    func cue(_ at: Int, _ kind: CueRecord.Kind, _ outcome: CueRecord.Outcome?, _ response: Int? = nil) -> CueRecord {
      var cue = CueRecord(at: at, kind: kind, leaning: 100)
      cue.lean = "left"
      cue.outcome = outcome
      cue.response = response
      if kind == .suppressed { cue.reason = "walking" }
      return cue
    }
    try store.write([
      .cue(cue(10, .nudge, .ignored, 600)), .cue(cue(610, .reminder, .corrected, 40)),
      .cue(cue(900, .nudge, .corrected, 60)), .cue(cue(1200, .nudge, .ended, 5)), .cue(cue(1300, .nudge, nil)),
      .cue(cue(1400, .suppressed, nil)),
    ])
    let totals = try history(file).totals
    #expect(totals.cues == 5)
    #expect(totals.corrected == 2)
    #expect(totals.ignored == 1)
    #expect(totals.ended == 1)
    #expect(totals.suppressed == ["walking": 1])
    #expect(totals.cuesByLean == ["left": 5])
    #expect(totals.medianResponse == 5)
  }

  @Test func blocksAreToldApart() throws {
    let file = HistoryFile()
    var store = try store(file, began: Self.midnight)
    try store.write([
      .minute(.still(0, upright: 300, forward: 300, block: .probe)), .minute(.still(1, upright: 600, block: .training)),
      .minute(.still(2, upright: 450, forward: 150, block: .training)), .minute(.still(3)),
    ])
    let totals = try history(file).totals
    #expect(totals.uprightShare(in: .probe) == 0.5)
    #expect(totals.uprightShare(in: .training) == 0.875)
    #expect(totals.uprightShare(in: .plain) == 1)
  }

  /// Cues in a probe, or none in training: as the programme has it, they are plain wear.
  @Test func whatWasNotWhatItWasToBeIsPlain() throws {
    let file = HistoryFile()
    var store = try store(file, began: Self.midnight)
    var (probe, training) = (MinuteRecord.still(0, block: .probe), MinuteRecord.still(1, block: .training))
    (probe.silent, training.silent) = (500, 100)
    try store.write([.minute(probe), .minute(training), .minute(.still(2, block: .training))])
    let totals = try history(file).totals
    #expect(totals.judged == [.plain: 1200, .training: 600])
  }

  /// From elsewhere, or edited: what nothing can add up is what is next to it.
  @Test func aFileWithAbsurdNumbersIsRead() throws {
    let file = HistoryFile()
    var store = try store(file, began: Self.midnight)
    try store.write([
      .minute(.still(0)), .cue(CueRecord(at: 20, kind: .nudge, leaning: 3)),
      .happening(HappeningRecord(at: 30, event: HappeningRecord.planned, seconds: 600)),
      .fault(FaultRecord(minute: 0, fault: "timeout", count: 1)),
      .session(SessionRecord(at: 40, title: "A", planned: 9, lasted: 8, stepsDone: 1, steps: 2, ending: "stopped")),
    ])
    let database = try Database(path: file.path, .writing)
    let numbers = [
      ("minute", ["still", "upright", "silent", "exposure", "flexion", "movement"]), ("fault", ["count"]),
      ("cue", ["leaning", "flexion", "response"]), ("session", ["planned", "lasted", "steps", "still"]),
      ("happening", ["seconds"]),
    ]
    for number in [Int64.max, .min] {
      for (table, columns) in numbers {
        for column in columns { try database.execute("UPDATE \(table) SET \(column) = \(number)") }
      }
      let days = try history(file).days
      #expect(days[0].totals.contexts.worn == (number > 0 ? 600 : 0))
      #expect(days[0].totals.faults == ["timeout": number > 0 ? 1_000_000_000 : 0])
      #expect(days[0].sessions.map(\.record.lasted) == [number > 0 ? 1_000_000_000 : 0])
      let programme = try ProgrammeDays.read(HistoryReader(path: file.path), through: Self.day) { _ in
        LocalTime(year: 2026, month: 11, day: 27, hour: 0, minute: 0, offset: 0)
      }
      #expect(programme.map(\.training.planned) == [number > 0 ? 86_400 : 0])
    }
    for (table, column) in [("fault", "minute"), ("cue", "at"), ("session", "at"), ("happening", "at")] {
      try database.execute("UPDATE \(table) SET \(column) = \(Int64.max)")
    }
    #expect(try history(file).days[0].totals.faults == [:])
  }

  @Test func aRunWithoutADateIsCountedApartAmongItsNeighbours() throws {
    let file = HistoryFile()
    var first = try store(file, began: Self.midnight)
    try first.write([.minute(.still(0))])
    var undated = try store(file, began: nil)
    try undated.write([.minute(.still(0)), .minute(.still(1))])
    var later = try store(file, began: Self.midnight + 10 * 86_400)
    try later.write([.minute(.still(0))])
    #expect(try history(file).undated.runs == 1)
    #expect(try history(file).undated.totals.contexts.worn == 1200)
    // It was before the last of them.
    #expect(try history(file, Self.day + 20...Self.day + 21).undated.runs == 0)
  }

  @Test func aClockThatNothingConfirmedIsSaid() throws {
    let file = HistoryFile()
    var store = try HistoryStore(
      path: file.path,
      run: RunRecord(began: Self.midnight, clock: .unconfirmed, source: "i2c", version: "0.1.0"))
    try store.write([.minute(.still(0))])
    #expect(try history(file).days[0].isUnconfirmed)
  }

  @Test func theSettingsAreThoseInForceAtTheEnd() throws {
    let file = HistoryFile()
    var store = try store(file, began: Self.midnight)
    try store.write([
      .minute(.still(0)), .settings(SettingsRecord(at: 0, text: "detector.enter: 12 deg\n")),
      .settings(SettingsRecord(at: 6000, text: "detector.enter: 14 deg\n")),
      .settings(SettingsRecord(at: 10 * 864_000, text: "detector.enter: 30 deg\n")),
    ])
    #expect(try history(file).settings == "detector.enter: 14 deg\n")
  }
}

@Suite struct CivilDateTests {
  @Test func daysAndDatesAreOneAnother() {
    #expect(CivilDate("1970-01-01")?.number == 0)
    #expect(CivilDate("2000-03-01")?.number == 11_017)
    #expect(CivilDate("2026-11-28")?.weekday == .saturday)
    #expect(CivilDate("2026-11-28")?.monday.text == "2026-11-23")
    for number in stride(from: 0, through: 200_000, by: 13) {
      let date = CivilDate(number: number)
      let (year, month, day) = date.parts
      #expect(CivilDate(year: year, month: month, day: day) == date)
      #expect(CivilDate(date.text) == date)
    }
  }

  @Test(arguments: [
    "", "2026-11", "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "26-11-28", "2026-11-28x", "1969-12-31",
    "2026-1-01",
  ])
  func whatIsNoDateIsNone(_ text: String) { #expect(CivilDate(text) == nil) }
}
