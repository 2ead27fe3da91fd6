// SPDX-License-Identifier: MIT
import PostureFormats
import PostureHistory
import Testing

@testable import PostureReports

@Suite struct FiguresTests {
  @Test func theKeyFiguresAreThoseOfTheDays() throws {
    let history = try TestHistory()
    try history.sit(0, minutes: 120, upright: 450)
    try history.sit(2, minutes: 60, upright: 600)
    try history.add(
      3,
      [
        .minute(.sitting(0, upright: 0)), .cue(.given(10, .corrected, 40)), .cue(.given(20, .corrected, 200)),
        .cue(.given(30, .corrected, 201)), .cue(.given(40, .ignored, 600)), .cue(.given(50, .ended, 5)),
        .cue(.given(60, nil)), .cue(.held(70, "walking")),
      ])
    let report = try history.report()
    #expect(report.wornDays == 3)
    // 181 minutes on three days.
    #expect(report.wornPerWornDay == 3620)
    // 120 minutes of three quarters and 60 of all of it.
    #expect(report.totals.uprightShare == 150.0 / 181)
    #expect(report.cuesPerWornHour == 6 * 60.0 / 181)
    #expect(report.totals.quickShare == 2.0 / 6)
    #expect(report.totals.unresolved == 1)
    // 4, 20 and 20.1 s.
    #expect(report.totals.medianResponse == 20)
  }

  @Test func aSteadyRiseIsToldExactly() throws {
    let history = try TestHistory()
    // Two points of percent a day: fourteen a week.
    for day in 0..<6 { try history.sit(day, minutes: 60, upright: 300 + day * 12) }
    let trend = try history.report().trend
    #expect(trend.points.map { $0.share.rounded(places: 6) } == [50, 52, 54, 56, 58, 60])
    let slope = try #require(trend.trend)
    for value in [slope.slope, slope.lower, slope.upper] { #expect((value - 14).magnitude < 1e-9) }
    #expect(Words.change(slope) == "rises by 14.0 points a week (between +14.0 and +14.0 points a week)")
  }

  @Test func aDayOfLessThanHalfAnHourDoesNotCount() throws {
    let history = try TestHistory()
    for day in 0..<4 { try history.sit(day, minutes: 30, upright: 300) }
    try history.sit(4, minutes: 29, upright: 600)
    let report = try history.report()
    #expect(report.trend.points.map(\.counts) == [true, true, true, true, false])
    #expect(report.trend.trend == nil)
    #expect(report.page.contains("too few days to tell a change: 4 of at least 5"))
  }

  @Test func whatHoldsZeroIsNoChange() throws {
    let history = try TestHistory()
    for (day, upright) in [300, 420, 310, 400, 320, 390].enumerated() {
      try history.sit(day, minutes: 60, upright: upright)
    }
    let trend = try #require(try history.report().trend.trend)
    #expect(trend.lower < 0 && trend.upper > 0)
    #expect(Words.change(trend).hasPrefix("no change can be told: between \u{2212}"))
  }

  @Test func probesCountWhenTheyAreLongEnough() throws {
    let history = try TestHistory()
    for day in 0..<3 {
      try history.sit(day, minutes: 10, upright: 360, block: .probe)
      try history.sit(day, hour: 11, minutes: 60, upright: 540)
    }
    try history.sit(4, minutes: 2, upright: 600, block: .probe)
    let report = try history.report()
    #expect(report.probes.probes.map(\.day) == [0, 1, 2])
    #expect(report.probes.probes.allSatisfy { $0.share == 60 && $0.judged == 6000 })
    #expect(report.probes.spread == nil)
    #expect(report.page.contains("Too few probes to tell anything: 3 of at least 5."))
  }

  @Test func theSpreadOfProbesIsThatAroundTheirLine() throws {
    let history = try TestHistory()
    // On a line of no slope but for one, which the median does not see; two lie six points off.
    for (day, upright) in [360, 396, 360, 324, 360].enumerated() {
      try history.sit(day, minutes: 10, upright: upright, block: .probe)
    }
    let probes = try history.report().probes
    #expect(probes.trend != nil)
    let slope = try #require(probes.trend).slope
    let distances = [60, 66, 60, 54, 60].enumerated().map { day, share in
      (Double(share) - 60 - slope * (Double(day) - 2) / 7).magnitude
    }.sorted()
    #expect(try (#require(probes.spread) - distances[2] * 1.4826).magnitude < 1e-9)
  }

  @Test func theWeeksRhythmIsByTheHourOfTheWeekday() throws {
    let history = try TestHistory()
    try history.sit(0, hour: 9, minutes: 90, upright: 300)
    try history.sit(7, hour: 9, minutes: 30, upright: 600)
    try history.sit(1, hour: 14, minutes: 5, upright: 0)
    let rhythm = try history.report(days: 14).rhythm
    #expect(rhythm.hours == 9...14)
    #expect(rhythm.cells[0][9] == WeekRhythm.Cell(judged: 54_000, beyond: 18_000))
    #expect(rhythm.cells[0][10] == WeekRhythm.Cell(judged: 18_000, beyond: 9000))
    #expect(rhythm.cells[0][10].share == 50)
    // Five minutes are too few.
    #expect(rhythm.cells[1][14].share == nil)
  }

  @Test func whatIsMissingIsSaid() throws {
    let history = try TestHistory()
    try history.sit(0, minutes: 60, upright: 500)
    var partly = MinuteRecord.sitting(0, upright: 300)
    partly.postures.forward = 0
    partly.contexts.still = 300
    try history.add(1, clock: .unconfirmed, [.minute(partly), .fault(FaultRecord(minute: 0, fault: "late", count: 7))])
    try history.add(2, [.absence(AbsenceRecord(minute: 0, minutes: 30))])
    try history.add(nil, (0..<90).map { .minute(.sitting($0, upright: 600)) })
    let report = try history.report()
    let quality = report.quality
    #expect(quality.daysWithoutData == [3, 4, 5, 6].map { TestHistory.first + $0 })
    #expect(quality.daysNotWorn == [TestHistory.first + 2])
    #expect(quality.daysWithUnconfirmedClock == [TestHistory.first + 1])
    #expect(quality.missing == 300)
    #expect(quality.knownMinutes == 91)
    #expect(quality.undatedRuns == 1)
    #expect(
      report.qualityLines == [
        "Nothing is known of 4 days: 5\u{A0}Nov to 8\u{A0}Nov.",
        "On the others the device ran for 30 min a day; of the rest of the day nothing is known.",
        "Switched on and not worn: 4\u{A0}Nov.", "Within known minutes, 30 s without samples.",
        "1 start of the device without a date, worn 1 h 30 min: left out, because nobody knows when it was.",
        "Dated by a clock that nothing confirmed: 3\u{A0}Nov.", "Faults of the sensor: 7 \u{D7} late.",
      ])
  }

