// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct PipelineFaultTests {
  private var leaning: Wearer {
    var wearer = Wearer()
    wearer.hold(8)
    wearer.bend(to: 25, over: 1)
    return wearer
  }

  /// A stuck sensor that stands at 5 deg/s looks like rest with a bias of 5 deg/s.
  @Test func frozenFromTheStartNothingIsLearnt() {
    let rate = AngularVelocity(radians(5), 0, 0)
    var run = Run()
    run.take((0..<3000).map { sample(at: at(Double($0) * 0.01), rate: rate) })
    #expect(run.names == ["1.00 frozen"])
    #expect(!run.pipeline.isSettled)
    #expect(run.pipeline.bias == .zero)
    #expect(run.pipeline.reference == nil)
    #expect(run.outputs.allSatisfy { ($0.up == nil) == ($0.time >= at(1)) })
  }

  @Test func frozenSamplesDecideNothing() throws {
    var wearer = leaning
    wearer.hold(12)
    let before = wearer.samples.count
    wearer.freeze(30)
    let after = wearer.samples.count
    wearer.hold(15)
    var run = Run()
    run.take(wearer.samples[..<before])
    #expect(run.kinds == ["calibrated", "deviated"])
    let bias = run.pipeline.bias
    run.take(wearer.samples[before..<after])
    let last = try #require(run.outputs.last)
    #expect(last.up == nil && last.tilt == nil)
    #expect(last.posture == .unknown)
    #expect(run.kinds == ["calibrated", "deviated", "frozen"])
    #expect((run.pipeline.bias - bias).length < 1e-3)
    run.take(wearer.samples[after...])
    #expect(run.kinds == ["calibrated", "deviated", "frozen", "resumed", "deviated"])
    // Upright or not was unknown for 29 s; the lean is counted from the first good sample.
    #expect(try #require(run.last("deviated")).time - run.events[3].time == .seconds(10))
    #expect(run.events[2].tilt == nil)
  }

  /// At the first good sample the filter begins anew: in the pause the wearer came back upright.
  @Test func theFirstGoodSampleTellsUpAfterAPause() throws {
    var wearer = leaning
    wearer.hold(3)
    wearer.freeze(5)
    var run = Run()
    run.take(wearer.samples)
    run.take([sample(at: wearer.now)])
    let output = try #require(run.outputs.last)
    #expect(try #require(output.tilt).total < .degrees(0.2))
    #expect(output.posture == .upright)
  }

  @Test func aGapResetsTheDetector() throws {
    var wearer = leaning
    wearer.hold(8)
    let resumed = wearer.now + .seconds(1)
    wearer.skip(1)
    wearer.hold(15)
    var run = Run()
    run.take(wearer.samples)
    #expect(run.kinds == ["calibrated", "gap 1010", "deviated"])
    #expect(try #require(run.last("deviated")).time - resumed == .seconds(10))
  }

  @Test func aDeviationDoesNotOutliveAGap() {
    var wearer = leaning
    wearer.hold(12)
    wearer.skip(1)
    wearer.bend(to: 0, over: 0.01)
    wearer.hold(5)
    var run = Run()
    run.take(wearer.samples)
    #expect(run.kinds == ["calibrated", "deviated", "gap 1010"])
    #expect(run.outputs.last?.posture == .upright)
  }

  @Test func whatComesOutOfOrderIsDropped() {
    let samples = leaning.samples
    var run = Run()
    var disturbed = Run()
    run.take(samples)
    for (index, sample) in samples.enumerated() {
      disturbed.take([sample])
      guard index % 7 == 0 else { continue }
      var stray = samples[index / 2]
      stray.acceleration = Acceleration(9, 9, 9)
      let output = disturbed.pipeline.process(stray)
      #expect(output == nil)
    }
    #expect(disturbed.bits == run.bits)
    #expect(disturbed.pipeline.outOfOrder == UInt64((samples.count + 6) / 7))
    #expect(disturbed.pipeline.bias == run.pipeline.bias)
  }

  @Test func saturationIsTold() {
    var wearer = leaning
    wearer.hold(2)
    var samples = wearer.samples
    for index in 700..<705 { samples[index].isSaturated = true }
    var run = Run()
    run.take(samples)
    #expect(run.names == ["5.00 calibrated", "7.00 saturated"])
  }

  /// A dead accelerometer: no up, no tilt, no posture, and nothing crashes.
  @Test func withoutForceNothingIsKnown() throws {
    var random = SeededRandom(seed: 8)
    var wearer = leaning
    wearer.hold(2)
    wearer.skip(1)
    let start = wearer.now
    var run = Run()
    run.take(wearer.samples)
    run.take(
      (0..<500).map {
        InertialSample(
          time: start + .milliseconds(10) * $0, acceleration: .zero, angularVelocity: random.vector(within: 0.01))
      })
    let last = try #require(run.outputs.last)
    #expect(last.up == nil && last.tilt == nil)
    #expect(last.posture == .unknown)
  }

  /// One sample can say three things: a finding, a calibration's end and a decision, in this order.
  @Test func eventsOfASampleComeInOrder() throws {
    var wearer = Wearer()
    wearer.hold(8)
    var samples = wearer.samples
    samples[500].isSaturated = true
    var run = Run()
    run.take(samples)
    #expect(run.names == ["5.00 saturated", "5.00 calibrated"])
    let output = try #require(run.outputs.first { $0.time == at(5) })
    #expect(output.eventCount == 2)
  }
}
