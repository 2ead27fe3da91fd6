// SPDX-License-Identifier: MIT

/// What the motor does for one cue: steps of vibration and of stillness, one after another.
///
/// Made by appending to silence, `HapticPattern().pulse(.milliseconds(80))`. What is felt is a matter of taste, and any
/// pattern can be asked for; the limits hold whoever makes one, and are checked where one is read.
package struct HapticPattern: BitwiseCopyable, Sendable, Equatable {
  /// A time with one level, or with one that changes evenly. Levels are percent of full vibration; 0 is a gap.
  package struct Step: BitwiseCopyable, Sendable, Equatable {
    package var duration: Interval
    /// The level at its start.
    package var start: UInt8
    /// The level at its end; another one than at its start makes it a ramp.
    package var end: UInt8

    package init(_ duration: Interval, from start: UInt8, to end: UInt8) {
      self.duration = duration
      self.start = start
      self.end = end
    }

    package var isGap: Bool { start == 0 && end == 0 }
  }

  /// More cannot be told from others on the skin, nor remembered.
  package static var mostSteps: Int { 12 }
  /// A small motor has hardly begun to turn by then.
  package static var shortestStep: Interval { .milliseconds(20) }
  /// On without a gap; the motor itself is switched off after a second.
  package static var longestOn: Interval { .seconds(1) }
  /// A longer cue keeps the next one waiting.
  package static var longestLength: Interval { .seconds(5) }
  /// Of what is no gap: with less, a motor that has not yet turned stays where it is.
  package static var levels: ClosedRange<UInt8> { 10...100 }
  /// A ramp changes so often, and not in between: a motor takes longer to follow.
  package static var rampPeriod: Interval { .milliseconds(20) }

  private var steps: InlineArray<12, Step>
  package private(set) var count = 0

  /// Silence.
  package init() { steps = InlineArray(repeating: Step(.zero, from: 0, to: 0)) }

  package subscript(index: Int) -> Step {
    precondition(index >= 0 && index < count, "a step that the pattern has not")
    return steps[index]
  }

  package mutating func append(_ step: Step) {
    precondition(count < Self.mostSteps, "a pattern has 12 steps at most")
    precondition(step.duration >= Self.shortestStep, "a step is not too short to be felt")
    precondition(
      step.isGap || Self.levels.contains(step.start) && Self.levels.contains(step.end), "a level can be felt")
    steps[count] = step
    count += 1
    precondition(length <= Self.longestLength && lastOn <= Self.longestOn, "a pattern keeps its limits")
  }

  /// How long it is on at its end.
  package var lastOn: Interval {
    var on = Interval.zero
    var index = count
    while index > 0, !steps[index - 1].isGap {
      index -= 1
      on = on + steps[index].duration
    }
    return on
  }

  package var length: Interval {
    var length = Interval.zero
    for index in 0..<count { length = length + steps[index].duration }
    return length
  }

  package static func == (a: HapticPattern, b: HapticPattern) -> Bool {
    guard a.count == b.count else { return false }
    for index in 0..<a.count where a.steps[index] != b.steps[index] { return false }
    return true
  }
}

extension HapticPattern {
  /// This, and then a pulse.
  package func pulse(_ duration: Interval, _ level: UInt8 = 100) -> HapticPattern {
    ramp(duration, from: level, to: level)
  }

  /// This, and then stillness.
  package func gap(_ duration: Interval) -> HapticPattern { ramp(duration, from: 0, to: 0) }

  /// This, and then a ramp.
  package func ramp(_ duration: Interval, from start: UInt8, to end: UInt8) -> HapticPattern {
    var longer = self
    longer.append(Step(duration, from: start, to: end))
    return longer
  }

  /// The same with every level at that percentage of what it was, and never more than full vibration: what is on stays
  /// on, as weak as it may be, save for 0 percent, which is silence.
  package func scaled(by percent: UInt8) -> HapticPattern {
    guard percent > 0 else { return HapticPattern() }
    var scaled = self
    for index in 0..<count where !steps[index].isGap {
      scaled.steps[index].start = Self.scaled(steps[index].start, by: percent)
      scaled.steps[index].end = Self.scaled(steps[index].end, by: percent)
    }
    return scaled
  }

  private static func scaled(_ level: UInt8, by percent: UInt8) -> UInt8 {
    UInt8(min(100, max(1, (Int(level) * Int(percent) + 50) / 100)))
  }
}

extension HapticPattern {
  /// The level so long after the start, and until when after the start it stays; nil once the pattern is over.
  package func output(after elapsed: Interval) -> (percent: UInt8, until: Interval)? {
    guard elapsed >= .zero else { return nil }
    var begun = Interval.zero
    for index in 0..<count {
      let step = steps[index]
      let end = begun + step.duration
      if elapsed < end {
        let (percent, until) = step.output(after: elapsed - begun)
        return (percent, begun + until)
      }
      begun = end
    }
    return nil
  }
}

extension HapticPattern.Step {
  /// A ramp has in each of its pieces the level of the piece's middle, to the nearest percent.
  fileprivate func output(after elapsed: Interval) -> (percent: UInt8, until: Interval) {
    guard start != end else { return (start, duration) }
    let period = HapticPattern.rampPeriod.microseconds
    let from = elapsed.microseconds / period * period
    let until = min(from + period, duration.microseconds)
    // Both counted twice, so that halves are whole.
    let (whole, middle) = (2 * duration.microseconds, from + until)
    let level = (Int64(start) * (whole - middle) + Int64(end) * middle + duration.microseconds) / whole
    return (UInt8(level), Interval(microseconds: until))
  }
}
