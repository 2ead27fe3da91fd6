// SPDX-License-Identifier: MIT
import Foundation
import PostureFormats
import TestSupport
import Testing

/// What a wearer asks of a running daemon, beside a calibration.
struct WearerCommandTests {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("s") }

  private func ask(_ arguments: String...) throws -> Outcome {
    try run("posturectl", arguments + ["--socket", socket])
  }

  private func status() throws -> StatusMessage {
    let output = try ask("status", "--json").output
    guard let message = JSONLine.decode(StatusMessage.self, from: lines(output).first ?? "") else {
      throw Failure("no status: \(output)")
    }
    return message
  }

  private func waitUntil(_ what: String, _ condition: (StatusMessage) -> Bool) throws {
    try CommandTests.waitUntil(what) { condition(try status()) }
  }

  private let done = Outcome(status: 0, output: "", errors: "")

  private func events(_ text: String) -> [EventRecord] {
    lines(text).compactMap { JSONLine.decode(EventRecord.self, from: $0) }
  }

  /// Twenty times as fast as the world, and without an end.
  private func endless(_ arguments: String...) throws -> Running {
    let daemon = try Running("postured", ["--simulate", "--speed", "20", "--socket", socket] + arguments)
    try CommandTests.waitUntil("a reference posture") {
      guard daemon.isRunning else { throw Failure("the daemon has ended: \(try daemon.errors)") }
      return try daemon.errors.contains(" calibrated ") || daemon.errors.contains(" reference-used ")
    }
    return daemon
  }

  @Test func cuesAreSilencedAndComeBack() throws {
    let daemon = try endless()
    #expect(
      try ask("pause", "20 min")
        == Outcome(
          status: 0, output: "Silent for 1200 s, unless 'posturectl resume' ends it before.\n", errors: ""))
    try waitUntil("the pause") { $0.silence == "pause" && $0.silence_left_s ?? 0 > 1000 }
    #expect(try lines(ask("status").output).contains { $0.hasPrefix("cues ") && $0.contains("; pause for ") })
    #expect(try ask("resume") == done)
    try waitUntil("no pause") { $0.silence == nil }
    // By default what the settings say.
    #expect(try ask("snooze").output.hasPrefix("Silent for 600 s"))
    try waitUntil("the snooze") { $0.silence == "snooze" }
    #expect(
      try ask("snooze", "90 s", "--json").output == #"{"class":"done","for_s":90,"request":"snooze"}"# + "\n")
    #expect(try ask("resume", "--json").output == #"{"class":"done","request":"resume"}"# + "\n")
    try CommandTests.waitUntil("the events") {
      try daemon.errors.contains(" silenced ") && daemon.errors.contains(" unsilenced")
    }
    // A short one ends by itself.
    #expect(try ask("pause", "2 s").status == 0)
    try waitUntil("its end") { $0.silence == nil }
  }

  @Test func theModeIsChosen() throws {
    let daemon = try endless()
    #expect(try ask("mode", "tracking") == done)
    try waitUntil("tracking") { $0.cue_mode == "tracking" }
    #expect(try ask("mode", "training", "--json").output == #"{"class":"done","request":"mode"}"# + "\n")
    try waitUntil("training") { $0.cue_mode == "training" }
    #expect(try daemon.errors.contains(" mode=tracking"))
  }

  @Test func referencePosturesAreShownChosenKeptAndForgotten() throws {
    let kept = directory.file("kept")
    do {
      let daemon = try endless("--references", kept)
      #expect(try ask("reference") == Outcome(status: 0, output: "sitting, in use\n", errors: ""))
      // It came by itself.
      #expect(!exists(kept))
      // The wearer moves now and then, and may have to hold still once more.
      try CommandTests.waitUntil("a calibration") { try ask("calibrate", "--name", "car").status == 0 }
      #expect(try ask("reference", "show").output == "sitting\ncar, in use\n")
      #expect(try ask("reference", "use", "sitting") == done)
      try waitUntil("the other one") { $0.reference == "sitting" }
      #expect(
        try ask("reference", "use", "car", "--json").output == #"{"class":"done","request":"use-reference"}"# + "\n")
      try waitUntil("the first one") { $0.reference == "car" }
      #expect(try ask("reference", "keep") == done)
      // There is none, and it goes on with the one in use.
      let unknown = try ask("reference", "use", "standing")
      #expect(unknown.status == 75 && unknown.output.isEmpty)
      #expect(unknown.errors.contains("found no reference posture standing, expected sitting, car: 'posturectl calib"))
      #expect(try status().reference == "car")
      #expect(try contents(of: kept).contains("\nin-use: car\n"))
      daemon.signal(SIGTERM)
      #expect(try daemon.wait().status == 0)
    }
    let daemon = try endless("--references", kept)
    #expect(try ask("reference").output == "car, in use\n")
    #expect(try !daemon.errors.contains(" calibrated "))
    #expect(try ask("reference", "forget", "car") == done)
    try CommandTests.waitUntil("nothing to be kept") { try !contents(of: kept).contains("\ncar: ") }
  }

  /// Nobody knows which there are, so none is said to be missing.
  @Test func withoutASampleTheDaemonSaysWhatIsAmiss() throws {
    let file = try directory.write("sensor.bus: /dev/i2c-99\n", to: "c")
    let daemon = try daemon(socket, "--config", file)
    try waitUntil("no sensor") { $0.state == "lost" }
    let refused = try ask("reference", "use", "car")
    #expect(refused == Outcome(status: 69, output: "", errors: "posturectl: use-reference: the sensor is lost\n"))
    daemon.signal(SIGTERM)
    #expect(try daemon.wait().status == 0)
  }

  @Test func whyLooksBack() throws {
    let file = try directory.write("detector.hold: 1 s\ndetector.reminder: 5 s\ncues.refractory: 0 s\n", to: "c")
    let daemon = try daemon(
      socket, "--config", file, "--scenario", "slouch-until-reminded", "--speed", "10")
    try CommandTests.waitUntil("a reminder") { try daemon.errors.contains(" reminded ") }
    func why(_ number: Int) throws -> WhyMessage? {
      JSONLine.decode(WhyMessage.self, from: lines(try ask("why", "\(number)", "--json").output).first ?? "")
    }
    let all = try (1...4).compactMap { try why($0) }
    let first = try #require(all.last { $0.has_cue })
    #expect(first.cue == "nudge" && first.number ?? 0 >= 2)
    #expect(try ask("why").output.contains(" s ago: You leaned "))
    #expect(
      try ask("why", "50").output.wholeMatch(of: /Only the last \d+ cues are remembered\.\n/) != nil)
  }

  /// What has just been felt becomes a trace that says why.
  @Test func theLastMinuteIsSavedAndReplayed() throws {
    let daemon = try daemon(socket, "--scenario", "slouch-until-reminded", "--speed", "4")
    try CommandTests.waitUntil("a nudge", seconds: 30) { try daemon.errors.contains(" deviated ") }
    let file = directory.file("saved.trace")
    let saved = try ask("save", "--last", "20 s", "--output", file)
    #expect(saved.status == 0 && saved.errors == "")
    #expect(saved.output.wholeMatch(of: /\/tmp\/.*\/saved\.trace: \d+ samples\n/) != nil)
    let text = try contents(of: file)
    #expect(text.hasPrefix("# posture-trace: 1\n# title: The last samples, saved at "))
    let replayed = events(try posturectl("replay", "--json", file).output)
    #expect(replayed.filter { $0.event == "deviated" }.count == 1)

    // It is not written over.
    let again = try ask("save", "--output", file)
    #expect(again.status == 73 && again.output == "" && again.errors.contains(file))
    #expect(try contents(of: file) == text)

    let json = try ask("save", "--json", "--output", directory.file("json.trace"))
    #expect(json.status == 0)
    #expect(lines(json.output).last.map { JSONLine.messageClass(of: $0) } == "saved")
    #expect(try posturectl("replay", directory.file("json.trace")).status == 0)
    #expect(daemon.isRunning)
  }

  /// Half a trace would look like a whole one.
  @Test(arguments: ["", #"{"class":"error","message":"gone"}"# + "\n"])
  func whatIsSavedInPartIsTakenAway(end: String) throws {
    let part = ##"{"class":"trace-part","text":"# posture-trace: 1\n"}"## + "\n"
    let file = directory.file("part.trace")
    let daemon = try FalseDaemon(socket, says: part + end)
    let outcome = try ask("save", "--output", file)
    #expect(outcome.status == 69 && outcome.output == "")
    #expect(outcome.errors == "posturectl: \(end.isEmpty ? "the daemon hung up" : "gone")\n")
    #expect(daemon.request == #"{"class":"save","last_s":60.0}"# + "\n")
    #expect(!exists(file))
  }

  @Test func withoutAChipsIntegersNothingIsSaved() throws {
    let rows = (0..<3000).map { "\($0 * 10_000),0,0,9.8,0,0,0\n" }
    let trace = try directory.write("timestamp_us,ax,ay,az,gx,gy,gz\n" + rows.joined(), to: "t")
    let daemon = try daemon(socket, "--trace", trace)
    let outcome = try ask("save", "--output", directory.file("none"))
    #expect(
      outcome
        == Outcome(
          status: 69, output: "",
          errors: "posturectl: save: found no samples of a chip, expected a sensor that gives some\n"))
    #expect(!exists(directory.file("none")) && daemon.isRunning)
  }

  @Test(arguments: [
    ["pause", "5"], ["pause", "0 s"], ["snooze", "1441 min"], ["mode", "off"], ["mode"], ["reference", "use", "bed"],
    ["reference", "use"], ["reference", "forget"], ["reference", "nonsense"], ["why", "0"], ["why", "51"],
    ["save", "--last", "61 s"], ["save", "--last", "0.5 s"], ["calibrate", "--name", "bed"],
  ]) func wrongUseIs64(words: [String]) throws {
    let outcome = try run("posturectl", words + ["--socket", socket])
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.errors.hasPrefix("Error: "))
  }

  @Test(arguments: [
    ["pause"], ["snooze"], ["resume"], ["mode", "tracking"], ["reference"], ["reference", "use", "car"], ["save"],
  ]) func noDaemonIs69(words: [String]) throws {
    #expect(
      try run("posturectl", words + ["--socket", socket])
        == Outcome(status: 69, output: "", errors: "posturectl: \(socket) does not exist: is postured running?\n"))
  }
}
