// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import PostureSimulation
import Testing

@testable import PostureService

/// What the black box is for: a replay of what has just happened decides as the daemon did.
struct BlackBoxReplayTests {
  /// A run through the loop, as the daemon has it.
  private struct Live {
    var frames: [Frame] = []
    let pipeline: PosturePipeline.Parameters

    /// - Parameter commands: with the seconds after which they are sent.
    init(
      _ scenario: Scenario, _ trigger: Trigger, for seconds: Double, kept: Kept = Kept(), mostPerHour: Int = 12,
      _ commands: [(at: Double, command: Command)] = []
    ) {
      var pipeline = PosturePipeline.Parameters.holding
      pipeline.detector.trigger = trigger
      // At the 25 degrees of the scenarios a cue comes after 11.25 s.
      pipeline.detector.exposure.holdingTime = .seconds(12)
      pipeline.detector.exposure.shortestHoldingTime = .seconds(6)
      pipeline.detector.reminder = .seconds(20)
      pipeline.detector.mostReminders = 2
      pipeline.gate.mostPerHour = mostPerHour
      self.pipeline = pipeline
      let bench = LoopBench(scenario, capacity: 512, settings: batched, kept: kept, pipeline: pipeline)
      for (at, command) in commands {
        frames += bench.frames(for: .seconds(at) - Interval(microseconds: bench.clock.now() - LoopBench.start))
        #expect(bench.service.send(command))
      }
      frames += bench.frames(for: .seconds(seconds) - Interval(microseconds: bench.clock.now() - LoopBench.start))
    }

    /// What the replay of a trace says that is saved when so many seconds have passed, at the times of the live run, and
    /// when the trace begins.
    func saved(after seconds: Double, last: Double) throws -> (events: [EventRecord], start: Int64) {
      var box = BlackBox()
      let taken = frames.prefix { $0.time <= LoopBench.start + Int64(seconds * 1e6) }
      for frame in taken { box.take(frame) }
      let trace = box.trace(lastSeconds: last, header: someHeader())
      let begin = taken[taken.count - trace.samples].time
      var options = Replay.Options()
      options.parameters = pipeline
      options.eventFormat = .json
      var replay = Replay(source: "saved", options)
      for part in trace.parts { try replay.read(part.span) }
      try replay.finish()
      let events = text([replay.events]).split(separator: "\n").compactMap { line in
        var event = JSONLine.decode(EventRecord.self, from: String(line))
        event?.time_us += begin
        return event
      }
      // What comes before is its run-up.
      let start = max(begin, (taken.last?.time ?? 0) - Int64(last * 1e6))
      return (events.filter { $0.time_us >= start }, start)
    }

    func events(from start: Int64, after seconds: Double) -> [EventRecord] {
      frames.events.filter { $0.time_us >= start && $0.time_us <= LoopBench.start + Int64(seconds * 1e6) }
    }
  }

  private static func isDecision(_ event: EventRecord) -> Bool {
    ["deviated", "reminded", "recovered", "suppressed", "ended"].contains(event.event)
  }

  /// The same decisions, at times that differ at most as the estimate of up does that begins with the trace: a limit is
  /// crossed some samples sooner or later.
  private func compare(
    _ live: Live, after seconds: Double, last: Double = 60, _ place: SourceLocation = #_sourceLocation
  ) throws -> [EventRecord] {
    let (replayed, start) = try live.saved(after: seconds, last: last)
    let decisions = replayed.filter(Self.isDecision)
    let expected = live.events(from: start, after: seconds).filter(Self.isDecision)
    let name: Comment = "after \(seconds) s, the last \(last) s: \(replayed.map(\.text)) for \(expected.map(\.text))"
    #expect(decisions.map(\.event) == expected.map(\.event), name, sourceLocation: place)
    for (own, other) in zip(decisions, expected) {
      #expect((own.time_us - other.time_us).magnitude <= 100_000, name, sourceLocation: place)
      #expect(own.cue == other.cue && own.suppressed == other.suppressed, name, sourceLocation: place)
      #expect(own.lean == other.lean && own.number == other.number, name, sourceLocation: place)
    }
    return expected
  }

