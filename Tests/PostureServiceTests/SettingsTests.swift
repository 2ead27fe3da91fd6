// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import PostureFormats
import PostureService
import TestSupport
import Testing

/// A file, the directory beside it, a scenario and options: which of them holds, and what of them is told.
struct SettingsTests {
  private let directory = TemporaryDirectory()
  private let beside = TemporaryDirectory()
  private var file: String { directory.file("c") }

  /// The directory of the drop-ins is a link, so that both are cleaned up.
  private func sources(_ text: String, dropIns: [(String, String)] = []) throws -> Settings.Sources {
    try write(text, to: file)
    for (name, text) in dropIns { try write(text, to: beside.file(name)) }
    #expect(symlink(beside.path, file + ".d") == 0)
    var sources = Settings.Sources()
    sources.file = file
    return sources
  }

  @Test func theLaterOverruleTheEarlier() throws {
    var sources = try sources(
      "detector.hold: 1 s\ndetector.reminder: 61 s\ndetector.enter: 21 deg\nsocket.path: /a\ncues.snooze: 2 min\n",
      dropIns: [
        ("20-b.conf", "# why\n\ndetector.hold: 3 s\n"), ("10-a.conf", "detector.hold: 2 s\ndetector.reminder: 62 s\n"),
        ("notes.txt", "nonsense\n"), ("30-c.conf~", "nonsense\n"),
      ])
    sources.scenario = [TraceSetting(key: "detector.enter", value: "22 deg")]
    sources.options = ["detector.enter=23 deg", "cues.pause=3 min", "cues.pause=4 min"]
    sources.socket = "/b"
    let settings = try Settings(from: sources)
    var expected = Configuration()
    expected.pipeline.detector.hold = .seconds(3)
    expected.pipeline.detector.reminder = .seconds(62)
    expected.pipeline.detector.limits.flexion.enter = .degrees(23)
    expected.cues.snooze = .seconds(120)
    expected.cues.pause = .seconds(240)
    expected.socket.path = "/b"
    #expect(settings.configuration == expected)
    #expect(settings.files == [file, file + ".d/10-a.conf", file + ".d/20-b.conf"])
    let origins = Dictionary(uniqueKeysWithValues: settings.assigned.map { ($0.setting.key, $0.source) })
    #expect(
      origins == [
        "detector.hold": file + ".d/20-b.conf:3", "detector.reminder": file + ".d/10-a.conf:2",
        "detector.enter": "--set", "cues.pause": "--set", "cues.snooze": file + ":5", "socket.path": "--socket",
      ])
    // What a recording has to say.
    #expect(settings.decisive.map(\.key).sorted() == ["detector.enter", "detector.hold", "detector.reminder"])
    #expect(settings.decisive.contains(TraceSetting(key: "detector.enter", value: "23 deg")))
  }

  @Test func everyErrorOfEveryFileIsSaid() throws {
    var sources = try sources("detectr.hold: 1 s\n", dropIns: [("a.conf", "\n  sensor.rate: 5 Hz\n")])
    sources.options = ["x"]
    let error = #expect(throws: ConfigurationErrors.self) { try Settings(from: sources) }
    #expect(
      error?.description == """
        \(file):1:1: found unknown setting 'detectr.hold', expected a known setting, such as detector.hold
        \(file).d/a.conf:2:16: sensor.rate: found '5 Hz', expected 20 to 500 Hz
        --set x: found no '=', expected KEY=VALUE
        """)
  }

  /// In one file it is a mistake, in the next one it is what that file is for.
  @Test func aKeyMayStandInSeveralFiles() throws {
    let sources = try sources("detector.hold: 1 s\n", dropIns: [("a.conf", "detector.hold: 2 s\ndetector.hold: 3 s\n")])
    let error = #expect(throws: ConfigurationErrors.self) { try Settings(from: sources) }
    #expect(
      error?.description
        == "\(file).d/a.conf:2:1: detector.hold: found it again, expected it once (it stands on line 1)")
  }

  @Test func aFileThatIsAskedForMustBeThere() throws {
    var sources = Settings.Sources()
    sources.file = directory.file("none")
    let error = #expect(throws: ProgramError.self) { try Settings(from: sources) }
    #expect(error?.status == .noInput)
  }

  /// Names that mean more to a shell are names.
  @Test func aPatternIsAName() throws {
    let odd = directory.file("[a-z]*?")
    try write("detector.hold: 1 s\n", to: odd)
    #expect(symlink(beside.path, odd + ".d") == 0)
    try write("detector.hold: 2 s\n", to: beside.file("x.conf"))
    var sources = Settings.Sources()
    sources.file = odd
    #expect(try Settings(from: sources).files == [odd, odd + ".d/x.conf"])
  }

  @Test func aTraceOverrulesWhatItSaysAndSaysSo() throws {
    var settings = try Settings(from: try sources("detector.hold: 1 s\ndetector.reminder: 61 s\n"))
    try settings.adopt([TraceSetting(key: "detector.hold", value: "4 s")])
    #expect(settings.configuration.pipeline.detector.hold == .seconds(4))
    #expect(settings.configuration.pipeline.detector.reminder == .seconds(61))
    #expect(settings.assigned.first { $0.setting.key == "detector.hold" }?.source == "the trace")
    #expect(settings.decisive.filter { $0.key == "detector.hold" }.map(\.value) == ["4 s"])
  }
}
