// SPDX-License-Identifier: MIT
import PostureFormats
import PostureHistory
import PostureProgramme

/// What the probes say, which are without cues: whether something has been learnt.
package struct ProbeFigures: Sendable {
  package struct Probe: Sendable, Equatable {
    /// From 0, of the report.
    package let day: Int
    /// Percent upright.
    package let share: Double
    /// Tenths of a second.
    package let judged: Int
  }

  /// Those that are long enough to count.
  package let probes: [Probe]
  /// Those of the last weeks, which the line and what is said of a change are about.
  package let recent: [Probe]
  package let learning: Learning
  /// Points of percent: how far a single probe usually lies from the line through all of them, as a standard deviation
  /// would be estimated from the median distance; nil where there are too few for a line.
  package let spread: Double?
  package let trend: Trend?
  package let middle: (day: Double, share: Double)?

  /// Of values that are spread normally, the standard deviation is this many median distances.
  private static let deviations = 1.4826

  init(_ days: [History.Day]) {
    let rules = Rules()
    probes = days.enumerated().compactMap { index, day in
      guard let share = day.totals.uprightShare(in: .probe), let judged = day.totals.judged[.probe],
        judged / 10 >= rules.shortestProbe
      else { return nil }
      return Probe(day: index, share: share * 100, judged: judged)
    }
    learning = Learning(days.map(ProgrammeDay.init), on: days.last?.date.number ?? 0, rules)
    // What is said of them is said of the last weeks.
    let last = Array(probes.drop { $0.day < days.count - Learning.window })
    recent = last
    (trend, middle) = UprightTrend.fit(last.map { ($0.day, $0.share) })
    if let trend, let middle {
      let distances = last.map { probe in
        (probe.share - middle.share - trend.slope * (Double(probe.day) - middle.day) / 7).magnitude
      }
      spread = UprightTrend.median(distances).map { $0 * Self.deviations }
    } else {
      spread = nil
    }
  }
}

extension ProgrammeDay {
  init(_ day: History.Day) {
    let totals = day.totals
    func seconds(_ tenths: Int?) -> Int { (tenths ?? 0) / 10 }
    self.init(
      day.date.number, worn: seconds(totals.contexts.worn), judged: seconds(totals.postures.judged),
      training: Training(done: seconds(totals.judged[.training]), upright: seconds(totals.upright[.training])),
      probe: Probe(judged: seconds(totals.judged[.probe]), upright: seconds(totals.upright[.probe])),
      cues: totals.cues, corrected: totals.quicklyCorrected)
  }
}
