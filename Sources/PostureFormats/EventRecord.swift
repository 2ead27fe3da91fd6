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
  /// The pattern the motor plays for it.
  package var cue: String?
  /// Length of a gap.
  package var gap_s: Double?
  /// Why a calibration was refused.
  package var reason: String?
  /// The sensor axis taken for forward, or `bend`.
  package var forward: String?

  package init(_ event: Event) {
    time_us = event.time.microseconds
    self.event = event.kind.name
    if let tilt = event.tilt {
      flexion_deg = tilt.flexion.degrees.rounded(places: 2)
      lateral_deg = tilt.lateral.degrees.rounded(places: 2)
      total_deg = tilt.total.degrees.rounded(places: 2)
    }
    switch event.kind {
    case .calibrated(let axis): forward = axis?.name ?? "bend"
    case .calibrationRefused(let refusal): reason = refusal.name
    case .deviated(let leaning): setLeaning(leaning, event.tilt, cue: "nudge")
    case .reminded(let leaning): setLeaning(leaning, event.tilt, cue: "reminder")
    case .recovered(let leaning): setLeaning(leaning, nil, cue: nil)
    case .gap(let interval): gap_s = interval.seconds.rounded(places: 3)
    case .frozen, .resumed, .saturated: break
    }
  }

  private mutating func setLeaning(_ interval: Interval, _ tilt: Tilt?, cue: String?) {
    leaning_s = interval.seconds.rounded(places: 2)
    lean = tilt?.lean.name
    self.cue = cue
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
    add("cue", cue)
    add("gap_s", gap_s, 3)
    add("reason", reason)
    add("forward", forward)
    return words.joined(separator: " ")
  }
}
