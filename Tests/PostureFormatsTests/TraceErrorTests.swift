// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

/// What is wrong with a trace, in whole words.
struct TraceErrorTests {
  private static let firstLine = "expected '# posture-trace: 1' or 'timestamp_us,ax,ay,az,gx,gy,gz' as the first line"
  private static let wholeRow = "expected the 7 fields time_us,ax,ay,az,gx,gy,gz"
  private static let wholePlainRow = "expected the 7 fields timestamp_us,ax,ay,az,gx,gy,gz"

  /// The header with one of its lines replaced, or left out, and a row.
  private func header(_ key: String, _ line: String?) -> String {
    headerLines.split(separator: "\n").map { $0.hasPrefix("# \(key):") ? line : String($0) }.compactMap { $0 }
      .joined(separator: "\n") + "\n0,1,2,3,4,5,6\n"
  }

  @Test(arguments: [
    ("", "t: found nothing, \(firstLine)"),
    ("\n", "t:1: found an empty line, \(firstLine)"),
    ("hello\n", "t:1: found 'hello', \(firstLine)"),
    ("# posture-trace: 2\n", "t:1: found '# posture-trace: 2', \(firstLine)"),
    ("#posture-trace: 1\n", "t:1: found '#posture-trace: 1', \(firstLine)"),
    ("time_us,ax,ay,az,gx,gy,gz\n", "t:1: found 'time_us,ax,ay,az,gx,gy,gz', \(firstLine)"),
    ("timestamp_us;ax;ay;az;gx;gy;gz\n", "t:1: found 'timestamp_us;ax;ay;az;gx;gy;gz', \(firstLine)"),
    (
      "# posture-trace: 1\n",
      "t:1: found the end of the file, expected a line 'time_us,ax,ay,az,gx,gy,gz' and rows after it"
    ),
    (headerLines, "t:6: found the end of the file, expected at least one row"),
    (plainHeader, "t:1: found the end of the file, expected at least one row"),
    (
      "# posture-trace: 1\n# sensor: a\n\n",
      "t:3: found '', expected a header line '# key: value' or 'time_us,ax,ay,az,gx,gy,gz'"
    ),
    (
      "# posture-trace: 1\ntimestamp_us,ax,ay,az,gx,gy,gz\n",
      "t:2: found 'timestamp_us,ax,ay,az,gx,gy,gz', expected a header line '# key: value' or "
        + "'time_us,ax,ay,az,gx,gy,gz'"
    ),
    (headerLines + "0,1,2,3,4,5,6", "t:6: found the end of the file, expected at least one row"),
    (String(headerLines.dropLast()), "t:6: found the end of the file within a line, expected a whole line"),
    (String(headerLines.dropLast(30)), "t:5: found the end of the file within a line, expected a whole line"),
    ("\u{7F}ELF\u{2}\u{1}\u{0}\n", "t:1: found '\\u{7f}ELF\\u{2}\\u{1}\\u{0}', \(firstLine)"),
  ]) func aWrongBeginningOrEnd(text: String, message: String) {
    #expect(reading(text).error?.description == message)
  }

  @Test(arguments: ["hello", "\u{7F}ELF", "# posture-trace: 2", "time_us,ax,ay,az,gx,gy,gz"])
  func aShortFileOfAnotherKindIsKnownByItsBeginning(text: String) {
    let shown = text == "\u{7F}ELF" ? "'\\u{7f}ELF'" : "'\(text)'"
    #expect(reading(text).error?.description == "t:1: found \(shown), \(Self.firstLine)")
  }

