// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct HapticPatternTextTests {
  private static let written: [(HapticPattern, String)] = [
    (HapticPattern(), "none"),
    (HapticPatterns().nudge, "pulse 150 ms, gap 150 ms, pulse 150 ms"),
    (HapticPatterns().reminder, "pulse 150 ms, gap 150 ms, pulse 150 ms, gap 150 ms, pulse 150 ms"),
    (HapticPatterns().wellDone, "ramp 300 ms 20 % to 60 %, gap 150 ms, pulse 80 ms 60 %"),
    (HapticPatterns().acknowledgement, "pulse 80 ms"),
    (HapticPatterns().refusal, "pulse 600 ms 50 %"),
    (HapticPatterns().bend, "pulse 80 ms, gap 120 ms, pulse 400 ms"),
    (
      HapticPatterns().question,
      "pulse 80 ms, gap 80 ms, pulse 80 ms, gap 80 ms, pulse 80 ms, gap 80 ms, pulse 80 ms"
    ),
    (HapticPatterns().paused, "ramp 800 ms 100 % to 20 %"), (HapticPatterns().resumed, "ramp 800 ms 20 % to 100 %"),
    (HapticPatterns().breakReminder, "pulse 500 ms 40 %, gap 700 ms, pulse 500 ms 40 %"),
    (HapticPattern().pulse(Interval(microseconds: 20_001), 10), "pulse 20.001 ms 10 %"),
    (HapticPattern().gap(.seconds(5)), "gap 5000 ms"),
  ]

  @Test(arguments: written) func isWrittenAndReadSo(pattern: HapticPattern, text: String) throws {
    #expect(pattern.text == text)
    #expect(try HapticPattern(text: text) == pattern)
  }

  /// Whatever can be made comes back as it was.
  @Test(arguments: 0..<200) func nothingIsLost(seed: UInt64) throws {
    var random = SeededRandom(seed)
    var pattern = HapticPattern()
    while pattern.count < HapticPattern.mostSteps, .random(in: 0..<8, using: &random) > 0 {
      let duration = Interval(microseconds: .random(in: 20_000...400_000, using: &random))
      func level() -> UInt8 { .random(in: 10...100, using: &random) }
      let isRoom = pattern.lastOn + duration <= .seconds(1)
      pattern =
        isRoom && .random(using: &random) ? pattern.ramp(duration, from: level(), to: level()) : pattern.gap(duration)
    }
    #expect(try HapticPattern(text: pattern.text) == pattern)
  }

  @Test(arguments: [
    "pulse 150ms 60%,gap 0.15 s,ramp 400000us 20% to 100%",
    " pulse  150 ms\t60.0 % , gap 150 ms,ramp 0.4s 20 % to 100 % ",
  ]) func blanksAndUnitsAreAsElsewhere(text: String) throws {
    let pattern = HapticPattern().pulse(.milliseconds(150), 60).gap(.milliseconds(150))
      .ramp(.milliseconds(400), from: 20, to: 100)
    #expect(try HapticPattern(text: text) == pattern)
  }

  private static let pulse = "'pulse', 20 ms to 1000 ms, and 10 to 100 % where it is not 100 %"
  private static let gap = "'gap', 20 ms to 5000 ms"
  private static let ramp = "'ramp', 20 ms to 1000 ms, 10 to 100 %, 'to', 10 to 100 %"
  private static let any = "'pulse', 'gap' or 'ramp', and how long"

  private static let wrong: [(String, found: String, expected: String)] = [
    ("", "nothing", HapticPattern.expected),
    ("buzz 150 ms", "step 1, 'buzz 150 ms'", any), ("150 ms", "step 1, '150 ms'", any),
    ("pulse 150 ms,", "step 2, nothing", any), ("pulse 150 ms, none", "step 2, 'none'", any),
    ("Pulse 150 ms", "step 1, 'Pulse 150 ms'", any), ("None", "step 1, 'None'", any),
    ("pulse", "step 1, 'pulse'", pulse), ("pulse 150", "step 1, 'pulse 150'", pulse),
    ("pulse 150 Hz", "step 1, 'pulse 150 Hz'", pulse), ("pulse 60 %", "step 1, 'pulse 60 %'", pulse),
    ("gap 1 s, pulse 19.999 ms", "step 2, 'pulse 19.999 ms'", pulse),
    ("pulse 1000.001 ms", "step 1, 'pulse 1000.001 ms'", pulse), ("pulse -1 s", "step 1, 'pulse -1 s'", pulse),
    ("pulse 150 ms 9 %", "step 1, 'pulse 150 ms 9 %'", pulse),
    ("pulse 150 ms 101 %", "step 1, 'pulse 150 ms 101 %'", pulse),
    ("pulse 150 ms 62.5 %", "step 1, 'pulse 150 ms 62.5 %'", pulse),
    ("pulse 150 ms 1000 %", "step 1, 'pulse 150 ms 1000 %'", pulse),
    ("pulse 150 ms 60", "step 1, 'pulse 150 ms 60'", pulse),
    ("pulse 150 ms 60 % hard", "step 1, 'pulse 150 ms 60 % hard'", pulse),
    ("pulse nan ms", "step 1, 'pulse nan ms'", pulse),
    ("gap", "step 1, 'gap'", gap), ("gap 19 ms", "step 1, 'gap 19 ms'", gap),
    ("gap 5.1 s", "step 1, 'gap 5.1 s'", gap), ("gap 1 s 50 %", "step 1, 'gap 1 s 50 %'", gap),
    ("ramp 300 ms", "step 1, 'ramp 300 ms'", ramp), ("ramp 300 ms 20 %", "step 1, 'ramp 300 ms 20 %'", ramp),
    ("ramp 300 ms 20 % 60 %", "step 1, 'ramp 300 ms 20 % 60 %'", ramp),
    ("ramp 300 ms 0 % to 60 %", "step 1, 'ramp 300 ms 0 % to 60 %'", ramp),
    ("ramp 300 ms 20 % to", "step 1, 'ramp 300 ms 20 % to'", ramp),
    ("ramp 300 ms 20 % to 60 % to 80 %", "step 1, 'ramp 300 ms 20 % to 60 % to 80 %'", ramp),
    (
      "pulse 600 ms, ramp 401 ms 20 % to 50 %",
      "step 2, 'ramp 401 ms 20 % to 50 %', which makes 1001 ms on without a gap", "at most 1000 ms"
    ),
    ("gap 4.9 s, pulse 150 ms", "step 2, 'pulse 150 ms', which makes 5050 ms in all", "at most 5000 ms"),
    (Array(repeating: "gap 20 ms", count: 13).joined(separator: ", "), "step 13", "at most 12 steps"),
  ]

  @Test(arguments: wrong) func saysWhichStepIsWrongAndWhatItShouldBe(text: String, found: String, expected: String) {
    let error = #expect(throws: Setting.Mismatch.self) { try HapticPattern(text: text) }
    #expect(error?.found == found)
    #expect(error?.expected == expected)
  }

  /// With file, line and setting, as any other.
  @Test func aMistakeIsFoundInTheConfiguration() {
    var reader = ConfigurationReader()
    reader.read(file: Array("haptics.nudge: pulse 150 ms\nhaptics.break: pulse 2 s # long\n".utf8), named: "f")
    let error = #expect(throws: ConfigurationErrors.self) { try reader.result() }
    #expect(error?.description == "f:2:16: haptics.break: found step 1, 'pulse 2 s', expected \(Self.pulse)")
  }

  @Test func aMistakeIsFoundInAnOption() {
    var reader = ConfigurationReader()
    reader.set("haptics.nudge=gap")
    let error = #expect(throws: ConfigurationErrors.self) { try reader.result() }
    #expect(error?.description == "--set haptics.nudge=gap: haptics.nudge: found step 1, 'gap', expected \(Self.gap)")
  }
}
