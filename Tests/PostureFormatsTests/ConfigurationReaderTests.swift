// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct ConfigurationReaderTests {
  private func result(_ text: String, set: [String] = []) -> Result<Configuration, ConfigurationErrors> {
    result(Array(text.utf8), set: set)
  }

  private func result(_ bytes: [UInt8], set: [String] = []) -> Result<Configuration, ConfigurationErrors> {
    var reader = ConfigurationReader()
    if !bytes.isEmpty { reader.read(file: bytes, named: "p.conf") }
    for assignment in set { reader.set(assignment) }
    return Result { () throws(ConfigurationErrors) in try reader.result() }
  }

  private func errors(_ text: String, set: [String] = []) -> String {
    if case .failure(let errors) = result(text, set: set) { errors.description } else { "none" }
  }

  @Test func nothingIsTheDefaults() throws {
    #expect(try ConfigurationReader().result() == Configuration())
    #expect(try result("").get() == Configuration())
    #expect(try result("\n\n  \n\t\n# only this\n   # and this").get() == Configuration())
  }

  @Test(arguments: [
    "detector.hold: 5 s", "detector.hold: 5 s\n", "  detector.hold  :   5 s  ", "\tdetector.hold:\t5 s\t",
    "detector.hold:5s", "# a\n\ndetector.hold: 5 s # five\n\n#b", "detector.hold: 5 s\t# five",
    "detector.hold: 5000 ms",
    "detector.hold: 5 s\r", "\r\ndetector.hold: 5 s", "\n\n\ndetector.hold: 5 s\n\n",
  ]) func blanksAndRemarksDoNotMatter(text: String) throws {
    var expected = Configuration()
    expected.pipeline.detector.hold = .seconds(5)
    #expect(try result(text).get() == expected)
  }

  @Test func linesOfWindowsAreRead() throws {
    var expected = Configuration()
    expected.pipeline.detector.hold = .seconds(5)
    expected.pipeline.detector.limits.flexion.enter = .degrees(20)
    let text = "# ours\r\ndetector.hold: 5 s\r\n\r\ndetector.enter: 20 deg # more\r\n"
    #expect(try result(text).get() == expected)
  }

  @Test func linesOfWindowsAreCounted() {
    #expect(
      errors("# ours\r\ndetector.hold: 5\r\n\r\nx\r\n")
        == """
        p.conf:2:16: detector.hold: found '5', expected 0 s to 3600 s, as s, ms or min
        p.conf:4:1: found 'x', expected a line 'key: value'
        """)
  }

  @Test func aHashWithinAValueIsPartOfIt() throws {
    #expect(try result("socket.path: /run/a#b").get().socket.path == "/run/a#b")
    #expect(try result("socket.path: /run/a #b").get().socket.path == "/run/a")
  }

  @Test(arguments: [
    (
      "detector.hld: 5 s",
      "p.conf:1:1: found unknown setting 'detector.hld', expected a known setting, such as detector.hold"
    ),
    ("colour: red", "p.conf:1:1: found unknown setting 'colour', expected a known setting"),
    (": 5 s", "p.conf:1:1: found unknown setting '', expected a known setting"),
    ("\ndetector.hold 5 s", "p.conf:2:1: found 'detector.hold 5 s', expected a line 'key: value'"),
    ("detector.hold=5 s", "p.conf:1:1: found 'detector.hold=5 s', expected a line 'key: value'"),
    (
      "detector.hold: 5 s\n\ndetector.hold: 6 s",
      "p.conf:3:1: detector.hold: found it again, expected it once (it stands on line 1)"
    ),
    (
      "detector.hold: 10 deg",
      "p.conf:1:16: detector.hold: found '10 deg', expected 0 s to 3600 s, as s, ms or min"
    ),
    (
      "  detector.hold:\t 10 deg # why",
      "p.conf:1:19: detector.hold: found '10 deg', expected 0 s to 3600 s, as s, ms or min"
    ),
    (" \t wrong", "p.conf:1:4: found 'wrong', expected a line 'key: value'"),
    ("detector.hold:", "p.conf:1:15: detector.hold: found nothing, expected 0 s to 3600 s, as s, ms or min"),
    (
      "detector.leave: 20 deg",
      "p.conf: detector.leave: found 20.00 deg, expected at most detector.enter, which is 15.00 deg"
    ),
    (
      "detector.enter: 9.5 deg",
      "p.conf: detector.leave: found 10.00 deg, expected at most detector.enter, which is 9.50 deg"
    ),
    (
      "detector.leave-sideways: 12.5 deg",
      "p.conf: detector.leave-sideways: found 12.50 deg, expected at most detector.enter-sideways, which is 12.00 deg"
    ),
    (
      "detector.enter-backward: 14 deg",
      "p.conf: detector.leave-backward: found 15.00 deg, expected at most detector.enter-backward, which is 14.00 deg"
    ),
    (
      "detector.shortest-holding-time: 5 min",
      "p.conf: detector.shortest-holding-time: found 300.0 s, expected at most detector.holding-time, which is 240.0 s"
    ),
    (
      "detector.holding-time: 59.5 s",
      "p.conf: detector.shortest-holding-time: found 60.0 s, expected at most detector.holding-time, which is 59.5 s"
    ),
    (
      "motor.line: 17",
      "p.conf: motor.chip: found none, expected a chip, because motor.line is an offset and every chip has one"
    ),
    (
      "sensor.interrupt-line: 27",
      "p.conf: sensor.interrupt-chip: found none, expected a chip, because sensor.interrupt-line is an offset and every "
        + "chip has one"
    ),
    (
      "button.line: 22",
      "p.conf: button.chip: found none, expected a chip, because button.line is an offset and every chip has one"
    ),
    (
      "sensor.identity: 0x70",
      "p.conf: sensor.model: found none, expected the model whose chip calls itself as sensor.identity says"
    ),
    (
      "sensor.identity: 0x70\nsensor.model: auto",
      "p.conf: sensor.model: found none, expected the model whose chip calls itself as sensor.identity says"
    ),
    (
      "sensor.mode: data-ready",
      "p.conf: sensor.interrupt-line: found none, expected the line that sensor.mode: data-ready waits for"
    ),
    (
      "motor.pwm: pwmchip0:0\nmotor.line: GPIO17",
      "p.conf: motor.pwm: found motor.line beside it, expected one of the two"
    ),
    (
      "programme.shortest: 30 min\nprogramme.longest: 20 min",
      "p.conf: programme.shortest: found 30 min, expected at most programme.longest, which is 20 min"
    ),
    (
      "programme.enabled: yes\ncues.training-hours: 09:00-12:00",
      "p.conf: programme.enabled: found yes beside cues.training-hours, expected one of the two, "
        + "because both say when cues are given"
    ),
    (
      "programme.enabled: yes\nhistory.file: none",
      "p.conf: programme.enabled: found yes without history.file, expected a history, from which it plans the next day"
    ),
    ("a\u{1B}[31m: b\u{7}", "p.conf:1:1: found unknown setting 'a\\u{1b}[31m', expected a known setting"),
    ("socket.path: \u{0}", "p.conf: found binary data, expected text in UTF-8"),
  ]) func anErrorNamesPlaceFoundAndExpected(text: String, message: String) {
    #expect(errors(text) == message)
  }

  @Test func whatIsNoTextIsRefused() {
    guard case .failure(let errors) = result([0x61, 0xC3, 0x28, 0x0A]) else {
      Issue.record("accepted")
      return
    }
    #expect(errors.description == "p.conf: found binary data, expected text in UTF-8")
  }

  @Test func aFileHasALimit() throws {
    let line = Array("# remark\n".utf8)
    let longest = [UInt8](repeating: 0x0A, count: ConfigurationReader.longestFile - line.count) + line
    #expect(longest.count == 65_536)
    #expect(try result(longest).get() == Configuration())
    guard case .failure(let errors) = result(longest + [0x0A]) else {
      Issue.record("accepted")
      return
    }
    #expect(errors.description == "p.conf: found a larger file, expected at most 65536 bytes")
  }

  @Test func everythingWrongIsSaidAtOnceAndInOrder() {
    let text = """
      sensor.rate: 5 Hz
      nonsense
      detector.hold: 1 s
      detectr.hold: 1 s
      detector.hold: 2 s
      motor.active-low: maybe
      """
    #expect(
      errors(text, set: ["x", "mount.forward=up", "detector.leave=80deg"])
        == """
        p.conf:1:14: sensor.rate: found '5 Hz', expected 20 to 500 Hz
        p.conf:2:1: found 'nonsense', expected a line 'key: value'
        p.conf:4:1: found unknown setting 'detectr.hold', expected a known setting, such as detector.hold
        p.conf:5:1: detector.hold: found it again, expected it once (it stands on line 3)
        p.conf:6:19: motor.active-low: found 'maybe', expected yes or no
        --set x: found no '=', expected KEY=VALUE
        --set mount.forward=up: mount.forward: found 'up', expected auto, x, -x, y, -y, z or -z
        """)
  }

  @Test func allContradictionsAreSaid() {
    #expect(
      errors(
        "motor.line: 17\nmotor.pwm: pwmchip0:0\nsensor.mode: data-ready\ndetector.leave: 16 deg\n"
          + "detector.leave-backward: 30 deg\ndetector.enter-sideways: 5 deg\ndetector.holding-time: 1 s\n")
          == """
          p.conf: detector.leave: found 16.00 deg, expected at most detector.enter, which is 15.00 deg
          p.conf: detector.leave-sideways: found 8.00 deg, expected at most detector.enter-sideways, which is 5.00 deg
          p.conf: detector.leave-backward: found 30.00 deg, expected at most detector.enter-backward, which is 20.00 deg
          p.conf: detector.shortest-holding-time: found 60.0 s, expected at most detector.holding-time, which is 1.0 s
          p.conf: motor.chip: found none, expected a chip, because motor.line is an offset and every chip has one
          p.conf: sensor.interrupt-line: found none, expected the line that sensor.mode: data-ready waits for
          p.conf: motor.pwm: found motor.line beside it, expected one of the two
          """)
  }

  /// What is equal is ordered: nothing is between, and nothing is wrong.
  @Test(arguments: [
    "detector.leave: 15 deg", "detector.leave-sideways: 12 deg", "detector.leave-backward: 20 deg",
    "detector.shortest-holding-time: 4 min", "detector.holding-time: 1 min",
    "cues.strongest: 10 %", "cues.quiet-hours: 22:00-07:00\ncues.training-hours: 22:00-07:00",
  ]) func limitsThatMeetDoNotContradict(text: String) throws {
    #expect(try result(text).get() != Configuration())
  }

  @Test func aNamedLineNeedsNoChip() throws {
    #expect(try result("motor.line: GPIO17").get().motor.line == "GPIO17")
    #expect(try result("motor.line: 17\nmotor.chip: /dev/gpiochip0").get().motor.chip == "/dev/gpiochip0")
  }

  @Test(arguments: ["detector.hold=5s", "detector.hold = 5 s", " detector.hold=5 s ", "detector.hold=5000 ms"])
  func aSettingOfTheCommandLineIsRead(assignment: String) throws {
    #expect(try result("", set: [assignment]).get().pipeline.detector.hold == .seconds(5))
  }

  @Test func laterSourcesOverruleEarlierOnes() throws {
    let set = ["detector.hold=6s", "detector.hold=7s"]
    #expect(try result("detector.hold: 5 s", set: set).get().pipeline.detector.hold == .seconds(7))
    // The same in a second file; a pair that agrees only in the end is no contradiction.
    var reader = ConfigurationReader()
    reader.read(file: Array("detector.enter: 5 deg\ndetector.hold: 1 s".utf8), named: "a")
    reader.read(file: Array("detector.leave: 3 deg\ndetector.hold: 2 s".utf8), named: "b")
    let configuration = try reader.result()
    #expect(configuration.pipeline.detector.limits.flexion.leave == .degrees(3))
    #expect(configuration.pipeline.detector.hold == .seconds(2))
  }

  @Test(arguments: [
    ("", "--set : found no '=', expected KEY=VALUE"),
    ("detector.hold", "--set detector.hold: found no '=', expected KEY=VALUE"),
    ("detector.hold: 5 s", "--set detector.hold: 5 s: found no '=', expected KEY=VALUE"),
    ("=5 s", "--set =5 s: found unknown setting '', expected a known setting"),
    (
      "detector.hold=",
      "--set detector.hold=: detector.hold: found nothing, expected 0 s to 3600 s, as s, ms or min"
    ),
    (
      "detector.hold=5",
      "--set detector.hold=5: detector.hold: found '5', expected 0 s to 3600 s, as s, ms or min"
    ),
    (
      "socket.mode=a=b",
      "--set socket.mode=a=b: socket.mode: found 'a=b', expected an octal file mode from 0600 to 0666"
    ),
  ]) func aWrongSettingOfTheCommandLineIsRefused(assignment: String, message: String) {
    #expect(errors("", set: [assignment]) == message)
  }

  @Test func foreignTextIsShownShortAndWithoutControlBytes() {
    #expect(InputError.quote("plain") == "'plain'")
    #expect(InputError.quote("a\nb\u{7F}\u{9B}ü") == "'a\\u{a}b\\u{7f}\\u{9b}ü'")
    #expect(InputError.quote(String(repeating: "x", count: 60)) == "'\(String(repeating: "x", count: 60))'")
    #expect(InputError.quote(String(repeating: "\0", count: 61)) == "'\(String(repeating: "\\u{0}", count: 12))'...")
    #expect(InputError.quote(String(repeating: "x", count: 61)) == "'\(String(repeating: "x", count: 60))'...")
  }

  @Test func whatIsInvisibleIsShown() {
    // A byte order mark, and a mark that turns the text around.
    #expect(InputError.quote("\u{FEFF}a\u{202E}b") == "'\\u{feff}a\\u{202e}b'")
  }
}
