// SPDX-License-Identifier: MIT

/// What is to be forgotten.
package enum Forgetting: Sendable, Equatable {
  /// All of it, but that the run goes on.
  case all
  /// What was before a time, in seconds since 1970. A run that nobody could date goes where a later one began before.
  case before(Int)
  /// The last seconds: of the run that is being written, at a time in tenths of a second since it began, and of those
  /// that were dated, before a time in seconds since 1970. What began earlier and reached into them goes too. Where
  /// nobody knows when a run was, nothing of it goes.
  case last(seconds: Int, at: Int, time: Int)
}

/// How what was stored goes again: what is deleted is overwritten in the file (secure_delete), and the log is emptied.
extension HistoryStore {
  private static let minute = 60

  package mutating func forget(_ what: Forgetting) throws(DatabaseError) {
    try database.begin()
    do throws(DatabaseError) {
      for statement in Self.statements(what, run: run.id) { try database.execute(statement) }
      try database.commit()
    } catch {
      database.rollBack()
      throw error
    }
    try emptyLog()
  }

  /// The log may still hold what was forgotten; where somebody reads just now, it is emptied after a later minute.
  mutating func emptyLog() throws(DatabaseError) {
    isLogToBeEmptied = try database.number("PRAGMA wal_checkpoint(TRUNCATE)") != 0
  }

  private static let byMinute = ["minute", "absence", "fault"]
  private static let byTime = ["cue", "happening", "session"]

  private static func statements(_ what: Forgetting, run: Int) -> [String] {
    switch what {
    case .all:
      return ["DELETE FROM run WHERE id <> \(run)"] + (byMinute + byTime).map { "DELETE FROM \($0)" }
    case .before(let time):
      let began = "(SELECT began FROM run WHERE id = run)"
      // A run that began before then may have gone on.
      return byMinute.map { "DELETE FROM \($0) WHERE \(began) + minute * \(minute) < \(time)" }
        + byTime.map { "DELETE FROM \($0) WHERE \(began) + at / 10 < \(time)" } + [
          """
          DELETE FROM run WHERE id <> \(run) AND began IS NULL
            AND id < (SELECT max(id) FROM run AS later WHERE later.began < \(time))
          """,
          """
          DELETE FROM run WHERE id <> \(run) AND began < \(time)
            AND NOT EXISTS (SELECT 1 FROM minute WHERE minute.run = run.id)
            AND NOT EXISTS (SELECT 1 FROM absence WHERE absence.run = run.id)
          """,
        ]
    case .last(let seconds, let now, let time):
      let (from, date) = (max(0, now - seconds * 10), time - seconds)
      let began = "(SELECT began FROM run WHERE id = run)"
      // A minute that lies partly in it, too: nothing of it can be told apart.
      func isInIt(_ end: String) -> String {
        "((run = \(run) AND \(end) >= \(from)) OR (run <> \(run) AND \(began) + (\(end)) / 10 >= \(date)))"
      }
      return byMinute.map {
        """
        DELETE FROM \($0) WHERE (run = \(run) AND (minute + 1) * 600 > \(from))
          OR (run <> \(run) AND \(began) + (minute + 1) * 60 > \(date))
        """
      } + [
        // Of a longer absence what was before.
        """
        UPDATE absence SET minutes = min(minutes, CASE run WHEN \(run) THEN \(from) / 600
          ELSE (\(date) - \(began)) / 60 END - minute) WHERE run = \(run) OR \(began) IS NOT NULL
        """,
        "DELETE FROM cue WHERE \(isInIt("at"))",
        // What came of an earlier one.
        "UPDATE cue SET outcome = NULL, response = NULL WHERE \(isInIt("at + response"))",
        // Their length is rounded to whole seconds.
        "DELETE FROM session WHERE \(isInIt("at + lasted * 10 + 5"))",
        """
        DELETE FROM happening WHERE \(isInIt("at"))
          OR (event = '\(HappeningRecord.breakTaken)' AND \(isInIt("at + seconds * 10 + 5")))
        """,
      ]
    }
  }
}
