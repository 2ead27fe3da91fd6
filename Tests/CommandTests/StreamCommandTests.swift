// SPDX-License-Identifier: MIT
import Foundation
import PostureFormats
import TestSupport
import Testing

/// Events, samples and metrics of a running daemon.
struct StreamCommandTests {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("s") }

  private func ask(_ arguments: String...) throws -> Outcome {
    try run("posturectl", arguments + ["--socket", socket])
  }

  /// Twenty times as fast as the world, and without an end; there are three events.
  private func wearer() throws -> Running {
    let wearer = try daemon(socket, "--simulate", "--speed", "20")
    try waitUntil("a reference posture") { try wearer.errors.contains(" calibrated ") }
    for mode in ["tracking", "training"] {
      #expect(try ask("mode", mode).status == 0)
      try waitUntil("the mode") { try wearer.errors.contains(" mode=\(mode)") }
    }
    return wearer
  }

  @Test func eventsAreToldWithTheirNumbers() throws {
    let wearer = try wearer()
    let outcome = try ask("events")
    let told = lines(outcome.output).prefix(3).map { $0.split(separator: " ") }
    #expect(told.map { $0[0] } == ["1", "2", "3"] && told.map { $0[2] } == ["calibrated", "mode-set", "mode-set"])
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(try lines(ask("events", "--since", "2").output).first?.hasPrefix("3 ") == true)
    let json = try lines(ask("events", "--since", "1", "--json").output)
    #expect(JSONLine.decode(EventMessage.self, from: json[0])?.event_number == 2)
    #expect(JSONLine.decode(EventsMessage.self, from: json.last ?? "").map { $0.newest >= 3 } == true)
    #expect(try ask("events", "--since", "-1").status == 64)
    #expect(wearer.isRunning)
  }

  @Test func whoFollowsSeesTheNextOne() throws {
    let wearer = try wearer()
    let following = try Running("posturectl", ["events", "--since", "3", "--follow", "--socket", socket])
    #expect(try ask("snooze").status == 0)
    try waitUntil("the event") { try following.output.contains(" silenced ") }
    #expect(try !following.output.contains(" calibrated ") && following.isRunning)
    wearer.signal(SIGTERM)
    #expect(try following.wait().status == 0)
  }

  @Test func whatIsForgottenIsSaid() throws {
    let events = EventsMessage(run: "0123456789abcdef", newest: 1005, forgotten: 5)
    let daemon = try FalseDaemon(socket, says: JSONLine.encode(events) + "\n")
    #expect(
      try ask("events") == Outcome(status: 0, output: "", errors: "posturectl: 5 events before these are forgotten\n"))
    #expect(daemon.request == "{\"class\":\"events\",\"since\":0,\"follow\":false}\n")
  }

  @Test func aDaemonThatHangsUpBeforeTheEndIsToldOf() throws {
    let daemon = try FalseDaemon(socket, says: "")
    #expect(
      try ask("events") == Outcome(status: 69, output: "", errors: "posturectl: the daemon hung up\n"))
    #expect(daemon.request != "")
  }

  @Test func samplesCanBeReplayed() throws {
    let wearer = try wearer()
    let samples = try ask("samples", "--seconds", "10")
    let rows = lines(samples.output)
    #expect(rows.first == "timestamp_us,ax,ay,az,gx,gy,gz" && rows.count == 1001 && samples.errors == "")
    #expect(rows[1].split(separator: ",").count == 7)
    let replay = try posturectl("replay", try directory.write(samples.output, to: "c.csv"))
    #expect(replay.status == 0 && replay.errors.hasPrefix("1000 samples, 10.0 s"))
    let json = try lines(ask("samples", "--seconds", "0.1", "--json").output)
    #expect(JSONLine.decode(SamplesMessage.self, from: json[0])?.lsb_per_g == 8192)
    #expect(JSONLine.decode(SampleBatchMessage.self, from: json[1])?.raw?.first?.count == 6)
    #expect(try ask("samples", "--seconds", "-1").status == 64)
    #expect(wearer.isRunning)
  }

  @Test func missingAndLostSamplesAreSaid() throws {
    var batch = SampleBatchMessage()
    (batch.time_us, batch.missing, batch.lost) = ([1_000_000, 1_010_000], 3, 4)
    (batch.acceleration_m_s2, batch.angular_velocity_rad_s) = (
      [[1, 2, 3], [0, 0, -9.8]], [[0, 0.5, 0], [1, 1, 1]]
    )
    let answer = JSONLine.encode(SamplesMessage(sensor: nil, rate_hz: nil)) + "\n" + JSONLine.encode(batch) + "\n"
    let daemon = try FalseDaemon(socket, says: answer)
    let rows =
      "1000000,1.000000,2.000000,3.000000,0.000000,0.500000,0.000000\n"
      + "1010000,0.000000,0.000000,-9.800000,1.000000,1.000000,1.000000\n"
    #expect(
      try ask("samples")
        == Outcome(
          status: 0, output: "timestamp_us,ax,ay,az,gx,gy,gz\n" + rows,
          errors: "posturectl: 3 samples are missing, 4 lost\n"))
    #expect(daemon.request == "samples\n")
  }

  @Test func metricsArePrintedAsTheyAre() throws {
    let wearer = try wearer()
    let text = try ask("metrics").output
    #expect(text.hasPrefix("# TYPE postured_build_info gauge\n") && text.hasSuffix("\n# EOF\n"))
    let line = try ask("metrics", "--json").output
    #expect(JSONLine.decode(MetricsMessage.self, from: line)?.text.hasSuffix("\n# EOF\n") == true)
    #expect(wearer.isRunning)
  }
}
