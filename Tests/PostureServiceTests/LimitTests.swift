// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

struct LimitTests {
  @Test func oneClientTooManyIsTurnedAwayWithAMessage() async throws {
    try await ServerBench.run { bench in
      var clients = try (0..<StatusServer.mostClients).map { _ in try Client.greeted(bench.path) }
      let refused = try Client(bench.path)
      let message = JSONLine.decode(ErrorMessage.self, from: try refused.line() ?? "")?.message
      #expect(message == "too many clients: at most 80")
      #expect(try refused.line() == nil)
      #expect(bench.log.count(of: "warning: a client was turned away") == 1)
      #expect(try clients[0].status().clients == StatusServer.mostClients)
      // Whoever leaves makes room.
      clients.removeLast()
      #expect(try await eventually { try clients[0].status().clients == StatusServer.mostClients - 1 })
      let next = try Client.greeted(bench.path)
      #expect(try next.status().clients == StatusServer.mostClients)
      withExtendedLifetime(clients) {}
    }
  }

  @Test func aClientThatWasTurnedAwayIsNotListenedTo() async throws {
    try await ServerBench.run { bench in
      let clients = try (0..<StatusServer.mostClients).map { _ in try Client.greeted(bench.path) }
      let refused = try Client(bench.path)
      refused.send("calibrate\ncalibrate\n")
      _ = try refused.remainingLines()
      #expect(try clients[0].status().clients == StatusServer.mostClients)
      #expect(bench.command() == nil)
      withExtendedLifetime(clients) {}
    }
  }

  @Test func aClientThatNeverReadsIsDroppedAndTheOthersGetEverything() async throws {
    try await ServerBench.run { bench in
      let asleep = try Client.greeted(bench.path)
      let awake = try Client.greeted(bench.path)
      _ = try asleep.ask("{\"class\":\"watch\",\"rate_hz\":100}")
      _ = try awake.ask("{\"class\":\"watch\",\"rate_hz\":100}")
      var times: [Int64] = []
      var next = Recorded.frames[...]
      while !next.isEmpty {
        bench.publish(next.prefix(100))
        let wanted = times.count + next.prefix(100).count
        next = next.dropFirst(100)
        while times.count < wanted {
          let line = try #require(try awake.line())
          if let time = JSONLine.decode(TiltMessage.self, from: line)?.time_us { times.append(time) }
        }
      }
      #expect(times == Recorded.frames.map(\.time))
      #expect(
        bench.log.lines.filter { $0.hasPrefix("warning: ") } == ["warning: a client was dropped: it does not read"])
      // The last event may come after the last tilt.
      awake.send("status\n")
      var status: StatusMessage?
      while status == nil { status = JSONLine.decode(StatusMessage.self, from: try #require(try awake.line())) }
      #expect(status?.clients == 1 && status?.samples == UInt64(Recorded.frames.count))
      withExtendedLifetime(asleep) {}
    }
  }

  @Test func aClientThatAsksAndNeverReadsIsDropped() async throws {
    try await ServerBench.run { bench in
      let asleep = try Client.greeted(bench.path)
      var isConnected = true
      for _ in 0..<200 where isConnected { isConnected = asleep.send(String(repeating: "status\n", count: 100)) }
      #expect(!isConnected)
      #expect(try Client.greeted(bench.path).status().clients == 1)
      #expect(bench.log.count(of: "warning: a client was dropped") == 1)
      withExtendedLifetime(asleep) {}
    }
  }

  @Test func whoeverAsksNoMoreIsAnsweredAndClosed() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      client.send("status\nversion\n")
      client.finish()
      #expect(try client.remainingLines().map { JSONLine.messageClass(of: $0) } == ["status", "version"])
      #expect(try await eventually { try Client.greeted(bench.path).status().clients == 1 })
    }
  }

  /// More answers than the kernel holds for a reader, and fewer than the queue beside it.
  @Test func whoeverAsksNoMoreGetsEveryAnswer() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      client.send(String(repeating: "status\n", count: 200))
      client.finish()
      // Let the server see the end of the stream while answers still wait.
      try await Task.sleep(for: .milliseconds(200))
      #expect(bench.log.count(of: "warning: ") == 0)
      let lines = try client.remainingLines()
      #expect(lines.count == 200)
    }
  }

  @Test func whoeverWatchesGoesOnAfterAskingNoMore() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      _ = try client.ask("{\"class\":\"watch\",\"rate_hz\":100}")
      client.finish()
      #expect(try client.isSilent(for: 20))
      bench.publish(Recorded.frames[..<50])
      for frame in Recorded.frames[..<50] {
        #expect(JSONLine.decode(TiltMessage.self, from: try client.line() ?? "")?.time_us == frame.time)
      }
      #expect(try Client.greeted(bench.path).status().clients == 2)
      withExtendedLifetime(client) {}
    }
  }

  @Test func whoeverWatchesAndHangsUpIsForgotten() async throws {
    try await ServerBench.run { bench in
      var watching: Client? = try Client.greeted(bench.path)
      _ = try watching?.ask("{\"class\":\"watch\",\"rate_hz\":100}")
      let asking = try Client.greeted(bench.path)
      #expect(try asking.status().clients == 2)
      watching = nil
      #expect(
        try await eventually {
          bench.publish(.frame(Recorded.frames[0]))
          return try asking.status().clients == 1
        })
    }
  }
}
