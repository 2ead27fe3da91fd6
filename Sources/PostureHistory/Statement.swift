// SPDX-License-Identifier: MIT
import CSQLite

/// What a column holds or a statement is given.
package enum DatabaseValue: Sendable, Equatable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)

  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(stringLiteral value: String) { self = .text(value) }
  package init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
  package init(_ value: String?) { self = value.map { .text($0) } ?? .null }
}

/// A statement that is run again and again, each time with its own values.
@safe package struct Statement: ~Copyable, @unchecked Sendable {
  // Unsafe: SQLite's own objects. A connection that has been closed lives on until its last statement is gone.
  private let handle: OpaquePointer
  private let connection: OpaquePointer
  private let path: String

  @unsafe init(_ handle: OpaquePointer, of connection: OpaquePointer, path: String) {
    unsafe self.handle = handle
    unsafe self.connection = connection
    self.path = path
  }

  deinit { _ = unsafe sqlite3_finalize(handle) }

  package mutating func run(_ values: [DatabaseValue] = []) throws(DatabaseError) {
    try rows(values) { _ in }
  }

  /// Calls the function for each row.
  package mutating func rows(
    _ values: [DatabaseValue] = [], _ take: (borrowing Row) -> Void
  ) throws(DatabaseError) {
    try bind(values)
    // What it was given must not outlive the run, nor may it hold a lock.
    defer {
      _ = unsafe sqlite3_reset(handle)
      _ = unsafe sqlite3_clear_bindings(handle)
    }
    while true {
      let status = unsafe sqlite3_step(handle)
      switch status {
      case SQLITE_ROW: take(unsafe Row(handle))
      case SQLITE_DONE: return
      default: throw failure(status)
      }
    }
  }

  private func bind(_ values: [DatabaseValue]) throws(DatabaseError) {
    let count = unsafe Int(sqlite3_bind_parameter_count(handle))
    precondition(values.count == count, "a statement is given a value for each of its parameters")
    for (index, value) in values.enumerated() {
      let position = Int32(index + 1)
      let status =
        switch value {
        case .null: unsafe sqlite3_bind_null(handle, position)
        case .integer(let number): unsafe sqlite3_bind_int64(handle, position, number)
        case .real(let number): unsafe sqlite3_bind_double(handle, position, number)
        case .text(let text): unsafe csqlite_bind_text(handle, position, text, Int32(text.utf8.count))
        }
      guard status == SQLITE_OK else { throw failure(status) }
    }
  }

  private func failure(_ status: Int32) -> DatabaseError {
    DatabaseError(Database.kind(status), path, unsafe Database.words(status, connection))
  }
}

/// A row of a result, while it is there.
@safe package struct Row: ~Copyable {
  // Unsafe: the statement that stands on it, which waits for the function that is given the row.
  private let handle: OpaquePointer

  @unsafe init(_ handle: OpaquePointer) { unsafe self.handle = handle }

  /// Nil for `NULL`.
  package borrowing func integer(_ column: Int) -> Int64? {
    guard unsafe sqlite3_column_type(handle, Int32(column)) != SQLITE_NULL else { return nil }
    return unsafe sqlite3_column_int64(handle, Int32(column))
  }

  package borrowing func int(_ column: Int) -> Int { Int(integer(column) ?? 0) }

  package borrowing func real(_ column: Int) -> Double? {
    guard unsafe sqlite3_column_type(handle, Int32(column)) != SQLITE_NULL else { return nil }
    return unsafe sqlite3_column_double(handle, Int32(column))
  }

  package borrowing func text(_ column: Int) -> String? {
    guard let text = unsafe sqlite3_column_text(handle, Int32(column)) else { return nil }
    let bytes = unsafe UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(handle, Int32(column))))
    return unsafe String(decoding: bytes, as: UTF8.self)
  }
}
