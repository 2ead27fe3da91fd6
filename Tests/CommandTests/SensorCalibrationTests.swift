// SPDX-License-Identifier: MIT
import Foundation
import PostureFormats
import TestSupport
import Testing

/// The accelerometer's calibration, guided over the socket, kept in a file, and in force after a restart.
struct SensorCalibrationTests {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("s") }
  private var kept: String { directory.file("kept") }

  private func posing(_ arguments: String..., speed: String = "15") throws -> Running {
    let daemon = try Running(
      "postured",
      ["--scenario", "six-poses", "--speed", speed, "--socket", socket, "--calibration", kept] + arguments)
    try waitUntil("samples") {
      guard daemon.isRunning else { throw Failure("the daemon has ended: \(try daemon.errors)") }
      return try daemon.errors.contains(" sampling\n")
    }
    return daemon
  }

  /// How far up is off at worst, in degrees, where the simulated sensor lies still: up there is known.
  private func worstTilt(_ record: String) throws -> Double {
    let outcome = try posturectl("replay", record, "--estimates", "-")
    #expect(outcome.status == 0)
    let ways: [(Double, Double)] = [
      (0, 0), (90, 0), (180, 0), (270, 0), (270, -90), (270, 90), (315, 35), (225, -35), (120, 20),
    ]
    var worst = 0.0
    for line in lines(outcome.output).dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).compactMap { Double($0) }
      // The first sample comes 0.2 s after the scenario's beginning, the poses from 15 s on, every 5 s.
      let time = fields[0] * 1e-6 + 0.2 - 15
      let pose = Int(time / 5)
      guard time > 0, time - Double(pose) * 5 > 4.5, pose < 18, fields.count >= 4 else { continue }
      let (flexion, lateral) = (ways[pose % 9].0 * .pi / 180, ways[pose % 9].1 * .pi / 180)
      let along =
        -sin(flexion) * cos(lateral) * fields[1] - sin(lateral) * fields[2] + cos(flexion) * cos(lateral) * fields[3]
      worst = max(worst, acos(min(1, along)) * 180 / .pi)
    }
    return worst
  }

  @Test func itIsFoundStoredAndInForceAfterARestart() throws {
    let before = directory.file("before")
    let daemon = try posing("--record", before)
    let guided = try posturectl("calibrate", "sensor", "--socket", socket)
    #expect(guided.status == 0 && guided.errors.isEmpty)
    #expect(guided.output.hasPrefix("Calibrating the accelerometer of the simulated MPU-6050 at 0x68: 9 poses, 2 s "))
    for words in [
      "\nThe motor may nudge while you turn the sensor. Lay it on a table and leave it still.\n",
      "\nTurn it so that another side is up.\n",
      "\nNow lean it against something, so that it stands on an edge; each time another.\n",
      "\n 9  ", "\n    offset      scale\nx ", "\nIn force, and stored in \(kept).\n",
    ] { #expect(guided.output.contains(words), "\(words)") }
    let stored = try contents(of: kept)
    #expect(stored.contains("\nsensor: simulated MPU-6050 at 0x68\n") && stored.contains("\nposes: 9\n"))
    #expect(try posturectl("status", "--socket", socket).output.contains("\naccelerometer  calibrated 2"))
    let shown = try posturectl("calibrate", "sensor", "--show", "--socket", socket)
    #expect(shown.output.hasPrefix("The accelerometer of the simulated MPU-6050 at 0x68 is calibrated.\ntaken "))
    #expect(shown.output.hasSuffix("\nfile      \(kept)\n"))
    daemon.signal(SIGTERM)
    #expect(try daemon.wait().status == 0)
    // What changed while it was recorded stands in the recording.
    #expect(try contents(of: before).contains(" acceleration-calibration offset "))

    let (without, with) = (directory.file("without"), directory.file("with"))
    for (calibration, record) in [(directory.file("none"), without), (kept, with)] {
      let outcome = try postured(
        "--scenario", "six-poses", "--speed", "max", "--socket", socket, "--calibration", calibration, "--record",
        record)
      #expect(outcome.status == 0)
    }
    #expect(try contents(of: with).contains("\n# acceleration-calibration: offset "))
    #expect(try !contents(of: without).contains("acceleration-calibration"))
    #expect(try worstTilt(without) > 3)
    #expect(try worstTilt(with) < 0.5)
    // The rows are the chip's own either way.
    #expect(try rows(of: with) == rows(of: without))
  }

  private func rows(of record: String) throws -> Substring {
    let text = try contents(of: record)
    return text[try #require(text.range(of: "\ntime_us,")).lowerBound...]
  }

  @Test func aDryRunChangesNothing() throws {
    let daemon = try posing()
    let guided = try posturectl("calibrate", "sensor", "--dry-run", "--socket", socket)
    #expect(guided.status == 0 && guided.output.hasSuffix(" deg\nNothing was changed.\n"))
    #expect(!exists(kept) && daemon.isRunning)
    #expect(
      try posturectl("calibrate", "sensor", "--show", "--socket", socket).output
        == "The accelerometer is not calibrated.\n")
    #expect(
      try posturectl("calibrate", "sensor", "--reset", "--socket", socket).output
        == "There was none. The accelerometer is not calibrated.\n")
  }

  @Test func asJSONItIsTheDaemonsOwnMessages() throws {
    let daemon = try posing()
    let guided = try posturectl("calibrate", "sensor", "--json", "--socket", socket)
    #expect(guided.status == 0 && guided.errors.isEmpty)
    let classes = lines(guided.output).map { JSONLine.messageClass(of: $0) }
    #expect(classes.first == "calibrate-sensor" && classes.last == "sensor-calibration")
    #expect(classes.dropFirst().dropLast().allSatisfy { $0 == "pose" } && classes.count > 20)
    let reset = try posturectl("calibrate", "sensor", "--reset", "--json", "--socket", socket)
    let message = try #require(JSONLine.decode(SensorCalibrationMessage.self, from: lines(reset.output).first ?? ""))
    #expect(!message.is_calibrated && message.path == kept && message.offset_ug == nil)
    #expect(!exists(kept) && daemon.isRunning)
  }

  /// A wearer who sits is no pose: the script gives up in time, and everything is as it was.
  @Test func itGivesUpInTime() throws {
    let daemon = try daemon(socket, "--simulate", "--speed", "50")
    try waitUntil("samples") { try daemon.errors.contains(" sampling\n") }
    let guided = try posturectl("calibrate", "sensor", "--timeout", "300ms", "--socket", socket)
    #expect(guided.status == 75)
    #expect(guided.errors.hasSuffix(" of 9 poses within 300ms: nothing was changed\n"))
  }

  /// On a terminal a line that passes is taken away before anything else is said, and at Ctrl-C.
  @Test func whatPassesIsTakenAway() throws {
    let daemon = try daemon(socket, "--simulate", "--speed", "50")
    try waitUntil("samples") { try daemon.errors.contains(" sampling\n") }
    let terminal = try PseudoTerminal()
    let asked = ["calibrate", "sensor", "--socket", socket]
    let hasty = try Running("posturectl", asked + ["--timeout", "300ms"], output: terminal.handle)
    #expect(try hasty.wait().status == 75)
    let shown = terminal.take()
    #expect(shown.contains(" ...") && shown.hasSuffix("\r\u{1B}[K"), "\(shown.debugDescription)")

    // The test's own thread blocks it, and a program inherits that.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    let interrupted = try Running("posturectl", asked, output: terminal.handle)
    var more = ""
    try waitUntil("a line that passes") {
      more += terminal.take()
      return more.contains(" ...")
    }
    interrupted.signal(SIGINT)
    #expect(try interrupted.wait().status == -SIGINT)
    more += terminal.take()
    #expect(more.hasSuffix("\r\u{1B}[K"), "\(more.debugDescription)")
  }

  @Test func aDamagedFileIsSaidAndTheDaemonGoesOn() throws {
    _ = try directory.write("accelerometer-calibration: 1\nsensor: x\noffset: 1 2 ug\n", to: "kept")
    let daemon = try posing()
    let fault =
      "\(kept):3: offset: found '1 2 ug', expected three whole numbers of at most 200000 ug"
    #expect(try daemon.errors.contains("accelerometer: not calibrated: \(fault)\n"))
    #expect(try posturectl("status", "--socket", socket).output.contains("\naccelerometer  not calibrated: \(fault)\n"))
    let check = try postured("--scenario", "six-poses", "--calibration", kept, "--check")
    #expect(check.output.contains("\naccelerometer: not calibrated: \(fault)\n"))
  }

  @Test func aRecordingHasNoSensorToTurn() throws {
    let record = directory.file("r")
    let recorded = try postured("--scenario", "upright", "--speed", "max", "--record", record, "--socket", socket)
    #expect(recorded.status == 0)
    let daemon = try daemon(socket, "--trace", record)
    let outcome = try posturectl("calibrate", "sensor", "--socket", socket)
    #expect(outcome.status == 69 && outcome.output.isEmpty && daemon.isRunning)
    #expect(
      outcome.errors == "posturectl: calibrate-sensor: the source is a recording, which has no sensor to turn\n")
    let reset = try posturectl("calibrate", "sensor", "--reset", "--socket", socket)
    #expect(reset.status == 69 && reset.output.isEmpty)
    #expect(reset.errors.contains("the source is a recording, whose calibration is part of it\n"))
    let both = try postured("--trace", record, "--calibration", kept, "--check")
    #expect(both.status == 64)
    for word in ["", "-"] {
      let outcome = try postured("--scenario", "upright", "--calibration", word, "--check")
      #expect(outcome.status == 64)
      #expect(outcome.errors == "postured: --calibration: found '\(word)', expected a file\n")
    }
  }

  @Test(arguments: [
    ["--poses", "8"], ["--poses", "25"], ["--timeout", "5"], ["--timeout", "0s"], ["--timeout", "-1s"],
    ["--show", "--reset"], ["--dry-run", "--show"],
  ]) func wrongUseIs64(words: [String]) throws {
    let outcome = try run("posturectl", ["calibrate", "sensor"] + words)
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("\nUsage: posturectl calibrate sensor"))
  }
}
