// SPDX-License-Identifier: MIT
import PostureCore
import Testing

/// The motor sits beside the sensor, and shakes it.
@Suite struct PipelineMotorTests {
  /// A pipeline whose cues shake the samples that follow, from a cue to its pattern's end and so long after it.
  private struct Shaken {
    var run = Run()
    var runOn: Interval?
    private var until = Timestamp(microseconds: .min)

    init(runOn: Interval?) { self.runOn = runOn }

    mutating func take(_ samples: [InertialSample]) {
      for var sample in samples {
        if sample.time < until {
          // 1.5 m/s² root mean square.
          let shake = swing(1.5 * 2.squareRoot(), 25)((sample.time - at(0)).seconds + 0.005)
          sample.acceleration += (sample.acceleration.direction ?? upright).reinterpreted() * shake
        }
        run.take([sample])
        guard let runOn, let cue = run.outputs.last?.cue else { continue }
        until = sample.time + HapticPatterns()[cue.kind].length + runOn
      }
    }
  }

  private func samples() -> [InertialSample] {
    var wearer = Wearer()
    wearer.hold(15)
    wearer.bend(to: 25, over: 3)
    wearer.hold(80)
    wearer.bend(to: 0, over: 1)
    wearer.hold(10)
    return wearer.samples
  }

  @Test func itsShakingTellsNothing() throws {
    var still = Shaken(runOn: nil)
    var shaken = Shaken(runOn: .milliseconds(250))
    still.take(samples())
    shaken.take(samples())
    #expect(still.run.kinds == ["calibrated", "deviated", "reminded", "recovered"])
    #expect(shaken.run.kinds == still.run.kinds)
    // The tilt may be shaken a little too: a decision may come a few samples earlier or later, and no more.
    for (a, b) in zip(still.run.events, shaken.run.events) { #expect((a.time - b.time).seconds.magnitude < 0.05) }
    #expect(shaken.run.outputs.map(\.context) == still.run.outputs.map(\.context))
  }

  /// What shakes longer than the motor does is taken for what it is.
  @Test func whatShakesLongerIsSeen() {
    var shaken = Shaken(runOn: .seconds(2))
    shaken.take(samples())
    #expect(shaken.run.outputs.contains { $0.context != .still && $0.context != .bending })
  }
}
