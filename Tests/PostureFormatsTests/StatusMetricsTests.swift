// SPDX-License-Identifier: MIT
import PostureFormats
import Testing

struct StatusMetricsTests {
  private var status: StatusMessage {
    StatusMessage(
      source: "simulated", state: "running", state_since_s: 1.5, uptime_s: 3.5, samples: 350, samples_missing: 7,
      faults: 3, fault_counts: ["timeout": 2, "overrun": 1], lost: 2, posture: "leaning", has_reference: true,
      is_calibrating: false, has_motor: true, motor_on: false, motor_cut_offs: 6, deviations: 3, reminders: 4,
      is_realtime: true, clients: 5)
  }

  private func lines(_ status: StatusMessage) -> [Substring] {
    status.metrics(states: ["running", "lost"], events: 12).split(separator: "\n")
  }

  @Test func aFamilySaysItsTypeUnitAndHelpBeforeItsValues() {
    let text = status.metrics(states: ["running", "lost"], events: 12)
    #expect(
      text.contains(
        "# TYPE postured_worn_seconds counter\n# UNIT postured_worn_seconds seconds\n"
          + "# HELP postured_worn_seconds Time in which the device was worn.\npostured_worn_seconds_total 0.0\n"))
    #expect(text.hasSuffix("\n# EOF\n"))
  }

  @Test(arguments: [
    "postured_uptime_seconds 3.5", "postured_samples_total 350", "postured_samples_missing_total 7",
    "postured_sensor_faults_total{kind=\"overrun\"} 1", "postured_sensor_faults_total{kind=\"timeout\"} 2",
    "postured_state{state=\"running\"} 1", "postured_state{state=\"lost\"} 0",
    "postured_posture{posture=\"leaning\"} 1", "postured_posture{posture=\"upright\"} 0",
    "postured_publications_lost_total 2", "postured_events_total 12", "postured_clients 5", "postured_realtime 1",
    "postured_motor_cut_offs_total 6", "postured_motor_faulty 0", "postured_cues_total{kind=\"nudge\"} 0",
    "postured_cues_suppressed_total{reason=\"walking\"} 0", "postured_sensor_info{source=\"simulated\"} 1",
    "postured_build_info{version=\"\(Version.program)\",protocol=\"1\"} 1", "postured_deviations_total 3",
    "postured_reference_known 1", "postured_silenced 0",
  ]) func whatIsKnownStandsThere(line: String) { #expect(lines(status).contains { $0 == line }) }

  @Test func whatIsUnknownIsLeftOut() {
    for name in ["postured_context", "postured_tilt", "postured_exposure", "postured_sample_rate"] {
      #expect(!lines(status).contains { $0.contains(name) })
    }
    var status = status
    (status.context, status.flexion_deg, status.exposure, status.measured_rate_hz) = ("walking", -3.25, 0.5, 99.9)
    for line in [
      "postured_context{context=\"walking\"} 1", "postured_tilt_degrees{direction=\"flexion\"} -3.25",
      "postured_exposure_ratio 0.5", "postured_sample_rate_hertz 99.9",
    ] {
      #expect(lines(status).contains { $0 == line })
    }
    #expect(!lines(status).contains { $0.contains("direction=\"total\"") })
  }

  @Test func aReasonForSilenceShows() {
    let changes: [(inout StatusMessage) -> Void] = [
      { $0.silence = "pause" }, { $0.is_quiet = true }, { $0.cue_mode = "tracking" },
    ]
    for change in changes {
      var status = status
      change(&status)
      #expect(lines(status).contains("postured_silenced 1"))
    }
  }

  @Test func foreignTextIsEscaped() {
    var text = OpenMetricsText()
    text.add("a", .gauge, help: "x", [([("b", "q\"\\\nz")], "1")])
    #expect(text.text.contains("a{b=\"q\\\"\\\\\\nz\"} 1\n"))
  }
}
