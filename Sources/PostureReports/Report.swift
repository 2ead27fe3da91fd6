// SPDX-License-Identifier: MIT
import PostureFormats
import PostureHistory

/// Weeks of wear for somebody who helps: figures, and what is missing from them. It tells what was, never what to do.
package struct Report: Sendable {
  /// Of whoever asked for it: whom or what it is about.
  package let title: String
  package let made: CivilDate
  package let history: History
  package let totals: Totals
  package let trend: UprightTrend
  package let probes: ProbeFigures
  package let rhythm: WeekRhythm
  package let quality: DataQuality

  /// - Precondition: the history has at least one day.
  package init(_ history: History, title: String, made: CivilDate) {
    precondition(!history.days.isEmpty, "a report is about one day at least")
    self.title = title
    self.made = made
    self.history = history
    totals = history.totals
    trend = UprightTrend(history.days)
    probes = ProbeFigures(history.days)
    rhythm = WeekRhythm(history.days)
    quality = DataQuality(history)
  }

  package var range: ClosedRange<CivilDate> {
    history.days[0].date...history.days[history.days.count - 1].date
  }

  package var wornDays: Int { history.days.count { $0.totals.contexts.worn > 0 } }

  /// Seconds on a day that it was worn on; nil where it never was.
  package var wornPerWornDay: Double? {
    wornDays > 0 ? Double(totals.contexts.worn) / 10 / Double(wornDays) : nil
  }

  /// Nil where it was never worn.
  package var cuesPerWornHour: Double? {
    totals.contexts.worn > 0 ? Double(totals.cues) * 36_000 / Double(totals.contexts.worn) : nil
  }

  package var breaksSuggested: Int { history.days.reduce(0) { $0 + $1.breaksSuggested } }
  package var breaksTaken: Int { history.days.reduce(0) { $0 + $1.breaksTaken } }

  func count(of event: String) -> Int {
    history.days.reduce(0) { $0 + $1.happenings.count { $0.record.event == event } }
  }
}

extension History.Day {
  /// Seconds from a suggestion within which movement comes of it: until the next one, as `breaks.again` has it by
  /// default.
  static let promptly = 900

  var breaksSuggested: Int { happenings.count { $0.record.event == "break-suggested" } }

  /// Suggestions after which the wearer moved enough, promptly.
  var breaksTaken: Int {
    happenings.count { $0.record.event == HappeningRecord.breakTaken && $0.record.seconds ?? .max <= Self.promptly }
  }
}

extension Totals {
  /// Tenths of a second within which a correction is quick: as `cues.praise-within` has it by default.
  static let quick = 200

  /// Cues after which the wearer came upright as quickly.
  var quicklyCorrected: Int { responses.count { $0 <= Self.quick } }

  /// Tenths of a second of the judged in which cues could be given.
  var loud: Int { max(0, postures.judged - silent) }

  /// Of the cues that were given, 0 to 1; nil where none was.
  var quickShare: Double? { cues > 0 ? Double(quicklyCorrected) / Double(cues) : nil }

  /// Given, and nothing is known of what came of them: the device was switched off, or they are quite new.
  var unresolved: Int { max(0, cues - corrected - ignored - ended) }
}
