// SPDX-License-Identifier: MIT
import PostureSimulation
import Testing

/// Every phrase can be borne out, and can be wrong.
@Suite struct ShownEventsTests {
  private static func deviated(_ rest: String, _ lean: String = "forward", after leaning: Double = 10) -> String {
    "1 deviated lean=\(lean) leaning_s=\(leaning) \(rest)"
  }

  private static let nudge = deviated("cue=nudge")
  private static let left = deviated("cue=nudge", "left")

  /// A phrase, events that bear it out, and events that nearly do.
  private static let phrases: [(String, String, [String])] = [
    ("no cue", deviated("suppressed=tracking"), [nudge, "1 reminded cue=reminder", "1 recovered cue=well-done"]),
    ("no deviation", "1 suppressed suppressed=uncertain", [nudge]),
    ("one deviation", nudge, ["", nudge + "\n" + nudge]),
    ("two deviations", nudge + "\n" + left, [nudge, nudge + "\n" + nudge + "\n" + nudge]),
    ("three deviations", nudge + "\n" + nudge + "\n" + left, [nudge + "\n" + left]),
    ("one deviation forward", nudge, [left, nudge + "\n" + left]),
    ("one deviation to the left", left, [nudge, left + "\n" + nudge]),
    ("a deviation forward", nudge + "\n" + left, [left, nudge + "\n" + nudge]),
    ("a deviation backward", deviated("cue=nudge", "backward"), [nudge]),
    ("a deviation to the left", left, [nudge]),
    ("a deviation to the right", deviated("cue=nudge", "right"), [left]),
    ("one nudge", nudge + "\n" + deviated("suppressed=quiet-hours"), [nudge + "\n" + nudge]),
    ("two nudges", nudge + "\n" + nudge, [nudge + "\n" + deviated("suppressed=quiet-hours")]),
    ("three nudges", nudge + "\n" + nudge + "\n" + nudge, [nudge]),
    ("no reminder", nudge, ["1 reminded cue=reminder"]),
    ("one reminder", "1 reminded cue=reminder", [nudge]),
    (
      "three reminders", "1 reminded\n2 reminded\n3 reminded",
      ["1 reminded\n2 reminded", "1 reminded\n2 reminded\n3 reminded\n4 reminded"]
    ),
    ("recovery", nudge + "\n2 recovered", ["1 recovered\n2 deviated", ""]),
    ("two recoveries", "1 recovered\n2 recovered", ["1 recovered"]),
    (
      "one praise", "1 recovered cue=well-done\n2 recovered",
      ["1 recovered", "1 recovered cue=well-done\n2 recovered cue=well-done"]
    ),
    ("no praise", "1 recovered", ["1 recovered cue=well-done"]),
    ("no suppression", nudge, [deviated("suppressed=snoozed"), "1 suppressed suppressed=walking"]),
    ("a cue that waited", deviated("cue=nudge", after: 13), [nudge, deviated("suppressed=tracking", after: 13)]),
    ("saturation", "1 saturated", ["1 gap"]),
    ("one gap", "1 gap", ["", "1 gap\n2 gap"]),
    (
      "frozen, then resumed", "1 frozen\n2 resumed",
      ["1 resumed\n2 frozen", "1 frozen", "1 frozen\n2 resumed\n3 frozen"]
    ),
    ("taken off, then put on", "1 taken-off\n2 put-on", ["1 taken-off", "1 put-on\n2 taken-off"]),
    ("never taken off", "1 put-on", ["1 taken-off"]),
    ("a question", "1 worn-differently", ["1 worn-as-before"]),
    ("no question", "1 worn-as-before", ["1 worn-differently"]),
    ("a question, then its answer", "1 worn-differently\n2 worn-as-before", ["1 worn-differently"]),
    ("tracking, then training", "1 mode-set mode=tracking\n2 mode-set mode=training", ["1 mode-set mode=tracking"]),
    ("quiet hours begun, then ended", "1 quiet-begun\n2 quiet-ended", ["1 quiet-begun"]),
    (
      "one snooze, over by itself", "1 silenced silence=snooze\n2 unsilenced",
      ["1 silenced silence=snooze", "1 silenced silence=pause\n2 unsilenced"]
    ),
    (
      "two pauses", "1 silenced silence=pause\n2 silenced silence=pause",
      ["1 silenced silence=pause\n2 silenced silence=snooze"]
    ),
    ("two ends of a silence", "1 unsilenced\n2 unsilenced", ["1 unsilenced"]),
    ("no reference taken", "1 calibration-refused", ["1 calibrated reference=sitting"]),
    ("one reference taken", "1 calibrated", ["", "1 calibrated\n2 calibrated"]),
    ("two references taken", "1 calibrated\n2 calibrated", ["1 calibrated"]),
    ("sitting used", "1 reference-used reference=sitting", ["1 reference-used reference=car"]),
    (
      "an unknown reference refused, then sitting used",
      "1 calibration-refused reason=unknown-reference\n2 reference-used reference=sitting",
      ["1 reference-used reference=sitting", "1 calibration-refused reason=moving\n2 reference-used reference=sitting"]
    ),
    ("a bend asked for", "1 bend-awaited", ["1 calibrated"]),
    ("forward shown by a bend", "1 calibrated forward=bend", ["1 calibrated forward=x"]),
    ("calibration refused for moving", "1 calibration-refused reason=moving", ["1 calibration-refused reason=no-bend"]),
    (
      "calibration refused for an upright axis", "1 calibration-refused reason=forward-axis-vertical",
      ["1 calibration-refused reason=moving"]
    ),
    (
      "calibration refused as unsettled", "1 calibration-refused reason=unsettled",
      ["1 calibration-refused reason=moving"]
    ),
    (
      "calibration refused without an estimate", "1 calibration-refused reason=no-estimate",
      ["1 calibration-refused reason=unsettled"]
    ),
    ("calibration refused without a bend", "1 calibration-refused reason=no-bend", ["1 bend-awaited"]),
    ("ended by walking", "1 ended context=walking", ["1 ended context=lying", "1 suppressed context=walking"]),
    ("ended by lying", "1 ended context=lying", ["1 ended context=walking"]),
  ]

