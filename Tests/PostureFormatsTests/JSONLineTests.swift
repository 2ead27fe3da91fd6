// SPDX-License-Identifier: MIT
import PostureFormats
import Testing

struct JSONLineTests {
  @Test func theClassComesFirstAndTheRestByName() {
    #expect(
      JSONLine.encode(VersionMessage())
        == #"{"class":"version","program":"postured","protocol":\#(Version.socketProtocol),"#
        + #""version":"\#(Version.program)"}"#)
    #expect(JSONLine.encode(CalibrateMessage(window_s: 3)) == #"{"class":"calibrate","window_s":3}"#)
    #expect(
      JSONLine.encode(WhyMessage())
        == #"{"class":"why","explanation":"There has been no cue yet.","has_cue":false}"#)
    #expect(
      JSONLine.encode(WatchMessage(rate_hz: 0.5, enter_deg: 15, leave_deg: 10))
        == #"{"class":"watch","enter_deg":15,"leave_deg":10,"rate_hz":0.5}"#)
  }

  @Test func foreignTextStaysOnItsLine() {
    let text = "a \"quote\", a /, a\nnewline\r, \u{1B}, \u{0} and ü"
    let line = JSONLine.encode(ErrorMessage(text))
    #expect(!line.utf8.contains { $0 < 0x20 })
    #expect(line.contains("a /, a"))
    #expect(JSONLine.decode(ErrorMessage.self, from: line)?.message == text)
  }

  @Test func aMessageWithoutItsOptionalMembersHasNone() {
    let tilt = TiltMessage(state: "lost", posture: "unknown", motor_on: false)
    let line = #"{"class":"tilt","motor_on":false,"posture":"unknown","state":"lost"}"#
    #expect(JSONLine.encode(tilt) == line)
    #expect(JSONLine.decode(TiltMessage.self, from: line) == tilt)
  }

  @Test func aStatusComesBackWhole() {
    var status = StatusMessage(
      source: "i2c", state: "lost", state_since_s: 1.5, uptime_s: 3.5, samples: .max, samples_missing: 7, faults: 1,
      fault_counts: [:], lost: 2, posture: "deviated", has_reference: true, is_calibrating: false, has_motor: true,
      motor_on: true, motor_cut_offs: 6, deviations: 3, reminders: 4, is_realtime: true, clients: 5)
    #expect(
      JSONLine.encode(status)
        == #"{"class":"status","accelerometer_calibrated":false,"clients":5,"deviations":3,"fault_counts":{},"#
        + #""faults":1,"has_motor":true,"#
        + #""has_reference":true,"is_calibrating":false,"is_realtime":true,"lost":2,"motor_cut_offs":6,"#
        + #""motor_on":true,"posture":"deviated","reminders":4,"samples":18446744073709551615,"samples_missing":7,"#
        + #""source":"i2c","state":"lost","state_since_s":1.5,"uptime_s":3.5}"#)
    status.sensor = "MPU-6050"
    status.address = "0x68"
    status.mode = "fifo"
    status.rate_hz = 100
    status.fault_counts = ["overrun": 2, "no-acknowledge": .max]
    status.fault = "the bus"
    status.up = [0, -0.5, 1]
    status.gyroscope_bias_dps = [0.001, -2, 3]
    status.gyroscope_bias_known = true
    status.uncertainty_deg = 0.3
    status.levelling_after = "start"
    status.time_us = .min
    status.accelerometer_calibrated = true
    status.calibration_taken = "2026-11-22T03:39:07Z"
    status.calibration_residual_mg = 0.41
    status.calibration_fault = "none"
    #expect(JSONLine.decode(StatusMessage.self, from: JSONLine.encode(status)) == status)
  }

  @Test(arguments: [
    "", "{}", "[]", "null", "5", "calibrate", #"{"class":"watch","window_s":3}"#, #"{"class":5,"window_s":3}"#,
    #"{"class":"calibrate"}"#, #"{"class":"calibrate","window_s":"3"}"#, #"{"class":"calibrate","window_s":3"#,
    #"{"window_s":3}"#, #"{"class":"calibrate","window_s":3} x"#,
  ]) func anotherLineIsNoSuchMessage(line: String) {
    #expect(JSONLine.decode(CalibrateMessage.self, from: line) == nil)
  }

  @Test func membersOfALaterVersionAreOverlooked() {
    let line = #" { "new" : [1, {}] , "window_s" : 3.5e0 , "class" : "calibrate" } "#
    #expect(JSONLine.decode(CalibrateMessage.self, from: line) == CalibrateMessage(window_s: 3.5))
    #expect(JSONLine.messageClass(of: line) == "calibrate")
    #expect(JSONLine.messageClass(of: "calibrate") == nil)
  }
}
