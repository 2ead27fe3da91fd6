// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct WhyMessageTests {
  /// A decision about a lean, at these angles.
  private func why(
    _ kind: Event.Kind, _ lean: Lean, flexion: Double = 0, lateral: Double = 0, total: Double? = nil, number: Int = 1,
    _ change: (inout DeviationDetector.Parameters) -> Void = { _ in }
  ) -> WhyMessage {
    var detector = DeviationDetector.Parameters()
    detector.trigger = .hold
    change(&detector)
    let tilt = Tilt(
      flexion: .degrees(flexion), lateral: .degrees(lateral),
      total: .degrees(total ?? max(abs(flexion), abs(lateral))))
    let event = Event(
      time: Timestamp(microseconds: 7_000_000), kind: kind, tilt: tilt, lean: lean, context: .still, exposure: 1)
    return WhyMessage(EventRecord(event), number: number, ago_s: 3.5, detector: detector)
  }

  private func nudge(_ seconds: Double = 10) -> Event.Kind { .deviated(leaning: .seconds(seconds), suppressed: nil) }

  @Test func aHoldIsExplained() {
    let why = why(nudge(), .forward, flexion: 25.34)
    #expect(
      why.explanation
        == "You leaned 25.3 degrees forward, beyond your limit of 15, for 10 s. A nudge comes after 10 s.")
    #expect(why.trigger == "hold" && why.enter_deg == 15 && why.hold_s == 10)
  }

  @Test func anExposureIsExplained() {
    let why = why(nudge(83), .forward, flexion: 29, total: 30) { $0.trigger = .exposure }
    #expect(
      why.explanation
        == "You leaned 29 degrees forward, beyond your limit of 15, for 83 s. "
        + "Leaning adds up, the further the faster, and being upright or moving takes it away again: "
        + "at this angle alone a nudge comes after about 3 min 15 s.")
    // A quarter of the way from 240 s at 20 degrees to 60 s at 60.
    #expect(why.trigger == "exposure" && why.enter_deg == 15 && why.hold_s == 195)
  }

  /// Each has a limit of its own.
  @Test(
    arguments: [
      (.forward, 25, 0, "25 degrees forward, beyond your limit of 15"),
      (.backward, -22.56, 3, "22.6 degrees backward, beyond your limit of 20"),
      (.left, 1, 14, "14 degrees to the left, beyond your limit of 12"),
      (.right, -1, -14, "14 degrees to the right, beyond your limit of 12"),
    ] as [(Lean, Double, Double, String)])
  func everyDirectionIsNamed(lean: Lean, flexion: Double, lateral: Double, text: String) {
    let why = why(nudge(), lean, flexion: flexion, lateral: lateral)
    #expect(why.explanation.hasPrefix("You leaned \(text), for 10 s. "), "\(why.explanation)")
    #expect(why.lean == lean.name)
  }

  /// A lean ends at a smaller angle than it begins.
  @Test func whatIsWithinTheLimitIsNotSaidToBeBeyondIt() {
    #expect(
      why(nudge(), .forward, flexion: 12).explanation
        == "You leaned beyond a limit for 10 s, and 12 degrees forward at the end. A nudge comes after 10 s.")
    #expect(
      why(.suppressed(leaning: .seconds(11), by: .bending), .right, lateral: -3.2).explanation
        == "You leaned beyond a limit for 11 s, and 3.2 degrees to the right at the end. "
        + "There was no cue because you were bending or reaching, and came back by yourself.")
  }

  @Test(arguments: [
    (10, "10 s"), (0.5, "0.5 s"), (99.94, "99.9 s"), (100, "1 min 40 s"), (120, "2 min"), (3600, "60 min"),
    (179.6, "3 min"),
  ]) func aTimeIsSaidAsAPersonWould(seconds: Double, text: String) {
    #expect(why(nudge(seconds), .forward, flexion: 20).explanation.contains(", for \(text). "))
  }

  @Test func aReminderIsExplained() {
    let reminder = Event.Kind.reminded(leaning: .seconds(130), number: 2)
    let lean = "You leaned 25 degrees forward, beyond your limit of 15, for 2 min 10 s. "
    #expect(
      why(reminder, .forward, flexion: 25).explanation
        == lean + "You had been told already; while it lasts you are reminded every 60 s, at most 3 times.")
    let once = why(reminder, .forward, flexion: 25) {
      $0.mostReminders = 1
      $0.reminder = .seconds(300)
      $0.trigger = .exposure
    }
    #expect(
      once.explanation == lean + "You had been told already; while it lasts you are reminded every 5 min, once.")
  }

  @Test(
    arguments: zip(
      Suppression.allCases,
      [
        "you were moving, and a posture counts only where it is kept",
        "you were walking, and walking is good",
        "you were bending or reaching, and came back by yourself",
        "you were lying down, and rest is no bad posture",
        "nobody seemed to wear the device",
        "you were in a vehicle, which must not startle you and whose motion looks like tilt",
        "the mode was tracking, in which the motor is silent",
        "it fell into your quiet hours",
        "you had asked for silence",
        "you had had as many cues as an hour may bring",
        "the cue before it was only just over, and you came back by yourself",
        "the sensor did not know well enough how you sat",
        "the device seemed to sit otherwise than when you calibrated: calibrate, or say that it does not",
      ])) func whatSuppressedACueIsSaid(suppression: Suppression, reason: String)
  {
    let sentence =
      "You leaned 25 degrees forward, beyond your limit of 15, for 11 s. There was no cue because \(reason)."
    for trigger in Trigger.allCases {
      let why = why(.suppressed(leaning: .seconds(11), by: suppression), .forward, flexion: 25) {
        $0.trigger = trigger
      }
      #expect(why.explanation == sentence)
      #expect(why.suppressed == suppression.name && why.cue == nil)
    }
    // A deviation without a cue is told of in the same words.
    let why = why(.deviated(leaning: .seconds(11), suppressed: suppression), .forward, flexion: 25)
    #expect(why.explanation == sentence)
  }

  /// "There was no cue because ..." goes on with them, and ends with a full stop of its own.
  @Test(arguments: Suppression.allCases) func everyExplanationCompletesTheSentence(suppression: Suppression) {
    let text = suppression.explanation
    #expect(text.first?.isLowercase == true && text.last?.isLetter == true)
    #expect(!text.contains("because") && !text.contains("."))
  }

  @Test func whereThereIsNoneItIsSaid() {
    #expect(WhyMessage(kept: 0).explanation == "There has been no cue yet.")
    #expect(WhyMessage(kept: 1).explanation == "Only the last cue is remembered.")
    #expect(WhyMessage(kept: 50).explanation == "Only the last 50 cues are remembered.")
    #expect(
      JSONLine.encode(WhyMessage(kept: 0))
        == #"{"class":"why","explanation":"There has been no cue yet.","has_cue":false}"#)
  }

  @Test func theMessageIsThisAndComesBack() {
    let nudged = why(nudge(), .left, flexion: 1.004, lateral: 14, total: 14.1, number: 3)
    #expect(
      JSONLine.encode(nudged)
        == #"{"class":"why","ago_s":3.5,"context":"still","cue":"nudge","enter_deg":12,"#
        + #""explanation":"You leaned 14 degrees to the left, beyond your limit of 12, for 10 s. "#
        + #"A nudge comes after 10 s.","exposure":1,"flexion_deg":1,"has_cue":true,"hold_s":10,"#
        + #""lateral_deg":14,"lean":"left","leaning_s":10,"number":3,"time_us":7000000,"total_deg":14.1,"#
        + #""trigger":"hold"}"#)
    let suppressed = why(.suppressed(leaning: .seconds(11), by: .quiet), .backward, flexion: -21)
    for message in [nudged, suppressed, WhyMessage(kept: 2)] {
      #expect(JSONLine.decode(WhyMessage.self, from: JSONLine.encode(message)) == message)
    }
  }
}
