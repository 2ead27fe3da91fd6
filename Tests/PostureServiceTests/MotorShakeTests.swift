// SPDX-License-Identifier: MIT
import PostureCore
import PostureSimulation
import Testing

@testable import PostureService

/// The motor on the sensor's board, felt by the sensor that it answers.
struct MotorShakeTests {
  private struct Run {
    var frames: [Frame]
    /// When the motor was on, and until it had run down.
    var running: [Range<Int64>]

    init(_ scenario: Scenario) {
      let bench = LoopBench(scenario, settings: batched)
      frames = bench.frames(for: scenario.duration)
      running = []
      for index in 0..<bench.pin.edges.count {
        let edge = bench.pin.edges[index]
        guard !edge.isActive, index > 0 else { continue }
        running.append(bench.pin.edges[index - 1].time.microseconds..<edge.time.microseconds + 100_000)
      }
    }

    var shaken: [Frame] { frames.filter { frame in running.contains { $0.contains(frame.time) } } }
  }

  /// Whatever it does to single samples, up stays where it is: the shaking is far quicker than the filter.
  @Test func itDoesNotTouchTheTilt() throws {
    let run = Run(.motorShake)
    let still = Run(.slouchUntilReminded)
    #expect(run.frames.events == still.frames.events)
    #expect(run.running.count == 6 && run.running == still.running)
    let tilts = Dictionary(still.frames.map { ($0.time, $0.output.tilt) }) { first, _ in first }
    var (error, change) = (0.0, 0.0)
    for frame in run.shaken {
      guard let tilt = frame.output.tilt, let quiet = try #require(tilts[frame.time]) else { continue }
      let time = Timestamp(microseconds: frame.time - LoopBench.start)
      let truth = Scenario.motorShake.wearer.tilt(at: time).total.degrees
      error = max(error, (tilt.total.degrees - truth).magnitude)
      change = max(
        change, (tilt.flexion.degrees - quiet.flexion.degrees).magnitude,
        (tilt.lateral.degrees - quiet.lateral.degrees).magnitude)
    }
    #expect(change > 0)
    #expect(change < 0.3)
    #expect(error < 1)
  }

  /// The length of the specific force, m/s², by which moving is told from still: root mean square about its mean over
  /// the whole of what is felt, and what is left of a g while it runs at full speed.
  @Test func itMakesTheLengthOfTheSpecificForceVary() {
    func variation(_ run: Run) -> Double {
      let lengths = run.shaken.map(\.measurement.sample.acceleration.length)
      let mean = lengths.reduce(0, +) / Double(lengths.count)
      return (lengths.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(lengths.count)).squareRoot()
    }
    let run = Run(.motorShake)
    let (shaken, still) = (variation(run), variation(Run(.slouchUntilReminded)))
    #expect(still < 0.1)
    #expect((shaken - 1.11).magnitude < 0.02)
    let lengths = run.shaken.map(\.measurement.sample.acceleration.length)
    let greatest = lengths.map { ($0 - standardGravity).magnitude }.max() ?? 0
    #expect(greatest > 2 && greatest < 0.25 * standardGravity)
  }

  /// A wearer who stays bent is nudged and reminded for ten minutes: what the motor does to the sensor changes nothing,
  /// neither a decision nor its time.
  @Test(arguments: [Trigger.hold, .exposure]) func tenMinutesOfCuesAreTheSameAsWithoutIt(trigger: Trigger) {
    func run(shake: Double) -> (events: [String], pulses: Int) {
      var pipeline = PosturePipeline.Parameters()
      pipeline.detector.trigger = trigger
      pipeline.detector.hold = .seconds(5)
      pipeline.detector.exposure.holdingTime = .seconds(20)
      pipeline.detector.exposure.shortestHoldingTime = .seconds(10)
      pipeline.detector.exposure.recovery = .seconds(10)
      pipeline.detector.reminder = .seconds(20)
      pipeline.gate.mostPerHour = 60
      pipeline.gate.intensity = 100
      let steps: [Step] =
        [Step(.upright, for: .seconds(15))]
        + (0..<7).flatMap { _ in
          [
            Step(.slouch(to: .degrees(25), over: .seconds(2)), for: .seconds(65)), Step(.correct, for: .seconds(20)),
          ]
        }
      var sensor = SimulatedSensorParameters()
      sensor.motorShake = shake
      let bench = LoopBench(
        SimulatedWearer(Script(steps), seed: 7), sensor, settings: batched, pipeline: pipeline)
      let frames = bench.frames(for: .seconds(610))
      let pulses = (0..<bench.pin.edges.count).count { bench.pin.edges[$0].isActive }
      return (frames.events.map { "\($0.time_us) \($0.event) \($0.cue ?? "") \($0.suppressed ?? "")" }, pulses)
    }
    let (shaken, still) = (run(shake: 1), run(shake: 0))
    #expect(shaken.events == still.events)
    #expect(shaken.pulses == still.pulses && shaken.pulses > 50)
    for event in ["deviated", "recovered"] {
      #expect(shaken.events.count { $0.contains(" \(event) ") } == 7, "\(shaken.events)")
    }
    #expect(shaken.events.count { $0.contains(" reminded ") } >= 7)
    #expect(!shaken.events.contains { $0.contains("suppressed") || $0.contains("off") || $0.contains("ended") })
  }

  /// An upright wearer who asks for cue after cue is never told of a posture.
  @Test func itsOwnShakingIsNoReasonForACue() {
    var sensor = SimulatedSensorParameters()
    sensor.motorShake = 1
    let script = Script([Step(.upright, for: .seconds(610))])
    let bench = LoopBench(SimulatedWearer(script, seed: 7), sensor, settings: batched)
    var events: [String] = []
    for index in 0..<120 {
      if index > 3 { #expect(bench.service.send(index % 2 == 0 ? .setMode(.tracking) : .setMode(.training))) }
      events += bench.frames(for: .seconds(5)).events.map(\.event)
    }
    #expect(events.count == 117 && Set(events) == ["calibrated", "mode-set"], "\(Set(events))")
    #expect(bench.pin.edges.count > 200)
  }
}
