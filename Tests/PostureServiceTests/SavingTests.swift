// SPDX-License-Identifier: MIT
import Drivers
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

/// The last samples over the socket.
struct SavingTests {
  private static let describe: @Sendable (SensorDescription?) -> TraceHeader? = { $0.map { someHeader($0) } }

  private func run(_ body: (ServerBench) async throws -> Void) async throws {
    try await ServerBench.run(describe: Self.describe) { bench in
      bench.publishRunning()
      try await body(bench)
    }
  }

  /// More than the kernel and the queue hold, at the rate of the fastest sensor.
  private func publishMany(_ bench: ServerBench) {
    bench.publish((0..<45_000).lazy.map { Recorded.frames[0].moved(to: Int64($0) * 1200) })
  }

  /// The parts up to the end, the samples that are told there, and what else was said meanwhile.
  private func take(_ client: Client) throws -> (parts: [[UInt8]], samples: Int, others: [String]) {
    var (parts, others): ([[UInt8]], [String]) = ([], [])
    while true {
      let line = try #require(try client.line())
      if let part = JSONLine.decode(TracePartMessage.self, from: line) {
        parts.append(Array(part.text.utf8))
      } else if let saved = JSONLine.decode(SavedMessage.self, from: line) {
        return (parts, saved.samples, others)
      } else {
        others.append(line)
      }
    }
  }

