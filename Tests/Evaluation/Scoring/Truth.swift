// SPDX-License-Identifier: MIT
import PostureCore
import PostureSimulation

/// A stretch in which the wearer truly deviates; times in seconds since the day's beginning.
package struct Deviation: Sendable, Equatable {
  package let start: Double
  package var end: Double
  /// When a cue was due, or would have been.
  package var due: Double
  /// How long the trigger takes at that angle.
  package var pace: Double
  /// How much less it takes at an angle greater by the margin.
  package var sooner: Double

  package init(start: Double, end: Double, due: Double, pace: Double, sooner: Double = 0) {
    self.start = start
    self.end = end
    self.due = due
    self.pace = pace
    self.sooner = sooner
  }

  /// Over just when a cue is due, or just before: neither giving one nor giving none is wrong.
  package var isBorderline: Bool { (end - due).magnitude < 3 + 0.2 * pace }
  package var isDue: Bool { end > due && !isBorderline }
  /// A cue before that is too soon.
  package var earliest: Double { due - (1 + 0.1 * pace + sooner) }
}

/// The deviations of a day, from what the wearer's script intends alone.
package struct Truth: Sendable {
  private let limits: Limits
  private let trigger: any Trigger

  package init(_ limits: Limits, _ trigger: any Trigger) {
    self.limits = limits
    self.trigger = trigger
  }

  /// Seconds. Slouches come at the fastest within 0.8 s.
  package static var period: Double { 0.05 }

  /// A wearer sways by a degree or two about what is intended, and so did the reference posture.
  package static var margin: Angle { .degrees(2) }

  /// - Parameters:
  ///   - moments: the intended tilt in every period; nil where the trunk is not held for its own sake, which ends a
  ///     deviation.
  ///   - raised: by how much every limit is raised.
  package func deviations(_ moments: [Tilt?], raised: Angle = .zero) -> [Deviation] {
    var found: [Deviation] = []
    var trigger = trigger
    var (wasBeyond, isDue) = (false, false)
    for (index, tilt) in moments.enumerated() {
      let time = Double(index) * Self.period
      let isBeyond = tilt.map { limits.holds($0, wasBeyond: wasBeyond, raised: raised) } ?? false
      let angle = tilt?.total ?? .zero
      trigger.update(isBeyond: isBeyond, angle: angle, during: Self.period)
      if isBeyond {
        if !wasBeyond {
          found.append(Deviation(start: time, end: time, due: time, pace: 0))
          isDue = false
        }
        let end = time + Self.period
        found[found.count - 1].end = end
        if !isDue {
          found[found.count - 1].due = end + trigger.remaining(at: angle)
          found[found.count - 1].pace = trigger.pace(at: angle)
          found[found.count - 1].sooner = trigger.pace(at: angle) - trigger.pace(at: angle + Self.margin)
          isDue = trigger.isDue
        }
      }
      wasBeyond = isBeyond
    }
    return found
  }

  package func judge(_ moments: [Tilt?]) -> Judgement {
    Judgement(
      deviations: deviations(moments), strict: deviations(moments, raised: Self.margin),
      lenient: deviations(moments, raised: -Self.margin))
  }

  /// What a day's script intends, once in every period.
  package static func moments(of day: SimulatedDay) -> [Tilt?] {
    let period = Int64(period * 1e6)
    return (0..<day.duration.microseconds / period).map { index in
      let time = Timestamp(microseconds: index * period)
      return day.label(at: time).isPosture ? day.intended(at: time) : nil
    }
  }
}

/// The deviations of a day, and what they would be if every limit stood a margin further or nearer.
package struct Judgement: Sendable {
  package let deviations: [Deviation]
  private let strict: [Deviation]
  private let lenient: [Deviation]

  package init(deviations: [Deviation], strict: [Deviation], lenient: [Deviation]) {
    self.deviations = deviations
    self.strict = strict
    self.lenient = lenient
  }

  /// That a deviation is due does not hang on a margin.
  func isClear(_ deviation: Deviation) -> Bool {
    strict.contains { $0.isDue && $0.start < deviation.end && deviation.start < $0.end }
  }

  /// A cue would be right if the limits stood nearer.
  func isNearlyRight(at time: Double) -> Bool {
    lenient.contains { ($0.isDue || $0.isBorderline) && $0.earliest <= time && $0.start <= time && time <= $0.end }
  }
}
