// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats
import PostureHistory
import TestSupport

@testable import PostureReports

/// Universal time.
@Sendable func universal(_ seconds: Int) -> LocalTime? {
  let date = CivilDate(number: seconds / 86_400).parts
  return LocalTime(
    year: date.year, month: date.month, day: date.day, hour: seconds % 86_400 / 3600, minute: seconds % 3600 / 60,
    offset: 0)
}

/// A history that is made for a test, and gone with it.
final class TestHistory {
  /// A Monday.
  static let first = CivilDate(year: 2026, month: 11, day: 2)

  private let directory = TemporaryDirectory()
  private var path: String { directory.file("history.db") }

  init() throws {
    // A file without any run but an empty one.
    _ = try HistoryStore(path: path, run: RunRecord(began: Self.first.number * 86_400, source: "i2c", version: "0.1.0"))
  }

  /// A run that begins at an hour of a day, from 0.
  func add(
    _ day: Int?, hour: Int = 9, clock: RunRecord.Clock = .confirmed, source: String = "i2c", _ entries: [HistoryEntry]
  ) throws {
    let began = day.map { (Self.first + $0).number * 86_400 + hour * 3600 }
    var store = try HistoryStore(
      path: path, run: RunRecord(began: began, clock: clock, source: source, sensor: "MPU-6050", version: "0.1.0"))
    try store.write(entries)
  }

  /// Minutes of sitting with so much of each upright, the rest forward.
  func sit(_ day: Int, hour: Int = 9, minutes: Int, upright: Int, block: Block = .plain) throws {
    try add(day, hour: hour, (0..<minutes).map { .minute(.sitting($0, upright: upright, block: block)) })
  }

  func report(days: Int = 7, title: String = "Posture report") throws -> Report {
    let history = try History(HistoryReader(path: path), Self.first...Self.first + (days - 1), local: universal)
    return Report(history, title: title, made: Self.first + days)
  }
}

extension MinuteRecord {
  static func sitting(_ minute: Int, upright: Int, block: Block = .plain) -> MinuteRecord {
    var record = MinuteRecord(minute: minute)
    record.contexts.still = 600
    record.postures.upright = upright
    record.postures.forward = 600 - upright
    record.block = block
    // Without cues.
    if block == .probe { record.silent = record.postures.judged }
    return record
  }
}

extension CueRecord {
  static func given(_ at: Int, _ outcome: Outcome?, _ response: Int? = nil, lean: String = "forward") -> CueRecord {
    var cue = CueRecord(at: at, kind: .nudge, leaning: 600)
    cue.lean = lean
    cue.outcome = outcome
    cue.response = response
    return cue
  }

  static func held(_ at: Int, _ reason: String) -> CueRecord {
    var cue = CueRecord(at: at, kind: .suppressed, leaning: 600)
    cue.reason = reason
    return cue
  }
}
