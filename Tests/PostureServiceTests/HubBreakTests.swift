// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import PostureHistory
import TestSupport
import Testing

@testable import PostureService

/// Long sitting is noticed on the service side, and told through the sampling thread.
struct HubBreakTests {
  /// A second apart, sitting still.
  private func frames(_ seconds: Range<Int>) -> [Frame] {
    seconds.map { second in
      var frame = Recorded.frames[2000]
      frame.output.time = Timestamp(microseconds: Int64(second) * 1_000_000)
      frame.output.context = .still
      frame.output.cue = nil
      frame.circumstances.isAlive = true
      return frame
    }
  }

  private func settings(_ assignments: String...) throws -> Settings {
    var sources = Settings.Sources()
    sources.file = "/dev/null"
    sources.options = assignments
    return try Settings(from: sources)
  }

  @Test func aBreakIsSuggestedByACommand() async throws {
    try await ServerBench.run(settings: try settings("breaks.after=100 s", "breaks.again=60 s")) { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      bench.publish(frames(0..<100))
      #expect(try client.status().sitting_s == 99)
      #expect(bench.command() == nil)
      bench.publish(frames(100..<300))
      #expect(try client.status().sitting_s == 299)
      #expect(bench.command() == .suggestBreak(sitting: .seconds(100)))
      #expect(bench.command() == .suggestBreak(sitting: .seconds(160)))
      #expect(bench.command() == nil)
    }
  }

  @Test func neverIsNever() async throws {
    try await ServerBench.run(settings: try settings("breaks.after=never")) { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      bench.publish(frames(0..<4000))
      #expect(try client.status().sitting_s == 3999)
      #expect(bench.command() == nil)
    }
  }

  /// Four samples a second, judged.
  private func judged(_ seconds: Range<Int>, _ mode: Mode, _ context: Context = .still) -> [Frame] {
    (seconds.lowerBound * 4..<seconds.upperBound * 4).map { quarter in
      var frame = Recorded.frames[2000]
      frame.output.time = Timestamp(microseconds: Int64(quarter) * 250_000)
      (frame.output.context, frame.output.posture, frame.output.cue) = (context, .upright, nil)
      (frame.circumstances.isAlive, frame.circumstances.mode) = (true, mode)
      return frame
    }
  }

  /// A bench that keeps a history, with a programme.
  private func run(_ path: String, _ body: (ServerBench) async throws -> Void) async throws {
    let history = HistoryKeeper(
      HistoryKeeper.Place(path: path, days: nil, source: "simulated", isDated: false), clock: { 0 },
      date: { (1_795_780_800, true) })
    let bench = try ServerBench(
      history: history, settings: try settings("programme.enabled=yes", "breaks.after=200 s", "breaks.again=60 s"))
    try await bench.listen()
    await bench.hub.start(isRealtime: false) {}
    bench.publishRunning()
    do { try await body(bench) } catch {
      await bench.close()
      throw error
    }
    await bench.close()
  }

  /// Between its probes and training the programme is silent about posture, not about long sitting; a probe is silent
  /// about all. What comes of a suggestion is kept.
  @Test func theProgrammeLeavesBreaksButInAProbe() async throws {
    let directory = TemporaryDirectory()
    let path = directory.file("history.db")
    try await run(path) { bench in
      let client = try Client.greeted(bench.path)
      bench.publish(judged(0..<190, .training))
      #expect(try client.status().sitting_s == 190)
      #expect(bench.command() == .setMode(.tracking))
      // The first of the day's five minutes before a probe have begun.
      bench.publish(judged(190..<250, .tracking))
      #expect(try client.status().sitting_s == 250)
      #expect(bench.command() == .suggestBreak(sitting: .seconds(200)))
      bench.publish(judged(250..<380, .tracking, .walking))
      bench.publish(judged(380..<1000, .tracking))
      #expect(try client.status().sitting_s == 620)
      #expect(bench.command() == .setMode(.tracking))
      #expect(bench.command() == nil)
    }
    let taken = try HistoryReader(path: path).happenings(of: 1).filter { $0.event == HappeningRecord.breakTaken }
    // Of the suggestion's time.
    #expect(taken == [HappeningRecord(at: 2000, event: "break-taken", seconds: 170)])
  }

