// SPDX-License-Identifier: MIT
// Members are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import FoundationEssentials

/// What a client may ask on the status socket: a bare word, or a JSON object with a class and its members.
package enum Request: Sendable, Equatable {
  case version
  case status
  case watch(rate: Double)
  case calibrate
  case why
  /// Look for poses of an accelerometer calibration, for this client.
  case calibrateSensor
  /// Store and apply what this client's poses say.
  case applySensorCalibration
  case clearSensorCalibration
  case sensorCalibration

  /// Longest request, in bytes without the newline: a person's or a program's, not a file.
  package static let longest = 1024
  /// Tilt messages a second, unless asked for otherwise.
  package static let defaultWatchRate = 10.0
  package static let watchRates = 0.1...100.0
  package static let words = [
    "version", "status", "watch", "calibrate", "why", "calibrate-sensor", "apply-sensor-calibration",
    "clear-sensor-calibration", "sensor-calibration",
  ]

  /// The request in a line, or what is wrong with it.
  package static func parse(_ line: String) -> Result<Request, InputError> {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    let line = String(line.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    guard line.hasPrefix("{") else { return request(named: line, Members()) }
    do {
      let members = try JSONDecoder().decode(Members.self, from: Data(line.utf8))
      if let unknown = members.unknown {
        return .failure(error(InputError.quote(unknown), "the members class and rate_hz", key: "request"))
      }
      guard let name = members.class else {
        return .failure(error("no class", "a member \"class\" of \(words.joined(separator: ", "))", key: "request"))
      }
      return request(named: name, members)
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
      let key = context.codingPath.last?.stringValue ?? "request"
      return .failure(error("a value of another type", key == "class" ? "a string" : "a number", key: key))
    } catch {
      return .failure(Self.error(InputError.quote(line), "one JSON object on one line", key: "request"))
    }
  }

  private static func request(named name: String, _ members: Members) -> Result<Request, InputError> {
    if members.rate_hz != nil && name != "watch" {
      return .failure(error("it in '\(name)'", "it only in 'watch'", key: "rate_hz"))
    }
    switch name {
    case "version": return .success(.version)
    case "status": return .success(.status)
    case "calibrate": return .success(.calibrate)
    case "why": return .success(.why)
    case "calibrate-sensor": return .success(.calibrateSensor)
    case "apply-sensor-calibration": return .success(.applySensorCalibration)
    case "clear-sensor-calibration": return .success(.clearSensorCalibration)
    case "sensor-calibration": return .success(.sensorCalibration)
    case "watch":
      let rate = members.rate_hz ?? defaultWatchRate
      guard watchRates.contains(rate) else { return .failure(error("\(rate)", "0.1 to 100", key: "rate_hz")) }
      return .success(.watch(rate: rate))
    default:
      return .failure(error(InputError.quote(name), "one of \(words.joined(separator: ", "))", key: "class"))
    }
  }

  private static func error(_ found: String, _ expected: String, key: String) -> InputError {
    InputError(source: "request", key: key == "request" ? nil : key, found: found, expected: expected)
  }

  /// The object's members, and the first one that is none of ours.
  private struct Members: Decodable {
    var `class`: String?
    var rate_hz: Double?
    var unknown: String?

    private struct Name: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init() {}

    init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: Name.self)
      for name in members.allKeys {
        switch name.stringValue {
        case "class": `class` = try members.decode(String.self, forKey: name)
        case "rate_hz": rate_hz = try members.decode(Double.self, forKey: name)
        default: unknown = min(unknown ?? name.stringValue, name.stringValue)
        }
      }
    }
  }
}
