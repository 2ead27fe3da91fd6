// SPDX-License-Identifier: MIT
import Drivers
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

struct RequestTests {
  @Test func everyClientIsGreetedFirst() async throws {
    try await ServerBench.run { bench in
      let client = try Client(bench.path)
      #expect(
        try client.line()
          == "{\"class\":\"version\",\"program\":\"postured\",\"protocol\":1,\"version\":\"\(Version.program)\"}")
      #expect(try client.isSilent(for: 30))
    }
  }

  @Test(
    arguments: ["version", "status", "why", "calibrate", "watch"].flatMap { word in
      [(word, word), ("{\"class\":\"\(word)\"}", word), ("\(word)\r", word)]
    })
  func everyRequestIsAnswered(request: String, expected: String) async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      #expect(JSONLine.messageClass(of: try client.ask(request)) == expected)
      #expect(try client.isSilent(for: 10))
    }
  }

  @Test func statusSaysWhatIsKnown() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      let before = try client.status()
      #expect(before.state == "starting" && before.samples == 0 && before.clients == 1 && before.posture == "unknown")
      #expect(before.time_us == nil && before.up == nil && before.context == nil && before.measured_rate_hz == nil)
      let frames = Recorded.frames.prefix(3000)
      bench.publishRunning()
      bench.publish(frames)
      bench.control.countLost()
      // A request is pumped for: what was published before it is in the answer.
      let after = try client.status()
      let last = try #require(frames.last)
      #expect(after.state == "running" && after.samples == 3000 && after.lost == 1 && after.faults == 0)
      #expect(after.time_us == last.time && after.measured_rate_hz == 100 && after.has_reference)
      #expect(after.up?.count == 3 && !after.is_realtime)
      #expect(after.sensor == "MPU-6050" && after.address == "0x68" && after.mode == "polled" && after.rate_hz == 100)
      bench.publish(.sensorFault(.bus(.noAcknowledge), at: at(0)))
      bench.publish(.sensorState(.lost))
      let lost = try client.status()
      #expect(lost.state == "lost" && lost.faults == 1 && lost.fault_counts == ["no-acknowledge": 1])
      #expect(lost.state_since_s >= 0 && lost.state_since_s < 5 && lost.state_since_s <= lost.uptime_s)
      #expect(lost.fault?.contains("does not answer") == true)
      // What the last sample said is not said of now; when it came, and what is learnt, still is.
      #expect(lost.posture == "unknown" && lost.total_deg == nil && lost.up == nil && lost.context == nil)
      #expect(lost.measured_rate_hz == nil && !lost.motor_on && lost.time_us == last.time && lost.has_reference)
    }
  }

  /// Performed whenever the sensor comes back, it would take whatever posture is held then.
  @Test func aCalibrationIsRefusedWhileTheSensorIsLost() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      for state in [.lost, .recovering] as [SensorState] {
        bench.publish(.sensorState(state))
        let message = try client.ask("calibrate", for: ErrorMessage.self).message
        #expect(message == (state == .lost ? "calibrate: the sensor is lost" : "calibrate: the sensor is recovering"))
      }
      #expect(bench.command() == nil)
      bench.publish(.sensorState(.degraded))
      #expect(JSONLine.messageClass(of: try client.ask("calibrate")) == "calibrate")
      #expect(bench.command() == .calibrate)
    }
  }

  @Test func whyTellsOfTheLastCue() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      let before = try client.ask("why", for: WhyMessage.self)
      #expect(!before.has_cue && before.cue == nil)
      let frames = Recorded.frames
      let deviated = try #require(frames.firstIndex { $0.events.contains { $0.event == "deviated" } })
      bench.publish(frames[...deviated])
      let after = try client.ask("why", for: WhyMessage.self)
      #expect(after.has_cue && after.cue == "nudge" && after.time_us == frames[deviated].time && after.ago_s == 0)
      #expect(after.explanation.contains("beyond your limit of 15, for 10 s"))
    }
  }

  @Test func calibrateBecomesACommand() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      #expect(bench.command() == nil)
      #expect(try client.ask("calibrate") == "{\"class\":\"calibrate\",\"window_s\":3}")
      #expect(bench.command() == .calibrate)
      #expect(bench.command() == nil)
    }
  }

  @Test func moreCommandsThanTheSamplingThreadTakesAreRefused() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      for _ in 0..<24 { #expect(JSONLine.messageClass(of: try client.ask("calibrate")) == "calibrate") }
      #expect(try client.ask("calibrate", for: ErrorMessage.self).message.contains("too many commands"))
      #expect(bench.command() == .calibrate)
      #expect(JSONLine.messageClass(of: try client.ask("calibrate")) == "calibrate")
    }
  }

  @Test func severalRequestsInOnePacketAreAnsweredInOrder() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      client.send("version\n{\"class\":\"status\"}\nwhy\nnonsense\nversion\n")
      let classes = try (0..<5).map { _ in JSONLine.messageClass(of: try client.line() ?? "") }
      #expect(classes == ["version", "status", "why", "error", "version"])
    }
  }

  @Test func aRequestMayComeInPiecesOfOneByte() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      for byte in "{\"class\":\"watch\",\"rate_hz\":5}".utf8 {
        client.send([byte])
        #expect(try client.isSilent(for: 1))
      }
      client.send("\n")
      #expect(
        try client.line()
          == "{\"class\":\"watch\",\"enter_backward_deg\":20,\"enter_deg\":15,\"enter_sideways_deg\":12,\"leave_deg\":10,\"rate_hz\":5}"
      )
    }
  }

  @Test(
    arguments: [
      ("", "found ''"), ("stat", "found 'stat'"), ("STATUS", "found 'STATUS'"), ("{", "one JSON object"),
      ("{\"class\":\"status\"", "one JSON object"), ("[\"status\"]", "found '["), ("{}", "no class"),
      ("{\"class\":5}", "a string"), ("{\"class\":null}", "expected"), ("{\"class\":\"reboot\"}", "found 'reboot'"),
      ("{\"class\":\"watch\",\"rate_hz\":0}", "0.1 to 100"), ("{\"class\":\"watch\",\"rate_hz\":1e400}", "expected"),
      ("{\"class\":\"watch\",\"rate_hz\":\"5\"}", "a number"),
      ("{\"class\":\"status\",\"rate_hz\":5}", "only in 'watch'"),
      ("{\"class\":\"status\",\"pin\":5}", "found 'pin'"), ("status \u{1B}[2J", "\\u{1b}[2J"), ("null", "found 'null'"),
    ])
  func whatIsNoRequestIsAnsweredAndTheNextOneServed(request: String, expected: String) async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      let message = try client.ask(request, for: ErrorMessage.self).message
      #expect(message.hasPrefix("request: ") && message.contains(expected), "\(message)")
      #expect(JSONLine.messageClass(of: try client.ask("version")) == "version")
    }
  }

  @Test func bytesThatAreNoTextAreAnswered() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      client.send([0xFF, 0x00, 0xC3, 0x28, 0x0A])
      #expect(JSONLine.messageClass(of: try client.line() ?? "") == "error")
      #expect(JSONLine.messageClass(of: try client.ask("version")) == "version")
    }
  }

  @Test func theLongestRequestIsServedAndOneByteMoreEndsTheConnection() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      let request = "{\"class\":\"version\"" + String(repeating: " ", count: 1024 - 19) + "}"
      #expect(request.utf8.count == 1024)
      #expect(JSONLine.messageClass(of: try client.ask(request)) == "version")
      client.send(String(repeating: "x", count: 1024))
      #expect(try client.isSilent(for: 20))
      client.send("x")
      let message = JSONLine.decode(ErrorMessage.self, from: try client.line() ?? "")?.message
      #expect(message?.contains("more than 1024 bytes") == true)
      #expect(try client.line() == nil)
      #expect(try await eventually { try Client.greeted(bench.path).status().clients == 1 })
    }
  }

  @Test func aStreamThatEndsWithinALineIsTold() async throws {
    try await ServerBench.run { bench in
      let client = try Client.greeted(bench.path)
      client.send("version\nstat")
      client.finish()
      let lines = try client.remainingLines()
      #expect(lines.map { JSONLine.messageClass(of: $0) } == ["version", "error"])
      #expect(lines.last?.contains("the end of the stream within a line") == true)
    }
  }
}
