// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

extension SettingTests {
  /// What is wrong within a pattern is told of its step: HapticPatternTextTests.
  static let haptics = [
    ("nudge", "pulse 150 ms, gap 150 ms, pulse 150 ms"),
    ("reminder", "pulse 150 ms, gap 150 ms, pulse 150 ms, gap 150 ms, pulse 150 ms"),
    ("well-done", "ramp 300 ms 20 % to 60 %, gap 150 ms, pulse 80 ms 60 %"),
    ("acknowledgement", "pulse 80 ms"),
    ("refusal", "pulse 600 ms 50 %"),
    ("bend", "pulse 80 ms, gap 120 ms, pulse 400 ms"),
    ("question", "pulse 80 ms, gap 80 ms, pulse 80 ms, gap 80 ms, pulse 80 ms, gap 80 ms, pulse 80 ms"),
    ("paused", "ramp 800 ms 100 % to 20 %"),
    ("resumed", "ramp 800 ms 20 % to 100 %"),
    ("break", "pulse 500 ms 40 %, gap 700 ms, pulse 500 ms 40 %"),
    ("step", "pulse 250 ms"),
    ("tense", "ramp 500 ms 30 % to 100 %, gap 60 ms, pulse 300 ms"),
    ("release", "pulse 300 ms, gap 60 ms, ramp 500 ms 100 % to 30 %"),
    ("finish", "pulse 400 ms, gap 300 ms, pulse 400 ms, gap 300 ms, pulse 400 ms"),
  ].map { name, usual in
    Case(
      name: "haptics." + name, usual: usual, good: ["none", "pulse 1 s", "gap 5 s"], bad: [],
      expected: "none, or steps such as 'pulse 150 ms 80 %, gap 150 ms, ramp 400 ms 20 % to 100 %'")
  }

  /// Each is the one of its own cue.
  @Test(
    arguments: [
      ("nudge", .nudge), ("reminder", .reminder), ("well-done", .wellDone), ("acknowledgement", .acknowledgement),
      ("refusal", .refusal), ("bend", .bend), ("question", .question), ("paused", .paused), ("resumed", .resumed),
      ("break", .breakReminder), ("step", .step), ("tense", .tense), ("release", .release), ("finish", .finish),
    ] as [(String, Cue.Kind)]) func aPatternArrivesWhereItBelongs(name: String, kind: Cue.Kind) throws
  {
    var reader = ConfigurationReader()
    reader.set("haptics.\(name)=pulse 123 ms")
    let patterns = try reader.result().pipeline.patterns
    let other: Cue.Kind = kind == .nudge ? .reminder : .nudge
    #expect(patterns[kind] == HapticPattern().pulse(.milliseconds(123)))
    #expect(patterns[other] == HapticPatterns()[other])
  }
}
