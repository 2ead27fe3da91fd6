// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct RequestTests {
  @Test(
    arguments: [
      ("version", .version), ("status", .status), ("watch", .watch(rate: 10)),
      ("status\r", .status), ("  status\t ", .status), (#"{"class":"status"}"#, .status),
      (#"{"class":"version"}"# + "\r", .version),
      (#"{ "class" : "resume" }"#, .resume), (#"{"class":"watch"}"#, .watch(rate: 10)),
      (#"{"class":"watch","rate_hz":0.1}"#, .watch(rate: 0.1)),
      (#"{"rate_hz":100,"class":"watch"}"#, .watch(rate: 100)),
      ("calibrate-sensor", .calibrateSensor), ("apply-sensor-calibration", .applySensorCalibration),
      (#"{"class":"clear-sensor-calibration"}"#, .clearSensorCalibration), ("sensor-calibration", .sensorCalibration),
      (
        #"{"class":"watch","fields":["flexion_deg","context"],"events":false}"#,
        .watch(rate: 10, fields: [.flexion_deg, .context], events: false)
      ),
      (#"{"class":"watch","fields":[]}"#, .watch(rate: 10, fields: [])),
      (#"{"class":"watch","fields":["state","state","time_us"]}"#, .watch(rate: 10, fields: [.state, .time_us])),
      ("events", .events(after: 0, isFollowing: false)), ("samples", .samples), ("stop", .stop), ("metrics", .metrics),
      (#"{"class":"events","since":12,"follow":true}"#, .events(after: 12, isFollowing: true)),
      (#"{"class":"events","since":9007199254740992}"#, .events(after: 1 << 53, isFollowing: false)),
      (#"{"class":"watch","rate_hz":2.5e1}"#, .watch(rate: 25)), (#"{"class":"st\u0061tus"}"#, .status),
    ] as [(String, Request)]) func aRequestIsRead(line: String, request: Request) throws
  {
    #expect(try Request.parse(line).get() == request)
  }

  @Test(
    arguments: [
      ("calibrate", .calibrate(nil, isBending: false)),
      (#"{"class":"calibrate","reference":"sitting"}"#, .calibrate(.sitting, isBending: false)),
      (#"{"class":"calibrate","bending":true}"#, .calibrate(nil, isBending: true)),
      (#"{"bending":false,"class":"calibrate","reference":"car"}"#, .calibrate(.car, isBending: false)),
      (#"{"class":"use-reference","reference":"standing"}"#, .useReference(.standing)),
      ("keep-reference", .keepReference), (#"{"class":"keep-reference"}"#, .keepReference),
      (#"{"class":"forget-reference","reference":"car"}"#, .forgetReference(.car)),
      ("why", .why(1)), (#"{"class":"why","number":1}"#, .why(1)), (#"{"class":"why","number":50}"#, .why(50)),
      (#"{"class":"why","number":2.0e0}"#, .why(2)),
      ("record", .record(nil)), (#"{"class":"record","for_s":86400.5}"#, .record(86_400.5)),
      ("pause", .silence(.pause, nil)), (#"{"class":"pause","for_s":1}"#, .silence(.pause, 1)),
      (#"{"class":"pause","for_s":86400}"#, .silence(.pause, 86_400)),
      ("snooze", .silence(.snooze, nil)), (#"{"class":"snooze","for_s":90.5}"#, .silence(.snooze, 90.5)),
      ("resume", .resume),
      (#"{"class":"mode","mode":"training"}"#, .mode(.training)),
      (#"{"class":"mode","mode":"tracking"}"#, .mode(.tracking)),
      (#"{"class":"mark","word":"deviation"}"#, .mark(.deviation, nil)),
      (#"{"class":"mark","word":"false-cue","last_s":30}"#, .mark(.falseCue, 30)),
      (#"{"class":"session","title":"Hands"}"#, .session(title: "Hands")), ("session-stop", .stopSession),
      ("session-status", .sessionStatus(isFollowing: false)),
      (#"{"class":"session-status","follow":true}"#, .sessionStatus(isFollowing: true)),
      (#"{"class":"forget","all":true}"#, .forget(.all)),
      (#"{"class":"forget","before_s":1795780800}"#, .forget(.before(1_795_780_800))),
      (#"{"class":"forget","last_s":3600}"#, .forget(.last(3600))),
      ("save", .save(60)), (#"{"class":"save","last_s":1}"#, .save(1)), (#"{"class":"save","last_s":60}"#, .save(60)),
    ] as [(String, Request)]) func aRequestWithMembersIsRead(line: String, request: Request) throws
  {
    #expect(try Request.parse(line).get() == request)
  }

  /// Every one is read as a bare word, or says which member it needs.
  @Test func everyWordIsKnown() {
    let needs = [
      "use-reference": "reference", "forget-reference": "reference", "mode": "mode", "mark": "word", "forget": "all",
      "session-steps": "steps", "session": "title",
    ]
    for word in Request.words {
      switch Request.parse(word) {
      case .success: #expect(needs[word] == nil)
      case .failure(let error): #expect(error.key == needs[word] && error.found == "none", "\(error)")
      }
    }
  }

  static let all =
    "version, status, settings, watch, events, samples, stop, metrics, calibrate, use-reference, keep-reference, forget-reference, why, pause, snooze, resume, "
    + "mode, mark, save, record, programme, forget, session-steps, session, session-stop, session-status, calibrate-sensor, apply-sensor-calibration, clear-sensor-calibration, sensor-calibration"
  static let words = "one of \(all)"
  static let object = "one JSON object on one line"
  static let members =
    "the members class, all, before_s, bending, events, fields, follow, for_s, last_s, mode, number, "
    + "rate_hz, reference, since, steps, title, word"
  static let fields =
    "state, fault, time_us, posture, context, flexion_deg, lateral_deg, total_deg, exposure, motor_on, measured_rate_hz"
  static let names = "sitting, standing, car"

  @Test(arguments: [
    ("", "request: class: found '', expected \(words)"),
    ("Status", "request: class: found 'Status', expected \(words)"),
    ("sta tus", "request: class: found 'sta tus', expected \(words)"),
    ("sta\rtus", "request: class: found 'sta\\u{d}tus', expected \(words)"),
    ("stop\u{1B}[2J", "request: class: found 'stop\\u{1b}[2J', expected \(words)"),
    ("\"status\"", "request: class: found '\"status\"', expected \(words)"),
    ("[\"status\"]", "request: class: found '[\"status\"]', expected \(words)"),
    (#"{"class":"halt"}"#, "request: class: found 'halt', expected \(words)"),
    ("{}", "request: found no class, expected a member \"class\" of \(all)"),
    (
      #"{"rate_hz":5}"#,
      "request: found no class, expected a member \"class\" of \(all)"
    ),
    (#"{"class":5}"#, "request: class: found a value of another type, expected a string"),
    (#"{"class":["status"]}"#, "request: class: found a value of another type, expected a string"),
    (#"{"class":"watch","rate_hz":"5"}"#, "request: rate_hz: found a value of another type, expected a number"),
    (#"{"class":"watch","rate_hz":true}"#, "request: rate_hz: found a value of another type, expected a number"),
    (#"{"class":"watch","rate_hz":0}"#, "request: rate_hz: found 0.0, expected 0.1 to 100"),
    (#"{"class":"watch","rate_hz":100.5}"#, "request: rate_hz: found 100.5, expected 0.1 to 100"),
    (#"{"class":"watch","rate_hz":-10}"#, "request: rate_hz: found -10.0, expected 0.1 to 100"),
    (#"{"class":"status","rate_hz":10}"#, "request: rate_hz: found it in 'status', expected it only in 'watch'"),
    (#"{"class":"status","colour":1}"#, "request: found 'colour', expected \(members)"),
    (#"{"class":"status","b":1,"a":2}"#, "request: found 'a', expected \(members)"),
    (#"{"class":"status""#, "request: found '{\"class\":\"status\"', expected \(object)"),
    ("{", "request: found '{', expected \(object)"),
    (
      #"{"class":"status"}{"class":"why"}"#,
      "request: found '{\"class\":\"status\"}{\"class\":\"why\"}', expected \(object)"
    ),
    ("{class:status}", "request: found '{class:status}', expected \(object)"),
    (#"{"class":"watch","rate_hz":nan}"#, "request: found '{\"class\":\"watch\",\"rate_hz\":nan}', expected \(object)"),
  ]) func aWrongRequestIsRefusedInWholeWords(line: String, message: String) {
    guard case .failure(let error) = Request.parse(line) else {
      Issue.record("accepted \(line)")
      return
    }
    #expect(error.description == message)
  }

  @Test(arguments: [
    ("use-reference", "request: reference: found none, expected \(names)"),
    (#"{"class":"forget-reference"}"#, "request: reference: found none, expected \(names)"),
    (#"{"class":"use-reference","reference":"bed"}"#, "request: reference: found 'bed', expected \(names)"),
    (#"{"class":"forget-reference","reference":""}"#, "request: reference: found '', expected \(names)"),
    (#"{"class":"calibrate","reference":"Sitting"}"#, "request: reference: found 'Sitting', expected \(names)"),
    ("mode", "request: mode: found none, expected training or tracking"),
    (#"{"class":"mode","mode":"off"}"#, "request: mode: found 'off', expected training or tracking"),
    (#"{"class":"why","number":0}"#, "request: number: found 0.0, expected a whole number from 1 to 50"),
    (#"{"class":"why","number":51}"#, "request: number: found 51.0, expected a whole number from 1 to 50"),
    (#"{"class":"why","number":1.5}"#, "request: number: found 1.5, expected a whole number from 1 to 50"),
    (#"{"class":"why","number":-1}"#, "request: number: found -1.0, expected a whole number from 1 to 50"),
    (#"{"class":"why","number":1e300}"#, "request: number: found 1e+300, expected a whole number from 1 to 50"),
    (#"{"class":"record","for_s":0.9}"#, "request: for_s: found 0.9, expected 1 to 31536000"),
    (#"{"class":"pause","for_s":0.9}"#, "request: for_s: found 0.9, expected 1 to 86400"),
    (#"{"class":"snooze","for_s":86400.1}"#, "request: for_s: found 86400.1, expected 1 to 86400"),
    (#"{"class":"snooze","for_s":-600}"#, "request: for_s: found -600.0, expected 1 to 86400"),
    (#"{"class":"watch","fields":["tilt"]}"#, "request: fields: found 'tilt', expected any of \(fields)"),
    (
      #"{"class":"watch","fields":["state",5]}"#,
      "request: fields: found a value of another type, expected a list of strings"
    ),
    (#"{"class":"events","since":-1}"#, "request: since: found -1.0, expected a whole number from 0 to 2^53"),
    (#"{"class":"events","since":1.5}"#, "request: since: found 1.5, expected a whole number from 0 to 2^53"),
    (#"{"class":"events","since":1e300}"#, "request: since: found 1e+300, expected a whole number from 0 to 2^53"),
    ("mark", "request: word: found none, expected \(LabelWord.expected)"),
    (#"{"class":"mark","word":"Ouch!"}"#, "request: word: found 'Ouch!', expected \(LabelWord.expected)"),
    ("forget", "request: all: found none, expected true, or before_s or last_s in its place"),
    (
      #"{"class":"forget","all":false}"#, "request: all: found false, expected true, or before_s or last_s in its place"
    ),
    (
      #"{"class":"forget","all":true,"last_s":60}"#,
      "request: found several members, expected one of all, before_s and last_s in 'forget'"
    ),
    (#"{"class":"forget","last_s":59}"#, "request: last_s: found 59.0, expected 60 to 86400"),
    (#"{"class":"forget","before_s":-1}"#, "request: before_s: found -1.0, expected seconds since 1970"),
    (#"{"class":"mark","word":"a","last_s":0.5}"#, "request: last_s: found 0.5, expected 1 to 3600"),
    (#"{"class":"mark","word":"a","last_s":3601}"#, "request: last_s: found 3601.0, expected 1 to 3600"),
    (#"{"class":"save","last_s":0.5}"#, "request: last_s: found 0.5, expected 1 to 60"),
    (#"{"class":"save","last_s":61}"#, "request: last_s: found 61.0, expected 1 to 60"),
    (#"{"class":"calibrate","bending":true,"refer":"car"}"#, "request: found 'refer', expected \(members)"),
  ]) func aWrongMemberIsRefusedInWholeWords(line: String, message: String) {
    guard case .failure(let error) = Request.parse(line) else {
      Issue.record("accepted \(line)")
      return
    }
    #expect(error.description == message)
  }

  /// A member, a value that it may have, and the requests that take it.
  private static let takers = [
    ("rate_hz", "10", ["watch"]), ("reference", "\"car\"", ["calibrate", "use-reference", "forget-reference"]),
    ("bending", "true", ["calibrate"]), ("number", "1", ["why"]), ("for_s", "60", ["pause", "snooze", "record"]),
    ("mode", "\"tracking\"", ["mode"]), ("word", "\"walking\"", ["mark"]),
    ("last_s", "60", ["mark", "save", "forget"]),
    ("before_s", "60", ["forget"]), ("all", "true", ["forget"]),
    ("fields", "[\"state\"]", ["watch"]),
    ("events", "true", ["watch"]), ("since", "5", ["events"]), ("follow", "true", ["events", "session-status"]),
    ("title", "\"Hands\"", ["session"]),
  ]

  @Test(arguments: takers) func aMemberBelongsToItsRequestsAlone(member: String, value: String, takers: [String]) {
    let whose = takers.map { "'\($0)'" }.joined(separator: ", ")
    for word in Request.words {
      switch Request.parse("{\"class\":\"\(word)\",\"\(member)\":\(value)}") {
      case .success: #expect(takers.contains(word), "\(word)")
      case .failure(let error) where error.found == "none":
        // It takes this one, and needs another.
        #expect(takers.contains(word) && error.key == "word", "\(error)")
      case .failure(let error):
        #expect(error.description == "request: \(member): found it in '\(word)', expected it only in \(whose)")
        #expect(!takers.contains(word), "\(word)")
      }
    }
  }

  @Test(arguments: takers) func aValueHasItsType(member: String, value: String, takers: [String]) {
    let expected =
      switch value.first {
      case "\"": "a string"
      case "t": "true or false"
      case "[": "a list of strings"
      default: "a number"
      }
    for wrong in ["\"5\"", "5", "true", "null", "[\(value)]", "{\"a\":\(value)}"] where wrong.first != value.first {
      if expected == "a number" && wrong == "5" { continue }
      guard case .failure(let error) = Request.parse("{\"class\":\"\(takers[0])\",\"\(member)\":\(wrong)}") else {
        Issue.record("accepted \(wrong)")
        continue
      }
      #expect(
        error.description == "request: \(member): found a value of another type, expected \(expected)", "\(wrong)")
    }
  }

  @Test func aClassOfNullIsNamed() {
    guard case .failure(let error) = Request.parse(#"{"class":null}"#) else {
      Issue.record("accepted")
      return
    }
    #expect(error.description == "request: class: found a value of another type, expected a string")
  }

  @Test func aNumberBeyondDoubleIsRefused() {
    guard case .failure = Request.parse(#"{"class":"watch","rate_hz":1e999}"#) else {
      Issue.record("accepted")
      return
    }
  }

  @Test func hugeRequestsAreRefusedAndShownShort() {
    let lines = [
      String(repeating: "x", count: 1 << 20), "{" + String(repeating: "[", count: 1 << 20),
      "{\"class\":" + String(repeating: "[", count: 100_000), "{\"\(String(repeating: "y", count: 1 << 16))\":1}",
      String(repeating: "{\"class\":", count: 10_000),
    ]
    for line in lines {
      guard case .failure(let error) = Request.parse(line) else {
        Issue.record("accepted")
        return
      }
      #expect(error.description.utf8.count < 480)
    }
  }
}
