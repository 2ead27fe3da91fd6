// SPDX-License-Identifier: MIT
import PostureCore
import Testing

/// Other parameters between two samples: what is known and counted stays.
@Suite struct PipelineConfigureTests {
  private func slouching(_ seconds: Double) -> Wearer {
    var wearer = Wearer()
    wearer.hold(10)
    wearer.bend(to: 25, over: 2)
    wearer.hold(seconds)
    return wearer
  }

  /// Runs until 16 s, some 4 s into a slouch, by `holding`, and then by others.
  private func run(_ seconds: Double = 30, _ change: (inout PosturePipeline.Parameters) -> Void) -> Run {
    let samples = slouching(seconds).samples
    var run = Run()
    run.take(samples[..<1600])
    var parameters = PosturePipeline.Parameters.holding
    parameters.context.life.patience = nil
    change(&parameters)
    run.pipeline.configure(parameters)
    run.take(samples[1600...])
    return run
  }

  private func deviated(_ run: Run) -> Double? {
    run.last("deviated").map { Double($0.time.microseconds) * 1e-6 }
  }

  @Test func theSameParametersChangeNoBit() {
    var plain = Run()
    plain.take(slouching(30).samples)
    #expect(run { _ in }.bits == plain.bits)
  }

  /// The lean goes on: it began before the change.
  @Test(arguments: [(2.0, 16.0), (6, 17.3), (20, 31.3)]) func aHoldCountsFromTheLeansBegin(hold: Double, time: Double)
    throws
  {
    let found = try #require(deviated(run { $0.detector.hold = .seconds(hold) }))
    #expect(abs(found - time) < 0.4, "\(found)")
  }

  @Test func anotherTriggerBeginsAnew() throws {
    let run = run(300) {
      $0.detector.trigger = .exposure
      $0.detector.exposure.holdingTime = .seconds(100)
      $0.detector.exposure.shortestHoldingTime = .seconds(100)
    }
    #expect(abs(try #require(deviated(run)) - 116) < 0.5)
  }

  @Test func limitsHoldAtOnce() {
    let run = run { $0.detector.limits.flexion = TiltLimits.Limit(enter: .degrees(40), leave: .degrees(30)) }
    #expect(run.kinds == ["calibrated"] && run.outputs.last?.posture == .upright)
  }

  /// The mode that somebody has chosen stays, unless the settings say another one than they did.
  @Test func theModeFollowsTheSettingAlone() {
    let samples = slouching(30).samples
    var run = Run()
    run.take(samples[..<1200])
    run.pipeline.perform(.setMode(.tracking), at: samples[1200].time)
    var parameters = PosturePipeline.Parameters.holding
    parameters.context.life.patience = nil
    parameters.gate.mostPerHour = 3
    run.pipeline.configure(parameters)
    #expect(run.pipeline.circumstances.mode == .tracking)
    parameters.gate.mode = .tracking
    run.pipeline.configure(parameters)
    parameters.gate.mode = .training
    run.pipeline.configure(parameters)
    #expect(run.pipeline.circumstances.mode == .training)
  }

  /// What the filter knows was learnt with its parameters.
  @Test func theFilterKeepsItsOwn() {
    let plain = run { _ in }
    let run = run { $0.filter.timeConstant = .seconds(0.3) }
    #expect(run.outputs.map { $0.up?.x.bitPattern } == plain.outputs.map { $0.up?.x.bitPattern })
  }

  @Test func withoutPatienceNothingIsOffTheBody() {
    var run = Run(isWorn: true)
    var still = Wearer()
    still.hold(60)
    run.take(still.samples[..<4000])
    #expect(run.outputs.last?.context == .offBody)
    var parameters = PosturePipeline.Parameters.holding
    parameters.context.life.patience = nil
    run.pipeline.configure(parameters)
    run.take(still.samples[4000...])
    #expect(run.outputs.last?.context == .still && run.pipeline.circumstances.isAlive)
  }
}
