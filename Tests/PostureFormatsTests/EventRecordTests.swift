// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct EventRecordTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var kind: Event.Kind
    /// Flexion and lateral, degrees; the total is 30.
    var tilt: (flexion: Double, lateral: Double)?
    var lean: Lean?
    var text: String
    var json: String
    var testDescription: String { text }
  }

  private static let forward = (flexion: 25.004, lateral: -0.126)
  private static let forwardText = "flexion_deg=25.00 lateral_deg=-0.13 total_deg=30.00 lean=forward"
  private static let refused = ReferenceCalibration.Refusal.forwardAxisVertical

  /// Of the reference postures.
  static let references = [
    Case(
      kind: .calibrated(.sitting, forward: .minusZ), tilt: (-0.001, 0.001), lean: .forward,
      text:
        "1500000 calibrated flexion_deg=0.00 lateral_deg=0.00 total_deg=30.00 reference=sitting forward=-z",
      json: #"{"class":"event","event":"calibrated","flexion_deg":0,"forward":"-z","lateral_deg":0,"#
        + #""reference":"sitting","time_us":1500000,"total_deg":30}"#),
    Case(
      kind: .calibrated(.car, forward: nil), text: "1500000 calibrated reference=car forward=bend",
      json: #"{"class":"event","event":"calibrated","forward":"bend","reference":"car","time_us":1500000}"#),
    Case(
      kind: .calibrationRefused(refused), text: "1500000 calibration-refused reason=forward-axis-vertical",
      json: #"{"class":"event","event":"calibration-refused","reason":"forward-axis-vertical","time_us":1500000}"#),
    Case(
      kind: .bendAwaited, text: "1500000 bend-awaited",
      json: #"{"class":"event","event":"bend-awaited","time_us":1500000}"#),
    Case(
      kind: .referenceUsed(.standing), text: "1500000 reference-used reference=standing",
      json: #"{"class":"event","event":"reference-used","reference":"standing","time_us":1500000}"#),
    Case(
      kind: .wornDifferently, text: "1500000 worn-differently",
      json: #"{"class":"event","event":"worn-differently","time_us":1500000}"#),
    Case(
      kind: .wornAsBefore, text: "1500000 worn-as-before",
      json: #"{"class":"event","event":"worn-as-before","time_us":1500000}"#),
  ]

  /// Of the wearer's posture.
  static let decisions = [
    Case(
      kind: .deviated(leaning: .milliseconds(10_004), suppressed: nil), tilt: forward, lean: .forward,
      text: "1500000 deviated \(forwardText) leaning_s=10.00 exposure=0.33 context=still cue=nudge",
      json: #"{"class":"event","context":"still","cue":"nudge","event":"deviated","exposure":0.33,"flexion_deg":25,"#
        + #""lateral_deg":-0.13,"lean":"forward","leaning_s":10,"time_us":1500000,"total_deg":30}"#),
    Case(
      kind: .deviated(leaning: .seconds(10), suppressed: .tracking), tilt: forward, lean: .forward,
      text: "1500000 deviated \(forwardText) leaning_s=10.00 exposure=0.33 context=still suppressed=tracking",
      json: #"{"class":"event","context":"still","event":"deviated","exposure":0.33,"flexion_deg":25,"#
        + #""lateral_deg":-0.13,"lean":"forward","leaning_s":10,"suppressed":"tracking","time_us":1500000,"#
        + #""total_deg":30}"#),
    Case(
      kind: .reminded(leaning: .milliseconds(70_250), number: 2), tilt: (-3, 20), lean: .left,
      text: "1500000 reminded flexion_deg=-3.00 lateral_deg=20.00 total_deg=30.00 lean=left leaning_s=70.25 "
        + "exposure=0.33 context=still cue=reminder number=2",
      json: #"{"class":"event","context":"still","cue":"reminder","event":"reminded","exposure":0.33,"#
        + #""flexion_deg":-3,"lateral_deg":20,"lean":"left","leaning_s":70.25,"number":2,"time_us":1500000,"#
        + #""total_deg":30}"#),
    Case(
      kind: .recovered(leaning: .milliseconds(27_220), isPraised: false), tilt: (9.91, 0.19), lean: .forward,
      text: "1500000 recovered flexion_deg=9.91 lateral_deg=0.19 total_deg=30.00 leaning_s=27.22",
      json: #"{"class":"event","event":"recovered","flexion_deg":9.91,"lateral_deg":0.19,"leaning_s":27.22,"#
        + #""time_us":1500000,"total_deg":30}"#),
    Case(
      kind: .recovered(leaning: .seconds(12), isPraised: true), text: "1500000 recovered leaning_s=12.00 cue=well-done",
      json: #"{"class":"event","cue":"well-done","event":"recovered","leaning_s":12,"time_us":1500000}"#),
    Case(
      kind: .ended(leaning: .milliseconds(5_500), by: .offBody), text: "1500000 ended leaning_s=5.50 context=off-body",
      json: #"{"class":"event","context":"off-body","event":"ended","leaning_s":5.5,"time_us":1500000}"#),
    Case(
      kind: .suppressed(leaning: .seconds(11), by: .hourly), tilt: (-21, 0), lean: .backward,
      text: "1500000 suppressed flexion_deg=-21.00 lateral_deg=0.00 total_deg=30.00 lean=backward leaning_s=11.00 "
        + "exposure=0.33 context=still suppressed=hourly-limit",
      json: #"{"class":"event","context":"still","event":"suppressed","exposure":0.33,"flexion_deg":-21,"#
        + #""lateral_deg":0,"lean":"backward","leaning_s":11,"suppressed":"hourly-limit","time_us":1500000,"#
        + #""total_deg":30}"#),
  ]

  /// Of the device, of what the wearer asked for, and of the sensor.
  static let others = [
    Case(
      kind: .takenOff(since: .milliseconds(20_040)), text: "1500000 taken-off for_s=20.0",
      json: #"{"class":"event","event":"taken-off","for_s":20,"time_us":1500000}"#),
    Case(kind: .putOn, text: "1500000 put-on", json: #"{"class":"event","event":"put-on","time_us":1500000}"#),
    Case(
      kind: .modeSet(.tracking), text: "1500000 mode-set mode=tracking",
      json: #"{"class":"event","event":"mode-set","mode":"tracking","time_us":1500000}"#),
    Case(
      kind: .quietSet(true), text: "1500000 quiet-begun",
      json: #"{"class":"event","event":"quiet-begun","time_us":1500000}"#),
    Case(
      kind: .quietSet(false), text: "1500000 quiet-ended",
      json: #"{"class":"event","event":"quiet-ended","time_us":1500000}"#),
    Case(
      kind: .silenced(.snooze, for: .seconds(600)), text: "1500000 silenced silence=snooze for_s=600.0",
      json: #"{"class":"event","event":"silenced","for_s":600,"silence":"snooze","time_us":1500000}"#),
    Case(
      kind: .silenced(.pause, for: .milliseconds(1250)), text: "1500000 silenced silence=pause for_s=1.3",
      json: #"{"class":"event","event":"silenced","for_s":1.3,"silence":"pause","time_us":1500000}"#),
    Case(
      kind: .unsilenced, text: "1500000 unsilenced", json: #"{"class":"event","event":"unsilenced","time_us":1500000}"#),
    Case(
      kind: .sessionSet(true), text: "1500000 session-begun",
      json: #"{"class":"event","event":"session-begun","time_us":1500000}"#),
    Case(
      kind: .sessionSet(false), text: "1500000 session-ended",
      json: #"{"class":"event","event":"session-ended","time_us":1500000}"#),
    Case(
      kind: .played(.tense), text: "1500000 played cue=tense",
      json: #"{"class":"event","cue":"tense","event":"played","time_us":1500000}"#),
    Case(
      kind: .breakSuggested(sitting: .milliseconds(1_800_040)), text: "1500000 break-suggested cue=break for_s=1800.0",
      json: #"{"class":"event","cue":"break","event":"break-suggested","for_s":1800,"time_us":1500000}"#),
    Case(
      kind: .gap(Interval(microseconds: 3_012_345)), text: "1500000 gap gap_s=3.012",
      json: #"{"class":"event","event":"gap","gap_s":3.012,"time_us":1500000}"#),
    Case(
      kind: .frozen, text: "1500000 frozen", json: #"{"class":"event","event":"frozen","time_us":1500000}"#),
    Case(
      kind: .resumed, text: "1500000 resumed", json: #"{"class":"event","event":"resumed","time_us":1500000}"#),
    Case(
      kind: .saturated, tilt: (0, 0), lean: .forward,
      text: "1500000 saturated flexion_deg=0.00 lateral_deg=0.00 total_deg=30.00",
      json: #"{"class":"event","event":"saturated","flexion_deg":0,"lateral_deg":0,"time_us":1500000,"total_deg":30}"#),
  ]

  static let cases = references + decisions + others

  private func record(_ test: Case) -> EventRecord {
    let tilt = test.tilt.map {
      Tilt(flexion: .degrees($0.flexion), lateral: .degrees($0.lateral), total: .degrees(30))
    }
    return EventRecord(
      Event(
        time: Timestamp(microseconds: 1_500_000), kind: test.kind, tilt: tilt, lean: test.lean, context: .still,
        exposure: 0.3349))
  }

  @Test(arguments: cases) func asText(test: Case) { #expect(record(test).text == test.text) }

  @Test(arguments: cases) func asJSON(test: Case) {
    #expect(JSONLine.encode(record(test)) == test.json)
    #expect(!test.json.contains("null"))
  }

  @Test(arguments: cases) func andBack(test: Case) {
    #expect(JSONLine.decode(EventRecord.self, from: test.json) == record(test))
  }

  /// A text is read with awk: words, of which the third and later ones have one equals sign.
  @Test(arguments: cases) func everyWordHasAKeyAndAValue(test: Case) {
    for word in test.text.split(separator: " ", omittingEmptySubsequences: false).dropFirst(2) {
      let parts = word.split(separator: "=", omittingEmptySubsequences: false)
      #expect(parts.count == 2 && parts.allSatisfy { !$0.isEmpty }, "\(word)")
    }
  }

  /// Twenty-one kinds, of which the quiet hours have two names.
  @Test func everyKindIsHereAndHasANameOfItsOwn() {
    #expect(Set(Self.cases.map(\.kind.name)).count == 26)
  }

  @Test(arguments: ReferenceCalibration.Refusal.allCases)
  func aRefusalNamesItsReason(refusal: ReferenceCalibration.Refusal) {
    let record = EventRecord(Event(time: Timestamp(microseconds: -2), kind: .calibrationRefused(refusal), tilt: nil))
    #expect(record.text == "-2 calibration-refused reason=\(refusal.name)")
  }

  @Test(arguments: Suppression.allCases) func aSuppressionNamesItsReason(suppression: Suppression) {
    for kind in [
      Event.Kind.deviated(leaning: .zero, suppressed: suppression), .suppressed(leaning: .zero, by: suppression),
    ] {
      let record = EventRecord(Event(time: Timestamp(microseconds: 0), kind: kind, tilt: nil))
      #expect(record.suppressed == suppression.name && record.cue == nil)
    }
  }

  @Test(arguments: Context.allCases) func theContextIsThatOfTheMoment(context: Context) {
    let time = Timestamp(microseconds: 0)
    let deviated = Event.Kind.deviated(leaning: .zero, suppressed: nil)
    #expect(EventRecord(Event(time: time, kind: deviated, tilt: nil, context: context)).context == context.name)
    // Of a deviation that ended, what ended it.
    let ended = Event.Kind.ended(leaning: .zero, by: context)
    #expect(EventRecord(Event(time: time, kind: ended, tilt: nil, context: .still)).context == context.name)
  }
}
