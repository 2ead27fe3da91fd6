// SPDX-License-Identifier: MIT

/// What the probes say of whether the wearer sits more upright without cues than before.
package struct Learning: Sendable, Equatable {
  /// Of the last six weeks: what was before is no longer what goes on, and fewer tell too little.
  package static let window = 42
  /// Of which the last three are looked at once more: what was learnt fades within so many weeks without training.
  package static let lately = 21
  /// Days from the first to the last probe; what is new wears off in ten, and until then looks like learning.
  package static let shortest = 14

  package enum Verdict: Sendable, Equatable {
    /// So many probes of at least so many.
    case tooFew(Int, of: Int)
    /// They lie within so many days, of at least so many.
    case tooSoon(days: Int, of: Int)
    /// The interval holds no change, too.
    case unchanged(Trend)
    case improved(Trend)
    case worsened(Trend)
    /// Over the six weeks it cannot be told; over the last three it has worsened.
    case fading(Trend)
  }

  /// Slopes are points of percent a week.
  package let verdict: Verdict
  /// In the window.
  package let probes: Int
  /// The median over the last three weeks, percent; nil without probes.
  package let level: Double?
  /// Days since the last training up to the day that is asked about; nil where there was none.
  package let daysSinceTraining: Int?

  /// - Parameters:
  ///   - days: in the order of their numbers; those after `day` do not count.
  ///   - day: the one on which it is asked.
  package init(_ days: some Sequence<ProgrammeDay>, on day: Int, _ rules: Rules = Rules()) {
    var probes: [Probe] = []
    var lastTraining: Int?
    for past in days where past.number <= day {
      if past.training.done > 0 { lastTraining = past.number }
      guard past.number > day - Self.window, past.probe.judged >= rules.shortestProbe else { continue }
      probes.append(
        Probe(day: past.number, share: Double(past.probe.upright) * 100 / Double(past.probe.judged)))
    }
    let recent = Array(probes.drop { $0.day <= day - Self.lately })
    self.probes = probes.count
    daysSinceTraining = lastTraining.map { day - $0 }
    level = Self.median(recent.map(\.share))
    verdict = Self.verdict(probes, recent)
  }

  private struct Probe {
    let day: Int
    /// Percent.
    let share: Double
  }

  private static func verdict(_ probes: [Probe], _ recent: [Probe]) -> Verdict {
    guard let trend = trend(probes), let first = probes.first, let last = probes.last else {
      return .tooFew(probes.count, of: Trend.fewest)
    }
    guard last.day - first.day >= shortest else { return .tooSoon(days: last.day - first.day, of: shortest) }
    if trend.upper < 0 { return .worsened(trend) }
    if let latest = Self.trend(recent), latest.upper < 0 { return .fading(latest) }
    return trend.lower > 0 ? .improved(trend) : .unchanged(trend)
  }

  private static func trend(_ probes: [Probe]) -> Trend? {
    Trend(probes.map { (place: Double($0.day) / 7, value: $0.share) })
  }

  private static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
