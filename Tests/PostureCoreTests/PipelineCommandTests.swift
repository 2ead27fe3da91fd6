// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct PipelineCommandTests {
  /// A wearer whose samples are taken as they come, so that commands can be put between them.
  struct Session {
    var wearer = Wearer()
    var run: Run
    private var taken = 0

    init(_ parameters: PosturePipeline.Parameters = .holding) {
      run = Run(parameters)
      wearer.hold(8)
      take()
    }

    mutating func take() {
      run.take(wearer.samples[taken...])
      taken = wearer.samples.count
    }

    mutating func hold(_ seconds: Double) {
      wearer.hold(seconds)
      take()
    }

    mutating func bend(to degrees: Double, over seconds: Double = 2) {
      wearer.bend(to: degrees, over: seconds)
      take()
    }

    /// Bends to 25 degrees, holds it for so long, and comes back.
    mutating func slouch(_ seconds: Double = 15) {
      bend(to: 25)
      hold(seconds)
      bend(to: 0)
      hold(3)
    }

    mutating func perform(_ command: Command) { run.pipeline.perform(command, at: wearer.now) }

    /// Since the reference posture was taken.
    var kinds: [String] { Array(run.kinds.dropFirst()) }
    var cues: [Cue.Kind] { run.cues.dropFirst().map(\.cue.kind) }
  }

  private func kept(_ flexion: Double) throws -> KeptReference {
    KeptReference(try #require(ReferencePosture(up: up(flexion: flexion), forwardAxis: .plusX)))
  }

  @Test func trackingCountsAndIsSilent() {
    var session = Session()
    session.perform(.setMode(.tracking))
    session.slouch()
    #expect(session.run.pipeline.circumstances.mode == .tracking)
    session.perform(.setMode(.training))
    session.slouch()
    #expect(
      session.kinds == [
        "tracking", "deviated without a cue: tracking", "recovered", "training", "deviated", "recovered",
      ])
    #expect(session.cues == [.paused, .resumed, .nudge, .wellDone])
  }

  /// What is so already is not said again, and is not felt.
  @Test(arguments: [[Command.setMode(.training)], [.setMode(.tracking), .setMode(.tracking)]])
  func aModeThatStaysSaysNothing(commands: [Command]) {
    var session = Session()
    for command in commands {
      session.perform(command)
      session.hold(1)
    }
    #expect(session.kinds.count == commands.count - 1 && session.cues.count == commands.count - 1)
  }

  /// The schedule changes it at night: said, and not felt.
  @Test func aModeInQuietHoursIsNotFelt() {
    var session = Session()
    session.perform(.setQuiet(true))
    session.hold(1)
    session.perform(.setMode(.tracking))
    session.hold(1)
    #expect(session.kinds == ["quiet", "tracking"] && session.cues == [])
  }

  /// Praise follows a cue, and follows it soon.
  @Test(arguments: [(13.0, true), (45, false)])
  func praiseComesSoonAfterACue(seconds: Double, isPraised: Bool) throws {
    var session = Session()
    session.slouch(seconds)
    #expect(session.kinds == ["deviated", "recovered"])
    #expect(session.cues == (isPraised ? [.nudge, .wellDone] : [.nudge]))
    guard case .recovered(_, isPraised) = try #require(session.run.last("recovered")).kind else {
      Issue.record("the event does not say what was felt")
      return
    }
  }

  /// Switched to tracking after the cue: the praise is not felt either.
  @Test func trackingPraisesNobody() {
    var session = Session()
    session.bend(to: 25)
    session.hold(12)
    session.perform(.setMode(.tracking))
    session.bend(to: 0)
    session.hold(1)
    #expect(session.kinds == ["deviated", "tracking", "recovered"])
    #expect(session.cues == [.nudge, .paused])
  }

  @Test func quietHoursAreSilent() {
    var session = Session()
    session.perform(.setQuiet(true))
    session.slouch()
    #expect(session.run.pipeline.circumstances.isQuiet)
    // Said twice it is one beginning.
    session.perform(.setQuiet(true))
    session.hold(1)
    session.perform(.setQuiet(false))
    session.slouch()
    #expect(
      session.kinds == [
        "quiet", "deviated without a cue: quiet", "recovered", "no longer quiet", "deviated", "recovered",
      ])
    #expect(session.cues == [.nudge, .wellDone])
  }

  @Test func aSnoozeCountsOn() {
    var session = Session()
    session.perform(.silence(.snooze, for: .seconds(30)))
    #expect(session.run.pipeline.circumstances.silence == .snooze)
    #expect(session.run.pipeline.circumstances.silenceEnd == at(38))
    session.slouch()
    session.hold(20)
    #expect(session.kinds == ["snooze", "deviated without a cue: snoozed", "recovered", "unsilenced"])
    #expect(session.run.last("unsilenced")?.time == at(38))
    #expect(session.run.pipeline.circumstances.silence == nil)
    #expect(session.cues == [.paused, .resumed])
  }

  /// A pause ends a lean, and what follows counts from its end.
  @Test func aPauseJudgesNothing() throws {
    var session = Session()
    session.bend(to: 25)
    session.hold(5)
    session.perform(.silence(.pause, for: .seconds(30)))
    session.hold(29.9)
    #expect(session.run.outputs.suffix(2900).allSatisfy { $0.posture == .unknown && $0.tilt != nil })
    session.hold(15)
    #expect(session.kinds == ["pause", "unsilenced", "deviated"])
    #expect(session.cues == [.paused, .resumed, .nudge])
    #expect(session.run.last("unsilenced")?.time == at(45))
    #expect(try #require(session.run.last("deviated")).time - at(45) == .seconds(10))
  }

  /// Nobody asked: what ends by itself at night, or where the motor is silent, ends without a cue.
  @Test(arguments: [Command.setQuiet(true), .setMode(.tracking)])
  func aPauseThatEndsInSilenceIsNotFelt(command: Command) {
    var session = Session()
    session.perform(command)
    session.hold(2)
    session.perform(.silence(.pause, for: .seconds(10)))
    session.hold(15)
    #expect(session.kinds.last == "unsilenced")
    #expect(session.cues.last == .paused)
  }

  @Test func resumingEndsASilence() {
    var session = Session()
    session.perform(.resume)
    session.hold(1)
    session.perform(.silence(.pause, for: .seconds(3600)))
    session.hold(5)
    session.perform(.resume)
    session.slouch()
    #expect(session.kinds == ["pause", "unsilenced", "deviated", "recovered"])
    #expect(session.cues == [.paused, .resumed, .nudge, .wellDone])
  }

  @Test func aKeptReferenceIsUsedAndForgotten() throws {
    var parameters = PosturePipeline.Parameters.holding
    parameters.references.isAutomatic = false
    var session = Session(parameters)
    session.perform(.setReference(.sitting, try kept(-20)))
    session.hold(12)
    #expect(session.run.kinds == ["deviated"])
    #expect(session.run.outputs.last?.tilt.map { ($0.flexion.degrees - 20).magnitude < 0.5 } == true)
    #expect(session.run.pipeline.circumstances.knowsSitting)
    session.perform(.setReference(.sitting, nil))
    session.hold(1)
    #expect(session.run.outputs.last?.tilt == nil && session.run.outputs.last?.posture == .unknown)
    #expect(!session.run.pipeline.circumstances.knowsSitting)
  }

  @Test func anotherReferenceIsUsed() throws {
    var session = Session()
    session.perform(.useReference(.standing))
    session.hold(1)
    session.perform(.setReference(.standing, try kept(20)))
    session.perform(.useReference(.standing))
    session.hold(1)
    #expect(session.kinds == ["refused unknown", "uses standing"])
    #expect(session.cues == [.refusal, .acknowledgement])
    #expect(session.run.pipeline.circumstances.reference == .standing)
    #expect(session.run.outputs.last?.tilt.map { ($0.flexion.degrees + 20).magnitude < 0.5 } == true)
    session.perform(.takeReference(.car, isBending: false))
    session.hold(4)
    let circumstances = session.run.pipeline.circumstances
    #expect(session.kinds.last == "calibrated" && circumstances.reference == .car)
    #expect(circumstances.knows(.sitting) && circumstances.knows(.standing) && circumstances.knows(.car))
  }

  /// Asked for a bend, it finds forward where the sensor is fastened askew.
  @Test func aBendShowsForward() throws {
    var session = Session()
    session.wearer.mount = turn(of: radians(50), about: upright)
    session.perform(.takeReference(nil, isBending: true))
    session.hold(3.5)
    session.bend(to: 45)
    session.bend(to: 0)
    #expect(session.kinds == ["bend awaited", "calibrated"])
    #expect(session.cues == [.bend, .acknowledgement])
    let reference = try #require(session.run.pipeline.reference)
    #expect(reference.forwardAxis == nil)
    #expect(angle(between: reference.forward, session.wearer.mount.apply(to: Direction(1, 0, 0))) < 3)
  }

  @Test func anExposureIsAssumed() {
    var parameters = PosturePipeline.Parameters.holding
    parameters.detector.trigger = .exposure
    var session = Session(parameters)
    session.perform(.assumeExposure(900_000))
    session.hold(0.01)
    #expect(session.run.outputs.last.map { ($0.exposure - 0.9).magnitude < 0.001 } == true)
  }
}
