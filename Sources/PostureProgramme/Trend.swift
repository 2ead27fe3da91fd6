// SPDX-License-Identifier: MIT

/// How fast something changes, by the median of the slopes of all pairs, with an interval from their ranks.
///
/// H. Theil, "A rank-invariant method of linear and polynomial regression analysis", 1950; P. K. Sen, "Estimates of the
/// regression coefficient based on Kendall's tau", J. Am. Stat. Assoc. 63, 1968. A day that went astray hardly moves it,
/// and the interval is exact for values that are independent and alike in spread, however they are spread; values that
/// hang together from day to day make it too narrow. Ties make it wider than it would have to be.
package struct Trend: Sendable, Equatable {
  /// The chance that the interval does not hold the true slope: half of it on either side.
  package static let error = 0.05
  /// So many values are needed, because the order of fewer is often enough chance's: 2 of 24 orders of four, which is
  /// more than one in twenty, and 2 of 120 of five.
  package static let fewest = 5

  /// A step of the value for a step of the place.
  package let slope: Double
  package let lower: Double
  package let upper: Double

  /// Nil where there are too few.
  ///
  /// - Precondition: places differ.
  package init?(_ points: [(place: Double, value: Double)], error: Double = Trend.error) {
    guard let below = KendallScores(count: points.count).below(error: error) else { return nil }
    var slopes: [Double] = []
    slopes.reserveCapacity(points.count * (points.count - 1) / 2)
    for (index, a) in points.enumerated() {
      for b in points[(index + 1)...] {
        precondition(a.place != b.place, "a slope is between two places")
        slopes.append((b.value - a.value) / (b.place - a.place))
      }
    }
    slopes.sort()
    let middle = slopes.count / 2
    slope = slopes.count % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2
    lower = slopes[below]
    upper = slopes[slopes.count - 1 - below]
  }
}
