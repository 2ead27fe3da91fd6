// SPDX-License-Identifier: MIT
import PostureSimulation

/// What is counted of a method on one day or on many; times in seconds.
package struct Tally: Sendable {
  package var worn = 0.0
  package var wornByLabel: [DayLabel: Double] = [:]
  package var due = 0
  package var missed = 0
  package var borderline = 0
  package var right = 0
  package var borderlineCues = 0
  package var falseCues: [DayLabel: Int] = [:]
  /// Of the false ones: in a deviation, but too soon, or again.
  package var early = 0
  package var repeated = 0
  /// Where it does not hang on two degrees more or less: due and answered or not, false.
  package var clearlyRight = 0
  package var clearlyMissed = 0
  package var clearlyFalse = 0
  package var reminders = 0
  package var falseReminders: [DayLabel: Int] = [:]
  /// From when a cue was due to the right one; below zero where it came a little sooner.
  package var latencies: [Double] = []
  package var offBody = OffBodyTally()
  package var findings: [Finding] = []

  package init() {}

  package var falseCount: Int { falseCues.values.reduce(0, +) }
  package var cueCount: Int { right + borderlineCues + falseCount }
  package var precision: Double? { Self.share(right, of: right + falseCount) }
  package var recall: Double? { Self.share(right, of: right + missed) }
  package var clearPrecision: Double? { Self.share(right, of: right + clearlyFalse) }
  package var clearRecall: Double? { Self.share(clearlyRight, of: clearlyRight + clearlyMissed) }
  package func anHour(_ count: Int) -> Double? { worn > 0 ? Double(count) / worn * 3600 : nil }

  private static func share(_ part: Int, of whole: Int) -> Double? { whole > 0 ? Double(part) / Double(whole) : nil }

  package static func += (a: inout Tally, b: Tally) {
    a.worn += b.worn
    a.wornByLabel.merge(b.wornByLabel, uniquingKeysWith: +)
    a.due += b.due
    a.missed += b.missed
    a.borderline += b.borderline
    a.right += b.right
    a.borderlineCues += b.borderlineCues
    a.falseCues.merge(b.falseCues, uniquingKeysWith: +)
    a.early += b.early
    a.repeated += b.repeated
    a.clearlyRight += b.clearlyRight
    a.clearlyMissed += b.clearlyMissed
    a.clearlyFalse += b.clearlyFalse
    a.reminders += b.reminders
    a.falseReminders.merge(b.falseReminders, uniquingKeysWith: +)
    a.latencies += b.latencies
    a.offBody += b.offBody
    a.findings += b.findings
  }
}

/// One thing that went wrong, to be looked up.
package struct Finding: Sendable, Equatable {
  package enum Kind: String, Sendable {
    case missed, early, repeated
    case outside = "false"
    case falseReminder = "false-reminder"
  }

  package let kind: Kind
  /// Seconds since the day's beginning.
  package let time: Double
  /// It hangs on two degrees more or less.
  package let isNear: Bool

  package init(kind: Kind, time: Double, isNear: Bool = false) {
    self.kind = kind
    self.time = time
    self.isNear = isNear
  }
}

/// The value below which a share of the numbers lies; nil for none.
package func quantile(_ share: Double, of numbers: [Double]) -> Double? {
  guard !numbers.isEmpty else { return nil }
  return numbers.sorted()[min(numbers.count - 1, Int(share * Double(numbers.count)))]
}