  /// Saved at the end of the deviation and in the middle of it, from before it, from within the lean, and from within
  /// the deviation.
  @Test(arguments: [Trigger.hold, .exposure]) func theSameCuesComeAtTheSameTimes(trigger: Trigger) throws {
    let live = Live(.slouchUntilReminded, trigger, for: 110)
    let deviated = try #require(live.frames.time(of: "deviated"))
    let cue = Double(deviated - LoopBench.start) * 1e-6
    #expect(
      live.frames.events.filter(Self.isDecision).map(\.event) == ["deviated", "reminded", "reminded", "recovered"])
    // From the upright time before, with and without the reminder.
    #expect(try compare(live, after: cue + 1, last: 20).count == 1)
    #expect(try compare(live, after: cue + 25).map(\.event) == ["deviated", "reminded"])
    #expect(try compare(live, after: cue + 45, last: 58).map(\.event) == ["deviated", "reminded", "reminded"])
    // From within the lean.
    for last in stride(from: 2.0, through: 9, by: 1) {
      #expect(try compare(live, after: cue + 1, last: last).count == 1)
    }
    // From within the deviation.
    #expect(try compare(live, after: cue + 25, last: 15).map(\.event) == ["reminded"])
    #expect(try compare(live, after: cue + 45, last: 15).map(\.event) == ["reminded"])
    #expect(try compare(live, after: cue + 45, last: 35).map(\.event) == ["reminded", "reminded"])
    #expect(try compare(live, after: 110, last: 25).map(\.event) == ["recovered"])
    // A whole minute at the end.
    _ = try compare(live, after: 110)
  }

  /// Those of the hour before the trace count, and one that it begins within counts once.
  @Test func theCuesBeforeCountAmongThoseOfTheHour() throws {
    for most in [2, 3] {
      let live = Live(.hourlyLimit, .hold, for: 92, mostPerHour: most)
      let third = try #require(live.frames.events.last { $0.event == "deviated" })
      #expect(third.suppressed == (most == 2 ? "hourly-limit" : nil))
      let end = Double(third.time_us - LoopBench.start) * 1e-6
      for last in [15.0, 22, 40] { #expect(try compare(live, after: end + 6, last: last).contains(third)) }
    }
  }

  /// By the kept one, that the sensor stands upside down for, it is a lean to be cued; the automatic one would be upright.
  @Test(arguments: [Trigger.hold, .exposure]) func itIsJudgedByTheReferenceOfThen(trigger: Trigger) throws {
    // Upright as it is taken for, 20 degrees behind the wearer's own.
    let back = try #require(
      KeptReference(
        up: .init(-342_020_143, 0, 939_692_621), forward: .init(939_692_621, 0, 342_020_143), forwardAxis: nil))
    var record = references(.standing, inUse: .standing)
    record.entries[.standing] = .init(back, taken: "2026-11-22T03:39:07Z")
    let live = Live(
      .upright, trigger, for: 60, kept: Kept(references: KeptReferences(record, isSimulated: false)),
      [(30, .setMode(.tracking))])
    #expect(live.frames.time(of: "calibrated") == nil)
    let decided = live.frames.events.filter(Self.isDecision)
    #expect(decided.first?.event == "deviated" && (decided.first?.total_deg ?? 0) > 15, "\(decided)")
    let cue = Double(try #require(decided.first).time_us - LoopBench.start) * 1e-6
    _ = try compare(live, after: cue + 2, last: 5)
    let (events, _) = try live.saved(after: cue + 2, last: 5)
    #expect(events.isEmpty == false)
    #expect(events.contains { $0.event == "calibrated" } == false)
  }

  @Test(arguments: [Trigger.hold, .exposure]) func whatSilencesItThenSilencesTheReplay(trigger: Trigger) throws {
    for (command, reason) in [
      (.silence(.snooze, for: .seconds(40)), "snoozed"), (.setMode(.tracking), "tracking"),
      (.setQuiet(true), "quiet-hours"),
    ] as [(Command, String)] {
      let live = Live(.slouchUntilReminded, trigger, for: 60, [(14, command)])
      let cue = try #require(live.frames.events.first(where: Self.isDecision))
      #expect(cue.suppressed == reason && cue.event == "deviated")
      let seconds = Double(cue.time_us - LoopBench.start) * 1e-6
      #expect(try compare(live, after: seconds + 1, last: 8).count == 1)
      _ = try compare(live, after: 60, last: 40)
      // It ends when it did.
      let (events, start) = try live.saved(after: 60, last: 40)
      let ends = live.events(from: start, after: 60).filter { $0.event == "unsilenced" }.map(\.time_us)
      #expect(events.filter { $0.event == "unsilenced" }.map(\.time_us) == ends)
      #expect(ends.count == (reason == "snoozed" ? 1 : 0))
    }
  }

  /// A trace whose settings begin in the mode that the wearer has left.
  @Test func theModeIsTheOneOfThenWhateverTheSettingsSay() throws {
    var box = BlackBox()
    for index in 0..<300 as Range<Int64> { box.take(Recorded.frames[0].moved(to: index * 10_000)) }
    #expect(try measurements(box.trace(lastSeconds: 1, header: someHeader()).parts)[0].command == nil)
    let tracking = box.trace(lastSeconds: 1, header: someHeader()) { _ in
      [TraceSetting(key: "cues.mode", value: "tracking")]
    }
    #expect(try measurements(tracking.parts)[0].command == .setMode(.training))
  }

  /// What is being calibrated when the time begins is calibrated in the trace too.
  @Test func aCalibrationIsWhole() throws {
    let live = Live(.upright, .hold, for: 40, [(25, .takeReference(.car, isBending: false))])
    let taken = live.frames.events.filter { $0.event == "calibrated" }
    #expect(taken.map(\.reference) == ["sitting", "car"])
    // From the middle of it on, if it were not for the calibration.
    let (events, start) = try live.saved(after: 40, last: 13.5)
    #expect(start > LoopBench.start + 25_000_000)
    #expect(events.filter { $0.event == "calibrated" }.map(\.reference) == ["car"])
  }
}
