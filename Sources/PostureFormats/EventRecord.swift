// SPDX-License-Identifier: MIT
// Members are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PostureCore

/// An event as files, the socket and people see it.
package struct EventRecord: Message, Equatable {
  package static let messageClass = "event"

  package var time_us: Int64
  package var event: String
  package var flexion_deg: Double?
  package var lateral_deg: Double?
  package var total_deg: Double?
  /// Which way the wearer leant.
  package var lean: String?
  /// For how long the wearer had been leaning.
  package var leaning_s: Double?
  /// How near a cue was, 0 to 1.
  package var exposure: Double?
  /// What the wearer was about.
  package var context: String?
  /// The pattern the motor plays for it.
  package var cue: String?
  /// Which reminder of the same deviation.
  package var number: Int?
  /// Why there is no cue.
  package var suppressed: String?
  /// Length of a gap.
  package var gap_s: Double?
  /// Why a calibration was refused.
  package var reason: String?
  /// The reference posture that was taken, or is used from now on.
  package var reference: String?
  /// The sensor axis taken for forward, or `bend`.
  package var forward: String?
  /// `training` or `tracking`, from now on.
  package var mode: String?
  /// `pause` or `snooze`.
  package var silence: String?
  /// How long a silence lasts, for how long the device has not been worn, or for how long the wearer has sat.
  package var for_s: Double?

  package init(_ event: Event) {
    time_us = event.time.microseconds
    self.event = event.kind.name
    if let tilt = event.tilt {
      flexion_deg = tilt.flexion.degrees.rounded(places: 2)
      lateral_deg = tilt.lateral.degrees.rounded(places: 2)
      total_deg = tilt.total.degrees.rounded(places: 2)
    }
    switch event.kind {
    case .calibrated(let name, let axis):
      reference = name.name
      forward = axis?.name ?? "bend"
    case .calibrationRefused(let refusal): reason = refusal.name
    case .referenceUsed(let name): reference = name.name
    case .deviated(let leaning, let suppression):
      set(leaning, of: event)
      if let suppression { suppressed = suppression.name } else { cue = Cue.Kind.nudge.name }
    case .reminded(let leaning, let number):
      set(leaning, of: event)
      self.number = Int(number)
      cue = Cue.Kind.reminder.name
    case .recovered(let leaning, let isPraised):
      leaning_s = leaning.seconds.rounded(places: 2)
      if isPraised { cue = Cue.Kind.wellDone.name }
    case .ended(let leaning, let context):
      leaning_s = leaning.seconds.rounded(places: 2)
      self.context = context.name
    case .suppressed(let leaning, let suppression):
      set(leaning, of: event)
      suppressed = suppression.name
    case .takenOff(let interval): for_s = interval.seconds.rounded(places: 1)
    case .modeSet(let mode): self.mode = mode.name
    case .silenced(let silence, let interval):
      self.silence = silence.name
      for_s = interval.seconds.rounded(places: 1)
    case .played(let kind): cue = kind.name
    case .breakSuggested(let sitting):
      for_s = sitting.seconds.rounded(places: 1)
      cue = Cue.Kind.breakReminder.name
    case .gap(let interval): gap_s = interval.seconds.rounded(places: 3)
    case .bendAwaited, .wornDifferently, .wornAsBefore, .putOn, .quietSet, .unsilenced, .sessionSet, .frozen,
      .resumed, .saturated:
      break
    }
  }

  private mutating func set(_ leaning: Interval, of event: Event) {
    leaning_s = leaning.seconds.rounded(places: 2)
    lean = event.lean?.name
    exposure = event.exposure.rounded(places: 2)
    context = event.context.name
  }

  /// `TIME_US EVENT key=value ...`: one line, for people, awk and golden files.
  package var text: String {
    var words = ["\(time_us)", event]
    func add(_ key: String, _ value: Double?, _ places: Int) {
      if let value { words.append("\(key)=\(Decimal.text(value, places: places))") }
    }
    func add(_ key: String, _ value: String?) {
      if let value { words.append("\(key)=\(value)") }
    }
    add("flexion_deg", flexion_deg, 2)
    add("lateral_deg", lateral_deg, 2)
    add("total_deg", total_deg, 2)
    add("lean", lean)
    add("leaning_s", leaning_s, 2)
    add("exposure", exposure, 2)
    add("context", context)
    add("cue", cue)
    add("number", number.map(String.init))
    add("suppressed", suppressed)
    add("gap_s", gap_s, 3)
    add("reason", reason)
    add("reference", reference)
    add("forward", forward)
    add("mode", mode)
    add("silence", silence)
    add("for_s", for_s, 1)
    return words.joined(separator: " ")
  }
}
