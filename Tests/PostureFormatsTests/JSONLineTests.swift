// SPDX-License-Identifier: MIT
import PostureCore
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
      JSONLine.encode(WatchMessage(rate_hz: 0.5, limits: TiltLimits()))
        == #"{"class":"watch","enter_backward_deg":20,"enter_deg":15,"enter_sideways_deg":12,"leave_deg":10,"#
        + #""rate_hz":0.5}"#)
    #expect(JSONLine.encode(DoneMessage(request: "resume")) == #"{"class":"done","request":"resume"}"#)
    #expect(
      JSONLine.encode(DoneMessage(request: "pause", for_s: 1800))
        == #"{"class":"done","for_s":1800,"request":"pause"}"#)
  }

  private struct Bare: Message, Equatable {
    static let messageClass = "bare"
    var word: String?
  }

  @Test func aMessageWithoutMembersHasItsClass() {
    #expect(JSONLine.encode(Bare()) == #"{"class":"bare"}"#)
    #expect(JSONLine.decode(Bare.self, from: #"{"class":"bare"}"#) == Bare())
    #expect(JSONLine.encode(Bare(word: "}")) == #"{"class":"bare","word":"}"}"#)
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

  @Test func aTiltHasTheChosenMembersAndItsTime() {
    var tilt = TiltMessage(state: "running", posture: "upright", motor_on: false)
    (tilt.time_us, tilt.flexion_deg, tilt.exposure) = (7, 1.5, 0.25)
    tilt.chosen = [.flexion_deg, .context, .motor_on]
    #expect(JSONLine.encode(tilt) == #"{"class":"tilt","flexion_deg":1.5,"motor_on":false,"time_us":7}"#)
    tilt.chosen = []
    #expect(JSONLine.encode(tilt) == #"{"class":"tilt","time_us":7}"#)
  }

  /// Each is named as it is sent, and none is forgotten.
  @Test func everyMemberOfATiltCanBeChosen() {
    var tilt = TiltMessage(state: "running", posture: "upright", motor_on: false)
    (tilt.fault, tilt.time_us, tilt.context, tilt.exposure, tilt.measured_rate_hz) = ("f", 7, "still", 0.5, 100)
    (tilt.flexion_deg, tilt.lateral_deg, tilt.total_deg) = (1, 2, 3)
    let whole = JSONLine.encode(tilt)
    #expect(whole.count { $0 == ":" } == TiltMessage.Field.allCases.count + 1)
    #expect(JSONLine.decode(TiltMessage.self, from: whole) == tilt)
    for field in TiltMessage.Field.allCases {
      tilt.chosen = [field]
      let line = JSONLine.encode(tilt)
      #expect(line.contains("\"\(field.rawValue)\":"))
      #expect(line.count { $0 == ":" } == (field == .time_us ? 2 : 3))
    }
  }

  @Test func anEventHasItsNumberBesideItsOwn() {
    let event = Event(time: Timestamp(microseconds: 5), kind: .reminded(leaning: .seconds(1), number: 2), tilt: nil)
    let message = EventMessage(EventRecord(event), number: 41)
    let line = JSONLine.encode(message)
    #expect(line.contains("\"event_number\":41,") && line.contains("\"number\":2,"))
    #expect(line.hasPrefix("{\"class\":\"event\","))
    #expect(JSONLine.decode(EventMessage.self, from: line) == message)
    #expect(JSONLine.decode(EventRecord.self, from: line) == message.record)
  }

  @Test func aStatusComesBackWhole() {
    var status = StatusMessage(
      source: "i2c", state: "lost", state_since_s: 1.5, uptime_s: 3.5, samples: .max, samples_missing: 7, faults: 1,
      fault_counts: [:], lost: 2, posture: "deviated", has_reference: true, is_calibrating: false, has_motor: true,
      motor_on: true, motor_cut_offs: 6, deviations: 3, reminders: 4, is_realtime: true, clients: 5)
    #expect(
      JSONLine.encode(status)
        == #"{"class":"status","accelerometer_calibrated":false,"clients":5,"cue_counts":{},"cue_mode":"training","#
        + #""deviations":3,"fault_counts":{},"#
        + #""faults":1,"has_motor":true,"#
        + #""has_reference":true,"is_calibrating":false,"is_quiet":false,"is_realtime":true,"judged_s":0,"leaning_s":0,"#
        + #""lost":2,"motor_cut_offs":6,"motor_on":true,"posture":"deviated","reference":"sitting","references":[],"#
        + #""reminders":4,"samples":18446744073709551615,"samples_missing":7,"source":"i2c","state":"lost","#
        + #""state_since_s":1.5,"suppressed":0,"suppressed_counts":{},"uptime_s":3.5,"worn_differently":false,"#
        + #""worn_s":0}"#)
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
    status.exposure = 0.125
    status.reference = "car"
    status.references = ["sitting", "car"]
    status.worn_differently = true
    status.cue_counts = ["nudge": 2]
    status.suppressed = 3
    status.suppressed_counts = ["walking": 2, "quiet-hours": 1]
    status.worn_s = 5000.5
    status.judged_s = 4000.1
    status.leaning_s = 0.1
    status.cue_mode = "tracking"
    status.is_quiet = true
    status.silence = "snooze"
    status.silence_left_s = 59.9
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
