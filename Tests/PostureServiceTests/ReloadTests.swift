// SPDX-License-Identifier: MIT
import Drivers
import LinuxIO
import PostureCore
import PostureFormats
import PostureSimulation
import TestSupport
import Testing

@testable import PostureService

/// Settings that are read anew: what holds, what is said, and what a recording says of it.
struct ReloadTests {
  private let directory = TemporaryDirectory()
  private var file: String { directory.file("c") }

  private func settings(_ text: String) throws -> Settings {
    try write(text, to: file)
    return try read()
  }

  private func read() throws -> Settings {
    var sources = Settings.Sources()
    sources.file = file
    return try Settings(from: sources)
  }

  private func run(_ text: String, _ body: (ServerBench, Client) async throws -> Void) async throws {
    let file = file
    try await ServerBench.run(settings: try settings(text)) {
      var sources = Settings.Sources()
      sources.file = file
      return try Settings(from: sources)
    } _: { bench in
      bench.publishRunning()
      try await body(bench, try Client.greeted(bench.path))
    }
  }

  private func entries(_ client: Client) throws -> [String: SettingsMessage.Entry] {
    let message = try client.ask("settings", for: SettingsMessage.self)
    #expect(message.settings.map(\.name) == Setting.all.map(\.name))
    return Dictionary(uniqueKeysWithValues: message.settings.map { ($0.name, $0) })
  }

