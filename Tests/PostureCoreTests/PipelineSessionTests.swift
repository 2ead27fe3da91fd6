// SPDX-License-Identifier: MIT
import PostureCore
import Testing

/// Paced sessions and breaks.
extension PipelineCommandTests {
  /// A session judges nothing, ends when it is told to, and says so with cues of its own alone.
  @Test func aSessionJudgesNothing() throws {
    var session = Session()
    session.bend(to: 25)
    session.hold(5)
    session.perform(.setSession(true))
    session.hold(1)
    #expect(session.run.pipeline.circumstances.isInSession)
    session.perform(.play(.tense))
    session.hold(28.9)
    #expect(session.run.outputs.suffix(2900).allSatisfy { $0.posture == .unknown && $0.tilt != nil })
    session.perform(.setSession(false))
    session.hold(15)
    #expect(session.kinds == ["in a session", "played tense", "session over", "deviated"])
    #expect(session.cues == [.tense, .nudge])
    let over = try #require(session.run.last("session over")).time
    #expect(try #require(session.run.last("deviated")).time - over == .seconds(10))
  }

  /// Who lies down for it right after the start has not shown how they sit upright.
  @Test func aSessionGivesNoReferencePosture() {
    var wearer = Wearer()
    var run = Run()
    run.pipeline.perform(.setSession(true), at: wearer.now)
    wearer.hold(20)
    run.take(wearer.samples)
    #expect(run.kinds == ["in a session"] && run.pipeline.reference == nil)
    run.pipeline.perform(.setSession(false), at: wearer.now)
    let taken = wearer.samples.count
    wearer.hold(8)
    run.take(wearer.samples[taken...])
    #expect(run.kinds == ["in a session", "session over", "calibrated"])
  }

  /// One that was being taken by itself when the session began is given up, and taken after it.
  @Test func aSessionEndsTheTakingOfAReferencePosture() {
    var wearer = Wearer()
    var run = Run()
    var taken = 0
    while !run.pipeline.circumstances.isCalibrating, wearer.samples.count < 2000 {
      wearer.hold(0.1)
      run.take(wearer.samples[taken...])
      taken = wearer.samples.count
    }
    #expect(run.pipeline.circumstances.isCalibrating)
    run.pipeline.perform(.setSession(true), at: wearer.now)
    #expect(!run.pipeline.circumstances.isCalibrating)
    wearer.hold(20)
    run.take(wearer.samples[taken...])
    run.pipeline.perform(.setSession(false), at: wearer.now)
    taken = wearer.samples.count
    wearer.hold(8)
    run.take(wearer.samples[taken...])
    #expect(run.kinds == ["in a session", "session over", "calibrated"])
  }

  /// Training hours that begin in it would feel like one of its steps.
  @Test func anotherModeIsNotFeltInASession() {
    var session = Session()
    session.perform(.setSession(true))
    session.hold(5)
    session.perform(.setMode(.tracking))
    session.hold(5)
    session.perform(.setMode(.training))
    session.hold(5)
    #expect(session.cues == [])
    session.perform(.setSession(false))
    session.hold(5)
    session.perform(.setMode(.tracking))
    session.hold(5)
    #expect(session.cues == [.paused])
  }

  /// The wearer's own pause goes on after a session, and one that ends within it is not felt.
  @Test func aSessionLeavesAPauseAsItIs() {
    var session = Session()
    session.perform(.silence(.pause, for: .seconds(60)))
    session.hold(5)
    session.perform(.setSession(true))
    session.hold(10)
    session.perform(.setSession(false))
    session.hold(5)
    #expect(session.run.pipeline.circumstances.silence == .pause)
    session.perform(.setSession(true))
    session.hold(60)
    session.perform(.setSession(false))
    session.hold(2)
    #expect(session.run.pipeline.circumstances.silence == nil)
    #expect(session.kinds.suffix(3) == ["in a session", "unsilenced", "session over"])
    #expect(session.cues == [.paused])
  }

  /// Whoever asks for it is given it: in quiet hours, in tracking and in a snooze too, and at full strength.
  @Test(arguments: [Command.setQuiet(true), .setMode(.tracking), .silence(.snooze, for: .seconds(60))])
  func whatIsAskedForIsPlayed(command: Command) throws {
    var session = Session()
    session.perform(command)
    session.hold(2)
    session.perform(.play(.finish))
    session.hold(1)
    #expect(session.kinds.last == "played finish")
    #expect(try #require(session.run.cues.last).cue == Cue(.finish))
  }

  @Test func aBreakIsSuggestedUnlessTheMotorIsToBeSilent() {
    var session = Session()
    session.perform(.suggestBreak(sitting: .seconds(1800)))
    session.hold(1)
    #expect(session.kinds == ["break after 1800"] && session.cues == [.breakReminder])
    for command in [Command.setQuiet(true), .silence(.snooze, for: .seconds(60)), .setSession(true)] {
      var silent = Session()
      silent.perform(command)
      silent.hold(1)
      silent.perform(.suggestBreak(sitting: .seconds(1800)))
      silent.hold(1)
      #expect(silent.kinds.count == 1 && !silent.cues.contains(.breakReminder), "\(command)")
    }
    // The mode is about posture; who wants none in tracking does not ask.
    var tracking = Session()
    tracking.perform(.setMode(.tracking))
    tracking.hold(1)
    tracking.perform(.suggestBreak(sitting: .seconds(1800)))
    tracking.hold(1)
    #expect(tracking.kinds.last == "break after 1800" && tracking.cues.last == .breakReminder)
  }
}
