// SPDX-License-Identifier: MIT
import Drivers
import LinuxIO
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

struct WatchTests {
  /// Publishes frames, and then an end that shows in the stream: an answer to `version`.
  private func stream(_ bench: ServerBench, _ client: Client, after frames: some Sequence<Frame>) throws -> [String] {
    bench.publish(frames)
    client.send("version\n")
    var lines: [String] = []
    while let line = try client.line(), JSONLine.messageClass(of: line) != "version" { lines.append(line) }
    return lines
  }

  private func tiltTimes(_ lines: [String]) -> [Int64] {
    lines.compactMap { line in JSONLine.decode(TiltMessage.self, from: line).flatMap(\.time_us) }
  }

  @Test(arguments: [(0.5, 200), (10, 10), (50, 2), (100, 1)])
  func tiltsComeAtTheRateAskedFor(rate: Double, every: Int) async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      #expect(
        try client.ask("{\"class\":\"watch\",\"rate_hz\":\(rate)}", for: WatchMessage.self)
          == WatchMessage(rate_hz: rate, limits: TiltLimits()))
      // Few enough for a queue: this client does not read meanwhile.
      let frames = Recorded.frames.prefix(400)
      let expected = frames.enumerated().filter { $0.offset % every == 0 }.map(\.element.time)
      #expect(tiltTimes(try stream(bench, client, after: frames)) == expected)
    }
  }

  @Test func aRateThatIsNoWholePartOfTheSensorsIsKeptOnAverage() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      _ = try client.ask("{\"class\":\"watch\",\"rate_hz\":30}")
      let times = tiltTimes(try stream(bench, client, after: Recorded.frames.prefix(1000)))
      #expect((299...301).contains(times.count))
      #expect(zip(times, times.dropFirst()).allSatisfy { (30_000...40_000).contains($1 - $0) })
    }
  }

  @Test func aMissedBeatIsNotMadeUpFor() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      _ = try client.ask("watch")
      let frames = Array(Recorded.frames[..<100] + Recorded.frames[600..<700])
      let times = tiltTimes(try stream(bench, client, after: frames))
      #expect(times.count == 20)
      #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= 100_000 })
    }
  }

  @Test func watchingAgainChangesTheRate() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      _ = try client.ask("{\"class\":\"watch\",\"rate_hz\":1}")
      #expect(try stream(bench, client, after: Recorded.frames[..<200]).count == 2)
      _ = try client.ask("{\"class\":\"watch\",\"rate_hz\":100}")
      #expect(try stream(bench, client, after: Recorded.frames[200..<300]).count == 100)
    }
  }

  @Test func eventsGoToWhoeverWatchesAndToNobodyElse() async throws {
    try await ServerBench.run { bench in
      let watching = try Client.greeted(bench.path)
      let asking = try Client.greeted(bench.path)
      _ = try watching.ask("{\"class\":\"watch\",\"rate_hz\":0.1}")
      let lines = try stream(bench, watching, after: Recorded.frames)
      let events = lines.compactMap { JSONLine.decode(EventRecord.self, from: $0) }
      #expect(events == Recorded.frames.events)
      #expect(events.map(\.event) == ["calibrated", "deviated", "reminded", "recovered"])
      #expect(lines.count == events.count + 11)
      #expect(bench.log.count(of: "info: ") == events.count)
      #expect(try asking.isSilent(for: 20))
      #expect(try asking.status().deviations == 1)
      #expect(try asking.isSilent(for: 20))
    }
  }

  @Test func aTiltSaysWhatItsFrameHeld() async throws {
    try await ServerBench.run { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      _ = try client.ask("{\"class\":\"watch\",\"rate_hz\":100}")
      let frame = Recorded.frames[3000]
      let line = try stream(bench, client, after: [frame]).first ?? ""
      let tilt = try #require(JSONLine.decode(TiltMessage.self, from: line))
      #expect(tilt.time_us == frame.time && tilt.posture == "deviated" && tilt.context == "still")
      #expect(tilt.total_deg == frame.output.tilt?.total.degrees.rounded(places: 2) && tilt.state == "running")
      #expect(tilt.measured_rate_hz == nil)
    }
  }

  /// Whoever watches must not see the last tilt stand as if it were now.
  @Test func aLossIsToldAtOnceAndWithoutATilt() async throws {
    try await ServerBench.run { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      _ = try client.ask("{\"class\":\"watch\",\"rate_hz\":0.1}")
      bench.publish(Recorded.frames.prefix(3000))
      bench.publish(.motor(isOn: true))
      for state in [.degraded, .lost, .recovering, .lost] as [SensorState] {
        bench.publish(.sensorFault(.bus(.noAcknowledge), at: at(0)))
        bench.publish(.motor(isOn: state == .degraded))
        bench.publish(.sensorState(state))
      }
      bench.publish(.ended)
      var states: [TiltMessage] = []
      while states.last?.state != "ended" {
        let line = try #require(try client.line())
        if let tilt = JSONLine.decode(TiltMessage.self, from: line), tilt.state != "running" { states.append(tilt) }
      }
      #expect(states.map(\.state) == ["degraded", "lost", "recovering", "lost", "ended"])
      #expect(states.map(\.motor_on) == [true, false, false, false, false])
      #expect(states[0].total_deg != nil && states[0].fault == states[1].fault)
      let lost = states[1]
      #expect(lost.fault?.contains("does not answer") == true && lost.posture == "unknown")
      #expect(lost.total_deg == nil && lost.measured_rate_hz == nil && lost.time_us == Recorded.frames[2999].time)
    }
  }
}
