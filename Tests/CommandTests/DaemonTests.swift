// SPDX-License-Identifier: MIT
import Foundation
import PostureFormats
import TestSupport
import Testing

struct DaemonTests {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("s") }

  private func events(_ text: String) -> [EventRecord] {
    lines(text).compactMap { JSONLine.decode(EventRecord.self, from: $0) }
  }

  @Test func whatItAnnouncesIsWhatTheReplayOfItsRecordingSays() throws {
    let record = directory.file("r")
    let daemon = try daemon(socket, "--scenario", "slow-slouch", "--speed", "20", "--record", record)
    let client = try Running("posturectl", ["watch", "--json", "--rate", "1", "--socket", socket])
    #expect(try daemon.wait().status == 0)
    let watched = try client.wait()
    #expect(watched.status == 0)
    #expect(watched.errors.isEmpty)
    let announced = events(watched.output)
    #expect(announced.suffix(2).map(\.event) == ["deviated", "recovered"])
    // The client may come too late for the first event, on a busy machine.
    var replayed = events(try posturectl("replay", "--json", record).output).suffix(announced.count)
    let offset = try #require(announced.first).time_us - (try #require(replayed.first)).time_us
    for index in replayed.indices { replayed[index].time_us += offset }
    #expect(Array(replayed) == announced)
    #expect(lines(watched.output).first?.hasPrefix(#"{"class":"watch","#) == true)
  }

  @Test(arguments: ["200", "1000"]) func itEndsAndRecordsEverySampleAtAnySpeed(speed: String) throws {
    let record = directory.file("r")
    let outcome = try postured("--scenario", "upright", "--speed", speed, "--record", record, "--socket", socket)
    #expect(outcome.status == 0)
    #expect(try !contents(of: record).contains(" lost "))
  }

  @Test func aTraceIsServedLikeASensor() throws {
    let config = directory.file("c")
    try "detector.trigger: hold\n".write(toFile: config, atomically: true, encoding: .utf8)
    let daemon = try daemon(socket, "--trace", try Recording.path(), "--speed", "50", "--config", config)
    let status = try posturectl("status", "--json", "--socket", socket)
    let message = try #require(JSONLine.decode(StatusMessage.self, from: lines(status.output).first ?? ""))
    #expect(message.source == "trace")
    #expect(message.sensor == "MPU-6050")
    #expect(message.rate_hz == 100)
    let watched = try posturectl("watch", "--json", "--rate", "1", "--socket", socket)
    #expect(watched.status == 0)
    #expect(events(watched.output).suffix(2).map(\.event) == ["deviated", "recovered"])
    let outcome = try daemon.wait()
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains(" deviated ") && outcome.errors.contains(" recovered "))
  }

  /// As `systemctl reload` asks: other limits from the next sample on, mistakes change nothing, and a recording says so.
  @Test func settingsAreReadAnewAtAHangup() throws {
    let config = try directory.write("detector.trigger: hold\ndetector.hold: 1000 s\n", to: "c")
    let record = directory.file("r")
    let daemon = try daemon(
      socket, "--scenario", "slow-slouch", "--speed", "20", "--config", config, "--record", record, "--set",
      "detector.enter=14 deg")
    func ask(_ arguments: String...) throws -> String {
      let outcome = try run("posturectl", arguments + ["--socket", socket])
      #expect(outcome.status == 0 && outcome.errors == "")
      return outcome.output
    }
    #expect(
      try lines(ask("config", "--changed")).map {
        $0.split(separator: "#").map { $0.trimmingCharacters(in: .whitespaces) }
      }
        == [
          ["socket.path: \(socket)", "--socket"], ["detector.trigger: hold", "the scenario"],
          ["detector.enter: 14 deg", "--set"], ["detector.hold: 1000 s", "\(config):2"],
        ])
    #expect(try lines(ask("config")).count == 87 && ask("config").contains("# motor.line:"))
    _ = try directory.write("detector.hold: 1 d\n", to: "c")
    daemon.signal(SIGHUP)
    try waitUntil("the mistake to be said") { try daemon.errors.contains("settings: not changed") }
    _ = try directory.write("detector.hold: 2 s\nsensor.rate: 50 Hz\n", to: "c")
    daemon.signal(SIGHUP)
    try waitUntil("the settings") { try daemon.errors.contains("settings: read again, 1 changed") }
    #expect(try daemon.errors.contains("settings: sensor.rate: 50 Hz needs a restart"))
    #expect(try ask("config").contains("# default; after a restart: 50 Hz\n"))
    #expect(try ask("config", "--changed").contains("# default; after a restart: 50 Hz\n"))
    let outcome = try daemon.wait()
    #expect(outcome.status == 0 && outcome.errors.contains(" deviated "))
    #expect(try lines(contents(of: record)).filter { $0.contains(" set ") && $0.hasPrefix("#! ") }.count == 1)
    let told = events(try posturectl("replay", "--json", record).output)
    #expect(told.contains { $0.event == "deviated" })
  }

  /// What was read once from a pipe would read as nothing, and nothing as the defaults.
  @Test func whatCannotBeReadAgainIsNotReadAgain() throws {
    let config = try directory.write("detector.hold: 1000 s\n", to: "c")
    let daemon = try Running("postured", ["--simulate", "--socket", socket, "--config", "-"], input: config)
    try waitUntil("the daemon") { try daemon.errors.contains(" listening on ") }
    daemon.signal(SIGHUP)
    try waitUntil("the refusal") { try daemon.errors.contains("settings: - cannot be read again") }
    #expect(try run("posturectl", ["config", "--socket", socket]).output.contains("detector.hold: 1000 s "))
    #expect(daemon.isRunning)
  }

  @Test(arguments: [SIGTERM, SIGINT]) func aSignalEndsItAtOnce(number: Int32) throws {
    let record = directory.file("r")
    let daemon = try daemon(socket, "--simulate", "--record", record)
    try waitUntil("samples") { try daemon.errors.contains(" sampling\n") }
    let start = ContinuousClock.now
    daemon.signal(number)
    let outcome = try daemon.wait()
    let time = ContinuousClock.now - start
    // That it ends at all, and soon; how soon is a figure of `make bench`, because a busy machine decides it here.
    #expect(time < .seconds(5))
    #expect(outcome.status == 0)
    #expect(outcome.errors.hasSuffix(" ended, motor off\n"))
    #expect(directory.names == ["r"])
    #expect(try contents(of: record).hasSuffix("\n"))
    #expect(try posturectl("replay", record).status == 0)
  }

  @Test func everyCommandIsAnswered() throws {
    let daemon = try daemon(socket, "--scenario", "slouch-until-reminded", "--speed", "5")
    let version = try posturectl("version", "--socket", socket)
    #expect(version.output.wholeMatch(of: /posturectl \S+\npostured \S+, socket protocol 1\n/) != nil)
    let json = try posturectl("version", "--json", "--socket", socket)
    #expect(JSONLine.decode(VersionMessage.self, from: lines(json.output).first ?? "") == VersionMessage())

    let why = try posturectl("why", "--socket", socket)
    #expect(why == Outcome(status: 0, output: "There has been no cue yet.\n", errors: ""))
    let empty = try posturectl("why", "--json", "--socket", socket).output
    #expect(empty == #"{"class":"why","explanation":"There has been no cue yet.","has_cue":false}"# + "\n")

    let status = try posturectl("status", "--socket", socket)
    #expect(status.status == 0)
    let names = [
      "posture ", "context ", "cues ", "worn ", "sitting ", "reference ", "sensor ", "samples ", "uncertainty ",
      "gyroscope ",
      "accelerometer  not calibrated", "motor ",
      "source ", "daemon ",
    ]
    let rows = lines(status.output)
    #expect(rows.count == names.count)
    #expect(rows.contains { $0.hasPrefix("sensor         MPU-6050 at 0x68 fifo, running for ") && $0.hasSuffix(" s") })
    #expect(rows.contains { $0.hasPrefix("samples        ") && $0.hasSuffix(" Hz, 0 missing, 0 lost, 0 faults") })
    for (row, name) in zip(rows, names) { #expect(row.hasPrefix(name)) }

    let watch = try posturectl("watch", "--rate", "20", "--seconds", "0.3", "--socket", socket)
    #expect(watch.status == 0)
    #expect(lines(watch.output).count >= 2)
    #expect(lines(watch.output).allSatisfy { $0.contains(" flexion ") || $0.hasPrefix("event ") })
    #expect(daemon.isRunning)
  }

  @Test func aCalibrationIsToldToItsEnd() throws {
    let daemon = try daemon(socket, "--scenario", "upright", "--speed", "10")
    let text = try posturectl("calibrate", "--socket", socket)
    #expect(text.status == 0)
    #expect(
      text.output == """
        Hold still for 3 s ...
        Done: this is your reference posture. Forward is the sensor's x axis.

        """)
    let json = try posturectl("calibrate", "--json", "--socket", socket)
    #expect(json.status == 0)
    #expect(events(json.output).map(\.event) == ["calibrated"])
    #expect(events(json.output).map(\.forward) == ["x"])
    #expect(lines(json.output).count == 1)
    #expect(daemon.isRunning)
  }

  @Test func aRefusedCalibrationIs75() throws {
    let file = try directory.write("mount.forward: z\n", to: "c")
    let daemon = try daemon(socket, "--config", file, "--scenario", "upright", "--speed", "20")
    let outcome = try posturectl("calibrate", "--socket", socket)
    #expect(outcome.status == 75)
    #expect(
      outcome.errors
        == "posturectl: refused: the sensor axis that mount.forward names stands upright: name another\n")
    #expect(daemon.isRunning)
  }

  @Test func afterACueItSaysWhy() throws {
    let file = try directory.write("detector.hold: 1 s\ndetector.reminder: 5 s\n", to: "c")
    let daemon = try daemon(socket, "--config", file, "--scenario", "slouch-until-reminded", "--speed", "10")
    try waitUntil("a nudge") { try daemon.errors.contains(" deviated ") }
    let why = try posturectl("why", "--socket", socket).output
    #expect(why.contains(" s ago: You leaned "))
    #expect(why.contains(" degrees forward, beyond your limit of 15, for 1"))
    try waitUntil("a reminder") { try daemon.errors.contains(" reminded ") }
    let line = lines(try posturectl("why", "--json", "--socket", socket).output).first ?? ""
    #expect(JSONLine.decode(WhyMessage.self, from: line)?.cue == "reminder")
    #expect(daemon.isRunning)
  }
}
