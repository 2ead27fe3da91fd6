// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import PostureHistory
import PosturePacing
import Testing

@testable import PostureService

/// A paced session on the socket: it is begun, told of, stopped, and goes on by itself.
struct HubSessionTests {
  private static let steps =
    #"{"class":"session-steps","steps":[{"for_s":3,"cue":"tense","check":"still","words":"Fists."},"#
    + #"{"for_s":2,"words":"Rest."}]}"#
  private static let begin = #"{"class":"session","title":"Hands"}"#

  private func begun(_ client: Client) throws {
    #expect(try client.ask(Self.steps, for: DoneMessage.self) == DoneMessage(request: "session-steps"))
    let message = try client.ask(Self.begin, for: SessionMessage.self)
    #expect(message.is_running && message.title == "Hands" && message.steps == 2 && message.length_s == 5)
  }

  private func commands(_ bench: ServerBench) -> [Command] {
    var commands: [Command] = []
    while let command = bench.command() { commands.append(command) }
    return commands
  }

  /// Frames of the recorded run from so many seconds on, without what it was cued.
  private func frames(_ from: Double, _ to: Double) -> [Frame] {
    Recorded.frames[Int(from * 100)..<Int(to * 100)].map { frame in
      var frame = frame
      frame.output.cue = nil
      return frame
    }
  }

  @Test func itRunsToItsEnd() async throws {
    try await ServerBench.run { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      try begun(client)
      #expect(commands(bench) == [.setSession(true)])
      bench.publish(frames(10, 12))
      let first = try client.message(SessionStepMessage.self)
      #expect(first.number == 1 && first.steps == 2 && first.step.words == "Fists." && first.step.cue == "tense")
      #expect(try client.ask("session-status", for: SessionMessage.self).step == 1)
      #expect(commands(bench) == [.play(.tense)])
      #expect(try client.status().session == "Hands")
      bench.publish(frames(12, 16))
      let check = try client.message(SessionCheckMessage.self)
      #expect(check.number == 1 && check.check == "still" && check.share == 1 && check.counted_s == 2)
      let second = try client.message(SessionStepMessage.self)
      #expect(second.number == 2 && second.step.cue == nil)
      let ended = try client.message(SessionEndedMessage.self)
      #expect(ended.ended_by == "finished" && ended.steps_done == 2 && ended.elapsed_s == 5 && ended.still_share == 1)
      #expect(try client.status().session == nil)
      #expect(commands(bench) == [.play(.finish), .setSession(false)])
    }
  }

  /// Whoever began it may be gone: it is told to who asks, and is stopped by who may.
  @Test func itGoesOnWithoutItsClient() async throws {
    try await ServerBench.run { bench in
      bench.publishRunning()
      do { try begun(try Client.greeted(bench.path)) }
      bench.publish(frames(10, 11))
      let other = try Client.greeted(bench.path)
      let running = try other.ask(#"{"class":"session-status","follow":true}"#, for: SessionMessage.self)
      #expect(running.is_running && running.words == "Fists.")
      #expect(try other.ask(Self.steps, for: DoneMessage.self).request == "session-steps")
      #expect(try other.ask(Self.begin, for: ErrorMessage.self).message == "session: one runs already: Hands")
      #expect(try other.ask("session-stop", for: DoneMessage.self).request == "session-stop")
      let ended = try other.message(SessionEndedMessage.self)
      #expect(ended.ended_by == "stopped" && ended.steps_done == 0)
      #expect(commands(bench).suffix(1) == [.setSession(false)])
      #expect(try other.ask("session-stop", for: ErrorMessage.self).message == "session-stop: no session runs")
      #expect(try other.ask("session-status", for: SessionMessage.self) == SessionMessage(nil))
      // What it had sent before is gone: nobody begins a session twice as long.
      #expect(
        try other.ask(Self.begin, for: ErrorMessage.self).message == "session: found no steps, expected at least one")
    }
  }

  /// Nobody asks any more, but reads on: as with `socat`.
  @Test func whoAsksNoMoreIsToldToTheEnd() async throws {
    try await ServerBench.run { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      try begun(client)
      client.finish()
      bench.publish(frames(10, 16))
      let classes = try client.remainingLines().compactMap { JSONLine.messageClass(of: $0) }
      #expect(classes == ["session-step", "session-check", "session-step", "session-ended"])
    }
  }

