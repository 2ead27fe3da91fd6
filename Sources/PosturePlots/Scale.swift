// SPDX-License-Identifier: MIT

/// Where on an axis a value stands.
package struct Scale: Sendable, Equatable {
  package let domain: ClosedRange<Double>
  /// Pixels at the two ends of the domain; y axes run from the larger to the smaller.
  package let start: Double
  package let end: Double

  /// - Parameter domain: one that is empty is widened, so that its value stands in the middle.
  package init(_ domain: ClosedRange<Double>, from start: Double, to end: Double) {
    let isEmpty = domain.upperBound - domain.lowerBound <= 0
    self.domain = isEmpty ? domain.lowerBound - 0.5...domain.upperBound + 0.5 : domain
    self.start = start
    self.end = end
  }

  package func callAsFunction(_ value: Double) -> Double {
    start + (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound) * (end - start)
  }

  /// The same, but never beyond its ends.
  package func clamped(_ value: Double) -> Double { self(max(domain.lowerBound, min(value, domain.upperBound))) }
}

/// Where an axis is marked.
package enum Ticks {
  /// Seconds between two marks, from a tenth of a second to a day: what clocks divide time by.
  private static let times: [Double] = [
    0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
  ]
  /// More are no help to anybody, and would never end where a range is broken.
  private static let most = 200
  /// What rounding may make of a range that is a whole number of steps.
  private static let slack = 1 + 1e-9

  /// Multiples of 1, 2 or 5 times a power of ten, with at most `count` steps from end to end.
  package static func linear(_ range: ClosedRange<Double>, atMost count: Int) -> [Double] {
    let width = range.upperBound - range.lowerBound
    guard width > 0, width.isFinite, count > 0 else { return [] }
    var step = 1e-9
    var index = 0
    while width / step > Double(count) * slack {
      step *= index % 3 == 1 ? 2.5 : 2
      index += 1
    }
    return multiples(of: step, in: range)
  }

  /// Seconds, with at most `count` steps from end to end.
  package static func time(_ range: ClosedRange<Double>, atMost count: Int) -> [Double] {
    let width = range.upperBound - range.lowerBound
    guard width > 0, width.isFinite, count > 0 else { return [] }
    let day = times[times.count - 1]
    let step = times.first { width / $0 <= Double(count) * slack } ?? (width / Double(count) / day).rounded(.up) * day
    return multiples(of: step, in: range)
  }

  private static func multiples(of step: Double, in range: ClosedRange<Double>) -> [Double] {
    let first = (range.lowerBound / step - (slack - 1)).rounded(.up)
    let last = (range.upperBound / step + (slack - 1)).rounded(.down)
    guard first <= last, last - first < Double(most) else { return [] }
    return (0...Int(last - first)).map { (first + Double($0)) * step + 0 }
  }

  /// Moves labels apart that would stand on one another, as little as that takes; in the order they came.
  ///
  /// - Parameters:
  ///   - positions: where they would stand best.
  ///   - gap: between two of them, at least.
  package static func spread(_ positions: [Double], gap: Double, within range: ClosedRange<Double>) -> [Double] {
    let order = positions.indices.sorted { positions[$0] < positions[$1] }
    var spread = positions
    var least = range.lowerBound
    for index in order {
      spread[index] = max(positions[index], least)
      least = spread[index] + gap
    }
    var most = range.upperBound
    for index in order.reversed() {
      spread[index] = min(spread[index], most)
      most = spread[index] - gap
    }
    return spread
  }
}
