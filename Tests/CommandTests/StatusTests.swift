// SPDX-License-Identifier: MIT
import Foundation
import TestSupport
import Testing

/// What goes wrong is said on standard error, and the exit status says which kind it is (sysexits.h).
struct StatusTests {
  private let directory = TemporaryDirectory()
  private let row = "timestamp_us,ax,ay,az,gx,gy,gz\n0,0,0,9.8,0,0,0\n"

  private func expect(_ outcome: Outcome, _ status: Int32, _ errors: String, _ place: SourceLocation = #_sourceLocation)
  {
    #expect(outcome == Outcome(status: status, output: "", errors: errors), sourceLocation: place)
  }

  @Test func aMissingRecordingIs66() throws {
    let path = directory.file("none")
    expect(try posturectl("replay", path), 66, "posturectl: open \(path): No such file or directory\n")
    expect(
      try postured("--trace", path, "--socket", directory.file("s")), 66,
      "postured: open \(path): No such file or directory\n")
  }

  @Test func aMissingConfigurationIs66() throws {
    let path = directory.file("none")
    expect(try postured("--config", path, "--check"), 66, "postured: open \(path): No such file or directory\n")
    let trace = try directory.write(row, to: "t")
    expect(
      try posturectl("replay", trace, "--config", path), 66, "posturectl: open \(path): No such file or directory\n")
  }

  @Test func aBadRecordingIs65() throws {
    let path = try directory.write(row + "5,x,0,0,0,0,0\n", to: "t")
    let message = "\(path):3: ax: found 'x', expected a number in -10000...10000\n"
    expect(try posturectl("replay", path), 65, "posturectl: " + message)
    expect(try postured("--trace", path, "--check"), 65, "postured: " + message)
    let input = try posturectl("replay", "-", input: path)
    expect(input, 65, "posturectl: standard input:3: ax: found 'x', expected a number in -10000...10000\n")
  }

  @Test func anEmptyRecordingIs65() throws {
    expect(
      try posturectl("replay", "-"), 65,
      "posturectl: standard input: found nothing, expected '# posture-trace: 1' or 'timestamp_us,ax,ay,az,gx,gy,gz' "
        + "as the first line\n")
  }

  @Test func aRateBeyondAnySensorDoesNotCrash() throws {
    let path = try directory.write(
      """
      # posture-trace: 1
      # sensor: a
      # rate: 99999999999999999999 Hz
      # acceleration: 16384 LSB/g, range 2 g
      # angular-velocity: 131 LSB/dps, range 250 dps
      time_us,ax,ay,az,gx,gy,gz
      0,1,2,3,4,5,6

      """, to: "t")
    #expect(try postured("--check", "--trace", path).status == 65)
  }

  @Test func aTurnBeyondAnySensorDoesNotCrash() throws {
    var text = row
    for index in 1..<50 { text += "\(index * 200_000),0,0.\(index),9.8,\(index % 2 * 10_000),0,0\n" }
    let path = try directory.write(text, to: "t")
    let outcome = try posturectl("replay", path, "--estimates", "-")
    #expect([0, 65].contains(outcome.status))
    for line in lines(outcome.output).dropFirst() {
      let up = line.split(separator: ",", omittingEmptySubsequences: false)[1...3].compactMap { Double($0) }
      #expect(up.isEmpty || abs(up.reduce(0) { $0 + $1 * $1 } - 1) < 1e-6, "\(line)")
    }
  }

  @Test func aBadConfigurationIs78AndAllOfItIsSaid() throws {
    let path = try directory.write("detector.hld: 5 s\ndetector.hold: 5\nsensor.rate: 100 Hz\n", to: "c")
    let message = """
      \(path):1:1: found unknown setting 'detector.hld', expected a known setting, such as detector.hold
      \(path):2:16: detector.hold: found '5', expected 0 s to 3600 s, as s, ms or min

      """
    expect(try postured("--config", path, "--check"), 78, "postured: " + message)
    expect(try posturectl("replay", "-", "--config", path), 78, "posturectl: " + message)
  }

  @Test func aRecordingAsConfigurationIsRefused() throws {
    let path = try directory.write(String(repeating: "0,1,2,3,4,5,6\n", count: 6000), to: "c")
    let outcome = try postured("--config", path, "--check")
    #expect(outcome.status != 0)
    #expect(outcome.errors.hasPrefix("postured: ") && outcome.errors.contains(path))
  }

  @Test(arguments: [
    ("detector.hold", "found no '=', expected KEY=VALUE"),
    ("detector.hold=5", "detector.hold: found '5', expected 0 s to 3600 s, as s, ms or min"),
    ("detector.hols=5 s", "found unknown setting 'detector.hols', expected a known setting, such as detector.hold"),
    ("detector.leave=20deg", "detector.leave: found 20.00 deg, expected at most detector.enter, which is 15.00 deg"),
  ]) func aBadSettingIs78(assignment: String, message: String) throws {
    expect(
      try posturectl("replay", "-", "--set", assignment), 78, "posturectl: --set \(assignment): \(message)\n")
  }

  @Test(arguments: ["", "first", "last 3 s", "first 3", "first 0 s"]) func aBadReferenceIs64(text: String) throws {
    expect(
      try posturectl("replay", "-", "--reference", text), 64,
      "posturectl: --reference: found '\(text)', expected 'first N s', as s, ms or min\n")
  }

  @Test func aReferenceLongerThanTheRecordingIs65AfterAllRows() throws {
    let path = try directory.write(row + "10000,0,0.1,9.8,0,0,0\n", to: "t")
    let outcome = try posturectl("replay", path, "--reference", "first 1 s", "--estimates", "-")
    #expect(outcome.status == 65)
    #expect(lines(outcome.output).count == 3)
    #expect(
      outcome.errors
        == "posturectl: \(path): --reference: found a recording of 0.0 s, too short for it, "
        + "expected a posture that can be the reference\n")
  }