  @Test func partsComeInTheirOrderAndThenThatItIsAll() async throws {
    try await run { bench in
      let client = try Client.greeted(bench.path)
      let frames = Recorded.frames.prefix(2000)
      bench.publish(frames)
      client.send("save\n")
      let saved = try take(client)
      let rows = try measurements(saved.parts)
      #expect(saved.samples == 2000 && rows.count == 2000 && saved.others == [])
      #expect(
        zip(rows, frames).allSatisfy { $0.raw?.ax == $1.measurement.raw?.ax && $0.raw?.gz == $1.measurement.raw?.gz })
      #expect(try client.isSilent(for: 20))
      // Once more, and less of it.
      client.send("{\"class\":\"save\",\"last_s\":5}\n")
      #expect((1000...1101).contains(try take(client).samples))
      #expect(try client.ask("version").hasPrefix("{\"class\":\"version\""))
    }
  }

  @Test func aMarkIsSaved() async throws {
    try await run { bench in
      let client = try Client.greeted(bench.path)
      let mark = "{\"class\":\"mark\",\"word\":\"false-cue\",\"last_s\":2.5}"
      #expect(try client.ask(mark, for: ErrorMessage.self).message.hasPrefix("mark: found no samples, "))
      bench.publish(Recorded.frames.prefix(500))
      for _ in 0..<60 { #expect(try client.ask(mark, for: DoneMessage.self) == DoneMessage(request: "mark")) }
      #expect(try client.ask(mark, for: ErrorMessage.self).message == "mark: found 60 within a minute, expected fewer")
      client.send("save\n")
      let marks = text(try take(client).parts).split(separator: "\n").filter {
        $0.hasPrefix("#! ") && $0.contains(" mark ")
      }
      #expect(marks == [Substring](repeating: "#! 4990000 mark false-cue 2500000 us", count: 60))
    }
  }

  /// What it does not read waits in the trace, not in a queue, while others are served; and it is not dropped for it.
  @Test func aClientThatDoesNotReadIsNotFloodedAndOthersAreServed() async throws {
    try await run { bench in
      let (slow, other) = (try Client.greeted(bench.path), try Client.greeted(bench.path))
      publishMany(bench)
      slow.send("save\nversion\n")
      for _ in 0..<20 { #expect(try other.status().clients == 2) }
      _ = try other.ask("watch")
      bench.publish(.motor(isOn: true))
      bench.publish([Recorded.frames[0].moved(to: 60_000_000)])
      #expect(JSONLine.messageClass(of: try #require(try other.line())) == "tilt")
      #expect(bench.log.count(of: "warning: ") == 0)
      // Everything was kept for it; what was asked meanwhile was answered between the parts.
      let saved = try take(slow)
      #expect(saved.samples == 45_000)
      #expect(try measurements(saved.parts).count == 45_000)
      #expect(saved.others.map { JSONLine.messageClass(of: $0) } == ["version"])
    }
  }

  @Test func oneThatWatchesMeanwhileIsNotDropped() async throws {
    try await run { bench in
      let client = try Client.greeted(bench.path)
      publishMany(bench)
      client.send("watch\nsave\n")
      bench.publish((0..<20).lazy.map { Recorded.frames[0].moved(to: 60_000_000 + Int64($0) * 100_000) })
      let saved = try take(client)
      #expect((45_000...45_020).contains(saved.samples))
      #expect(saved.others.first.map { JSONLine.messageClass(of: $0) } == "watch")
      #expect(bench.log.count(of: "warning: ") == 0)
    }
  }

  @Test func oneTraceAtATime() async throws {
    try await run { bench in
      let client = try Client.greeted(bench.path)
      publishMany(bench)
      client.send("save\nsave\n")
      let saved = try take(client)
      #expect(saved.samples == 45_000)
      let refusal = saved.others.first.flatMap { JSONLine.decode(ErrorMessage.self, from: $0) }
      #expect(refusal?.message == "save: the trace before is still on its way" && saved.others.count == 1)
    }
  }

  /// As `socat` does it: what was asked for comes, and then the end.
  @Test(arguments: [false, true]) func whoAsksNoMoreGetsItAllAndTheEnd(isLong: Bool) async throws {
    try await run { bench in
      if isLong { publishMany(bench) } else { bench.publish(Recorded.frames.prefix(100)) }
      let client = try Client.greeted(bench.path)
      client.send("save\n")
      client.finish()
      #expect(try take(client).samples == (isLong ? 45_000 : 100))
      #expect(try client.line() == nil)
      let other = try Client.greeted(bench.path)
      #expect(try await eventually { try other.status().clients == 1 })
    }
  }

  /// It would be kept for ever.
  @Test func whoTakesNothingForAMinuteIsStuck() throws {
    var box = BlackBox()
    for frame in Recorded.frames.prefix(300) { box.take(frame) }
    var saving = Saving(box.trace(lastSeconds: 60, header: someHeader()), at: 5_000_000)
    #expect(!saving.isStuck(at: 65_000_000) && saving.isStuck(at: 65_000_001))
    #expect(saving.next(at: 65_000_000) != nil)
    #expect(!saving.isStuck(at: 125_000_000) && saving.isStuck(at: 125_000_001))
  }

  @Test func whoHangsUpInTheMiddleLeavesNothing() async throws {
    try await run { bench in
      publishMany(bench)
      do {
        let client = try Client.greeted(bench.path)
        client.send("save\n")
        _ = try client.line()
      }
      let other = try Client.greeted(bench.path)
      #expect(try await eventually { try other.status().clients == 1 })
      #expect(bench.log.count(of: "warning: ") == 0)
    }
  }

  @Test func withoutAChipsIntegersThereIsNoTrace() async throws {
    let message = "save: found no samples of a chip, expected a sensor that gives some"
    try await ServerBench.run { bench in
      bench.publishRunning()
      bench.publish(Recorded.frames.prefix(10))
      let client = try Client.greeted(bench.path)
      #expect(try client.ask("save", for: ErrorMessage.self).message == message)
    }
    try await run { bench in
      let client = try Client.greeted(bench.path)
      #expect(try client.ask("save", for: ErrorMessage.self).message == message)
      var frame = Recorded.frames[0]
      frame.measurement.raw = nil
      bench.publish([frame])
      #expect(try client.ask("save", for: ErrorMessage.self).message == message)
      #expect(
        try client.ask("{\"class\":\"save\",\"last_s\":0.5}", for: ErrorMessage.self).message.contains("1 to 60"))
    }
  }
}
