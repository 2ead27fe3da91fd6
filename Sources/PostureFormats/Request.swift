// SPDX-License-Identifier: MIT
import FoundationEssentials
import PostureCore
import PosturePacing

/// What a client may ask on the status socket: a bare word, or a JSON object with a class and its members.
package enum Request: Sendable, Equatable {
  case version
  case status
  /// What is in force, and where it comes from.
  case settings
  /// Tilt messages with these members, all where none are named; with the events or without.
  case watch(rate: Double, fields: Set<TiltMessage.Field>? = nil, events: Bool = true)
  /// The events after the one of that number, and those to come too.
  case events(after: UInt64, isFollowing: Bool)
  /// Every sample from now on.
  case samples
  /// Ends what this client watches, follows, takes or records.
  case stop
  /// The counters and states, for a monitoring system.
  case metrics
  /// Take a reference posture: the named one, or the one in use; with a bend forward after it.
  case calibrate(ReferenceName?, isBending: Bool)
  case useReference(ReferenceName)
  /// The device sits as it did when the reference posture was taken.
  case keepReference
  case forgetReference(ReferenceName)
  /// What the last cue but so many was for; 1 is the last.
  case why(Int)
  /// Silent for so long, in seconds, or as long as the settings say.
  case silence(Silence, Double?)
  case resume
  case mode(Mode)
  /// The wearer says something, of the last so many seconds where a number is given.
  case mark(LabelWord, Double?)
  /// The samples of the last so many seconds, as a trace.
  case save(Double)
  /// The samples from now on, as a trace; for so long, in seconds, or until it is stopped.
  case record(Double?)
  /// Today's plan, and what the probes say.
  case programme
  /// What of the history is to be forgotten.
  case forget(Forgotten)
  /// Steps of a session, after those that this client has sent before.
  case sessionSteps([SessionStep])
  /// Begin a session of these steps, and tell this client of it.
  case session(title: String)
  case stopSession
  /// How far the session has come; and from now on as it goes.
  case sessionStatus(isFollowing: Bool)
  /// Look for poses of an accelerometer calibration, for this client.
  case calibrateSensor
  /// Store and apply what this client's poses say.
  case applySensorCalibration
  case clearSensorCalibration
  case sensorCalibration

  /// A part of the history.
  package enum Forgotten: Sendable, Equatable {
    case all
    /// Seconds since 1970.
    case before(Int)
    /// The last seconds.
    case last(Int)
  }

  /// Longest request, in bytes without the newline: a person's or a program's, not a file.
  package static let longest = 1024
  /// Tilt messages a second, unless asked for otherwise.
  package static let defaultWatchRate = 10.0
  package static let watchRates = 0.1...100.0
  /// Seconds: from one to a day.
  package static let silences = 1.0...86_400.0
  /// Seconds that are always in memory, and the least that is worth a file.
  package static let saved = 1.0...60.0
  /// Seconds: from one to a year.
  package static let recordings = 1.0...31_536_000.0
  /// Seconds that a mark may be about.
  package static let marked = TraceMark.lengths.lowerBound.seconds...TraceMark.lengths.upperBound.seconds
  /// Decisions that can be asked for.
  package static let decisions = 1...50
  /// Seconds of the history that can be forgotten from its end: from a minute to a day.
  package static let forgettable = 60.0...86_400.0
  /// Seconds since 1970 that are a date: to the year 9999.
  package static let dates = 0.0...253_402_300_799.0
  /// Numbers of events that a double holds exactly; nobody sees so many.
  package static let eventNumbers = 0.0...9_007_199_254_740_992.0
  package static let words = [
    "version", "status", "settings", "watch", "events", "samples", "stop", "metrics", "calibrate", "use-reference",
    "keep-reference", "forget-reference", "why", "pause", "snooze", "resume", "mode", "mark", "save", "record",
    "programme", "forget", "session-steps", "session", "session-stop", "session-status", "calibrate-sensor",
    "apply-sensor-calibration", "clear-sensor-calibration", "sensor-calibration",
  ]

  /// It changes how the daemon judges, cues or samples; the others only ask.
  package var changesSomething: Bool {
    switch self {
    case .calibrate, .useReference, .keepReference, .forgetReference, .silence, .resume, .mode, .mark, .forget,
      .sessionSteps, .session, .stopSession,
      .calibrateSensor, .applySensorCalibration, .clearSensorCalibration:
      true
    case .version, .status, .settings, .watch, .events, .samples, .stop, .metrics, .why, .save, .record,
      .programme, .sessionStatus, .sensorCalibration:
      false
    }
  }

  /// Its class.
  package var word: String {
    switch self {
    case .version: "version"
    case .status: "status"
    case .settings: "settings"
    case .watch: "watch"
    case .events: "events"
    case .samples: "samples"
    case .stop: "stop"
    case .metrics: "metrics"
    case .calibrate: "calibrate"
    case .useReference: "use-reference"
    case .keepReference: "keep-reference"
    case .forgetReference: "forget-reference"
    case .why: "why"
    case .silence(let silence, _): silence.name
    case .resume: "resume"
    case .mode: "mode"
    case .mark: "mark"
    case .save: "save"
    case .record: "record"
    case .programme: "programme"
    case .forget: "forget"
    case .sessionSteps: "session-steps"
    case .session: "session"
    case .stopSession: "session-stop"
    case .sessionStatus: "session-status"
    case .calibrateSensor: "calibrate-sensor"
    case .applySensorCalibration: "apply-sensor-calibration"
    case .clearSensorCalibration: "clear-sensor-calibration"
    case .sensorCalibration: "sensor-calibration"
    }
  }

  /// The request in a line, or what is wrong with it.
  package static func parse(_ line: String) -> Result<Request, InputError> {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    let line = String(line.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    do throws(InputError) {
      guard line.hasPrefix("{") else { return .success(try request(named: line, RequestMembers())) }
      let members = try RequestMembers(line)
      guard let name = members.class else {
        throw error("no class", "a member \"class\" of \(words.joined(separator: ", "))", key: "request")
      }
      return .success(try request(named: name, members))
    } catch {
      return .failure(error)
    }
  }

  private static func request(named name: String, _ members: RequestMembers) throws(InputError) -> Request {
    guard words.contains(name) else {
      throw error(InputError.quote(name), "one of \(words.joined(separator: ", "))", key: "class")
    }
    try members.check(for: name)
    switch name {
    case "version": return .version
    case "status": return .status
    case "settings": return .settings
    case "calibrate": return .calibrate(try reference(members), isBending: members.bending ?? false)
    case "use-reference": return .useReference(try required(reference(members)))
    case "keep-reference": return .keepReference
    case "forget-reference": return .forgetReference(try required(reference(members)))
    case "why":
      let number = members.number ?? 1
      guard let whole = Int(exactly: number), decisions.contains(whole) else {
        throw error("\(number)", "a whole number from 1 to 50", key: "number")
      }
      return .why(whole)
    case "pause": return .silence(.pause, try members.for_s.map { seconds throws(InputError) in try silence(seconds) })
    case "snooze":
      return .silence(.snooze, try members.for_s.map { seconds throws(InputError) in try silence(seconds) })
    case "resume": return .resume
    case "mode":
      guard let mode = members.mode.flatMap({ Mode(name: $0) }) else {
        throw error(
          members.mode.map(InputError.quote) ?? "none", Mode.allCases.map(\.name).joined(separator: " or "), key: "mode"
        )
      }
      return .mode(mode)
    case "mark":
      guard let word = members.word.flatMap({ LabelWord($0) }) else {
        throw error(members.word.map(InputError.quote) ?? "none", LabelWord.expected, key: "word")
      }
      if let seconds = members.last_s, !marked.contains(seconds) {
        throw error("\(seconds)", "1 to 3600", key: "last_s")
      }
      return .mark(word, members.last_s)
    case "save":
      let seconds = members.last_s ?? saved.upperBound
      guard saved.contains(seconds) else { throw error("\(seconds)", "1 to 60", key: "last_s") }
      return .save(seconds)
    case "record":
      if let seconds = members.for_s, !recordings.contains(seconds) {
        throw error("\(seconds)", "1 to 31536000", key: "for_s")
      }
      return .record(members.for_s)
    case "programme": return .programme
    case "forget": return .forget(try forgotten(members))
    case "session-steps": return .sessionSteps(try steps(members))
    case "session": return .session(title: try title(members))
    case "session-stop": return .stopSession
    case "session-status": return .sessionStatus(isFollowing: members.follow ?? false)
    case "calibrate-sensor": return .calibrateSensor
    case "apply-sensor-calibration": return .applySensorCalibration
    case "clear-sensor-calibration": return .clearSensorCalibration
    case "sensor-calibration": return .sensorCalibration
    case "events": return .events(after: try after(members), isFollowing: members.follow ?? false)
    case "samples": return .samples
    case "stop": return .stop
    case "metrics": return .metrics
    default: return try watch(members)
    }
  }

  private static func watch(_ members: RequestMembers) throws(InputError) -> Request {
    let rate = members.rate_hz ?? defaultWatchRate
    guard watchRates.contains(rate) else { throw error("\(rate)", "0.1 to 100", key: "rate_hz") }
    var fields: Set<TiltMessage.Field>? = members.fields.map { _ in [] }
    for name in members.fields ?? [] {
      guard let field = TiltMessage.Field(rawValue: name) else {
        let known = TiltMessage.Field.allCases.map(\.rawValue).joined(separator: ", ")
        throw error(InputError.quote(name), "any of \(known)", key: "fields")
      }
      fields?.insert(field)
    }
    return .watch(rate: rate, fields: fields, events: members.events ?? true)
  }

  private static func forgotten(_ members: RequestMembers) throws(InputError) -> Forgotten {
    switch (members.all, members.before_s, members.last_s) {
    case (true, nil, nil): return .all
    case (nil, let before?, nil):
      guard dates.contains(before) else { throw error("\(before)", "seconds since 1970", key: "before_s") }
      return .before(Int(before))
    case (nil, nil, let last?):
      guard forgettable.contains(last) else { throw error("\(last)", "60 to 86400", key: "last_s") }
      return .last(Int(last))
    case (let all, nil, nil):
      throw error(all.map { "\($0)" } ?? "none", "true, or before_s or last_s in its place", key: "all")
    default: throw error("several members", "one of all, before_s and last_s in 'forget'", key: "request")
    }
  }

  private static func after(_ members: RequestMembers) throws(InputError) -> UInt64 {
    let number = members.since ?? 0
    guard eventNumbers.contains(number), let whole = UInt64(exactly: number) else {
      throw error("\(number)", "a whole number from 0 to 2^53", key: "since")
    }
    return whole
  }

  private static func reference(_ members: RequestMembers) throws(InputError) -> ReferenceName? {
    guard let text = members.reference else { return nil }
    guard let name = ReferenceName(name: text) else {
      throw error(
        InputError.quote(text), ReferenceName.allCases.map(\.name).joined(separator: ", "), key: "reference")
    }
    return name
  }

  private static func required(_ name: ReferenceName?) throws(InputError) -> ReferenceName {
    guard let name else {
      throw error("none", ReferenceName.allCases.map(\.name).joined(separator: ", "), key: "reference")
    }
    return name
  }

  private static func silence(_ seconds: Double) throws(InputError) -> Double {
    guard silences.contains(seconds) else { throw error("\(seconds)", "1 to 86400", key: "for_s") }
    return seconds
  }

  static func error(_ found: String, _ expected: String, key: String) -> InputError {
    InputError(source: "request", key: key == "request" ? nil : key, found: found, expected: expected)
  }
}
