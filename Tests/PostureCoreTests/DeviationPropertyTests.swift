// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct DeviationPropertyTests {
  private struct Step {
    var time: Timestamp
    var degrees: Double
    var context: Context
  }

  /// What has to hold whatever the wearer does.
  private struct Rules {
    var past: [Step] = []
    var isDeviated = false
    var lastCue: Timestamp?
    var counts = (deviated: 0, reminded: 0, recovered: 0, suppressed: 0)

    mutating func reset() {
      past = []
      isDeviated = false
    }

    mutating func take(_ decision: DeviationDetector.Decision?, _ step: Step) {
      past.append(step)
      switch decision {
      case nil: break
      case .deviated(let leaning, _):
        counts.deviated += 1
        #expect(!isDeviated, "no deviation within a deviation")
        #expect(step.context == .still, "no cue while moving")
        #expect(leaning >= .seconds(10))
        checkLean(for: leaning, until: step)
        isDeviated = true
        lastCue = step.time
      case .reminded:
        counts.reminded += 1
        #expect(isDeviated, "a reminder is of a deviation")
        #expect(step.context == .still, "no cue while moving")
        if let lastCue { #expect(step.time - lastCue >= .seconds(60)) }
        lastCue = step.time
      case .recovered:
        counts.recovered += 1
        #expect(isDeviated, "a recovery is from a deviation")
        #expect(step.degrees < 10)
        isDeviated = false
      case .suppressed(_, let reason):
        counts.suppressed += 1
        #expect(reason == .moving)
      case .ended: Issue.record("moving ends no deviation")
      }
      if step.degrees < 10 {
        #expect(!isDeviated, "below the lower limit no deviation lasts")
        past = []
      }
    }

    /// Beyond the limit once since the last upright, never below the lower one since, and still all the while.
    private func checkLean(for leaning: Interval, until now: Step) {
      #expect(past.contains { $0.degrees > 15 }, "nothing below the limit is a deviation")
      let lean = past.filter { now.time - $0.time <= leaning }
      #expect(lean.first.map { now.time - $0.time } == leaning, "the lean begins with a sample")
      #expect(lean.dropFirst().allSatisfy { $0.context == .still })
    }
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func theRulesHold(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var parameters = DeviationDetector.Parameters.holding
    parameters.smoothing = .zero
    var detector = DeviationDetector(parameters)
    var rules = Rules()
    var step = Step(time: at(0), degrees: 0, context: .still)
    var target = 0.0
    for _ in 0..<20_000 {
      step.time = step.time + Interval(microseconds: .random(in: 1000...400_000, using: &random))
      if Int.random(in: 0..<300, using: &random) == 0 { target = .random(in: 0...30, using: &random) }
      step.degrees = max(0, step.degrees + (target - step.degrees) * 0.2 + random.within(1.5))
      if Int.random(in: 0..<400, using: &random) == 0 { step.context = step.context == .still ? .moving : .still }
      if Int.random(in: 0..<2000, using: &random) == 0 {
        detector.reset()
        rules.reset()
      }
      let tilt = Tilt(flexion: .degrees(step.degrees), lateral: .zero, total: .degrees(step.degrees))
      rules.take(detector.update(tilt, step.context, at: step.time), step)
      #expect((detector.posture == .deviated) == rules.isDeviated)
    }
    // A rule that was never asked proves nothing.
    #expect(rules.counts.deviated > 5)
    #expect(rules.counts.reminded > 1)
    #expect(rules.counts.recovered > 3)
    #expect(rules.counts.suppressed > 0)
  }
}
