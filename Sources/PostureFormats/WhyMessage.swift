// SPDX-License-Identifier: MIT
// Members are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PostureCore

/// Answers `why`: what a cue was for, or why one that was due was not given.
package struct WhyMessage: Message, Equatable {
  package static let messageClass = "why"
  /// False where there has been none yet; then only `explanation` follows.
  package var has_cue: Bool
  /// In a sentence or two.
  package var explanation: String
  /// 1 for the last one.
  package var number: Int?
  /// `nudge` or `reminder`; missing where it was suppressed.
  package var cue: String?
  /// Why it was not given.
  package var suppressed: String?
  package var time_us: Int64?
  package var ago_s: Double?
  package var flexion_deg: Double?
  package var lateral_deg: Double?
  package var total_deg: Double?
  package var lean: String?
  package var leaning_s: Double?
  package var exposure: Double?
  package var context: String?
  /// What makes a deviation of a lean: `hold` or `exposure`.
  package var trigger: String?
  /// The limit of the direction in which the wearer leant.
  package var enter_deg: Double?
  /// For how long the wearer may lean so, by that trigger.
  package var hold_s: Double?

  /// - Parameter kept: so many are remembered.
  package init(kept: Int) {
    has_cue = false
    explanation =
      switch kept {
      case 0: "There has been no cue yet."
      case 1: "Only the last cue is remembered."
      default: "Only the last \(kept) cues are remembered."
      }
  }

  /// - Parameters:
  ///   - event: one that brought a cue or was suppressed.
  ///   - number: 1 for the last one.
  package init(_ event: EventRecord, number: Int, ago_s: Double, detector: DeviationDetector.Parameters) {
    has_cue = true
    self.number = number
    cue = event.cue
    suppressed = event.suppressed
    time_us = event.time_us
    self.ago_s = ago_s
    flexion_deg = event.flexion_deg
    lateral_deg = event.lateral_deg
    total_deg = event.total_deg
    lean = event.lean
    leaning_s = event.leaning_s
    exposure = event.exposure
    context = event.context
    trigger = detector.trigger.name
    let lean = event.lean.flatMap { Lean(name: $0) } ?? .forward
    let total = Angle.degrees(event.total_deg ?? 0)
    let limit = detector.limits.enter(lean).degrees.rounded(places: 2)
    let hold =
      switch detector.trigger {
      case .hold: detector.hold.seconds
      case .exposure: Exposure.holdingTime(at: total, detector.exposure).rounded()
      }
    enter_deg = limit
    hold_s = hold
    explanation = Self.lean(event, lean, limit) + " " + Self.rule(event, detector, hold: hold)
  }

  private static func lean(_ event: EventRecord, _ lean: Lean, _ limit: Double) -> String {
    let angle =
      switch lean {
      case .forward, .backward: event.flexion_deg ?? 0
      case .left, .right: event.lateral_deg ?? 0
      }
    let way = lean == .left || lean == .right ? "to the \(lean.name)" : lean.name
    let time = event.leaning_s.map { " for \(duration($0))" } ?? ""
    let posture = "\(plain(angle.magnitude)) degrees \(way)"
    // A lean ends at a smaller angle than it begins, and a cue that waits is given up only there.
    guard angle.magnitude > limit else { return "You leaned beyond a limit\(time), and \(posture) at the end." }
    return "You leaned \(posture), beyond your limit of \(plain(limit))" + (time.isEmpty ? "." : ",\(time).")
  }

  private static func rule(_ event: EventRecord, _ detector: DeviationDetector.Parameters, hold: Double) -> String {
    if let name = event.suppressed, let suppression = Suppression(name: name) {
      return "There was no cue because \(suppression.explanation)."
    }
    if event.cue == Cue.Kind.reminder.name {
      let most = detector.mostReminders == 1 ? "once" : "at most \(detector.mostReminders) times"
      return "You had been told already; while it lasts you are reminded every "
        + "\(duration(detector.reminder.seconds)), \(most)."
    }
    switch detector.trigger {
    case .hold: return "A nudge comes after \(duration(hold))."
    case .exposure:
      return "Leaning adds up, the further the faster, and being upright or moving takes it away again: "
        + "at this angle alone a nudge comes after about \(duration(hold))."
    }
  }

  private static func plain(_ value: Double) -> String {
    let rounded = value.rounded(places: 1)
    return Decimal.text(rounded, places: rounded == rounded.rounded() ? 0 : 1)
  }

  private static func duration(_ seconds: Double) -> String {
    guard seconds >= 100 else { return "\(plain(seconds)) s" }
    let whole = Int(seconds.rounded())
    return whole % 60 == 0 ? "\(whole / 60) min" : "\(whole / 60) min \(whole % 60) s"
  }
}

extension Suppression {
  /// Completes "there was no cue because ...".
  package var explanation: String {
    switch self {
    case .moving: "you were moving, and a posture counts only where it is kept"
    case .walking: "you were walking, and walking is good"
    case .bending: "you were bending or reaching, and came back by yourself"
    case .lying: "you were lying down, and rest is no bad posture"
    case .offBody: "nobody seemed to wear the device"
    case .transport: "you were in a vehicle, which must not startle you and whose motion looks like tilt"
    case .tracking: "the mode was tracking, in which the motor is silent"
    case .quiet: "it fell into your quiet hours"
    case .snoozed: "you had asked for silence"
    case .hourly: "you had had as many cues as an hour may bring"
    case .refractory: "the cue before it was only just over, and you came back by yourself"
    case .uncertain: "the sensor did not know well enough how you sat"
    case .wornDifferently:
      "the device seemed to sit otherwise than when you calibrated: calibrate, or say that it does not"
    }
  }
}