  @Test(arguments: phrases) func aPhraseIsBorneOutAndCanBeWrong(phrase: String, right: String, wrong: [String]) {
    #expect(ShownEvents(right).bearOut(phrase) == true)
    for events in wrong { #expect(ShownEvents(events).bearOut(phrase) == false, "\(events)") }
  }

  @Test(
    arguments: [
      ("by moving", "moving"), ("by walking", "walking"), ("by bending", "bending"), ("by lying", "lying"),
      ("by transport", "transport"), ("as off the body", "off-body"), ("by tracking", "tracking"),
      ("by quiet hours", "quiet-hours"), ("by a snooze", "snoozed"), ("by the hourly limit", "hourly-limit"),
      ("as too soon", "too-soon"), ("as worn differently", "worn-differently"),
      ("as up was uncertain", "uncertain"),
    ])
  func aReasonIsThatOne(words: String, reason: String) {
    #expect(ShownEvents("1 suppressed suppressed=\(reason)").bearOut("suppressed \(words)") == true)
    #expect(
      ShownEvents("1 deviated suppressed=\(reason == "walking" ? "moving" : "walking")").bearOut("suppressed \(words)")
        == false)
  }

  @Test func strengthsAreThoseOfTheCuesAndNoOthers() {
    #expect(ShownEvents("", strengths: [40, 55]).bearOut("cues of 40 and 55 %") == true)
    for wrong in [[40], [40, 54], [40, 55, 60], []] as [[UInt8]] {
      #expect(ShownEvents("", strengths: wrong).bearOut("cues of 40 and 55 %") == false)
    }
  }

  @Test func whatIsNoPhraseIsNoTruth() {
    for words in ["all is well", "many nudges", "one wish", "suppressed by magic", "no", "", "a deviation upward"] {
      #expect(ShownEvents("1 calibrated").bearOut(words) == nil, "\(words)")
    }
  }

  /// So that no phrase is asserted which has not been seen to fail.
  @Test func everyPhraseOfAScenarioIsTriedAbove() {
    let tried = Set(Self.phrases.map(\.0))
    for scenario in Scenario.allCases {
      for phrase in ShownEvents.phrases(of: scenario.shows)
      where !phrase.hasPrefix("suppressed ") && !phrase.hasPrefix("cues of ") {
        #expect(tried.contains(phrase), "\(phrase)")
      }
    }
  }
}
