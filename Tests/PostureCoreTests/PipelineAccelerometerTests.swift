// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct PipelineAccelerometerTests {
  private func wearer() -> Wearer {
    var wearer = Wearer()
    wearer.hold(12)
    wearer.bend(to: 25, over: 2)
    wearer.hold(15)
    wearer.bend(to: 0, over: 1)
    wearer.hold(10)
    return wearer
  }

  private func shown(_ samples: [InertialSample], by sensor: Accelerometer) -> [InertialSample] {
    samples.map { sample in
      var sample = sample
      sample.acceleration = sensor.shown(of: sample.acceleration)
      return sample
    }
  }

  private func calibrated() throws -> AccelerometerCalibration {
    try #require(fit(nineWays.map { Accelerometer.bad.shown(up: $0) }).solve()?.calibration)
  }

  @Test func everySampleIsCorrectedBeforeTheFilter() throws {
    let truth = wearer().samples
    var bare = Run()
    bare.take(shown(truth, by: .bad))
    var run = Run()
    run.pipeline.perform(.calibrateAccelerometer(try calibrated()), at: at(0))
    run.take(shown(truth, by: .bad))
    var ideal = Run()
    ideal.take(truth)
    func worst(_ run: Run) -> Double {
      zip(run.outputs, ideal.outputs).map { angle(between: $0.up ?? Direction(0, 0, -1), $1.up ?? Direction(0, 0, 1)) }
        .max() ?? 180
    }
    #expect(worst(bare) > 2.5)
    #expect(worst(run) < 0.01)
    #expect(run.kinds == ideal.kinds)
    #expect(try run.pipeline.accelerometer == calibrated())
  }

  @Test func anIdentityAtTheStartChangesNoBit() {
    let samples = wearer().samples
    var plain = Run()
    plain.take(samples)
    var run = Run()
    run.pipeline.perform(.calibrateAccelerometer(.identity), at: at(0))
    run.take(samples)
    #expect(run.bits == plain.bits)
  }

  /// The reference posture was measured by the sensor as it was: it is corrected as the samples are.
  @Test func theReferencePostureIsCarriedOver() throws {
    var still = Wearer()
    still.hold(30)
    let samples = shown(still.samples, by: .bad)
    var run = Run()
    run.take(samples[..<2000])
    let before = try #require(run.pipeline.reference)
    #expect(angle(between: before.up, Direction(0, 0, 1)) > 2)
    run.pipeline.perform(.calibrateAccelerometer(try calibrated()), at: samples[2000].time)
    let after = try #require(run.pipeline.reference)
    #expect(angle(between: after.up, Direction(0, 0, 1)) < 0.1)
    #expect(after.forwardAxis == before.forwardAxis)
    run.take(samples[2000...])
    let tilts = run.outputs.suffix(900).compactMap(\.tilt)
    #expect(tilts.count == 900 && tilts.allSatisfy { $0.total.degrees < 0.3 })
    // And back again.
    run.pipeline.perform(.calibrateAccelerometer(.identity), at: at(30))
    let back = try #require(run.pipeline.reference)
    #expect(angle(between: back.up, before.up) < 0.01)
  }

  /// Forward is almost vertical: a little more, and there is no forward. Whoever keeps it is told.
  @Test func aReferencePostureThatBecomesImpossibleIsToldOf() throws {
    // 69.7 degrees up; 70 are too much.
    let steep = Direction(0.93789, 0, 0.34694)
    let kept = KeptReference(try #require(ReferencePosture(up: steep, forwardAxis: .plusX)))
    var run = Run()
    run.pipeline.perform(.setReference(.car, kept), at: at(0))
    run.pipeline.perform(.setReference(.sitting, KeptReference(try #require(upright))), at: at(0))
    #expect(run.pipeline.takeChangedReference() == nil)
    let offset = try #require(AccelerometerCalibration(offset: .init(-60_000, 0, 0), scale: .init(0, 0, 0)))
    run.pipeline.perform(.calibrateAccelerometer(offset), at: at(0))
    let changes = [run.pipeline.takeChangedReference(), run.pipeline.takeChangedReference()].compactMap { $0 }
    #expect(changes.map(\.name) == [.sitting, .car] && changes.allSatisfy(\.isAsked))
    #expect(changes.map { $0.reference != nil } == [true, false])
    #expect(run.pipeline.takeChangedReference() == nil)
    #expect(run.pipeline.reference(.car) == nil && run.pipeline.reference(.sitting) != nil)
  }

  private var upright: ReferencePosture? { ReferencePosture(up: Direction(0, 0, 1), forwardAxis: .plusX) }

  /// A lean that was counting was seen by the other up.
  @Test func aLeanBeginsAnew() throws {
    var wearer = Wearer()
    wearer.hold(10)
    wearer.bend(to: 25, over: 2)
    wearer.hold(30)
    let samples = shown(wearer.samples, by: .bad)
    var run = Run()
    run.take(samples[..<2000])
    run.pipeline.perform(.calibrateAccelerometer(try calibrated()), at: samples[2000].time)
    run.take(samples[2000...])
    let deviated = try #require(run.last("deviated"))
    // Ten seconds from then, and not from the bend at 11 s.
    #expect(deviated.time >= at(29.9) && deviated.time < at(32))
  }

  /// What was averaged before is worth nothing after.
  @Test func theEstimateBeginsAnew() throws {
    var still = Wearer()
    still.hold(20)
    let samples = shown(still.samples, by: .bad)
    var run = Run()
    run.take(samples[..<1000])
    run.pipeline.perform(.calibrateAccelerometer(try calibrated()), at: samples[1000].time)
    run.take(samples[1000...])
    let ups = run.outputs.compactMap(\.up)
    #expect(angle(between: ups[999], Direction(0, 0, 1)) > 2)
    #expect(ups[1000...].allSatisfy { angle(between: $0, Direction(0, 0, 1)) < 0.1 })
    #expect(run.pipeline.isSettled)
  }

  @Test func aReferenceThatIsBeingTakenIsTakenAnew() throws {
    var parameters = PosturePipeline.Parameters.holding
    parameters.references.isAutomatic = false
    var still = Wearer()
    still.hold(20)
    let samples = shown(still.samples, by: .bad)
    var run = Run(parameters)
    run.take(samples[..<1000])
    run.pipeline.perform(.calibrate, at: samples[1000].time)
    run.take(samples[1000..<1200])
    run.pipeline.perform(.calibrateAccelerometer(try calibrated()), at: samples[1200].time)
    #expect(run.pipeline.circumstances.isCalibrating)
    run.take(samples[1200...])
    #expect(run.names == ["15.00 calibrated"])
    #expect(angle(between: try #require(run.pipeline.reference).up, Direction(0, 0, 1)) < 0.1)
  }

  /// A window that a recording is known to begin upright in keeps its length.
  @Test func theWindowAskedForStaysTheOneAskedFor() throws {
    var still = Wearer()
    still.hold(10)
    var run = Run()
    run.pipeline.takeReference(over: .seconds(5), from: at(0))
    run.pipeline.perform(.calibrateAccelerometer(try calibrated()), at: at(0))
    run.take(shown(still.samples, by: .bad))
    #expect(run.names == ["5.00 calibrated"])
  }

  /// The monitor sees what the sensor gave: a value at the end of its range, and one that repeats itself.
  @Test func theMonitorSeesTheSensorsOwnSamples() throws {
    var wearer = Wearer()
    wearer.hold(2)
    wearer.freeze(2)
    var run = Run()
    run.pipeline.perform(.calibrateAccelerometer(try calibrated()), at: at(0))
    run.take(shown(wearer.samples, by: .bad))
    #expect(run.kinds == ["frozen"])
  }
}
