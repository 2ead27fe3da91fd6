// SPDX-License-Identifier: MIT
import PostureHistory
import PostureProgramme

/// The share of upright time by day, and what can be said of its change.
package struct UprightTrend: Sendable {
  /// Tenths of a second; a day of less says little about the wearer, and does not count.
  package static let leastJudged = 18_000

  package struct Point: Sendable, Equatable {
    /// From 0, of the report.
    package let day: Int
    /// Percent.
    package let share: Double
    /// It was worn for long enough.
    package let counts: Bool
  }

  package let points: [Point]
  /// Points of percent a week; nil where there are too few days.
  package let trend: Trend?
  /// The medians of day and share, through which the line is drawn; nil without days that count.
  package let middle: (day: Double, share: Double)?

  init(_ days: [History.Day]) {
    points = days.enumerated().compactMap { index, day in
      guard let share = day.totals.uprightShare else { return nil }
      return Point(day: index, share: share * 100, counts: day.totals.postures.judged >= Self.leastJudged)
    }
    (trend, middle) = Self.fit(points.filter(\.counts).map { ($0.day, $0.share) })
  }

  static func fit(_ points: [(day: Int, share: Double)]) -> (Trend?, (day: Double, share: Double)?) {
    let trend = Trend(points.map { (place: Double($0.day) / 7, value: $0.share) })
    guard let day = Self.median(points.map { Double($0.day) }), let share = Self.median(points.map(\.share)) else {
      return (trend, nil)
    }
    return (trend, (day, share))
  }

  var counted: Int { points.count(where: \.counts) }

  static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
