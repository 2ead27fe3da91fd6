// SPDX-License-Identifier: MIT
import LinuxIO

/// What happened over days and weeks, out of a file: the reading end, which never changes it and may be anybody.
package struct HistoryReader: ~Copyable, Sendable {
  /// Kilobytes.
  private static let cache = 256

  private let database: Database

  package init(path: String) throws(DatabaseError) {
    // SQLite would call a missing file one that it cannot open, and say no more.
    guard FileAttributes.size(of: path) != nil else {
      throw DatabaseError(.absent, path, "there is no history: found no such file")
    }
    let database = try Database(path: path, .reading)
    let version = Int(try database.number("PRAGMA user_version") ?? 0)
    guard version > 0 else { throw DatabaseError(.damaged, path, "found no history in it, expected one of postured") }
    try Schema.check(version, path)
    // The daemon reads it too, with its memory locked; rows are read one after another, once.
    try database.execute("PRAGMA cache_size = -\(Self.cache)")
    self.database = database
  }

  /// A file from elsewhere may hold anything; what is beyond these adds up to no number.
  private enum Possible {
    /// Seconds since 1970 that are a date: to the year 9999.
    static let dates: ClosedRange<Int64> = 0...253_402_300_799
    /// Tenths of a second since a run began, and of what lasted within it.
    static let tenths = 0...100_000_000_000
    /// Tenths of a second of one minute.
    static let tenthsOfMinute = 0...600
    /// Thousandths of g, or of what brings a cue.
    static let thousandths = 0...1_000_000
    /// Whatever is counted, and seconds.
    static let count = 0...1_000_000_000
    /// Tenths of a degree.
    static let angle = -3600...3600
    static let percent = 0...100
  }

  /// In the order in which they were.
  package func runs() throws(DatabaseError) -> [RunRecord] {
    var runs: [RunRecord] = []
    var statement = try database.statement("SELECT id, began, clock, source, sensor, version FROM run ORDER BY id")
    try statement.rows { row in
      runs.append(
        RunRecord(
          id: row.int(0), began: row.integer(1).flatMap { Possible.dates.contains($0) ? Int($0) : nil },
          clock: row.text(2).flatMap(RunRecord.Clock.init) ?? .unconfirmed, source: row.text(3) ?? "",
          sensor: row.text(4), version: row.text(5) ?? ""))
    }
    return runs
  }

  /// Of a run and in their order: those of which the start lies in a range of minutes.
  package func minutes(
    of run: Int, _ range: Range<Int>, _ take: (MinuteRecord) -> Void
  ) throws(DatabaseError) {
    var statement = try database.statement(
      "SELECT * FROM minute WHERE run = ? AND minute >= ? AND minute < ? AND minute <= 1000000000 ORDER BY minute")
    try statement.rows([DatabaseValue(run), DatabaseValue(range.lowerBound), DatabaseValue(range.upperBound)]) { row in
      take(Self.minute(row))
    }
  }

  package func absences(of run: Int) throws(DatabaseError) -> [AbsenceRecord] {
    var found: [AbsenceRecord] = []
    var statement = try database.statement(
      """
      SELECT minute, minutes FROM absence
      WHERE run = ? AND minute BETWEEN 0 AND 1000000000 AND minutes BETWEEN 1 AND 1000000 ORDER BY minute
      """)
    try statement.rows([DatabaseValue(run)]) { found.append(AbsenceRecord(minute: $0.int(0), minutes: $0.int(1))) }
    return found
  }

  package func cues(of run: Int) throws(DatabaseError) -> [CueRecord] {
    var found: [CueRecord] = []
    var statement = try database.statement(
      "SELECT at, kind, lean, flexion, lateral, leaning, reason, outcome, response FROM cue WHERE run = ? ORDER BY at")
    try statement.rows([DatabaseValue(run)]) { row in
      var cue = CueRecord(
        at: row.int(0, Possible.tenths), kind: row.text(1).flatMap(CueRecord.Kind.init) ?? .nudge,
        leaning: row.int(5, Possible.tenths))
      cue.lean = row.text(2)
      cue.flexion = row.intIfAny(3, Possible.angle)
      cue.lateral = row.intIfAny(4, Possible.angle)
      cue.reason = row.text(6)
      cue.outcome = row.text(7).flatMap(CueRecord.Outcome.init)
      cue.response = row.intIfAny(8, Possible.tenths)
      found.append(cue)
    }
    return found
  }

  package func happenings(of run: Int) throws(DatabaseError) -> [HappeningRecord] {
    var found: [HappeningRecord] = []
    var statement = try database.statement(
      "SELECT at, event, word, seconds FROM happening WHERE run = ? ORDER BY at")
    try statement.rows([DatabaseValue(run)]) { row in
      found.append(
        HappeningRecord(
          at: row.int(0, Possible.tenths), event: row.text(1) ?? "", word: row.text(2),
          seconds: row.intIfAny(3, Possible.count)))
    }
    return found
  }

  package func faults(of run: Int) throws(DatabaseError) -> [FaultRecord] {
    var found: [FaultRecord] = []
    var statement = try database.statement("SELECT minute, fault, count FROM fault WHERE run = ? ORDER BY minute")
    try statement.rows([DatabaseValue(run)]) { row in
      found.append(
        FaultRecord(
          minute: row.int(0, Possible.count), fault: row.text(1) ?? "", count: row.int(2, Possible.count)))
    }
    return found
  }

  package func sessions(of run: Int) throws(DatabaseError) -> [SessionRecord] {
    var found: [SessionRecord] = []
    var statement = try database.statement(
      "SELECT at, title, planned, lasted, steps_done, steps, still, moved, ending FROM session WHERE run = ? ORDER BY at"
    )
    try statement.rows([DatabaseValue(run)]) { row in
      found.append(
        SessionRecord(
          at: row.int(0, Possible.tenths), title: row.text(1) ?? "", planned: row.int(2, Possible.count),
          lasted: row.int(3, Possible.count), stepsDone: row.int(4, Possible.count),
          steps: row.int(5, Possible.count), still: row.intIfAny(6, Possible.percent),
          moved: row.intIfAny(7, Possible.percent),
          ending: row.text(8) ?? ""))
    }
    return found
  }

  package func settings(of run: Int) throws(DatabaseError) -> [SettingsRecord] {
    var found: [SettingsRecord] = []
    var statement = try database.statement("SELECT at, text FROM settings WHERE run = ? ORDER BY at")
    try statement.rows([DatabaseValue(run)]) {
      found.append(SettingsRecord(at: $0.int(0, Possible.tenths), text: $0.text(1) ?? ""))
    }
    return found
  }

  /// Nil where all of it is sound; otherwise what SQLite says of the first damage.
  package func damage() throws(DatabaseError) -> String? {
    let found = try database.text("PRAGMA integrity_check(1)")
    return found == "ok" ? nil : found ?? "no answer"
  }

  private static func minute(_ row: borrowing Row) -> MinuteRecord {
    var minute = MinuteRecord(minute: row.int(1))
    minute.contexts.still = row.int(2, Possible.tenthsOfMinute)
    minute.contexts.bending = row.int(3, Possible.tenthsOfMinute)
    minute.contexts.moving = row.int(4, Possible.tenthsOfMinute)
    minute.contexts.walking = row.int(5, Possible.tenthsOfMinute)
    minute.contexts.lying = row.int(6, Possible.tenthsOfMinute)
    minute.contexts.transport = row.int(7, Possible.tenthsOfMinute)
    minute.contexts.offBody = row.int(8, Possible.tenthsOfMinute)
    minute.postures.upright = row.int(9, Possible.tenthsOfMinute)
    minute.postures.forward = row.int(10, Possible.tenthsOfMinute)
    minute.postures.backward = row.int(11, Possible.tenthsOfMinute)
    minute.postures.left = row.int(12, Possible.tenthsOfMinute)
    minute.postures.right = row.int(13, Possible.tenthsOfMinute)
    minute.silent = row.int(14, Possible.tenthsOfMinute)
    minute.exposure = row.int(15, Possible.thousandths)
    minute.flexion = row.intIfAny(16, Possible.angle)
    minute.lateral = row.intIfAny(17, Possible.angle)
    minute.movement = row.int(18, Possible.thousandths)
    minute.block = Block(rawValue: row.int(19)) ?? .plain
    return minute
  }
}

extension Row {
  /// The nearest that lies in a range.
  fileprivate borrowing func int(_ column: Int, _ range: ClosedRange<Int>) -> Int { int(column).clamped(to: range) }

  /// Nil where there is none.
  fileprivate borrowing func intIfAny(_ column: Int, _ range: ClosedRange<Int>) -> Int? {
    integer(column).map { Int($0).clamped(to: range) }
  }
}

extension Int {
  fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