  @Test func whatCanHoldsAndTheRestWaits() async throws {
    try await run("detector.hold: 5 s\nsensor.rate: 50 Hz\n") { bench, client in
      #expect(try entries(client)["detector.hold"]?.source == file + ":1")
      try write("\ndetector.hold: 6 s\nsensor.rate: 200 Hz\nmotor.line: GPIO17\ncues.pause: 2 min\n", to: file)
      await bench.hub.reload()
      let judgement = try #require(bench.judgement())
      #expect(judgement.number == 1 && judgement.parameters.detector.hold == .seconds(6))
      let now = try entries(client)
      #expect(now["detector.hold"] == entry("detector.hold", "6 s", file + ":2"))
      #expect(now["sensor.rate"] == entry("sensor.rate", "50 Hz", file + ":2", later: "200 Hz"))
      #expect(now["motor.line"] == entry("motor.line", nil, "default", later: "GPIO17"))
      #expect(now["detector.enter"] == entry("detector.enter", "15 deg", "default"))
      #expect(
        bench.log.lines.filter { $0.contains("settings: ") } == [
          "notice: settings: detector.hold: 6 s", "notice: settings: cues.pause: 2 min",
          "warning: settings: sensor.rate: 200 Hz needs a restart",
          "warning: settings: motor.line: GPIO17 needs a restart", "notice: settings: read again, 2 changed",
        ])
      // A silence without a length has the new one.
      #expect(try client.ask("pause").contains("\"for_s\":120"))
    }
  }

  @Test func aMistakeChangesNothing() async throws {
    try await run("detector.hold: 5 s\n") { bench, client in
      try write("detector.hold: 6 s\ndetectr.hold: 7 s\ndetector.leave: 80 deg\nsensor.rate: 5 Hz\n", to: file)
      await bench.hub.reload()
      #expect(bench.judgement() == nil)
      #expect(try entries(client)["detector.hold"]?.value == "5 s")
      #expect(
        bench.log.lines.filter { $0.hasPrefix("error: ") } == [
          "error: settings: \(file):2:1: found unknown setting 'detectr.hold', expected a known setting, such as "
            + "detector.hold",
          "error: settings: \(file):4:14: sensor.rate: found '5 Hz', expected 20 to 500 Hz",
          "error: settings: not changed, because of what is wrong with them",
        ])
      // And a contradiction no less.
      try write("detector.hold: 6 s\ndetector.leave: 80 deg\n", to: file)
      await bench.hub.reload()
      #expect(bench.judgement() == nil)
    }
  }

  @Test func aFileThatIsGoneChangesNothing() async throws {
    try await run("detector.hold: 5 s\n") { bench, client in
      try FileAttributes.remove(file)
      await bench.hub.reload()
      #expect(bench.judgement() == nil && bench.log.count(of: "error: settings: ") == 2)
      #expect(try entries(client)["detector.hold"]?.value == "5 s")
    }
  }

  /// Outside of the training hours they are taken away: the mode is not what they have left behind.
  @Test func withoutTrainingHoursTheModeIsThatOfTheSettings() async throws {
    try await run("cues.training-hours: 09:00-17:00\n") { bench, _ in
      try write("", to: file)
      await bench.hub.reload()
      #expect(bench.command() == .setMode(.training))
      await bench.hub.reload()
      #expect(bench.command() == nil)
    }
  }

  /// The file is blamed, where there is nothing else.
  @Test func withoutTheProgrammeTheModeIsThatOfTheSettings() async throws {
    try await run("programme.enabled: yes\n") { bench, client in
      #expect(try client.ask("programme").contains("There is no history"))
      try write("cues.mode: tracking\n", to: file)
      await bench.hub.reload()
      #expect(bench.command() == .setMode(.tracking))
      #expect(try client.ask("programme").contains("The programme is off"))
      try write("programme.enabled: yes\n", to: file)
      await bench.hub.reload()
      #expect(bench.command() == nil)
    }
  }

  @Test func aContradictionIsThatOfItsFile() throws {
    let error = #expect(throws: ConfigurationErrors.self) { try settings("detector.leave: 80 deg\n") }
    #expect(error?.description.hasPrefix("\(file): detector.leave: found 80.00 deg") == true)
  }

  @Test func whatIsTheSameIsNotSent() async throws {
    try await run("detector.hold: 5 s\n") { bench, _ in
      try write("# the same\ndetector.hold: 5000 ms\nsocket.mode: 0600\n", to: file)
      await bench.hub.reload()
      #expect(bench.judgement() == nil)
    }
  }

  private func entry(_ name: String, _ value: String?, _ source: String, later: String? = nil) -> SettingsMessage.Entry
  {
    var entry = SettingsMessage.Entry(name: name, value: value, source: source)
    entry.after_restart = later
    return entry
  }

  /// By the hold of 10 s; 26 s on by that of 20 s and tracking, and 60 s on by the defaults and the hold again.
  private func sampled() throws -> (frames: [Frame], settings: [UInt32: [TraceSetting]]) {
    let texts = [
      "detector.trigger: hold\n", "detector.trigger: hold\ndetector.hold: 20 s\ncues.mode: tracking\n",
      "detector.trigger: hold\ndetector.most-reminders: 1\n",
    ]
    var inForce = try SettingsInForce(try settings(texts[0]))
    let bench = LoopBench(.slouchUntilReminded, settings: batched, pipeline: inForce.configuration.pipeline)
    var frames = bench.frames(for: .seconds(26))
    for (text, seconds) in zip(texts.dropFirst(), [34.0, 50]) {
      _ = inForce.adopt(try settings(text))
      inForce.pass { bench.service.send($0) }
      frames += bench.frames(for: .seconds(seconds))
    }
    return (frames, [0: inForce.decisive(0), 1: inForce.decisive(1), 2: inForce.decisive(2)])
  }

  private func replayed(_ text: String) throws -> String {
    var options = Replay.Options()
    options.eventFormat = .text
    var replay = Replay(source: "t", options)
    try replay.read(Array(text.utf8).span)
    try replay.finish()
    return String(decoding: replay.events, as: UTF8.self)
  }

  private func live(_ frames: some Collection<Frame>) throws -> [String] {
    let start = try #require(frames.first).time
    return frames.flatMap(\.events).map { record in
      var record = record
      record.time_us -= start
      return record.text
    }
  }

  @Test func aRecordingIsJudgedAsTheDaemonDidThroughEveryChange() throws {
    let (frames, settings) = try sampled()
    #expect(Set(frames.map(\.judgement)) == [0, 1, 2])
    let path = directory.file("t")
    let recorder = try Recorder(path: path) { _ in
      var header = RecorderTests.header
      header.settings = settings[0] ?? []
      return header
    }
    var last: UInt32 = 0
    for frame in frames {
      if frame.judgement != last {
        last = frame.judgement
        recorder.judge(by: settings[last] ?? [], at: frame.output.time)
      }
      recorder.append(
        frame.measurement, from: Recorded.found, correctedBy: frame.accelerometer, lostSoFar: 0, reason: "late")
    }
    recorder.close(LogLines().logger)
    let text = try contents(of: path)
    let remarks = text.split(separator: "\n").filter { $0.hasPrefix("#! ") && $0.contains(" set ") }
      .map { $0.split(separator: " ").dropFirst(2).joined(separator: " ") }
    #expect(
      remarks.sorted() == [
        "set cues.mode: tracking", "set cues.mode: training", "set detector.hold: 10 s", "set detector.hold: 20 s",
        "set detector.most-reminders: 1",
      ])
    let events = try replayed(text).split(separator: "\n").map(String.init)
    #expect(events == (try live(frames)) && events.contains { $0.contains("suppressed=tracking") })
    // Each of the rows is needed for it, but the mode of the start, which the second one sets.
    for remark in ["set detector.hold: 20 s", "set cues.mode: tracking"] {
      let without = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasSuffix(remark) }
      #expect(try replayed(without.joined(separator: "\n")).split(separator: "\n").map(String.init) != events)
    }
  }

  @Test func aSavedTraceSaysByWhatItWasJudged() throws {
    let (frames, settings) = try sampled()
    // What is kept ends some seconds after the last change.
    let end = try #require(frames.firstIndex { $0.judgement == 2 }) + 2000
    var box = BlackBox()
    for frame in frames[..<end] { box.take(frame) }
    let trace = text(box.trace(lastSeconds: 47, header: someHeader()) { settings[$0] ?? [] }.parts)
    #expect(trace.contains("\n# set detector.hold: 20 s\n") && trace.contains("\n# set cues.mode: tracking\n"))
    #expect(trace.contains(" set detector.hold: 10 s\n") && trace.contains(" set cues.mode: training\n"))
    let since = try #require(frames[..<end].last).time - 47_000_000
    let told = try replayed(trace).split(separator: "\n").map { $0.split(separator: " ")[1] }
    #expect(told == frames[..<end].filter { $0.time >= since }.events.map { Substring($0.event) })
    #expect(told == ["deviated"])
    // One that begins later knows nothing of the earlier one.
    let late = text(box.trace(lastSeconds: 2, header: someHeader()) { settings[$0] ?? [] }.parts)
    #expect(late.contains("\n# set detector.most-reminders: 1\n") && !late.contains("20 s"))
  }
}