  /// Though the programme has left it where it is.
  @Test func trackingThatTheWearerHasChosenIsObeyed() async throws {
    let directory = TemporaryDirectory()
    try await run(directory.file("history.db")) { bench in
      let client = try Client.greeted(bench.path)
      bench.publish(judged(0..<190, .training))
      #expect(try client.ask(#"{"class":"mode","mode":"tracking"}"#, for: DoneMessage.self).request == "mode")
      #expect(bench.command() == .setMode(.tracking))
      #expect(bench.command() == .setMode(.tracking))
      bench.publish(judged(190..<300, .tracking))
      #expect(try client.status().sitting_s == 300)
      #expect(bench.command() == nil)
    }
  }

  /// No longer than until the programme goes on, though it would have been silent too.
  @Test func trackingThatTheWearerHasChosenEndsWithTheBlock() async throws {
    let directory = TemporaryDirectory()
    try await run(directory.file("history.db")) { bench in
      let client = try Client.greeted(bench.path)
      bench.publish(judged(0..<190, .training))
      #expect(try client.status().sitting_s == 190)
      // Silent minutes, and a probe.
      bench.publish(judged(190..<1205, .tracking))
      #expect(try client.status().sitting_s == 1205)
      let sofar: [Command] = [
        .setMode(.tracking), .suggestBreak(sitting: .seconds(200)), .suggestBreak(sitting: .seconds(260)),
        .setMode(.tracking), .setMode(.training),
      ]
      for command in sofar { #expect(bench.command() == command) }
      #expect(try client.ask(#"{"class":"mode","mode":"tracking"}"#, for: DoneMessage.self).request == "mode")
      #expect(bench.command() == .setMode(.tracking))
      bench.publish(judged(1205..<1330, .tracking, .walking))
      bench.publish(judged(1330..<1800, .tracking))
      #expect(bench.command() == nil)
      bench.publish(judged(1800..<2100, .tracking))
      #expect(try client.status().sitting_s == 770)
      #expect(bench.command() == .setMode(.tracking))
      #expect(bench.command() == .suggestBreak(sitting: .seconds(710)))
    }
  }

  /// What was begun before is of what was forgotten: a session, a break that had been suggested.
  @Test func whatIsUnderWayIsForgottenToo() async throws {
    let directory = TemporaryDirectory()
    let path = directory.file("history.db")
    try await run(path) { bench in
      let client = try Client.greeted(bench.path)
      bench.publish(judged(0..<210, .training))
      let steps = #"{"class":"session-steps","steps":[{"for_s":300,"words":"Rest."}]}"#
      #expect(try client.ask(steps, for: DoneMessage.self).request == "session-steps")
      #expect(try client.ask(#"{"class":"session","title":"Secret"}"#, for: SessionMessage.self).is_running)
      bench.publish(judged(210..<220, .training))
      #expect(try client.message(SessionStepMessage.self).number == 1)
      // Whoever asks no more is answered all the same.
      let asking = try Client.greeted(bench.path)
      asking.send(#"{"class":"forget","all":true}"# + "\n")
      asking.finish()
      #expect(try asking.remainingLines().map { JSONLine.decode(DoneMessage.self, from: $0)?.request } == ["forget"])
      // Long sitting is no less long for it.
      #expect(try client.status().sitting_s == 220)
      bench.publish(judged(220..<400, .training, .walking))
      #expect(try client.ask("session-stop", for: DoneMessage.self).request == "session-stop")
      #expect(try client.message(SessionEndedMessage.self).ended_by == "stopped")
      #expect(try client.status().sitting_s == 0)
    }
    let reader = try HistoryReader(path: path)
    #expect(try reader.sessions(of: 1).isEmpty)
    #expect(try reader.happenings(of: 1).filter { $0.event == HappeningRecord.breakTaken }.isEmpty)
  }

  @Test func aWearerWhoWantsSilenceIsNotToldOfBreaks() async throws {
    try await ServerBench.run(settings: try settings("breaks.after=200 s")) { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      bench.publish(judged(0..<400, .tracking))
      #expect(try client.status().sitting_s == 400)
      #expect(bench.command() == nil)
    }
  }
}
