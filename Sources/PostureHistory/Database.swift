// SPDX-License-Identifier: MIT
import CSQLite

/// One connection to an SQLite file; closed when it goes.
///
/// It may be handed to another thread, and is used by one at a time: it cannot be copied, and SQLite is asked to lock
/// for itself besides.
@safe package struct Database: ~Copyable, @unchecked Sendable {
  package enum Access: Sendable {
    /// The file is made where there is none.
    case writing
    case reading
  }

  /// Another connection's writing takes milliseconds; a card that is busy with itself can take seconds.
  private static let patience: Int32 = 5000

  // Unsafe: SQLite's own object, which `deinit` alone gives back; a statement that is still there keeps it alive.
  private let handle: OpaquePointer
  package let path: String

  package init(path: String, _ access: Access) throws(DatabaseError) {
    var opened: OpaquePointer?
    let flags =
      access == .writing
      ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX
      : SQLITE_OPEN_READONLY | SQLITE_OPEN_FULLMUTEX
    let status = unsafe sqlite3_open_v2(path, &opened, flags, nil)
    guard status == SQLITE_OK, let handle = unsafe opened else {
      // Even a connection that could not be made has to be given back.
      let reason = unsafe Self.words(status, opened)
      _ = unsafe sqlite3_close_v2(opened)
      throw DatabaseError(Self.kind(status), "open \(path)", reason)
    }
    _ = unsafe sqlite3_extended_result_codes(handle, 1)
    _ = unsafe sqlite3_busy_timeout(handle, Self.patience)
    unsafe self.handle = handle
    self.path = path
  }

  deinit { _ = unsafe sqlite3_close_v2(handle) }

  /// Runs statements that take no values and give no rows.
  package borrowing func execute(_ sql: String) throws(DatabaseError) {
    let status = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard status == SQLITE_OK else { throw failure(status) }
  }

  package borrowing func statement(_ sql: String) throws(DatabaseError) -> Statement {
    var prepared: OpaquePointer?
    let status = unsafe sqlite3_prepare_v2(handle, sql, -1, &prepared, nil)
    guard status == SQLITE_OK, let prepared = unsafe prepared else { throw failure(status) }
    return unsafe Statement(prepared, of: handle, path: path)
  }

  /// The one number that a statement gives, such as a `PRAGMA`'s; nil where it gives none.
  package borrowing func number(_ sql: String) throws(DatabaseError) -> Int64? {
    var statement = try statement(sql)
    var number: Int64?
    try statement.rows { number = $0.integer(0) }
    return number
  }

  /// The one text that a statement gives; nil where it gives none.
  package borrowing func text(_ sql: String) throws(DatabaseError) -> String? {
    var statement = try statement(sql)
    var text: String?
    try statement.rows { text = $0.text(0) }
    return text
  }

  /// Of the row that was inserted last.
  package var lastRowID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  /// The log stays when the last connection is closed: emptied where journal_size_limit is set, else as it is.
  package borrowing func keepLog() throws(DatabaseError) {
    var isKept: Int32 = 1
    let status = unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_PERSIST_WAL, &isKept)
    guard status == SQLITE_OK else { throw failure(status) }
  }

  package borrowing func begin() throws(DatabaseError) { try execute("BEGIN IMMEDIATE") }
  package borrowing func commit() throws(DatabaseError) { try execute("COMMIT") }

  /// After a failure, which is what is told: one such as a full disk may have ended the transaction already.
  package borrowing func rollBack() { _ = unsafe sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }

  private borrowing func failure(_ status: Int32) -> DatabaseError {
    DatabaseError(Self.kind(status), path, unsafe Self.words(status, handle))
  }

  static func kind(_ status: Int32) -> DatabaseError.Kind {
    switch status & 0xFF {
    case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged
    case SQLITE_CANTOPEN: .absent
    default: .other
    }
  }

  @unsafe static func words(_ status: Int32, _ handle: OpaquePointer?) -> String {
    if let handle = unsafe handle, let words = unsafe sqlite3_errmsg(handle) { return unsafe String(cString: words) }
    guard let words = unsafe sqlite3_errstr(status) else { return "error \(status)" }
    return unsafe String(cString: words)
  }
}
