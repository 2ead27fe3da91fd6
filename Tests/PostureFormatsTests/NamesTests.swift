// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

/// The words are part of traces, of the socket's messages and of the settings: written down here again.
struct NamesTests {
  private func check<Word: Named & Equatable>(_ words: Word.Type, _ names: [String]) {
    #expect(words.allCases.map(\.name) == names)
    #expect(Set(names).count == names.count)
    for word in words.allCases {
      #expect(Word(name: word.name) == word)
      #expect(Word(name: word.name + " ") == nil && Word(name: word.name.uppercased()) == nil)
    }
    for name in ["", "none", "auto"] { #expect(Word(name: name) == nil) }
  }

  @Test func theyAreThese() {
    check(Context.self, ["still", "moving", "walking", "bending", "lying", "off-body", "transport"])
    check(Lean.self, ["forward", "backward", "left", "right"])
    check(ReferenceName.self, ["sitting", "standing", "car"])
    check(Mode.self, ["training", "tracking"])
    check(Silence.self, ["snooze", "pause"])
    check(SensorAxis.self, ["x", "-x", "y", "-y", "z", "-z"])
    check(
      ReferenceCalibration.Refusal.self,
      ["moving", "unsettled", "no-estimate", "forward-axis-vertical", "no-bend", "unknown-reference"])
    check(
      Suppression.self,
      [
        "moving", "walking", "bending", "lying", "off-body", "transport", "tracking", "quiet-hours", "snoozed",
        "hourly-limit", "too-soon", "uncertain", "worn-differently",
      ])
    check(Trigger.self, ["hold", "exposure"])
    check(
      Cue.Kind.self,
      [
        "nudge", "reminder", "well-done", "acknowledgement", "refusal", "bend", "question", "paused", "resumed",
        "break", "step", "tense", "release", "finish",
      ])
    #expect(
      [Posture.unknown, .upright, .leaning, .deviated].map(\.name) == ["unknown", "upright", "leaning", "deviated"])
  }

  /// The lists of the cases are written by hand; the cases are numbered.
  @Test func noneIsForgotten() {
    func check<Word: Named & RawRepresentable<UInt8>>(_ words: Word.Type) {
      #expect(Set(words.allCases.map(\.rawValue)) == Set((0...UInt8.max).filter { Word(rawValue: $0) != nil }))
    }
    check(Context.self)
    check(Mode.self)
    check(Silence.self)
    check(Suppression.self)
    check(Trigger.self)
    check(Cue.Kind.self)
  }

  /// A context in which posture does not count suppresses under its own name.
  @Test func aContextSuppressesUnderItsName() {
    for context in Context.allCases { #expect(Suppression(context)?.name == (context == .still ? nil : context.name)) }
  }

  @Test(arguments: ReferenceCalibration.Refusal.allCases)
  func everyRefusalHasAdvice(refusal: ReferenceCalibration.Refusal) {
    #expect(refusal.advice.count > 20 && refusal.advice.first?.isLowercase == true)
    #expect(refusal.advice.last.map { ".:,".contains($0) } == false)
  }
}
