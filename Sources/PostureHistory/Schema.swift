// SPDX-License-Identifier: MIT

/// The tables, and how an earlier version's become today's.
///
/// Times of a run count from its beginning, on a clock that nobody sets; the run itself is dated when the date is
/// known, which may be later. So a clock that jumps moves a run as a whole, and nothing in it.
enum Schema {
  /// In the order of their versions; each is applied once and never changed again.
  static let migrations = [
    """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      began INTEGER,
      clock TEXT NOT NULL CHECK (clock IN ('unconfirmed', 'confirmed')),
      source TEXT NOT NULL,
      sensor TEXT,
      version TEXT NOT NULL
    ) STRICT;
    CREATE TABLE minute (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      minute INTEGER NOT NULL,
      still INTEGER NOT NULL, bending INTEGER NOT NULL, moving INTEGER NOT NULL, walking INTEGER NOT NULL,
      lying INTEGER NOT NULL, transport INTEGER NOT NULL, off_body INTEGER NOT NULL,
      upright INTEGER NOT NULL, forward INTEGER NOT NULL, backward INTEGER NOT NULL,
      "left" INTEGER NOT NULL, "right" INTEGER NOT NULL,
      silent INTEGER NOT NULL, exposure INTEGER NOT NULL, flexion INTEGER, lateral INTEGER,
      movement INTEGER NOT NULL, block INTEGER NOT NULL,
      PRIMARY KEY (run, minute)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE absence (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      minute INTEGER NOT NULL,
      minutes INTEGER NOT NULL,
      PRIMARY KEY (run, minute)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE cue (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      lean TEXT, flexion INTEGER, lateral INTEGER,
      leaning INTEGER NOT NULL,
      reason TEXT, outcome TEXT, response INTEGER,
      PRIMARY KEY (run, at)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE happening (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      at INTEGER NOT NULL,
      event TEXT NOT NULL,
      word TEXT, seconds INTEGER,
      PRIMARY KEY (run, at, event)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE fault (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      minute INTEGER NOT NULL,
      fault TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (run, minute, fault)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE session (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      at INTEGER NOT NULL,
      title TEXT NOT NULL,
      planned INTEGER NOT NULL, lasted INTEGER NOT NULL,
      steps_done INTEGER NOT NULL, steps INTEGER NOT NULL,
      still INTEGER, moved INTEGER,
      ending TEXT NOT NULL,
      PRIMARY KEY (run, at)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE settings (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      at INTEGER NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (run, at)
    ) STRICT, WITHOUT ROWID;
    """
  ]

  static var version: Int { migrations.count }

  /// Makes today's tables of whatever is there.
  static func migrate(_ database: borrowing Database) throws(DatabaseError) {
    let found = Int(try database.number("PRAGMA user_version") ?? 0)
    try check(found, database.path)
    guard found < version else { return }
    for next in found..<version {
      try database.begin()
      do throws(DatabaseError) {
        try database.execute(migrations[next])
        try database.execute("PRAGMA user_version = \(next + 1)")
        try database.commit()
      } catch {
        database.rollBack()
        throw error
      }
    }
  }

  static func check(_ found: Int, _ path: String) throws(DatabaseError) {
    guard found <= version else {
      throw DatabaseError(
        .newer, path, "found tables of version \(found), expected \(version) at most: a later postured made them")
    }
  }
}
