// SPDX-License-Identifier: MIT
import PostureCore

extension StatusMessage {
  /// The states and counters for a monitoring system, as OpenMetrics text.
  ///
  /// - Parameters:
  ///   - states: all that the source can be in.
  ///   - events: since the start.
  package func metrics(states: [String], events: UInt64) -> String {
    var text = OpenMetricsText()
    addDaemon(to: &text, events: events)
    addSensor(to: &text, states)
    addWearer(to: &text)
    addCues(to: &text)
    addMotor(to: &text)
    return text.text
  }

  private func addDaemon(to text: inout OpenMetricsText, events: UInt64) {
    text.add(
      "postured_build_info", .gauge, help: "Versions of the program and of its socket protocol.",
      [([("version", Version.program), ("protocol", "\(Version.socketProtocol)")], "1")])
    text.add(
      "postured_uptime_seconds", .gauge, unit: "seconds", help: "Time since the daemon's start.", "\(uptime_s)")
    text.add("postured_clients", .gauge, help: "Clients of the socket.", "\(clients)")
    text.add(
      "postured_realtime", .gauge, help: "1 where the sampling thread has real-time scheduling.", Self.flag(is_realtime)
    )
    text.add("postured_events", .counter, help: "Events since the start.", "\(events)")
    text.add(
      "postured_publications_lost", .counter,
      help: "Messages of the sampling thread that the service side was too slow to take.", "\(lost)")
  }

  private func addSensor(to text: inout OpenMetricsText, _ states: [String]) {
    let labels = [("source", source), ("sensor", sensor), ("address", address), ("mode", mode)]
    text.add(
      "postured_sensor_info", .gauge, help: "The sensor, as far as it is known.",
      [(labels.compactMap { name, value in value.map { (name, $0) } }, "1")])
    text.add(
      "postured_state", .gauge, help: "How the sensor is: 1 for the state that holds.",
      Self.oneOf(states, state, label: "state"))
    text.add(
      "postured_state_age_seconds", .gauge, unit: "seconds", help: "For how long the state has been what it is.",
      "\(state_since_s)")
    text.add("postured_samples", .counter, help: "Samples processed.", "\(samples)")
    text.add(
      "postured_samples_missing", .counter, help: "Samples that the sensor should have given and did not.",
      "\(samples_missing)")
    text.add(
      "postured_sample_rate_hertz", .gauge, unit: "hertz", help: "Samples a second, measured over the last seconds.",
      measured_rate_hz.map { "\($0)" })
    text.add(
      "postured_sensor_faults", .counter, help: "Faults of the sensor, by kind.",
      Self.counted(fault_counts, label: "kind"))
  }

  private func addWearer(to text: inout OpenMetricsText) {
    text.add(
      "postured_posture", .gauge, help: "How the wearer holds the back: 1 for the posture that holds.",
      Self.oneOf(Posture.allCases.map(\.name), posture, label: "posture"))
    if let context {
      text.add(
        "postured_context", .gauge, help: "What the wearer is about: 1 for the context that holds.",
        Self.oneOf(Context.allCases.map(\.name), context, label: "context"))
    }
    let tilt = [("flexion", flexion_deg), ("lateral", lateral_deg), ("total", total_deg)]
    text.add(
      "postured_tilt_degrees", .gauge, unit: "degrees",
      help: "The tilt against the reference posture: forward positive, left positive, and in all.",
      tilt.compactMap { name, value in value.map { ([("direction", name)], "\($0)") } })
    text.add(
      "postured_exposure_ratio", .gauge, unit: "ratio", help: "How near a cue is, 0 to 1.", exposure.map { "\($0)" })
    text.add(
      "postured_reference_known", .gauge, help: "1 where the reference posture in use is known.",
      Self.flag(has_reference))
    text.add(
      "postured_worn_seconds", .counter, unit: "seconds", help: "Time in which the device was worn.", "\(worn_s)")
    text.add(
      "postured_judged_seconds", .counter, unit: "seconds", help: "Time of that in which posture counted.",
      "\(judged_s)")
    text.add(
      "postured_leaning_seconds", .counter, unit: "seconds", help: "Time of that beyond a limit.", "\(leaning_s)")
  }

  private func addCues(to text: inout OpenMetricsText) {
    text.add("postured_deviations", .counter, help: "Leans that became deviations.", "\(deviations)")
    let kinds = [Cue.Kind.nudge, .reminder, .wellDone, .breakReminder].map(\.name)
    text.add(
      "postured_cues", .counter, help: "Cues given for posture and for breaks, by kind.",
      kinds.map { ([("kind", $0)], "\(cue_counts[$0, default: 0])") })
    text.add(
      "postured_cues_suppressed", .counter, help: "Cues that were due and not given, by reason.",
      Suppression.allCases.map(\.name).map { ([("reason", $0)], "\(suppressed_counts[$0, default: 0])") })
    text.add(
      "postured_silenced", .gauge, help: "1 while a snooze, a pause, quiet hours or the mode tracking forbid cues.",
      Self.flag(silence != nil || is_quiet || cue_mode == Mode.tracking.name))
  }

  private func addMotor(to text: inout OpenMetricsText) {
    text.add("postured_motor_present", .gauge, help: "1 where there is a motor.", Self.flag(has_motor))
    text.add("postured_motor_on", .gauge, help: "1 while the motor runs.", Self.flag(motor_on))
    text.add(
      "postured_motor_faulty", .gauge, help: "1 while the motor cannot be driven.", Self.flag(motor_fault != nil))
    text.add(
      "postured_motor_cut_offs", .counter, help: "Times the motor had been on for too long and was switched off.",
      "\(motor_cut_offs)")
  }

  private static func flag(_ value: Bool) -> String { value ? "1" : "0" }

  private static func oneOf(
    _ all: [String], _ now: String, label: String
  ) -> [(labels: [OpenMetricsText.Label], value: String)] {
    all.map { ([(label, $0)], flag($0 == now)) }
  }

  private static func counted(
    _ counts: [String: UInt64], label: String
  ) -> [(labels: [OpenMetricsText.Label], value: String)] {
    counts.sorted { $0.key < $1.key }.map { ([(label, $0.key)], "\($0.value)") }
  }
}