  /// A recording decides how it is judged, and has no say in the machine it is played on.
  @Test(arguments: [
    ("socket.path", "/tmp/s"), ("socket.mode", "0666"), ("motor.line", "17"), ("button.line", "22"),
    ("sensor.bus", "/dev/i2c-3"), ("sensor.calibration", "/etc/passwd"), ("reference.file", "/etc/passwd"),
    ("cues.quiet-hours", "22:00-07:00"),
  ]) func aSettingOfTheMachineIsRefused(key: String, value: String) {
    let text = header("rate", "# rate: 100 Hz\n# set \(key): \(value)")
    #expect(
      reading(text).error?.description
        == "t:4: \(key): found it in a trace, expected a setting that decisions depend on")
  }

  @Test(arguments: [("detector.hold", "5 s"), ("detector.hold", "10 s"), ("cues.mode", "tracking")])
  func aSettingOfTheDecisionsIsTaken(key: String, value: String) {
    #expect(reading(header("rate", "# rate: 100 Hz\n# set \(key): \(value)")).error == nil)
  }

  @Test func bytesThatAreNoTextAreReplaced() {
    #expect(
      reading([0xFF, 0xFE, 0x61, 0x0A]).error?.description == "t:1: found '\u{FFFD}\u{FFFD}a', \(Self.firstLine)")
  }

  @Test func aByteOrderMarkIsSeen() {
    #expect(
      reading("\u{FEFF}\(plainHeader)0,1,2,3,4,5,6\n").error?.description
        == "t:1: found '\\u{feff}timestamp_us,ax,ay,az,gx,gy,gz', \(Self.firstLine)")
  }

  @Test(arguments: [
    ("sensor", "a line '# sensor: ...', such as 'MPU-6050'"),
    ("rate", "a line '# rate: ...', such as '100 Hz'"),
    ("acceleration", "a line '# acceleration: ...', such as '16384 LSB/g, range 2 g'"),
    ("angular-velocity", "a line '# angular-velocity: ...', such as '131 LSB/dps, range 250 dps'"),
  ]) func aMissingHeaderLine(key: String, expected: String) {
    #expect(reading(header(key, nil)).error?.description == "t: \(key): found none in the header, expected \(expected)")
  }

  @Test(arguments: [
    ("rate", "100", "100 Hz"), ("rate", "100 hz", "100 Hz"), ("rate", "0 Hz", "100 Hz"), ("rate", "-5 Hz", "100 Hz"),
    ("rate", "nan Hz", "100 Hz"), ("rate", "", "100 Hz"),
    ("acceleration", "16384", "16384 LSB/g, range 2 g"),
    ("acceleration", "16384 LSB/g", "16384 LSB/g, range 2 g"),
    ("acceleration", "16384 LSB/dps, range 2 g", "16384 LSB/g, range 2 g"),
    ("acceleration", "0 LSB/g, range 2 g", "16384 LSB/g, range 2 g"),
    ("acceleration", "-16384 LSB/g, range 2 g", "16384 LSB/g, range 2 g"),
    ("acceleration", "16384 LSB/g, range 2 dps", "16384 LSB/g, range 2 g"),
    ("acceleration", "16384 LSB/g range 2 g", "16384 LSB/g, range 2 g"),
    ("acceleration", "16384 LSB/g, range 0 g", "16384 LSB/g, range 2 g"),
    ("acceleration", "256 LSB/g, range 16 g,", "16384 LSB/g, range 2 g"),
    ("acceleration", "256 LSB/g, range 16 g, end", "16384 LSB/g, range 2 g"),
    ("acceleration", "256 LSB/g, range 16 g, end 0", "16384 LSB/g, range 2 g"),
    ("acceleration", "256 LSB/g, range 16 g, end 32768", "16384 LSB/g, range 2 g"),
    ("acceleration", "256 LSB/g, range 16 g, end 4095, more", "16384 LSB/g, range 2 g"),
    ("angular-velocity", "131 LSB/dps, range 250 dps, end 4095", "131 LSB/dps, range 250 dps"),
    ("angular-velocity", "None", "131 LSB/dps, range 250 dps"),
    ("angular-velocity", "none, range 250 dps", "131 LSB/dps, range 250 dps"),
    ("acceleration", "none", "16384 LSB/g, range 2 g"),
    ("angular-velocity", "131 LSB/dps", "131 LSB/dps, range 250 dps"),
    ("angular-velocity", "131 LSB/g, range 250 dps", "131 LSB/dps, range 250 dps"),
    ("angular-velocity", "131 LSB/dps, range 99999999999 dps", "131 LSB/dps, range 250 dps"),
  ]) func aWrongHeaderLine(key: String, value: String, example: String) {
    let lines = ["sensor": 2, "rate": 3, "acceleration": 4, "angular-velocity": 5]
    #expect(
      reading(header(key, "# \(key): \(value)")).error?.description
        == "t:\(lines[key] ?? 0): \(key): found '\(value)', expected such as '\(example)'")
  }

  @Test func aRateBeyondAnySensorIsRefused() {
    let value = "99999999999999999999 Hz"
    #expect(reading(header("rate", "# rate: \(value)")).error?.line == 3)
  }

  @Test(arguments: ["sensor", "title", "anything"]) func aHeaderLineThatStandsTwice(key: String) {
    let twice = headerLines.replacing("# sensor: MPU-6050", with: "# \(key): a\n# \(key): b")
    #expect(reading(twice + "0,1,2,3,4,5,6\n").error?.description == "t:3: \(key): found it again, expected it once")
  }

  @Test func aKeyThatCannotBeSeenIsEscaped() {
    let twice = headerLines.replacing("# sensor: MPU-6050", with: "#\u{2}a: a\n#\u{2}a: b")
    #expect(reading(twice).error?.description == "t:3: '\\u{2}a': found it again, expected it once")
  }

  @Test func theFirstLineStandsOnce() {
    let twice = headerLines.replacing("# sensor", with: "# posture-trace: 2\n# sensor")
    #expect(reading(twice + "0,1,2,3,4,5,6\n").error?.line == 2)
  }

  @Test(arguments: [
    ("", "t:8: found an empty line, \(wholeRow)"),
    ("5,1,2,3,4,5", "t:8: found 6 fields in '5,1,2,3,4,5', \(wholeRow)"),
    ("5,1,2,3,4,5,6,7", "t:8: found 8 fields in '5,1,2,3,4,5,6,7', \(wholeRow)"),
    ("hello", "t:8: found 1 fields in 'hello', \(wholeRow)"),
    ("5,1,2,x,4,5,6", "t:8: az: found 'x', expected a whole number in -32768...32767"),
    ("5,1,2,,4,5,6", "t:8: az: found nothing, expected a whole number in -32768...32767"),
    ("5,1.5,2,3,4,5,6", "t:8: ax: found '1.5', expected a whole number in -32768...32767"),
    ("5, 1,2,3,4,5,6", "t:8: ax: found ' 1', expected a whole number in -32768...32767"),
    ("5,1,32768,3,4,5,6", "t:8: ay: found '32768', expected a whole number in -32768...32767"),
    ("5,1,2,3,-32769,5,6", "t:8: gx: found '-32769', expected a whole number in -32768...32767"),
    ("5,1,2,3,4,nan,6", "t:8: gy: found 'nan', expected a whole number in -32768...32767"),
    ("5,1,2,3,4,5,inf", "t:8: gz: found 'inf', expected a whole number in -32768...32767"),
    ("5,1,2,3,4,5,6\u{1B}", "t:8: gz: found '6\\u{1b}', expected a whole number in -32768...32767"),
    ("0,1,2,3,4,5,6", "t:8: time_us: found '0', expected a time after that of the row before, 0"),
    ("-1,1,2,3,4,5,6", "t:8: time_us: found '-1', expected a time after that of the row before, 0"),
    ("1.5,1,2,3,4,5,6", "t:8: time_us: found '1.5', expected a whole number of microseconds"),
    ("9007199254740992,1,2,3,4,5,6", "t:8: time_us: found '9007199254740992', expected a whole number of microseconds"),
    (
      "99999999999999999999,1,2,3,4,5,6",
      "t:8: time_us: found '99999999999999999999', expected a whole number of microseconds"
    ),
    (
      "#! 5 dance",
      "t:8: found '#! 5 dance', expected one of calibrate, acceleration-calibration, reference, no-reference, "
        + "use-reference, keep-reference, mode, quiet, session, play, snooze, pause, resume, exposure, cue, deviation, "
        + "suggest-break, lost, fault, set, mark"
    ),
    (
      "#! 5 calibrate now",
      "t:8: found '#! 5 calibrate now', expected '#! TIME_US calibrate [sitting|standing|car] [bending]'"
    ),
    (
      "#! 5 reference sitting up 0 0 1",
      "t:8: found '#! 5 reference sitting up 0 0 1', expected such as '#! TIME_US reference sitting "
        + "up 0 0 1000000000 forward 1000000000 0 0 axis x', two directions at right angles"
    ),
    (
      "#! 5 use-reference lying",
      "t:8: found '#! 5 use-reference lying', expected '#! TIME_US use-reference sitting|standing|car'"
    ),
    ("#! 5 no-reference", "t:8: found '#! 5 no-reference', expected '#! TIME_US no-reference sitting|standing|car'"),
    ("#! 5 keep-reference car", "t:8: found '#! 5 keep-reference car', expected '#! TIME_US keep-reference'"),
    ("#! 5 mode off", "t:8: found '#! 5 mode off', expected '#! TIME_US mode training|tracking'"),
    ("#! 5 quiet now", "t:8: found '#! 5 quiet now', expected '#! TIME_US quiet yes|no'"),
    ("#! 5 snooze 10 min", "t:8: found '#! 5 snooze 10 min', expected '#! TIME_US snooze N us', at most a year"),
    (
      "#! 5 pause 31536000000001 us",
      "t:8: found '#! 5 pause 31536000000001 us', expected '#! TIME_US pause N us', at most a year"
    ),
    (
      "#! 5 mark", "t:8: found '#! 5 mark', expected '#! TIME_US mark WORD' or '#! TIME_US mark WORD N us'"
    ),
    (
      "#! 5 mark Ouch",
      "t:8: found '#! 5 mark Ouch', expected '#! TIME_US mark WORD' or '#! TIME_US mark WORD N us'"
    ),
    (
      "#! 5 mark a 3600000001 us",
      "t:8: found '#! 5 mark a 3600000001 us', expected '#! TIME_US mark WORD' or '#! TIME_US mark WORD N us'"
    ),
    ("#! 5 resume now", "t:8: found '#! 5 resume now', expected '#! TIME_US resume'"),
    ("#! 5 exposure -1 ppm", "t:8: found '#! 5 exposure -1 ppm', expected '#! TIME_US exposure N ppm'"),
    (
      "#! 5 deviation 3 us",
      "t:8: found '#! 5 deviation 3 us', expected '#! TIME_US deviation N us R', at most a year, and at most 255 reminders"
    ),
    ("#! 5 lost", "t:8: found '#! 5 lost', expected '#! TIME_US lost COUNT REASON'"),
    ("#! 5 lost some late", "t:8: found '#! 5 lost some late', expected '#! TIME_US lost COUNT REASON'"),
    ("#! 5 lost -1 late", "t:8: found '#! 5 lost -1 late', expected '#! TIME_US lost COUNT REASON'"),
    ("#! 5 lost 1 too late", "t:8: found '#! 5 lost 1 too late', expected '#! TIME_US lost COUNT REASON'"),
    ("#! 5 set", "t:8: found '#! 5 set', expected '#! TIME_US set KEY: VALUE'"),
    (
      "#! 5 set detector.hold 5 s", "t:8: found '#! 5 set detector.hold 5 s', expected '#! TIME_US set KEY: VALUE'"
    ),
    (
      "#! 5 set detectr.hold: 5 s",
      "t:8: found unknown setting 'detectr.hold', expected a known setting, such as detector.hold"
    ),
    (
      "#! 5 set detector.hold: 5",
      "t:8: detector.hold: found '5', expected 0 s to 3600 s, as s, ms or min"
    ),
    (
      "#! 5 set motor.line: GPIO17",
      "t:8: motor.line: found it in a trace, expected a setting that decisions depend on"
    ),
    (
      "#! 5 set filter.time-constant: 2 s",
      "t:8: filter.time-constant: found it among the rows, expected a setting that can change while the daemon runs"
    ),
    ("#! 5 fault", "t:8: found '#! 5 fault', expected '#! TIME_US fault NAME'"),
    ("#! 5 fault no answer", "t:8: found '#! 5 fault no answer', expected '#! TIME_US fault NAME'"),
    ("#! x fault overrun", "t:8: found '#! x fault overrun', expected '#! TIME_US WORD'"),
    (
      "#! -9223372036854775808 mark false-cue",
      "t:8: found '#! -9223372036854775808 mark false-cue', expected '#! TIME_US WORD'"
    ),
    ("#! calibrate", "t:8: found '#! calibrate', expected '#! TIME_US WORD'"),
    ("#! soon calibrate", "t:8: found '#! soon calibrate', expected '#! TIME_US WORD'"),
    ("#!", "t:8: found '#!', expected '#! TIME_US WORD'"),
  ]) func aWrongRowOfOurs(row: String, message: String) {
    let reading = reading(trace("0,1,2,3,4,5,6", row, "99999999,1,2,3,4,5,6"))
    #expect(reading.error?.description == message)
    #expect(reading.samples.count == 1)
  }

  @Test(arguments: [
    ("", "t:3: found an empty line, \(wholePlainRow)"),
    ("5,1,2,3,4,5", "t:3: found 6 fields in '5,1,2,3,4,5', \(wholePlainRow)"),
    ("# a remark", "t:3: found 1 fields in '# a remark', \(wholePlainRow)"),
    ("5,1,2,3,4,5,6,7", "t:3: found 8 fields in '5,1,2,3,4,5,6,7', \(wholePlainRow)"),
    ("5,1,2,x,4,5,6", "t:3: az: found 'x', expected a number in -10000...10000"),
    ("5,,2,3,4,5,6", "t:3: ax: found nothing, expected a number in -10000...10000"),
    ("5,1,nan,3,4,5,6", "t:3: ay: found 'nan', expected a number in -10000...10000"),
    ("5,1,2,3,inf,5,6", "t:3: gx: found 'inf', expected a number in -10000...10000"),
    ("5,1,2,3,4,1e999,6", "t:3: gy: found '1e999', expected a number in -10000...10000"),
    ("5,1,2,3,4,5,-10000.001", "t:3: gz: found '-10000.001', expected a number in -10000...10000"),
    ("5,1,2,3,4,5,6 ", "t:3: gz: found '6 ', expected a number in -10000...10000"),
    ("5,1,2,3,4,5,0x1", "t:3: gz: found '0x1', expected a number in -10000...10000"),
    ("0.0,1,2,3,4,5,6", "t:3: timestamp_us: found '0.0', expected a whole number of microseconds"),
    ("0,1,2,3,4,5,6", "t:3: timestamp_us: found '0', expected a time after that of the row before, 0"),
    ("-7,1,2,3,4,5,6", "t:3: timestamp_us: found '-7', expected a time after that of the row before, 0"),
  ]) func aWrongRowOfAForeignFile(row: String, message: String) {
    let reading = reading(plain("0,1,2,3,4,5,6", row, "99999999,1,2,3,4,5,6"))
    #expect(reading.error?.description == message)
    #expect(reading.samples.count == 1)
  }

  @Test func aHugeLineOfNothingIsRefusedEarly() {
    let bytes = [UInt8](repeating: 0, count: 1 << 20)
    for chunk in [1000, 65_536, Int.max] {
      #expect(
        reading(bytes, chunk: chunk).error?.description
          == "t:1: found a line of more than 4096 bytes, expected lines of a trace or CSV file")
    }
  }
}
