// SPDX-License-Identifier: MIT
import PostureFormats
import Testing

struct RequestTests {
  @Test(
    arguments: [
      ("version", .version), ("status", .status), ("calibrate", .calibrate), ("why", .why), ("watch", .watch(rate: 10)),
      ("status\r", .status), ("  status\t ", .status), (#"{"class":"status"}"#, .status),
      (#"{"class":"version"}"# + "\r", .version),
      (#"{ "class" : "why" }"#, .why), (#"{"class":"watch"}"#, .watch(rate: 10)),
      (#"{"class":"watch","rate_hz":0.1}"#, .watch(rate: 0.1)),
      (#"{"rate_hz":100,"class":"watch"}"#, .watch(rate: 100)),
      ("calibrate-sensor", .calibrateSensor), ("apply-sensor-calibration", .applySensorCalibration),
      (#"{"class":"clear-sensor-calibration"}"#, .clearSensorCalibration), ("sensor-calibration", .sensorCalibration),
      (#"{"class":"watch","rate_hz":2.5e1}"#, .watch(rate: 25)), (#"{"class":"st\u0061tus"}"#, .status),
    ] as [(String, Request)]) func aRequestIsRead(line: String, request: Request) throws
  {
    #expect(try Request.parse(line).get() == request)
  }

  static let all =
    "version, status, watch, calibrate, why, calibrate-sensor, apply-sensor-calibration, clear-sensor-calibration, "
    + "sensor-calibration"
  static let words = "one of \(all)"
  static let object = "one JSON object on one line"

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
    (#"{"class":"status","colour":1}"#, "request: found 'colour', expected the members class and rate_hz"),
    (#"{"class":"status","b":1,"a":2}"#, "request: found 'a', expected the members class and rate_hz"),
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

  @Test(arguments: [#"{"class":null}"#, #"{"class":"watch","rate_hz":null}"#])
  func nullIsNamed(line: String) {
    guard case .failure(let error) = Request.parse(line) else {
      Issue.record("accepted \(line)")
      return
    }
    #expect(error.key == (line.contains("rate_hz") ? "rate_hz" : "class"))
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
      #expect(error.description.utf8.count < 300)
    }
  }
}