  @Test func withoutTheSensorItEnds() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      #expect(try client.ask(Self.steps, for: DoneMessage.self).request == "session-steps")
      #expect(try client.ask(Self.begin, for: ErrorMessage.self).message == "session: the sensor is starting")
      bench.publishRunning()
      try begun(client)
      bench.publish(frames(10, 11))
      // Its samples come back after more than ten seconds.
      bench.publish(frames(22, 22.1))
      _ = try client.message(SessionStepMessage.self)
      #expect(try client.message(SessionEndedMessage.self).ended_by == "sensor-lost")
      try begun(client)
      bench.publish(frames(23, 23.1))
      _ = try client.message(SessionStepMessage.self)
      bench.publish(.ended)
      #expect(try client.message(SessionEndedMessage.self).ended_by == "sensor-lost")
    }
  }

  @Test func moreStepsThanASessionHasAreRefused() async throws {
    try await ServerBench.run { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      for _ in 0..<250 { #expect(JSONLine.messageClass(of: try client.ask(Self.steps)) == "done") }
      let refusal = try client.ask(Self.steps, for: ErrorMessage.self)
      #expect(refusal.message == "session-steps: found 502 steps, expected at most 500")
      #expect(
        try client.ask(Self.begin, for: ErrorMessage.self).message == "session: found no steps, expected at least one")
    }
  }

  @Test func whoMayOnlyAskMayLookOn() async throws {
    try await ServerBench.run(access: AccessPolicy(owner: 4242, superuser: 4242)) { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      for request in [Self.steps, Self.begin, "session-stop"] {
        #expect(try client.ask(request, for: ErrorMessage.self).code == "not-permitted")
      }
      #expect(try client.ask("session-status", for: SessionMessage.self) == SessionMessage(nil))
    }
  }

  /// The daemon's end is one too.
  @Test func theDaemonsEndStopsIt() async throws {
    try await ServerBench.run { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      try begun(client)
      bench.publish(frames(10, 11))
      _ = try client.message(SessionStepMessage.self)
      await bench.hub.close()
      #expect(try client.message(SessionEndedMessage.self).ended_by == "stopped")
    }
  }

  @Test func whatIsKeptOfItIsThis() {
    let outcome = SessionOutcome(
      title: "Hands", began: Timestamp(microseconds: 5), planned: .seconds(900), lasted: .seconds(450.6), stepsDone: 12,
      steps: 24, still: 0.826, moved: nil, ending: .sensorLost)
    #expect(
      SessionRecord(outcome, at: 7)
        == SessionRecord(
          at: 7, title: "Hands", planned: 900, lasted: 451, stepsDone: 12, steps: 24, still: 83, moved: nil,
          ending: "sensor-lost"))
  }
}

/// What is said to the sampling thread, and when.
struct SessionRunnerTests {
  private func plan(_ seconds: Double...) throws -> SessionPlan {
    try SessionPlan(title: "t", steps: seconds.map { try SessionStep(.seconds($0), cue: .step, words: "w") })
  }

  private func passed(_ runner: inout SessionRunner) -> [Command] {
    var commands: [Command] = []
    runner.pass {
      commands.append($0)
      return true
    }
    return commands
  }

  /// A cue that found no room waits, until the next step's takes its place; the end of the session is never lost.
  @Test func whatFindsNoRoomWaits() throws {
    var runner = SessionRunner()
    runner.begin(try plan(1, 1, 1), at: 0)
    for frame in Recorded.frames[1000..<1150] { _ = runner.take(frame, .init(), at: 0) }
    runner.pass { _ in false }
    #expect(passed(&runner) == [.setSession(true), .play(.step)])
    for frame in Recorded.frames[1150..<1400] { _ = runner.take(frame, .init(), at: 0) }
    #expect(runner.session == nil)
    #expect(passed(&runner) == [.play(.finish), .setSession(false)])
    #expect(passed(&runner) == [])
  }

  /// Nobody waits for a cue of a session that is over.
  @Test func anEndTakesItsCueBack() throws {
    var runner = SessionRunner()
    runner.begin(try plan(5), at: 0)
    _ = runner.take(Recorded.frames[1000], .init(), at: 0)
    #expect(runner.end(.stopped)?.ending == .stopped)
    #expect(passed(&runner) == [.setSession(true), .setSession(false)])
    #expect(runner.end(.stopped) == nil)
  }

  @Test func aSensorThatSaysNothingIsWaitedForSoLong() throws {
    var runner = SessionRunner()
    #expect(!runner.isOverdue(at: .max / 2))
    runner.begin(try plan(5), at: 1_000_000)
    #expect(!runner.isOverdue(at: 11_000_000) && runner.isOverdue(at: 11_000_001))
    _ = runner.take(Recorded.frames[1000], .init(), at: 9_000_000)
    #expect(!runner.isOverdue(at: 19_000_000) && runner.isOverdue(at: 19_000_001))
  }
}