  @Test func sessionsAddUpByTheirTitle() throws {
    let history = try TestHistory()
    func session(_ at: Int, _ title: String, _ lasted: Int, still: Int?, _ ending: String) -> HistoryEntry {
      .session(
        SessionRecord(
          at: at, title: title, planned: 600, lasted: lasted, stepsDone: 1, steps: 2, still: still, ending: ending))
    }
    try history.add(
      0,
      [
        session(10, "Short", 300, still: 80, "finished"), session(9000, "Long", 600, still: nil, "stopped"),
        session(20_000, "Short", 200, still: 91, "stopped"),
      ])
    let expected = [
      Report.SessionFigures(title: "Short", runs: 2, finished: 1, seconds: 500, still: 85.5),
      Report.SessionFigures(title: "Long", runs: 1, finished: 0, seconds: 600, still: nil),
    ]
    #expect(try history.report().sessions == expected)
  }
}

@Suite struct WordsTests {
  @Test(arguments: [
    (24.0, "24 s"), (59.6, "60 s"), (60, "1 min"), (3599, "60 min"), (3600, "1 h"), (26_640, "7 h 24 min"),
  ]) func durations(_ seconds: Double, _ text: String) {
    // A minute short of an hour by a second is an hour.
    #expect(Words.duration(seconds) == (text == "60 min" ? "1 h" : text))
  }

  @Test func datesNameTheirYearOnce() {
    let first = CivilDate(year: 2026, month: 10, day: 31)
    #expect(Words.range(first...first + 27) == "31\u{A0}Oct to 27\u{A0}Nov 2026")
    #expect(Words.range(first...first + 70) == "31\u{A0}Oct 2026 to 9\u{A0}Jan 2027")
    #expect(Words.range(first...first) == "31\u{A0}Oct 2026")
    #expect(
      Words.dates([0, 1, 2, 5, 8, 9].map { first + $0 })
        == "31\u{A0}Oct to 2\u{A0}Nov, 5\u{A0}Nov, 8\u{A0}Nov to 9\u{A0}Nov")
    #expect(Words.dates((0..<8).map { first + 2 * $0 }).hasSuffix("10\u{A0}Nov and 2 more"))
  }

  @Test func signsAreThoseOfPrint() {
    #expect(Words.signed(1.25) == "+1.3")
    #expect(Words.signed(-0.4) == "\u{2212}0.4")
    #expect(Words.signed(-0.04) == "0.0")
  }
}
