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

  package init(start: Double, end: Double, due: Double, pace: Double) {
    self.start = start
    self.end = end
    self.due = due
    self.pace = pace
  }

  /// Over just when a cue is due, or just before: neither giving one nor giving none is wrong.
  package var isBorderline: Bool { (end - due).magnitude < 3 + 0.2 * pace }
  package var isDue: Bool { end > due && !isBorderline }
  /// A cue before that is too soon.
  package var earliest: Double { due - (1 + 0.1 * pace) }
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

  /// - Parameters:
  ///   - count: of moments, one in every period.
  ///   - moment: the intended tilt; nil where the trunk is not held for its own sake, which ends a deviation.
  package func deviations(count: Int, _ moment: (Int) -> Tilt?) -> [Deviation] {
    var found: [Deviation] = []
    var trigger = trigger
    var (wasBeyond, isDue) = (false, false)
    for index in 0..<count {
      let time = Double(index) * Self.period
      let tilt = moment(index)
      let isBeyond = tilt.map { limits.holds($0, wasBeyond: wasBeyond) } ?? false
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
          isDue = trigger.isDue
        }
      }
      wasBeyond = isBeyond
    }
    return found
  }

  package func deviations(of day: SimulatedDay) -> [Deviation] {
    let period = Int64(Self.period * 1e6)
    return deviations(count: Int(day.duration.microseconds / period)) { index in
      let time = Timestamp(microseconds: Int64(index) * period)
      return day.label(at: time).isPosture ? day.intended(at: time) : nil
    }
  }
}