  @Test(arguments: [
    ["posturectl", "replay", "t", "--estimates", "-", "--events", "-"], ["posturectl", "replay", "--nonsense"],
    ["posturectl", "replay"], ["posturectl", "nonsense"], ["posturectl", "watch", "--rate", "0"],
    ["posturectl", "watch", "--rate", "nan"], ["posturectl", "watch", "--seconds", "-1"],
    ["posturectl", "bench", "--runs", "0"],
    ["posturectl", "replay", "-", "--lag", "3"], ["posturectl", "replay", "-", "--estimates", "-", "--lag", "6"],
    ["postured", "--nonsense"], ["postured", "--speed", "0"],
    ["postured", "--speed", "nan"], ["postured", "--speed", "fast"], ["postured", "--seed", "-1"], ["postured", "x"],
  ]) func wrongUseIs64AndSaysHow(words: [String]) throws {
    let outcome = try run(words[0], Array(words.dropFirst()))
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("Error: "))
    #expect(outcome.errors.contains("\nUsage: \(words[0])"))
  }

  @Test func bothOutputsCannotBeTheSame() throws {
    let outcome = try posturectl("replay", "-", "--estimates", "-", "--events", "-")
    #expect(outcome.errors.hasPrefix("Error: --estimates and --events cannot both go to standard output.\n"))
  }

  @Test func sourcesThatExcludeEachOtherAre64() throws {
    let path = try directory.write(row, to: "t")
    expect(
      try postured("--trace", path, "--simulate", "--check"), 64,
      "postured: --trace: found --simulate or --scenario beside it, expected one source\n")
    expect(
      try postured("--trace", path, "--record", directory.file("r"), "--check"), 64,
      "postured: --record: found a CSV file as the source, expected one that has a chip's integers\n")
    let outcome = try postured("--scenario", "dancing", "--check")
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("postured: --scenario: found 'dancing', expected one of upright, slow-slouch, "))
    let hardware = try directory.write("sensor.bus: /dev/i2c-99\n", to: "c")
    expect(
      try postured("--config", hardware, "--speed", "2", "--check"), 64,
      "postured: --speed: found hardware as the source, expected --simulate or --trace with it\n")
  }

  @Test func anOutputThatCannotBeWrittenIs73() throws {
    let trace = try directory.write(row, to: "t")
    for option in ["--events", "--estimates"] {
      expect(
        try posturectl("replay", trace, option, directory.file("no/x")), 73,
        "posturectl: open \(directory.file("no/x")): No such file or directory\n")
    }
    let outcome = try postured("--simulate", "--socket", directory.file("s"), "--record", directory.file("no/x"))
    #expect(outcome.status == 73)
    #expect(outcome.errors.hasSuffix("postured: --record: open \(directory.file("no/x")): No such file or directory\n"))
  }

  @Test func aFullDiskIs74() throws {
    let trace = try directory.write(row, to: "t")
    expect(
      try posturectl("replay", trace, "--estimates", "/dev/full"), 74,
      "posturectl: write /dev/full: No space left on device\n")
  }

  @Test func aRecordingThatExistsIsNotReplaced() throws {
    let record = try directory.write("yesterday\n", to: "r")
    let outcome = try postured(
      "--scenario", "upright", "--speed", "max", "--socket", directory.file("s"), "--record", record)
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("postured: --record: ") && outcome.errors.contains(record))
    #expect(try contents(of: record) == "yesterday\n")
    #expect(directory.names == ["r"])
  }

  @Test func aMistypedRecordingLeavesTheOutputAlone() throws {
    let golden = try directory.write("golden\n", to: "g")
    #expect(try posturectl("replay", directory.file("none"), "--events", golden).status == 66)
    #expect(try contents(of: golden) == "golden\n")
  }

  @Test(arguments: [
    ["posturectl"], ["posturectl", "status"], ["posturectl", "watch"], ["posturectl", "calibrate"],
    ["posturectl", "calibrate", "posture"], ["posturectl", "calibrate", "sensor"], ["posturectl", "why"],
    ["posturectl", "replay"], ["posturectl", "bench"], ["posturectl", "version"], ["postured"],
  ]) func helpIsOfferedByAll(words: [String]) throws {
    let outcome = try run(words[0], words.dropFirst() + ["--help"])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.hasPrefix("OVERVIEW: "))
    #expect(outcome.output.contains("\nUSAGE: \(words.joined(separator: " "))"))
  }

  @Test(arguments: ["postured", "posturectl"]) func theVersionIsShown(name: String) throws {
    let outcome = try run(name, ["--version"])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.wholeMatch(of: /postur(ed|ectl) \d+\.\d+\.\d+\n/) != nil)
    #expect(outcome.output.hasPrefix(name))
  }
}
