// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct PipelineReferenceTests {
  private var manual: PosturePipeline.Parameters {
    var parameters = PosturePipeline.Parameters.holding
    parameters.references.isAutomatic = false
    return parameters
  }

  private func still(_ seconds: Double, at flexion: Double = 0) -> Wearer {
    var wearer = Wearer()
    if flexion != 0 { wearer.bend(to: flexion, over: 0.01) }
    wearer.hold(seconds)
    return wearer
  }

  @Test func withoutACommandThereIsNoReference() {
    var run = Run(manual)
    run.take(still(60).samples)
    #expect(run.kinds == [])
    #expect(run.pipeline.reference == nil)
    #expect(run.outputs.allSatisfy { $0.tilt == nil && $0.posture == .unknown && $0.up != nil })
  }

  @Test func theCommandTakesTheReference() {
    var wearer = still(10)
    var run = Run(manual)
    run.take(wearer.samples)
    run.pipeline.perform(.calibrate, at: wearer.now)
    #expect(run.pipeline.circumstances.isCalibrating)
    let count = wearer.samples.count
    wearer.hold(5)
    run.take(wearer.samples[count...])
    #expect(run.names == ["13.00 calibrated"])
    #expect(!run.pipeline.circumstances.isCalibrating)
    #expect(run.pipeline.reference?.forwardAxis == .plusX)
    #expect(run.outputs.last?.posture == .upright)
    #expect(run.last("calibrated")?.tilt.map { $0.total < .degrees(0.2) } == true)
  }

  @Test func aNewReferenceReplacesTheOldAndEndsADeviation() throws {
    var wearer = still(8)
    wearer.bend(to: 25, over: 1)
    wearer.hold(15)
    var run = Run()
    run.take(wearer.samples)
    #expect(run.outputs.last?.posture == .deviated)
    run.pipeline.perform(.calibrate, at: wearer.now)
    let count = wearer.samples.count
    wearer.hold(5)
    run.take(wearer.samples[count...])
    #expect(run.kinds == ["calibrated", "deviated", "calibrated"])
    #expect(run.outputs.last?.posture == .upright)
    #expect(try #require(run.outputs.last?.tilt).total < .degrees(0.3))
  }

  /// Asked for, a refusal is said; the reference before it stays.
  @Test func aRefusalIsAnswered() {
    var wearer = still(10)
    var run = Run()
    run.take(wearer.samples)
    let reference = run.pipeline.reference
    run.pipeline.perform(.calibrate, at: wearer.now)
    let count = wearer.samples.count
    wearer.bend(to: 10, over: 1)
    wearer.hold(5)
    run.take(wearer.samples[count...])
    #expect(run.kinds == ["calibrated", "refused moving"])
    #expect(run.pipeline.reference == reference)
    #expect(reference != nil)
  }

  /// Asked once, answered once: the automatic ones that follow are silent again.
  @Test func aRefusalIsAnsweredOnce() {
    var wearer = still(3)
    var run = Run()
    run.take(wearer.samples)
    run.pipeline.perform(.calibrate, at: wearer.now)
    let count = wearer.samples.count
    for _ in 0..<5 {
      wearer.bend(to: 15, over: 1)
      wearer.bend(to: 0, over: 1)
    }
    wearer.hold(5)
    run.take(wearer.samples[count...])
    #expect(run.kinds == ["refused moving", "calibrated"])
  }

  /// Nobody asked for the automatic one, so that nobody is told; it is tried again.
  @Test func theAutomaticOneIsTriedAgainSilently() throws {
    var wearer = still(3)
    wearer.bend(to: 20, over: 1)
    wearer.bend(to: -10, over: 1.5)
    wearer.bend(to: 12, over: 1.5)
    wearer.hold(6)
    var run = Run()
    run.take(wearer.samples)
    #expect(run.kinds == ["calibrated"])
    let time = try #require(run.last("calibrated")).time
    #expect((at(9)...at(10.1)).contains(time))
    let reference = try #require(run.pipeline.reference)
    #expect(angle(between: reference.up, up(flexion: 12)) < 1)
  }

  @Test(arguments: [(true, 1), (false, 0)])
  func whatCannotSucceedIsSaidOnce(isAutomatic: Bool, count: Int) {
    var parameters = manual
    parameters.references.isAutomatic = isAutomatic
    parameters.references.calibration.forwardAxis = .plusZ
    var wearer = still(60)
    var run = Run(parameters)
    run.take(wearer.samples)
    #expect(run.kinds == [String](repeating: "refused forwardAxisVertical", count: count))
    run.pipeline.perform(.calibrate, at: wearer.now)
    let samples = wearer.samples.count
    wearer.hold(10)
    run.take(wearer.samples[samples...])
    #expect(run.kinds == [String](repeating: "refused forwardAxisVertical", count: count + 1))
  }

  /// Never at rest, the bias is never known: after the patience of 10 s the command is refused.
  @Test func withoutABiasACommandIsRefused() {
    var wearer = Wearer()
    wearer.noise = 1
    wearer.hold(5)
    var run = Run()
    run.take(wearer.samples)
    run.pipeline.perform(.calibrate, at: wearer.now)
    let count = wearer.samples.count
    wearer.hold(30)
    run.take(wearer.samples[count...])
    #expect(run.names == ["15.01 refused unsettled"])
    #expect(!run.pipeline.isSettled)
  }

  @Test(arguments: [true, false])
  func aFrozenSensorEndsACalibration(isAsked: Bool) {
    var wearer = still(3)
    var run = Run()
    run.take(wearer.samples)
    #expect(run.pipeline.circumstances.isCalibrating)
    if isAsked { run.pipeline.perform(.calibrate, at: wearer.now) }
    let count = wearer.samples.count
    wearer.freeze(3)
    run.take(wearer.samples[count...])
    #expect(run.kinds == (isAsked ? ["frozen", "refused noEstimate"] : ["frozen"]))
    #expect(!run.pipeline.circumstances.isCalibrating)
    #expect(run.pipeline.reference == nil)
  }

  /// For a recording known to begin upright: at once, whether the bias is known or not, and never refused for moving.
  @Test func aWindowIsTakenAsItIs() throws {
    var wearer = Wearer()
    wearer.noise = 0.8
    wearer.hold(6)
    var run = Run()
    run.pipeline.takeReference(over: .seconds(1), from: at(0))
    run.take(wearer.samples)
    #expect(run.names == ["1.00 calibrated"])
    #expect(!run.pipeline.isSettled)
    #expect(angle(between: try #require(run.pipeline.reference).up, Direction(0, 0, 1)) < 1)
  }
}
