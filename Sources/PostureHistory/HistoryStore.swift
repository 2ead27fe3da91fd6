// SPDX-License-Identifier: MIT
import PostureFormats

/// What happened over days and weeks, in a file: the writing end, of which there is one.
///
/// Each batch is one transaction that has reached the card when `write` returns. What was written before survives a
/// power cut at any moment; SQLite's write-ahead log is what makes it so (synchronous=FULL).
package struct HistoryStore: ~Copyable, Sendable {
  /// The least: a minute changes a page or two, which are written to the log, and to the table when the log is full. In 16 h
  /// 1.3 MB are written so; with pages of 1024 bytes 2.0, of 4096 6.1.
  static let pageSize = 512
  /// Pages in the log before they go into the tables: three hours of minutes. With 64 the 16 h are 1.4 MB; what a card's ext4
  /// writes hardly depends on it: over 8 h 35.0 kB a minute with 64 pages, 35.8 with 128, 35.7 with 256.
  private static let logPages = 256
  /// Bytes of its length that it keeps while it is written, more than it takes: growing costs the file system 6 kB a minute.
  private static let longestLog = 1 << 20
  /// Kilobytes; the daemon's memory is locked.
  private static let cache = 256

  let database: Database
  private var statements: Statements
  /// What was forgotten may still be in the log, for somebody was reading.
  var isLogToBeEmptied = false
  /// The one that is being written.
  package private(set) var run: RunRecord

  /// Opens or makes the file, and begins a run in it.
  ///
  /// - Parameter run: its number is given by the store.
  package init(path: String, run: RunRecord) throws(DatabaseError) {
    let database = try Database(path: path, .writing)
    try Self.prepare(database)
    var begun = run
    var statement = try database.statement(
      "INSERT INTO run (began, clock, source, sensor, version) VALUES (?, ?, ?, ?, ?)")
    try statement.run([
      DatabaseValue(run.began), .text(run.clock.rawValue), .text(run.source), DatabaseValue(run.sensor),
      .text(run.version),
    ])
    begun.id = Int(database.lastRowID)
    let statements = try Statements(database)
    self.run = begun
    self.statements = statements
    self.database = database
  }

  static func prepare(_ database: borrowing Database) throws(DatabaseError) {
    // Of a new file alone; must come before the first table.
    try database.execute("PRAGMA page_size = \(pageSize)")
    let mode = try database.text("PRAGMA journal_mode = WAL")
    guard mode == "wal" else {
      throw DatabaseError(.other, database.path, "found journal mode \(mode ?? "none"), expected wal")
    }
    try database.execute(
      """
      PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -\(cache);
      PRAGMA wal_autocheckpoint = \(logPages)
      """)
    // Only where there is a log can somebody who may not write beside the file read it while the daemon does not run. An
    // empty one: what is in a log would be put into another file that is copied to this one's place.
    try database.keepLog()
    try database.execute("PRAGMA journal_size_limit = \(longestLog)")
    try Schema.migrate(database)
  }

  /// Stores all of them, or none.
  package mutating func write(_ entries: [HistoryEntry]) throws(DatabaseError) {
    guard !entries.isEmpty else { return }
    let id = Int64(run.id)
    try database.begin()
    do throws(DatabaseError) {
      for entry in entries { try statements.write(entry, run: id) }
      try database.commit()
    } catch {
      database.rollBack()
      throw error
    }
    if isLogToBeEmptied { try emptyLog() }
  }

  /// The run's date is known, or known better.
  package mutating func date(_ began: Int, _ clock: RunRecord.Clock) throws(DatabaseError) {
    var statement = try database.statement("UPDATE run SET began = ?, clock = ? WHERE id = ?")
    try statement.run([.integer(Int64(began)), .text(clock.rawValue), .integer(Int64(run.id))])
    run.began = began
    run.clock = clock
  }
}
