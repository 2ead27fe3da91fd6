// SPDX-License-Identifier: MIT
import Drivers
import Glibc
import PostureCore
import PostureFormats
import PostureSimulation
import Testing

@testable import PostureService

/// The samples from now on over the socket, as a trace.
struct ClientRecordingTests {
  private static let describe: @Sendable (SensorDescription?) -> TraceHeader? = { $0.map { someHeader($0) } }

  private func run(_ body: (ServerBench) async throws -> Void) async throws {
    try await ServerBench.run(describe: Self.describe) { bench in
      bench.publishRunning()
      try await body(bench)
    }
  }

  private struct Taken {
    var text = ""
    var recorded: RecordedMessage?
    var others: [String] = []

    var rows: [Measurement] { get throws { try measurements([Array(text.utf8)]) } }
  }

  /// Everything up to the end of the recording.
  private func take(_ client: Client) throws -> Taken {
    var taken = Taken()
    while taken.recorded == nil {
      let line = try #require(try client.line())
      if let part = JSONLine.decode(TracePartMessage.self, from: line) {
        #expect(part.text.hasSuffix("\n"))
        taken.text += part.text
      } else if let recorded = JSONLine.decode(RecordedMessage.self, from: line) {
        taken.recorded = recorded
      } else {
        taken.others.append(line)
      }
    }
    return taken
  }

