// SPDX-License-Identifier: MIT
import PostureCore
import PostureSimulation

/// A cue as a method gave it; seconds since the day's beginning.
package struct GivenCue: Sendable, Equatable {
  package let time: Double
  /// That a deviation lasts, not that it began.
  package let isReminder: Bool

  package init(time: Double, isReminder: Bool = false) {
    self.time = time
    self.isReminder = isReminder
  }
}

extension Timestamp {
  /// Since the day's beginning.
  package var seconds: Double { Double(microseconds) * 1e-6 }
}

extension Tally {
  /// Counts a day's cues against its deviations, both in order.
  ///
  /// The first cue in a deviation that is due or borderline is right where it does not come too soon; every other one
  /// is false. Reminders are counted apart, and are false outside any deviation.
  package init(_ spans: [DaySpan], _ judgement: Judgement, _ cues: [GivenCue]) {
    for span in spans where span.label.isWorn {
      let length = (span.end - span.start).seconds
      worn += length
      wornByLabel[span.label, default: 0] += length
    }
    let deviations = judgement.deviations
    var answered = Set<Int>()
    for cue in cues {
      let index = deviations.firstIndex { $0.start <= cue.time && cue.time <= $0.end }
      if cue.isReminder {
        count(reminder: cue, isInDeviation: index != nil, spans)
        continue
      }
      guard let index, deviations[index].isDue || deviations[index].isBorderline else {
        count(false: cue, .outside, isNear: judgement.isNearlyRight(at: cue.time), spans)
        continue
      }
      let deviation = deviations[index]
      if cue.time < deviation.earliest {
        count(false: cue, .early, isNear: judgement.isNearlyRight(at: cue.time), spans)
      } else if !answered.insert(index).inserted {
        count(false: cue, .repeated, isNear: false, spans)
      } else if deviation.isBorderline {
        borderlineCues += 1
      } else {
        right += 1
        latencies.append(cue.time - deviation.due)
      }
    }
    count(judgement, answered)
  }

  private mutating func count(_ judgement: Judgement, _ answered: Set<Int>) {
    for (index, deviation) in judgement.deviations.enumerated() {
      if deviation.isBorderline { borderline += 1 }
      guard deviation.isDue else { continue }
      due += 1
      let isClear = judgement.isClear(deviation)
      if answered.contains(index) {
        if isClear { clearlyRight += 1 }
      } else {
        missed += 1
        if isClear { clearlyMissed += 1 }
        findings.append(Finding(kind: .missed, time: deviation.due, isNear: !isClear))
      }
    }
  }

  private mutating func count(reminder cue: GivenCue, isInDeviation: Bool, _ spans: [DaySpan]) {
    reminders += 1
    guard !isInDeviation else { return }
    falseReminders[Self.label(at: cue.time, spans), default: 0] += 1
    findings.append(Finding(kind: .falseReminder, time: cue.time))
  }

  private mutating func count(
    false cue: GivenCue, _ kind: Finding.Kind, isNear: Bool, _ spans: [DaySpan]
  ) {
    falseCues[Self.label(at: cue.time, spans), default: 0] += 1
    if kind == .early { early += 1 }
    if kind == .repeated { repeated += 1 }
    if !isNear { clearlyFalse += 1 }
    findings.append(Finding(kind: kind, time: cue.time, isNear: isNear))
  }

  private static func label(at time: Double, _ spans: [DaySpan]) -> DayLabel {
    guard let span = spans.last(where: { $0.start.seconds <= time }) else {
      preconditionFailure("a cue is given after the day's beginning")
    }
    return span.label
  }
}
