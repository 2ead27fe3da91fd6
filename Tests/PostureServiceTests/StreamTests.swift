// SPDX-License-Identifier: MIT
import Drivers
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

/// Events, samples and chosen tilts over the socket.
struct StreamTests {
  /// Asks, and takes the lines up to the answer to `version`, which is asked after it.
  private func lines(_ client: Client, _ request: String) throws -> [String] {
    client.send(request + "\nversion\n")
    var lines: [String] = []
    while let line = try client.line(), JSONLine.messageClass(of: line) != "version" { lines.append(line) }
    return lines
  }

  private func events(_ lines: [String]) -> [EventMessage] {
    lines.compactMap { JSONLine.decode(EventMessage.self, from: $0) }
  }

  private func publishAll(_ bench: ServerBench, _ client: Client) throws {
    bench.publish(Recorded.frames)
    #expect(try client.status().samples == UInt64(Recorded.frames.count))
  }

  @Test func whoComesLaterIsToldWhatHasHappened() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      try publishAll(bench, client)
      let all = try lines(client, "events")
      #expect(events(all).map(\.record) == Recorded.frames.events && events(all).map(\.event_number) == [1, 2, 3, 4])
      let end = try #require(JSONLine.decode(EventsMessage.self, from: all.last ?? ""))
      #expect(end.newest == 4 && end.forgotten == 0 && all.count == 5)
      let rest = try lines(client, #"{"class":"events","since":3}"#)
      #expect(events(rest).map(\.event_number) == [4] && rest.last == all.last)
    }
  }

  /// More than the kernel and the queue hold: the rest waits in the log.
  @Test func aThousandEventsReachASlowReader() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      let event = try #require(Recorded.frames.first { $0.output.eventCount > 0 })
      for index in 1...1200 { bench.publish([event.moved(to: Int64(index) * 20_000)]) }
      // An answer finds room between them, and the client is not dropped.
      client.send("events\nversion\n")
      let other = try Client.greeted(bench.path)
      for _ in 0..<20 { #expect(try other.status().clients == 2, "\(bench.log.lines)") }
      var (told, others): ([EventMessage], [String]) = ([], [])
      while others.count < 2 {
        let line = try #require(try client.line())
        if let event = JSONLine.decode(EventMessage.self, from: line) {
          told.append(event)
        } else {
          others.append(line)
        }
      }
      let end = others.compactMap { JSONLine.decode(EventsMessage.self, from: $0) }.first
      #expect(told.map(\.event_number) == Array(201...1200) && end?.forgotten == 200)
      #expect(Set(others.map { JSONLine.messageClass(of: $0) }) == ["version", "events"])
      #expect(bench.log.count(of: "warning: ") == 0)
    }
  }

  @Test func whoFollowsNeedsNoWatch() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      #expect(try lines(client, #"{"class":"events","follow":true}"#).count == 1)
      bench.publish(Recorded.frames)
      #expect(try events((0..<4).map { _ in try #require(try client.line()) }).map(\.event_number) == [1, 2, 3, 4])
      #expect(try client.ask("stop", for: DoneMessage.self) == DoneMessage(request: "stop"))
      bench.publish(Recorded.frames.prefix(3000).map { $0.moved(to: $0.time + 100_000_000) })
      #expect(try lines(client, "status").count == 1)
    }
  }

  @Test func whoAsksNoMoreGetsItAllAndTheEnd() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      try publishAll(bench, client)
      client.send("events\n")
      client.finish()
      #expect(try client.remainingLines().count == 5)
    }
  }

  @Test func aWatcherGetsWhatItChose() async throws {
    try await ServerBench.run { bench in
      bench.publishRunning()
      let (chosen, whole) = (try Client.greeted(bench.path), try Client.greeted(bench.path))
      let request = #"{"class":"watch","rate_hz":1,"fields":["posture","flexion_deg"],"events":false}"#
      let answer = try chosen.ask(request, for: WatchMessage.self)
      #expect(answer.fields == ["posture", "flexion_deg"] && answer.events == false)
      #expect(try whole.ask("watch", for: WatchMessage.self).fields == nil)
      bench.publish(Recorded.frames.prefix(3000))
      let told = try lines(chosen, "status").dropLast()
      #expect(told.count == 30 && told.allSatisfy { JSONLine.messageClass(of: $0) == "tilt" })
      let frame = Recorded.frames[2900]
      let flexion = try #require(frame.output.tilt?.flexion.degrees.rounded(places: 2))
      #expect(
        told.last == #"{"class":"tilt","flexion_deg":\#(flexion),"posture":"deviated","time_us":\#(frame.time)}"#)
      let others = try lines(whole, "status")
      #expect(events(others).count >= 2 && others.contains { JSONLine.decode(TiltMessage.self, from: $0) != nil })
    }
  }

  private func batches(_ lines: [String]) -> [SampleBatchMessage] {
    lines.compactMap { JSONLine.decode(SampleBatchMessage.self, from: $0) }
  }

  @Test func everySampleComesOnceAndInOrderUntilStop() async throws {
    let describe: @Sendable (SensorDescription?) -> TraceHeader? = { $0.map { someHeader($0) } }
    try await ServerBench.run(describe: describe) { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      bench.publish(Recorded.frames[..<100])
      #expect(try client.status().samples == 100)
      let answer = try client.ask("samples", for: SamplesMessage.self)
      #expect(answer.sensor == "MPU-6050" && answer.rate_hz == 100)
      #expect(answer.lsb_per_g == someHeader(Recorded.found).scale.acceleration)
      #expect(answer.lsb_per_dps == someHeader(Recorded.found).scale.angularVelocity)
      bench.publish(Recorded.frames[100..<1000])
      let told = batches(try lines(client, "stop")).flatMap(\.time_us)
      #expect(told == Recorded.frames[100..<1000].map(\.time))
      #expect(await bench.hub.samples == nil)
      bench.publish(Recorded.frames[1000..<1100])
      #expect(try lines(client, "status").count == 1)
    }
  }

  /// Another one that begins later gets no sample of before, and none twice.
  @Test func everyClientHasItsOwnBeginning() async throws {
    try await ServerBench.run { bench in
      let (first, second) = (try Client.greeted(bench.path), try Client.greeted(bench.path))
      _ = try first.ask("samples")
      bench.publish(Recorded.frames[..<50])
      #expect(try second.status().samples == 50)
      #expect(try second.ask("samples", for: SamplesMessage.self).lsb_per_g == nil)
      bench.publish(Recorded.frames[50..<90])
      #expect(batches(try lines(second, "status")).flatMap(\.time_us) == Recorded.frames[50..<90].map(\.time))
      #expect(batches(try lines(first, "status")).flatMap(\.time_us) == Recorded.frames[..<90].map(\.time))
    }
  }

  @Test func whoDoesNotReadIsDroppedAndNobodyWaitsForIt() async throws {
    try await ServerBench.run { bench in
      let (slow, other) = (try Client.greeted(bench.path), try Client.greeted(bench.path))
      _ = try slow.ask("samples")
      bench.publish((0..<20_000).lazy.map { Recorded.frames[0].moved(to: Int64($0) * 1200) })
      #expect(try other.status().samples == 20_000)
      #expect(try await eventually { try other.status().clients == 1 })
      #expect(bench.log.count(of: "warning: a client was dropped") == 1)
      #expect(await bench.hub.samples == nil)
    }
  }

  @Test func metricsAreOfTheStatus() async throws {
    try await ServerBench.run { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      try publishAll(bench, client)
      let text = try client.ask("metrics", for: MetricsMessage.self).text
      for line in [
        "postured_samples_total \(Recorded.frames.count)", "postured_events_total 4",
        "postured_state{state=\"running\"} 1", "postured_state{state=\"ended\"} 0",
        "postured_cues_total{kind=\"nudge\"} 1", "postured_clients 1", "# EOF",
      ] {
        #expect(text.split(separator: "\n").contains { $0 == line }, "\(line)")
      }
    }
  }
}
