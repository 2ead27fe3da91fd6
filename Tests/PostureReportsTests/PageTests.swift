// SPDX-License-Identifier: MIT
import PostureFormats
import PostureHistory
import Testing

@testable import PostureReports

@Suite struct PageTests {
  private static let hostile = "<script>window.hacked=1</script>&\"'"

  @Test func whatIsForeignStaysText() throws {
    let history = try TestHistory()
    try history.add(
      0, source: "i2c",
      [
        .minute(.sitting(0, upright: 600)), .cue(.held(10, Self.hostile)),
        .cue(.given(20, .corrected, 30, lean: Self.hostile)),
        .fault(FaultRecord(minute: 0, fault: Self.hostile, count: 1)),
        .settings(SettingsRecord(at: 0, text: "\(Self.hostile): \(Self.hostile)\n")),
        .session(
          SessionRecord(
            at: 40, title: Self.hostile, planned: 1, lasted: 1, stepsDone: 1, steps: 1, ending: Self.hostile)),
        .happening(HappeningRecord(at: 50, event: Self.hostile, word: Self.hostile)),
      ])
    let page = try history.report(title: Self.hostile).page
    #expect(!page.contains("<script"))
    #expect(page.components(of: "&lt;script&gt;") >= 5)
  }

  @Test func daysOfWhichNothingIsKnownMakeAPage() throws {
    let page = try TestHistory().report().page
    #expect(page.contains("Nothing was worn in these days, as far as is known."))
    #expect(page.contains("Nothing is known of 7 days"))
    #expect(!page.contains("class=\"chart\""))
  }

  @Test func oneDayMakesAPage() throws {
    let history = try TestHistory()
    try history.sit(0, minutes: 60, upright: 540)
    let page = try history.report(days: 1).page
    #expect(page.contains("2\u{A0}Nov 2026 (1 day)"))
    #expect(page.contains("No cue was due."))
    #expect(page.contains("None of at least"))
  }

  @Test func simulatedDataAreSaidToBe() throws {
    let history = try TestHistory()
    try history.add(0, source: "simulated", [.minute(.sitting(0, upright: 600))])
    #expect(try history.report().page.contains("Simulated: these figures are of no person and no sensor."))
    try history.add(1, source: "i2c", [.minute(.sitting(0, upright: 600))])
    #expect(try history.report().page.contains("Simulated: these figures are in part of no person and no sensor."))
  }

  @Test func itIsNoMedicalDevice() throws {
    #expect(try TestHistory().report().page.contains("A reminder, not a medical device; facts, and no advice."))
  }
}

@Suite struct ExportTests {
  private func history() throws -> TestHistory {
    let history = try TestHistory()
    for day in [0, 1, 2, 4, 5] { try history.sit(day, minutes: 60, upright: 300 + day * 12) }
    try history.add(
      6, clock: .unconfirmed,
      [
        .minute(.sitting(0, upright: 600)), .cue(.given(10, .corrected, 40)), .cue(.held(70, "walking")),
        .settings(SettingsRecord(at: 0, text: "detector.enter: 14 deg\ncues.intensity: 50 %\n")),
        .session(SessionRecord(at: 40, title: "A", planned: 9, lasted: 8, stepsDone: 1, steps: 2, ending: "stopped")),
      ])
    return history
  }

  @Test func theTableHasARowForEveryDay() throws {
    let lines = try history().report().csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(lines.count == 8)
    #expect(lines.allSatisfy { $0.count == lines[0].count })
    #expect(lines[0].prefix(4) == ["date", "worn_s", "judged_s", "upright_s"])
    #expect(lines[4].prefix(3) == ["2026-11-05", "0.0", "0.0"])
    let confirmed = try #require(lines[0].firstIndex(of: "clock_confirmed"))
    #expect(lines.dropFirst().map { $0[confirmed] } == ["1", "1", "1", "", "1", "1", "0"])
    let quick = try #require(lines[0].firstIndex(of: "corrected_within_20s"))
    #expect(lines[7][quick] == "1")
  }

  @Test func theDocumentHasTheSameFiguresAsThePage() throws {
    let report = try history().report(title: "M\u{FC}ller")
    let document = report.document
    #expect(document.format == "postured-report")
    #expect(document.version == 1)
    #expect(document.first_date == "2026-11-02" && document.last_date == "2026-11-08")
    #expect(document.figures.worn_s == 5 * 3600 + 60)
    #expect(document.figures.suppressed == ["walking": 1])
    #expect(document.figures.median_response_s == 4)
    #expect(document.days.count == 7)
    #expect(document.quality.days_without_data == ["2026-11-05"])
    #expect(document.settings == ["detector.enter": "14 deg", "cues.intensity": "50 %"])
    #expect(document.sessions.map(\.began) == ["2026-11-08T09:00:04Z"])
    #expect(document.upright_change?.slope_pct_per_week == 14)
    #expect(report.json.contains("\"title\" : \"M\u{FC}ller\""))
  }

  /// What came of it later than the next suggestion came of something else.
  @Test func breaksThatWereTakenAreCounted() throws {
    let history = try TestHistory()
    func suggested(_ at: Int) -> HistoryEntry {
      .happening(HappeningRecord(at: at, event: "break-suggested", seconds: 1800))
    }
    func taken(_ at: Int, after seconds: Int) -> HistoryEntry {
      .happening(HappeningRecord(at: at, event: HappeningRecord.breakTaken, seconds: seconds))
    }
    try history.add(
      2,
      [
        .minute(.sitting(0, upright: 600)), suggested(1_000), taken(4_000, after: 300), suggested(30_000),
        suggested(39_000), taken(60_000, after: 2100), suggested(90_000), taken(99_000, after: 900),
      ])
    let report = try history.report()
    #expect(report.document.figures.breaks_suggested == 4)
    #expect(report.document.figures.breaks_taken_within_15min == 2)
    let lines = report.csv.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let column = try #require(lines[0].firstIndex(of: "breaks_taken_within_15min"))
    #expect(lines.dropFirst().map { $0[column] } == ["0", "0", "2", "0", "0", "0", "0"])
    #expect(report.page.contains("Of these taken within 15 min"))
  }

  @Test func observationsSayWhatIsAbsent() throws {
    let history = try history()
    try history.add(3, [.absence(AbsenceRecord(minute: 0, minutes: 60))])
    let bundle = FHIRBundle(try history.report(days: 8))
    #expect(bundle.entry.map(\.resource.effectiveDateTime).first == "2026-11-02")
    #expect(bundle.entry.count == 8)
    let reasons = bundle.entry.map { $0.resource.dataAbsentReason?.coding[0].code }
    #expect(reasons == [nil, nil, nil, "not-performed", nil, nil, nil, "unknown"])
    let last = bundle.entry[6].resource
    #expect(last.note == [FHIRBundle.Note(text: "Dated by a clock that nothing confirmed.")])
    let worn = try #require(bundle.entry[0].resource.component?[0])
    #expect(worn.code.coding[0].code == "worn" && worn.valueQuantity.value == 3600)
    // Of the day on which it is made nobody knows the end.
    #expect(bundle.entry.map(\.resource.status) == Array(repeating: "final", count: 8))
  }
}

extension String {
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
