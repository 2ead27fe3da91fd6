// SPDX-License-Identifier: MIT
// Members are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PostureCore

/// Sent to a watching client at the rate it asked for, and when the state changes, with events between.
package struct TiltMessage: Message, Equatable {
  package static let messageClass = "tilt"
  /// `starting`, `running`, `degraded`, `lost`, `recovering` or `ended`.
  package var state: String
  /// What went wrong last, while the sensor is not well.
  package var fault: String?
  /// Of the last sample.
  package var time_us: Int64?
  package var posture: String
  package var context: String?
  package var flexion_deg: Double?
  package var lateral_deg: Double?
  package var total_deg: Double?
  /// How near a cue is, 0 to 1.
  package var exposure: Double?
  package var motor_on: Bool
  package var measured_rate_hz: Double?
  /// Those that are sent, beside the time; the message itself is whole.
  package var chosen = Set(Field.allCases)

  package enum Field: String, CodingKey, CaseIterable, Sendable {
    case state, fault, time_us, posture, context, flexion_deg, lateral_deg, total_deg, exposure, motor_on
    case measured_rate_hz
  }

  package init(state: String, posture: String, motor_on: Bool) {
    self.state = state
    self.posture = posture
    self.motor_on = motor_on
  }

  package init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Field.self)
    state = try members.decode(String.self, forKey: .state)
    fault = try members.decodeIfPresent(String.self, forKey: .fault)
    time_us = try members.decodeIfPresent(Int64.self, forKey: .time_us)
    posture = try members.decode(String.self, forKey: .posture)
    context = try members.decodeIfPresent(String.self, forKey: .context)
    flexion_deg = try members.decodeIfPresent(Double.self, forKey: .flexion_deg)
    lateral_deg = try members.decodeIfPresent(Double.self, forKey: .lateral_deg)
    total_deg = try members.decodeIfPresent(Double.self, forKey: .total_deg)
    exposure = try members.decodeIfPresent(Double.self, forKey: .exposure)
    motor_on = try members.decode(Bool.self, forKey: .motor_on)
    measured_rate_hz = try members.decodeIfPresent(Double.self, forKey: .measured_rate_hz)
  }

  package func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: Field.self)
    func put(_ field: Field, _ value: (some Encodable)?) throws {
      if chosen.contains(field) { try members.encodeIfPresent(value, forKey: field) }
    }
    try members.encodeIfPresent(time_us, forKey: .time_us)
    try put(.state, state)
    try put(.fault, fault)
    try put(.posture, posture)
    try put(.context, context)
    try put(.flexion_deg, flexion_deg)
    try put(.lateral_deg, lateral_deg)
    try put(.total_deg, total_deg)
    try put(.exposure, exposure)
    try put(.motor_on, motor_on)
    try put(.measured_rate_hz, measured_rate_hz)
  }
}

/// Answers `watch`; the stream follows.
package struct WatchMessage: Message, Equatable {
  package static let messageClass = "watch"
  package var rate_hz: Double
  /// Limits in force, for drawing.
  package var enter_deg: Double
  package var leave_deg: Double
  package var enter_sideways_deg: Double
  package var enter_backward_deg: Double
  /// What was chosen, where something was.
  package var fields: [String]?
  package var events: Bool?

  package init(rate_hz: Double, limits: TiltLimits) {
    self.rate_hz = rate_hz
    enter_deg = limits.flexion.enter.degrees.rounded(places: 2)
    leave_deg = limits.flexion.leave.degrees.rounded(places: 2)
    enter_sideways_deg = limits.lateral.enter.degrees.rounded(places: 2)
    enter_backward_deg = limits.backward.enter.degrees.rounded(places: 2)
  }
}
