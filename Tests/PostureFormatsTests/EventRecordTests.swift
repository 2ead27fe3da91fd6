// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct EventRecordTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var kind: Event.Kind
    /// Flexion and lateral, degrees; the total is 30.
    var tilt: (flexion: Double, lateral: Double)?
    var text: String
    var json: String
    var testDescription: String { text }
  }

  private static let forward = (flexion: 25.004, lateral: -0.126)

  static let cases = [
    Case(
      kind: .calibrated(forward: .minusZ), tilt: (-0.001, 0.001),
      text: "1500000 calibrated flexion_deg=0.00 lateral_deg=0.00 total_deg=30.00 forward=-z",
      json: #"{"class":"event","event":"calibrated","flexion_deg":0,"forward":"-z","lateral_deg":0,"#
        + #""time_us":1500000,"total_deg":30}"#),
    Case(
      kind: .calibrationRefused(.forwardAxisVertical), text: "1500000 calibration-refused reason=forward-axis-vertical",
      json: #"{"class":"event","event":"calibration-refused","reason":"forward-axis-vertical","time_us":1500000}"#),
    Case(
      kind: .deviated(leaning: .milliseconds(10_004)), tilt: forward,
      text:
        "1500000 deviated flexion_deg=25.00 lateral_deg=-0.13 total_deg=30.00 lean=forward leaning_s=10.00 cue=nudge",
      json: #"{"class":"event","cue":"nudge","event":"deviated","flexion_deg":25,"lateral_deg":-0.13,"#
        + #""lean":"forward","leaning_s":10,"time_us":1500000,"total_deg":30}"#),
    Case(
      kind: .reminded(leaning: .milliseconds(70_250)), tilt: (-3, 20),
      text:
        "1500000 reminded flexion_deg=-3.00 lateral_deg=20.00 total_deg=30.00 lean=left leaning_s=70.25 cue=reminder",
      json: #"{"class":"event","cue":"reminder","event":"reminded","flexion_deg":-3,"lateral_deg":20,"#
        + #""lean":"left","leaning_s":70.25,"time_us":1500000,"total_deg":30}"#),
    Case(
      kind: .recovered(leaning: .milliseconds(27_220)), tilt: (9.91, 0.19),
      text: "1500000 recovered flexion_deg=9.91 lateral_deg=0.19 total_deg=30.00 leaning_s=27.22",
      json: #"{"class":"event","event":"recovered","flexion_deg":9.91,"lateral_deg":0.19,"leaning_s":27.22,"#
        + #""time_us":1500000,"total_deg":30}"#),
    Case(
      kind: .gap(Interval(microseconds: 3_012_345)), text: "1500000 gap gap_s=3.012",
      json: #"{"class":"event","event":"gap","gap_s":3.012,"time_us":1500000}"#),
    Case(
      kind: .frozen, text: "1500000 frozen", json: #"{"class":"event","event":"frozen","time_us":1500000}"#),
    Case(
      kind: .resumed, text: "1500000 resumed", json: #"{"class":"event","event":"resumed","time_us":1500000}"#),
    Case(
      kind: .saturated, tilt: (0, 0),
      text: "1500000 saturated flexion_deg=0.00 lateral_deg=0.00 total_deg=30.00",
      json: #"{"class":"event","event":"saturated","flexion_deg":0,"lateral_deg":0,"time_us":1500000,"total_deg":30}"#),
  ]

  private func record(_ test: Case) -> EventRecord {
    let tilt = test.tilt.map {
      Tilt(flexion: .degrees($0.flexion), lateral: .degrees($0.lateral), total: .degrees(30))
    }
    return EventRecord(Event(time: Timestamp(microseconds: 1_500_000), kind: test.kind, tilt: tilt))
  }

  @Test(arguments: cases) func asText(test: Case) { #expect(record(test).text == test.text) }

  @Test(arguments: cases) func asJSON(test: Case) {
    #expect(JSONLine.encode(record(test)) == test.json)
    #expect(!test.json.contains("null"))
  }

  @Test(arguments: cases) func andBack(test: Case) {
    #expect(JSONLine.decode(EventRecord.self, from: test.json) == record(test))
  }

  @Test(
    arguments: [
      (.calibrationRefused(.moving), "moving"), (.calibrationRefused(.unsettled), "unsettled"),
      (.calibrationRefused(.noEstimate), "no-estimate"),
    ] as [(Event.Kind, String)]) func aRefusalNamesItsReason(kind: Event.Kind, reason: String)
  {
    let record = EventRecord(Event(time: Timestamp(microseconds: -2), kind: kind, tilt: nil))
    #expect(record.text == "-2 calibration-refused reason=\(reason)")
    #expect(ReferenceCalibration.Refusal(name: reason)?.advice.isEmpty == false)
  }

  @Test func everyNameStandsForOneThing() {
    #expect(SensorAxis.allCases.map(\.name) == ["x", "-x", "y", "-y", "z", "-z"])
    #expect(Set(ReferenceCalibration.Refusal.allCases.map(\.name)).count == 4)
    #expect(ReferenceCalibration.Refusal(name: "") == nil)
  }

  @Test(arguments: [
    (
      "nudge", "forward",
      "You had been leaning more than 15 degrees for 10 s, and were 25.3 degrees off, mostly forward."
        + " A nudge comes after 10 s."
    ),
    (
      "reminder", "left",
      "You had been leaning more than 15 degrees for 10 s, and were 25.3 degrees off, mostly to the "
        + "left. While that lasts, a reminder comes every 60 s."
    ),
  ]) func whySaysItInASentence(cue: String, lean: String, explanation: String) {
    var record = EventRecord(Event(time: Timestamp(microseconds: 7), kind: .frozen, tilt: nil))
    record.cue = cue
    record.lean = lean
    record.leaning_s = 10
    record.total_deg = 25.34
    let why = WhyMessage(record, ago_s: 3, enter_deg: 15, hold_s: 10, reminder_s: 60)
    #expect(why.explanation == explanation)
    #expect(JSONLine.decode(WhyMessage.self, from: JSONLine.encode(why)) == why)
  }
}
