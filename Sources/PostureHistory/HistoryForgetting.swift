// SPDX-License-Identifier: MIT

/// How what was stored goes again: what is deleted is overwritten in the file (secure_delete), and the log is emptied.
extension HistoryStore {
  private static let minute = 60

  /// Forgets all of it, but that the run goes on.
  package mutating func forgetAll() throws(DatabaseError) {
    try forget { run in
      [
        "DELETE FROM run WHERE id <> \(run)", "DELETE FROM minute", "DELETE FROM absence", "DELETE FROM cue",
        "DELETE FROM happening", "DELETE FROM fault", "DELETE FROM session", "DELETE FROM settings",
      ]
    }
  }

  /// Forgets what was before a time, in seconds since 1970. Runs that nobody could date go where a later one goes.
  package mutating func forget(before time: Int) throws(DatabaseError) {
    try forget { run in
      let dated = "(SELECT id FROM run WHERE began IS NOT NULL AND id = run)"
      let began = "(SELECT began FROM run WHERE id = run)"
      // A run that began by then may have gone on: what of it is older goes, and all of it if nothing is left.
      return ["minute", "absence", "fault"].map {
        "DELETE FROM \($0) WHERE run IN \(dated) AND \(began) + minute * \(Self.minute) < \(time)"
      }
        + ["cue", "happening", "session", "settings"].map {
          "DELETE FROM \($0) WHERE run IN \(dated) AND \(began) + at / 10 < \(time)"
        } + [
          """
          DELETE FROM run WHERE id <> \(run) AND began IS NULL
            AND id < (SELECT min(id) FROM run AS later WHERE later.began >= \(time) OR later.id = \(run))
          """,
          """
          DELETE FROM run WHERE id <> \(run) AND began IS NOT NULL AND began < \(time)
            AND NOT EXISTS (SELECT 1 FROM minute WHERE minute.run = run.id)
          """,
        ]
    }
  }

  /// Forgets what was in the last seconds of the run that is being written.
  ///
  /// - Parameter now: tenths of a second since it began.
  package mutating func forget(lastSeconds seconds: Int, at now: Int) throws(DatabaseError) {
    let from = max(0, now - seconds * 10)
    try forget { run in
      ["minute", "fault"].map {
        // A minute that lies partly in it, too: nothing of it can be told apart.
        "DELETE FROM \($0) WHERE run = \(run) AND (minute + 1) * 600 > \(from)"
      }
        + ["cue", "happening", "session"].map { "DELETE FROM \($0) WHERE run = \(run) AND at >= \(from)" }
    }
  }

  private mutating func forget(_ statements: (Int) -> [String]) throws(DatabaseError) {
    try database.begin()
    do throws(DatabaseError) {
      for statement in statements(run.id) { try database.execute(statement) }
      try database.commit()
    } catch {
      database.rollBack()
      throw error
    }
    // The log may still hold it; where somebody reads just now, it is emptied later.
    try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
  }
}
