// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats
import PostureProgramme
import Testing

@testable import PostureHistory

/// The days of the programme, as the history has them.
struct ProgrammeDaysTests {
  private static let today = CivilDate(year: 2026, month: 11, day: 27)
  private static let midnight = today.number * 86_400

  private func store(_ file: HistoryFile, began: Int?) throws -> HistoryStore {
    try HistoryStore(
      path: file.path, run: RunRecord(began: began, clock: .confirmed, source: "simulated", version: "0.1.0"))
  }

  private func days(_ file: HistoryFile) throws -> [ProgrammeDay] {
    try ProgrammeDays.read(HistoryReader(path: file.path), through: Self.today) { seconds in
      let date = CivilDate(number: seconds / 86_400).parts
      return LocalTime(
        year: date.year, month: date.month, day: date.day, hour: seconds % 86_400 / 3600, minute: seconds % 3600 / 60,
        offset: 0)
    }
  }

  private func minute(_ number: Int, _ block: Block, upright: Int = 480, silent: Int) -> HistoryEntry {
    var minute = MinuteRecord(minute: number)
    minute.contexts.still = 600
    minute.postures.upright = upright
    minute.postures.forward = 600 - upright
    minute.silent = silent
    minute.block = block
    return .minute(minute)
  }

  @Test func minutesAddUpByWhatTheyWereFor() throws {
    let file = HistoryFile()
    var store = try store(file, began: Self.midnight + 3600)
    try store.write(
      (0..<5).map { minute($0, .plain, silent: 600) } + (5..<20).map { minute($0, .probe, upright: 300, silent: 600) }
        + (20..<30).map { minute($0, .training, silent: 0) })
    #expect(
      try days(file) == [
        ProgrammeDay(
          Self.today.number, worn: 1800, judged: 1800, training: ProgrammeDay.Training(done: 600, upright: 480),
          probe: ProgrammeDay.Probe(judged: 900, upright: 450))
      ])
  }

  @Test func trainingWithoutCuesAndProbesWithThemArePlainWear() throws {
    let file = HistoryFile()
    var store = try store(file, began: Self.midnight)
    try store.write([minute(0, .training, silent: 600), minute(1, .probe, silent: 0)])
    #expect(try days(file) == [ProgrammeDay(Self.today.number, worn: 120, judged: 120)])
  }

  @Test func aDaysLastPlanIsItsPlan() throws {
    let file = HistoryFile()
    var store = try store(file, began: Self.midnight)
    try store.write(
      [600, 900].enumerated().map { index, seconds in
        .happening(HappeningRecord(at: index * 10, event: HappeningRecord.planned, seconds: seconds))
      })
    #expect(
      try days(file) == [ProgrammeDay(Self.today.number, training: ProgrammeDay.Training(planned: 900))])
  }

  @Test func cuesCountThatWereGiven() throws {
    let file = HistoryFile()
    var store = try store(file, began: Self.midnight)
    func cue(_ at: Int, _ kind: CueRecord.Kind, _ outcome: CueRecord.Outcome?, _ response: Int?) -> HistoryEntry {
      var cue = CueRecord(at: at, kind: kind, leaning: 10)
      cue.outcome = outcome
      cue.response = response
      return .cue(cue)
    }
    try store.write([
      minute(0, .plain, silent: 0), cue(1, .nudge, .corrected, 200), cue(2, .nudge, .corrected, 201),
      cue(3, .reminder, .ignored, nil), cue(4, .suppressed, nil, nil),
    ])
    let day = try #require(try days(file).first)
    #expect(day.cues == 3)
    #expect(day.corrected == 1)
  }

  @Test func runsWithoutADateAndDaysOutsideOfTheWindowAreLeftOut() throws {
    let file = HistoryFile()
    for began in [nil, Self.midnight - 182 * 86_400, Self.midnight + 86_400] as [Int?] {
      var store = try store(file, began: began)
      try store.write([minute(0, .plain, silent: 0)])
    }
    #expect(try days(file) == [])
    var store = try store(file, began: Self.midnight - 181 * 86_400)
    try store.write([minute(0, .plain, silent: 0)])
    #expect(try days(file).map(\.number) == [Self.today.number - 181])
  }
}
