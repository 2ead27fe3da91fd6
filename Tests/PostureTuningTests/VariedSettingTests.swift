// SPDX-License-Identifier: MIT
import PostureFormats
import PostureTuning
import Testing

struct VariedSettingTests {
  @Test(arguments: [
    ("detector.hold=2,5,10s", ["2 s", "5 s", "10 s"]),
    ("detector.hold=500ms, 2 s,1.5min", ["500 ms", "2 s", "1.5 min"]),
    ("detector.enter=8..11deg/1deg", ["8 deg", "9 deg", "10 deg", "11 deg"]),
    ("detector.enter=8deg..9/0.25 deg", ["8 deg", "8.25 deg", "8.5 deg", "8.75 deg", "9 deg"]),
    ("detector.enter=1..1.3deg/0.1", ["1 deg", "1.1 deg", "1.2 deg", "1.3 deg"]),
    ("detector.enter=8..10.9deg/1", ["8 deg", "9 deg", "10 deg"]),
    ("detector.trigger=hold,exposure", ["hold", "exposure"]),
    ("detector.most-reminders=0..3/1", ["0", "1", "2", "3"]),
    ("context.off-body-after=never,30s", ["never", "30 s"]),
    ("detector.hold=10s", ["10 s"]),
  ]) func valuesAreWrittenAsAConfigurationHasThem(text: String, values: [String]) throws {
    let isUsual = text == "detector.hold=10s"
    guard !isUsual else {
      // Nothing but the default is no trial.
      #expect(throws: InputError.self) { try VariedSetting(text) }
      return
    }
    #expect(try VariedSetting(text).values == values)
  }

  @Test(arguments: [
    ("detector.hold", "--vary: found 'detector.hold', expected KEY=VALUE,VALUE,... or KEY=FIRST..LAST/STEP"),
    (
      "detector.hol=2s",
      "--vary: found unknown setting 'detector.hol', expected a known setting, such as detector.hold"
    ),
    ("detector.hold=2,x", "--vary: detector.hold: found '2', expected 0 s to 3600 s, as s, ms or min"),
    ("detector.hold=", "--vary: detector.hold: found nothing, expected 0 s to 3600 s, as s, ms or min"),
    ("detector.hold=2s,2s", "--vary: detector.hold: found a value twice, expected each value once"),
    ("detector.hold=2s,2000ms", "--vary: detector.hold: found a value twice, expected each value once"),
    (
      "detector.hold=60,90s,1min,1.0min",
      "--vary: detector.hold: found '60,90s,1min,1.0min', expected one unit, or a unit for each value"
    ),
    (
      "detector.hold=5,10s,1min",
      "--vary: detector.hold: found '5,10s,1min', expected one unit, or a unit for each value"
    ),
    (
      "detector.enter=8..25deg",
      "--vary: detector.enter: found '8..25deg', expected FIRST..LAST/STEP, such as 8..25deg/1deg"
    ),
    ("detector.enter=8..25deg/1s", "--vary: detector.enter: found '8..25deg/1s', expected one unit"),
    (
      "detector.enter=8..25deg/0",
      "--vary: detector.enter: found '8..25deg/0', expected a first value that is not above the last, and a step above 0"
    ),
    (
      "detector.enter=25..8deg/1",
      "--vary: detector.enter: found '25..8deg/1', expected a first value that is not above the last, and a step above 0"
    ),
    ("detector.enter=1..90deg/0.01", "--vary: detector.enter: found more values than 1000, expected fewer"),
    ("detector.enter=80..91deg/1", "--vary: detector.enter: found '91 deg', expected 1 to 90 deg"),
    (
      "motor.line=17,18",
      "--vary: motor.line: found only values that change no decision, expected values of a setting that decisions depend on"
    ),
  ]) func whatIsWrongIsSaid(text: String, message: String) {
    let error = #expect(throws: InputError.self) { try VariedSetting(text) }
    #expect(error?.description == message)
  }
}

struct SettingGridTests {
  private func grid(_ texts: String...) throws -> SettingGrid { try SettingGrid(texts.map { try VariedSetting($0) }) }

  private func words(_ combinations: [[TraceSetting]]) -> [String] {
    combinations.map { $0.map(\.value).joined(separator: "/") }
  }

  @Test func everyCombinationComesOnceTheLastSettingFirst() throws {
    let grid = try grid("detector.hold=2,5s", "detector.trigger=hold,exposure")
    #expect(grid.count == 4)
    #expect(words(try grid.all()) == ["2 s/hold", "2 s/exposure", "5 s/hold", "5 s/exposure"])
    #expect(try grid.all()[0].map(\.key) == ["detector.hold", "detector.trigger"])
  }

  @Test func tooManyAreRefusedAndCanBeDrawnFrom() throws {
    let grid = try grid("detector.enter=1..90deg/1", "detector.hold=1..300s/1", "detector.recovery=1..900s/1")
    let error = #expect(throws: InputError.self) { try grid.all() }
    #expect(
      error?.description == "--vary: found 24300000 combinations, expected at most 20000, or --random N for N of them")
    let drawn = words(try grid.random(500, seed: 3))
    #expect(Set(drawn).count == 500)
    #expect(words(try grid.random(500, seed: 3)) == drawn)
    #expect(words(try grid.random(500, seed: 4)) != drawn)
    // From everywhere: all three thirds of the angles.
    let degrees = drawn.compactMap { Int($0.prefix { $0 != " " }) }
    #expect((0..<3).allSatisfy { third in degrees.count { ($0 - 1) / 30 == third } > 100 })
    #expect(throws: InputError.self) { try grid.random(20_001, seed: 1) }
    #expect(throws: InputError.self) { try grid.random(0, seed: 1) }
  }

  @Test func moreDrawnThanThereAreIsAllOfThem() throws {
    let grid = try grid("detector.hold=2,5s")
    #expect(words(try grid.random(10, seed: 1)) == words(try grid.all()))
  }

  @Test func moreThanCanBeCountedAreRefusedToo() throws {
    let keys = [
      "hold", "holding-time", "recovery", "reminder", "shortest-holding-time",
    ].map { "detector.\($0)=1..1000s/1" }
    let others = ["cues.refractory=1..1000s/1", "context.off-body-after=10..1000s/1"]
    let grid = try SettingGrid((keys + others).map { try VariedSetting($0) })
    #expect(grid.count == nil)
    #expect(throws: InputError.self) { try grid.all() }
    #expect(try grid.random(20, seed: 1).count == 20)
  }

  @Test func aSettingTwiceIsRefused() {
    let error = #expect(throws: InputError.self) { try grid("detector.hold=2s", "detector.hold=5s") }
    #expect(error?.description == "--vary: detector.hold: found it again, expected each setting once")
  }
}
