// SPDX-License-Identifier: MIT
import PostureFormats

/// What happened over days and weeks, in a file: the writing end, of which there is one.
///
/// Each batch is one transaction that has reached the card when `write` returns. What was written before survives a
/// power cut at any moment; SQLite's write-ahead log is what makes it so (synchronous=FULL).
package struct HistoryStore: ~Copyable, Sendable {
  /// Small: a minute changes one page, which is written to the log once, and to the table when the log is full.
  static let pageSize = 1024
  /// Pages in the log before they go into the tables: some hours of minutes.
  private static let logPages = 512
  /// Kilobytes; the daemon's memory is locked.
  private static let cache = 256

  let database: Database
  private var statements: Statements
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
  }

  /// The run's date is known, or known better.
  package mutating func date(_ began: Int, _ clock: RunRecord.Clock) throws(DatabaseError) {
    var statement = try database.statement("UPDATE run SET began = ?, clock = ? WHERE id = ?")
    try statement.run([.integer(Int64(began)), .text(clock.rawValue), .integer(Int64(run.id))])
    run.began = began
    run.clock = clock
  }

  package mutating func name(sensor: String) throws(DatabaseError) {
    var statement = try database.statement("UPDATE run SET sensor = ? WHERE id = ?")
    try statement.run([.text(sensor), .integer(Int64(run.id))])
    run.sensor = sensor
  }
}
