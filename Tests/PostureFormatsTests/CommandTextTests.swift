// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

/// Upright with forward along x, leaning by the angle whose cosine and sine are 0.8 and 0.6.
private let leaning = "up 600000000 0 800000000 forward 800000000 0 -600000000 axis x"

struct CommandTextTests {
  private static func kept(_ axis: SensorAxis?) throws -> KeptReference {
    try #require(
      KeptReference(
        up: .init(600_000_000, 0, 800_000_000), forward: .init(800_000_000, 0, -600_000_000), forwardAxis: axis))
  }

  @Test(
    arguments: [
      (.takeReference(nil, isBending: false), "calibrate"),
      (.takeReference(.sitting, isBending: false), "calibrate sitting"),
      (.takeReference(.car, isBending: true), "calibrate car bending"),
      (.takeReference(nil, isBending: true), "calibrate bending"),
      (.setReference(.standing, nil), "no-reference standing"),
      (.useReference(.car), "use-reference car"),
      (.keepReference, "keep-reference"),
      (.setMode(.training), "mode training"),
      (.setMode(.tracking), "mode tracking"),
      (.setQuiet(true), "quiet yes"),
      (.setQuiet(false), "quiet no"),
      (.setSession(true), "session yes"),
      (.setSession(false), "session no"),
      (.play(.tense), "play tense"),
      (.play(.wellDone), "play well-done"),
      (.suggestBreak(sitting: .seconds(1800)), "suggest-break 1800000000 us"),
      (.silence(.snooze, for: .seconds(600)), "snooze 600000000 us"),
      (.silence(.pause, for: .seconds(31_536_000)), "pause 31536000000000 us"),
      (.silence(.pause, for: .zero), "pause 0 us"),
      (.resume, "resume"),
      (.assumeExposure(0), "exposure 0 ppm"),
      (.assumeExposure(.max), "exposure 2147483647 ppm"),
      (.assumeCue(since: .seconds(600)), "cue 600000000 us"),
      (.assumeDeviation(sinceCue: .seconds(12), reminders: 2), "deviation 12000000 us 2"),
      (.assumeDeviation(sinceCue: .zero, reminders: 255), "deviation 0 us 255"),
    ] as [(Command, String)]) func theTextIsThisAndReadsBackTheSame(command: Command, text: String)
  {
    #expect(command.text == text)
    #expect(Command(text: text) == command)
  }

  @Test func aReferenceIsWrittenInBillionths() throws {
    #expect(Command.setReference(.sitting, try Self.kept(.plusX)).text == "reference sitting \(leaning)")
    let bent = Command.setReference(.car, try Self.kept(nil))
    #expect(bent.text == "reference car \(leaning.replacing("axis x", with: "axis bend"))")
    #expect(Command(text: bent.text) == bent)
  }

  /// Whatever posture is taken, and whatever is asked for.
  @Test func everyCommandReadsBackTheSame() throws {
    var random = SeededRandom(31)
    func direction() -> Direction {
      func component() -> Double { .random(in: -1...1, using: &random) }
      return Acceleration(component(), component(), component()).direction ?? Direction(0, 0, 1)
    }
    func length() -> Interval {
      Interval(microseconds: .random(in: 0...Command.longestSilence.microseconds, using: &random))
    }
    var references = 0
    for _ in 0..<500 {
      var commands: [Command] = [
        .silence(.snooze, for: length()), .silence(.pause, for: length()),
        .assumeExposure(.random(in: 0...Int32.max, using: &random)),
        .assumeCue(since: length()), .suggestBreak(sitting: length()),
        .assumeDeviation(sinceCue: length(), reminders: .random(in: 0...255, using: &random)),
      ]
      let (up, forward) = (direction(), direction())
      for axis in [nil] + SensorAxis.allCases {
        let towards = Acceleration(forward.x, forward.y, forward.z)
        guard let posture = Self.posture(up, towards, axis) else { continue }
        commands.append(.setReference(ReferenceName.allCases.randomElement(using: &random)!, KeptReference(posture)))
        references += 1
      }
      for command in commands { #expect(Command(text: command.text) == command, "\(command)") }
    }
    #expect(references > 3000)
  }

  private static func posture(_ up: Direction, _ towards: Acceleration, _ axis: SensorAxis?) -> ReferencePosture? {
    towards.direction.flatMap { ReferencePosture(up: up, towards: $0, forwardAxis: axis) }
  }

  @Test(arguments: [
    "", " ", "Calibrate", "calibrate ", "calibrate now", "calibrate sitting ", "calibrate bending sitting",
    "calibrate  bending", "calibrate sitting bending bending", "calibrate sitting standing", "reference",
    "reference sitting", "reference lying \(leaning)", "reference \(leaning)", "reference sitting \(leaning) more",
    "reference sitting  \(leaning)",
    // Half a unit long; leaning by 60 degrees from each other; not whole; not in its only form; beyond 32 bits.
    "reference sitting up 0 0 500000000 forward 1000000000 0 0 axis x",
    "reference sitting up 0 0 1000000000 forward 600000000 0 800000000 axis x",
    "reference sitting up 0 0 1000000000.0 forward 1000000000 0 0 axis x",
    "reference sitting up 0 0 +1000000000 forward 1000000000 0 0 axis x",
    "reference sitting up 0 0 01000000000 forward 1000000000 0 0 axis x",
    "reference sitting up -0 0 1000000000 forward 1000000000 0 0 axis x",
    "reference sitting up 0 0 9000000000 forward 1000000000 0 0 axis x",
    "reference sitting up 0 0 1000000000 forward 1000000000 0 0 axis w",
    "reference sitting up 0 0 1000000000 forward 1000000000 0 0 axis ",
    "reference sitting up 0 0 1000000000 forward 1000000000 0 0",
    "reference sitting forward 0 0 1000000000 up 1000000000 0 0 axis x", "no-reference", "no-reference all",
    "use-reference", "use-reference none", "keep-reference sitting", "keep-reference ", "mode", "mode off",
    "mode training ", "quiet", "quiet true", "quiet  yes", "session", "session begin", "play", "play all",
    "play tense now", "suggest-break", "suggest-break 5 s", "snooze", "snooze 5", "snooze 5 s", "snooze 5us",
    "snooze -1 us", "snooze 1.5 us", "snooze 05 us", "snooze 31536000000001 us", "snooze 99999999999999999999 us",
    "snooze  us", "pause us", "pause 5 us 5 us", "resume now", "resume ", "exposure", "exposure 5", "exposure -1 ppm",
    "exposure 2147483648 ppm", "exposure 5 %", "deviation", "deviation 5 us", "deviation 5 us 256", "deviation 5 us -1",
    "deviation 5 2",
    "deviation -5 us 2", "deviation 5 us 2 3", "deviation 5 us ", "todo",
  ]) func anythingElseIsNoCommand(text: String) {
    #expect(Command(text: text) == nil)
  }

  @Test func everyWordIsReadFromATrace() throws {
    let commands: [Command] = [
      .takeReference(.standing, isBending: true), .setReference(.car, try Self.kept(.minusZ)), .setReference(.car, nil),
      .useReference(.sitting), .keepReference, .setMode(.tracking), .setQuiet(true),
      .silence(.snooze, for: .seconds(600)), .silence(.pause, for: .seconds(1800)), .resume, .assumeExposure(250_000),
      .assumeDeviation(sinceCue: .seconds(3), reminders: 1), .setSession(true), .play(.release),
      .suggestBreak(sitting: .seconds(1800)),
    ]
    let rows = commands.enumerated().map { index, command in "#! \(index) \(command.text)\n\(index),1,2,3,4,5,6\n" }
    let reading = reading(headerLines + rows.joined())
    #expect(reading.error == nil)
    #expect(reading.commands == commands)
  }

  /// Each is performed at a sample of its own; the same once more says nothing new.
  @Test func oneCommandGoesWithARow() {
    let twice = reading(trace("#! 0 mode tracking", "#! 0 mode tracking", "0,1,2,3,4,5,6"))
    #expect(twice.error == nil && twice.commands == [.setMode(.tracking)])
    let different = reading(trace("#! 0 mode tracking", "#! 0 mode training", "0,1,2,3,4,5,6"))
    #expect(different.error?.description == "t:8: found a second command, expected one command before a row")
  }
}
