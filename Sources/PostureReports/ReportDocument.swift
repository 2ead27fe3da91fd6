// SPDX-License-Identifier: MIT
// Members are named as in the file, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import LinuxIO
import PostureFormats
import PostureHistory
import PostureProgramme

/// A report as other programs read it: PostureReports.docc/ReportFormat.md has every member.
package struct ReportDocument: Codable, Sendable, Equatable {
  package struct Figures: Codable, Sendable, Equatable {
    var worn_days: Int
    var worn_s: Double
    var worn_per_worn_day_s: Double?
    var judged_s: Double
    var upright_s: Double
    var upright_pct: Double?
    var forward_s: Double
    var backward_s: Double
    var left_s: Double
    var right_s: Double
    var nudges: Int
    var reminders: Int
    var cues_per_worn_hour: Double?
    var cues_by_direction: [String: Int]
    var corrected: Int
    var corrected_within_20s: Int
    var ignored: Int
    var ended: Int
    var unresolved: Int
    var suppressed: [String: Int]
    var median_response_s: Double?
    var breaks_suggested: Int
    var breaks_taken_within_15min: Int
  }

  /// A change with its interval.
  package struct Change: Codable, Sendable, Equatable {
    var slope_pct_per_week: Double
    var lower_pct_per_week: Double
    var upper_pct_per_week: Double
    var confidence_pct: Double

    init(_ trend: Trend) {
      slope_pct_per_week = trend.slope.rounded(places: 3)
      lower_pct_per_week = trend.lower.rounded(places: 3)
      upper_pct_per_week = trend.upper.rounded(places: 3)
      confidence_pct = ((1 - Trend.error) * 100).rounded(places: 1)
    }
  }

  package struct Probe: Codable, Sendable, Equatable {
    var date: String
    var judged_s: Double
    var upright_pct: Double
  }

  package struct Cell: Codable, Sendable, Equatable {
    /// 1 for Monday to 7 for Sunday, as ISO 8601 counts.
    var weekday: Int
    var hour: Int
    var judged_s: Double
    var beyond_s: Double
  }

  package struct Session: Codable, Sendable, Equatable {
    /// RFC 3339, universal time.
    var began: String
    var title: String
    var planned_s: Int
    var lasted_s: Int
    var steps_done: Int
    var steps: Int
    var still_pct: Int?
    var moved_pct: Int?
    var ending: String
  }

  package struct Quality: Codable, Sendable, Equatable {
    var days_without_data: [String]
    var days_not_worn: [String]
    var days_with_unconfirmed_clock: [String]
    var known_min: Int
    var missing_s: Double
    var transport_s: Double
    var undated_runs: Int
    var undated_worn_s: Double
    var sensor_faults: [String: Int]
    var sources: [String]
  }

  package static let format = "postured-report"

  var format = Self.format
  var version = Version.report
  var program_version = Version.program
  var title: String
  var made_date: String
  var first_date: String
  var last_date: String
  var sensor: String?
  var figures: Figures
  var upright_change: Change?
  var upright_change_days: Int
  var probes: [Probe]
  /// `too-few`, `too-soon`, `unchanged`, `improved`, `worsened` or `fading`.
  var probes_verdict: String
  var probes_change: Change?
  var days: [HistoryRow]
  var rhythm: [Cell]
  var sessions: [Session]
  var quality: Quality
  /// Those that are not the defaults.
  var settings: [String: String]?
}

extension Report {
  package var json: String { JSONDocument.encode(document) }

  package var document: ReportDocument {
    ReportDocument(
      title: title, made_date: made.text, first_date: range.lowerBound.text, last_date: range.upperBound.text,
      sensor: history.sensor, figures: figures, upright_change: trend.trend.map(ReportDocument.Change.init),
      upright_change_days: trend.counted,
      probes: probes.probes.map {
        ReportDocument.Probe(
          date: (range.lowerBound + $0.day).text, judged_s: Double($0.judged) / 10,
          upright_pct: $0.share.rounded(places: 2))
      },
      probes_verdict: probes.learning.name, probes_change: probes.learning.trend.map(ReportDocument.Change.init),
      days: history.days.map { HistoryRow($0.totals, date: $0.date) }, rhythm: cells,
      sessions: history.days.flatMap(\.sessions).map(Self.session), quality: qualityPart, settings: settingPairs)
  }

  private var figures: ReportDocument.Figures {
    func seconds(_ tenths: Int) -> Double { Double(tenths) / 10 }
    return ReportDocument.Figures(
      worn_days: wornDays, worn_s: seconds(totals.contexts.worn),
      worn_per_worn_day_s: wornPerWornDay?.rounded(places: 1), judged_s: seconds(totals.postures.judged),
      upright_s: seconds(totals.postures.upright),
      upright_pct: totals.uprightShare.map { ($0 * 100).rounded(places: 2) },
      forward_s: seconds(totals.postures.forward), backward_s: seconds(totals.postures.backward),
      left_s: seconds(totals.postures.left), right_s: seconds(totals.postures.right), nudges: totals.nudges,
      reminders: totals.reminders, cues_per_worn_hour: cuesPerWornHour?.rounded(places: 2),
      cues_by_direction: totals.cuesByLean, corrected: totals.corrected,
      corrected_within_20s: totals.quicklyCorrected, ignored: totals.ignored, ended: totals.ended,
      unresolved: totals.unresolved, suppressed: totals.suppressed,
      median_response_s: totals.medianResponse?.rounded(places: 1), breaks_suggested: breaksSuggested,
      breaks_taken_within_15min: breaksTaken)
  }

  /// Of the hours in which something was judged.
  private var cells: [ReportDocument.Cell] {
    rhythm.cells.enumerated().flatMap { weekday, hours in
      hours.enumerated().filter { $0.element.judged > 0 }.map { hour, cell in
        ReportDocument.Cell(
          weekday: weekday + 1, hour: hour, judged_s: Double(cell.judged) / 10, beyond_s: Double(cell.beyond) / 10)
      }
    }
  }

  private static func session(_ one: History.Dated<SessionRecord>) -> ReportDocument.Session {
    let record = one.record
    return ReportDocument.Session(
      began: WallClock.date(at: one.time), title: record.title, planned_s: record.planned, lasted_s: record.lasted,
      steps_done: record.stepsDone, steps: record.steps, still_pct: record.still, moved_pct: record.moved,
      ending: record.ending)
  }

  private var qualityPart: ReportDocument.Quality {
    ReportDocument.Quality(
      days_without_data: quality.daysWithoutData.map(\.text), days_not_worn: quality.daysNotWorn.map(\.text),
      days_with_unconfirmed_clock: quality.daysWithUnconfirmedClock.map(\.text), known_min: quality.knownMinutes,
      missing_s: Double(quality.missing) / 10, transport_s: Double(quality.transport) / 10,
      undated_runs: quality.undatedRuns, undated_worn_s: Double(quality.undatedWorn) / 10,
      sensor_faults: quality.faults, sources: history.sources.sorted())
  }

  private var settingPairs: [String: String]? {
    history.settings.map { text in
      Dictionary(
        text.split(separator: "\n").map { line in
          let parts = line.split(separator: ":", maxSplits: 1).map { part in
            String(part.drop { $0 == " " })
          }
          return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
        }
      ) { $1 }
    }
  }
}
