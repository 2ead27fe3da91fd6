// SPDX-License-Identifier: MIT
import PostureSimulation

/// How soon a method notices that the sensor is off the body, and that it is on again; times in seconds.
package struct OffBodyTally: Sendable {
  /// How often it was off.
  package var count = 0
  /// From the laying down.
  package var noticedAfter: [Double] = []
  /// From the last touch on putting it on.
  package var wornAgainAfter: [Double] = []
  /// For how long it was worn and taken for off.
  package var wrongly: [DayLabel: Double] = [:]

  package init() {}

  package static func += (a: inout OffBodyTally, b: OffBodyTally) {
    a.count += b.count
    a.noticedAfter += b.noticedAfter
    a.wornAgainAfter += b.wornAgainAfter
    a.wrongly.merge(b.wrongly, uniquingKeysWith: +)
  }
}

/// A method's belief, from a time on.
package struct Belief: Sendable, Equatable {
  package let time: Double
  package let isOffBody: Bool

  package init(time: Double, isOffBody: Bool) {
    self.time = time
    self.isOffBody = isOffBody
  }
}

extension OffBodyTally {
  /// - Parameter beliefs: every change, in order; before the first, worn.
  package init(_ spans: [DaySpan], _ beliefs: [Belief]) {
    for (index, span) in spans.enumerated() {
      let (start, end) = (span.start.seconds, span.end.seconds)
      if span.label == .offBody {
        count += 1
        if let time = Self.first(true, in: start..<end, beliefs) { noticedAfter.append(time - start) }
      } else if span.label.isWorn {
        if index > 0, spans[index - 1].label == .handling {
          let last = spans[index...].first { !$0.label.isWorn }?.start.seconds ?? spans[spans.count - 1].end.seconds
          if let time = Self.first(false, in: start..<last, beliefs) { wornAgainAfter.append(time - start) }
        }
        let wrong = Self.offBody(in: start..<end, beliefs)
        if wrong > 0 { wrongly[span.label, default: 0] += wrong }
      }
    }
  }

  private static func first(_ isOffBody: Bool, in range: Range<Double>, _ beliefs: [Belief]) -> Double? {
    let before = beliefs.last { $0.time <= range.lowerBound }?.isOffBody ?? false
    if before == isOffBody { return range.lowerBound }
    return beliefs.first { $0.time > range.lowerBound && $0.time < range.upperBound && $0.isOffBody == isOffBody }?.time
  }

  /// How long the belief is off-body within a range.
  private static func offBody(in range: Range<Double>, _ beliefs: [Belief]) -> Double {
    var sum = 0.0
    for (index, belief) in beliefs.enumerated() where belief.isOffBody {
      let end = index + 1 < beliefs.count ? beliefs[index + 1].time : range.upperBound
      sum += max(0, min(end, range.upperBound) - max(belief.time, range.lowerBound))
    }
    return sum
  }
}