  @Test func everySampleFromThenOnIsInItOnce() async throws {
    try await run { bench in
      let frames = Recorded.frames.prefix(2000)
      bench.publish(frames.prefix(1000))
      let client = try Client.greeted(bench.path)
      #expect(try client.ask("record", for: RecordMessage.self).rate_hz != nil)
      bench.publish(frames.dropFirst(1000))
      client.send("stop\n")
      let taken = try take(client)
      #expect(taken.others == [JSONLine.encode(DoneMessage(request: "stop"))])
      let rows = try taken.rows
      // It begins some seconds before.
      #expect((1500...1999).contains(rows.count))
      #expect(
        taken.recorded
          == RecordedMessage(samples: UInt64(rows.count), seconds: Double(rows.count - 1) * 0.01, lost: 0, .request))
      for (row, frame) in zip(rows, frames.suffix(rows.count)) {
        try #require(row.raw?.ax == frame.measurement.raw?.ax && row.raw?.gz == frame.measurement.raw?.gz)
      }
      #expect(try client.isSilent(for: 20))
      #expect(try client.ask("version").hasPrefix("{\"class\":\"version\""))
    }
  }

  /// By the times of the samples: to the last one that is no later.
  @Test func itEndsByItself() async throws {
    try await run { bench in
      bench.publish(Recorded.frames.prefix(10))
      let client = try Client.greeted(bench.path)
      client.send("{\"class\":\"record\",\"for_s\":3}\n")
      client.finish()
      #expect(try client.line().flatMap { JSONLine.messageClass(of: $0) } == "record")
      bench.publish(Recorded.frames.prefix(1000).dropFirst(10))
      let taken = try take(client)
      #expect(taken.recorded?.samples == 310 && taken.recorded?.ended_by == .time)
      #expect(try taken.rows.count == 310)
      #expect(try client.line() == nil)
    }
  }

  /// The daemon goes on, and the trace says how much is missing and where.
  @Test func whoDoesNotReadHasAGapAndOthersAreServed() async throws {
    try await run { bench in
      let (slow, other) = (try Client.greeted(bench.path), try Client.greeted(bench.path))
      bench.publish([Recorded.frames[0].moved(to: 0)])
      #expect(try slow.ask("record", for: RecordMessage.self).rate_hz == 100)
      for tenth in 1...10 {
        // With a command among those that are given up.
        bench.publish(
          (0..<5000).lazy.map { index in
            let number = (tenth - 1) * 5000 + index + 1
            return Recorded.frames[0].moved(to: Int64(number) * 1200, number == 48_000 ? .keepReference : nil)
          })
        #expect(try other.status().clients == 2)
      }
      #expect(bench.log.count(of: "warning: ") == 0)
      var taken = Taken()
      // Once it has taken something there is room for the next.
      for _ in 0..<40 {
        guard let part = try slow.line().flatMap({ JSONLine.decode(TracePartMessage.self, from: $0) }) else { break }
        taken.text += part.text
      }
      _ = try other.status()
      bench.publish([Recorded.frames[0].moved(to: 60_100_000)])
      slow.send("stop\n")
      let rest = try take(slow)
      taken.text += rest.text
      let recorded = try #require(rest.recorded)
      #expect(recorded.lost > 5000 && recorded.samples + recorded.lost == 50_002)
      let rows = try taken.rows
      #expect(rows.count == Int(recorded.samples))
      #expect(taken.text.contains("#! 60100000 lost \(recorded.lost) dropped\n#! 60100000 keep-reference\n60100000,"))
    }
  }

  /// What is missing at its end is said there, and what the wearer said meanwhile is in it.
  @Test func whatIsGivenUpBeforeTheEndIsCounted() throws {
    var box = BlackBox()
    box.take(Recorded.frames[0].moved(to: 0))
    var recording = ClientRecording(
      opening: box.trace(lastSeconds: 0, header: someHeader()), for: nil, judgedBy: [], lostSoFar: 0, at: 0)
    let mark = TraceMark(try #require(LabelWord("false-cue")), at: Timestamp(microseconds: 59_999_000))
    for number in 1...50_000 {
      let frame = Recorded.frames[0].moved(to: Int64(number) * 1200, missing: number == 50_000 ? 2 : 0)
      recording.take(frame, nil, reason: "late")
      if number == 49_999 { recording.take(mark) }
    }
    recording.finish(.request)
    var (text, recorded) = ("", nil as RecordedMessage?)
    while let message = recording.next(at: 0) {
      text += JSONLine.decode(TracePartMessage.self, from: message)?.text ?? ""
      recorded = JSONLine.decode(RecordedMessage.self, from: message)
    }
    let told = try #require(recorded)
    #expect(told.lost > 5000 && told.samples + told.lost == 50_003)
    #expect(
      text.hasSuffix("\n#! 59999000 mark false-cue\n#! 60000000 lost \(told.lost) dropped\n"), "\(text.suffix(99))")
    #expect(try measurements([Array(text.utf8)]).count == Int(told.samples))
  }

  @Test func anotherSensorAndTheEndOfTheSourceEndIt() async throws {
    for (publication, ending) in [
      (Publication.sensorFound(Recorded.found), RecordedMessage.Ending.sensor), (.ended, .source),
    ] {
      try await run { bench in
        bench.publish(Recorded.frames.prefix(10))
        let client = try Client.greeted(bench.path)
        client.send("record\n")
        #expect(try client.line().flatMap { JSONLine.messageClass(of: $0) } == "record")
        bench.publish(publication)
        let taken = try take(client)
        #expect(taken.recorded?.ended_by == ending)
        #expect(try taken.rows.count == 10)
      }
    }
  }

  @Test func fewAreRecordedForAtOnceAndEachOnce() async throws {
    try await run { bench in
      bench.publish(Recorded.frames.prefix(10))
      let clients = try (0..<ClientRecording.most).map { _ in try Client.greeted(bench.path) }
      for client in clients {
        client.send("record\n")
        #expect(try client.line().flatMap { JSONLine.messageClass(of: $0) } == "record")
      }
      clients[0].send("record\n")
      var line = try clients[0].line() ?? ""
      while JSONLine.messageClass(of: line) == "trace-part" { line = try clients[0].line() ?? "" }
      #expect(JSONLine.decode(ErrorMessage.self, from: line)?.message == "record: this client is recording already")
      let one = try Client.greeted(bench.path)
      #expect(try one.ask("record", for: ErrorMessage.self).message == "record: 4 clients are recording already")
    }
  }

  @Test func withoutAChipsIntegersThereIsNothingToRecord() async throws {
    try await run { bench in
      let client = try Client.greeted(bench.path)
      let refusal = try client.ask("record", for: ErrorMessage.self).message
      #expect(refusal == "record: found no samples of a chip, expected a sensor that gives some")
    }
  }

  /// From before the lean, from within it, and from within the deviation.
  @Test(arguments: [10.0, 24, 30, 38, 55]) func itsReplayDecidesAsTheDaemonDoesFromThereOn(start: Double) throws {
    let loop = LoopBench(.slouchUntilReminded, capacity: 512, settings: batched)
    var frames = loop.frames(for: .seconds(45))
    #expect(loop.service.send(.setMode(.tracking)))
    frames += loop.frames(for: .seconds(30))
    var box = BlackBox()
    let before = frames.prefix { $0.time <= LoopBench.start + Int64(start * 1e6) }
    for frame in before { box.take(frame) }
    var recording = ClientRecording(
      opening: box.trace(lastSeconds: 0, header: someHeader()), for: nil, judgedBy: [], lostSoFar: 0, at: 0)
    for frame in frames.dropFirst(before.count) { recording.take(frame, nil, reason: "late") }
    recording.finish(.request)
    var options = Replay.Options()
    options.parameters = .holding
    options.eventFormat = .json
    var replay = Replay(source: "t", options)
    var rows = 0
    while let message = recording.next(at: 0) {
      guard let part = JSONLine.decode(TracePartMessage.self, from: message) else { continue }
      rows += part.text.split(separator: "\n").count { !$0.hasPrefix("#") && !$0.hasPrefix("time") }
      try replay.read(Array(part.text.utf8).span)
    }
    try replay.finish()
    let begin = frames[frames.count - rows].time
    let last = before.last?.time ?? 0
    let replayed = text([replay.events]).split(separator: "\n").compactMap { line in
      var event = JSONLine.decode(EventRecord.self, from: String(line))
      event?.time_us += begin
      return event
    }.filter { $0.time_us > last }
    let expected = frames.events.filter { $0.time_us > last }
    #expect(replayed.map(\.event) == expected.map(\.event), "\(replayed.map(\.text)) for \(expected.map(\.text))")
    #expect(expected.contains { $0.event == "mode-set" } == (start < 45))
    for (own, other) in zip(replayed, expected) {
      #expect((own.time_us - other.time_us).magnitude <= 100_000 && own.cue == other.cue, "\(own.text)")
      #expect(own.suppressed == other.suppressed && own.number == other.number, "\(own.text)")
    }
  }
}
