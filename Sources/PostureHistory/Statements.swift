// SPDX-License-Identifier: MIT

/// The statements by which entries are stored, one for each table.
struct Statements: ~Copyable, Sendable {
  private var minute: Statement
  private var absence: Statement
  private var cue: Statement
  private var happening: Statement
  private var fault: Statement
  private var session: Statement
  private var settings: Statement

  init(_ database: borrowing Database) throws(DatabaseError) {
    let minute = try database.statement(Self.insertion("minute", 20))
    let absence = try database.statement(Self.insertion("absence", 3))
    let cue = try database.statement(Self.insertion("cue", 10))
    let happening = try database.statement(Self.insertion("happening", 5))
    let fault = try database.statement(Self.insertion("fault", 4))
    let session = try database.statement(Self.insertion("session", 10))
    let settings = try database.statement(Self.insertion("settings", 3))
    self.minute = minute
    self.absence = absence
    self.cue = cue
    self.happening = happening
    self.fault = fault
    self.session = session
    self.settings = settings
  }

  private static func insertion(_ table: String, _ count: Int) -> String {
    "INSERT OR REPLACE INTO \(table) VALUES (\(Array(repeating: "?", count: count).joined(separator: ", ")))"
  }

  mutating func write(_ entry: HistoryEntry, run: Int64) throws(DatabaseError) {
    let run = DatabaseValue.integer(run)
    switch entry {
    case .minute(let record): try minute.run([run] + Self.values(record))
    case .absence(let record): try absence.run([run, DatabaseValue(record.minute), DatabaseValue(record.minutes)])
    case .cue(let record):
      try cue.run([
        run, DatabaseValue(record.at), .text(record.kind.rawValue), DatabaseValue(record.lean),
        DatabaseValue(record.flexion), DatabaseValue(record.lateral), DatabaseValue(record.leaning),
        DatabaseValue(record.reason), DatabaseValue(record.outcome?.rawValue), DatabaseValue(record.response),
      ])
    case .happening(let record):
      try happening.run([
        run, DatabaseValue(record.at), .text(record.event), DatabaseValue(record.word), DatabaseValue(record.seconds),
      ])
    case .fault(let record):
      try fault.run([run, DatabaseValue(record.minute), .text(record.fault), DatabaseValue(record.count)])
    case .session(let record):
      try session.run([
        run, DatabaseValue(record.at), .text(record.title), DatabaseValue(record.planned),
        DatabaseValue(record.lasted), DatabaseValue(record.stepsDone), DatabaseValue(record.steps),
        DatabaseValue(record.still), DatabaseValue(record.moved), .text(record.ending),
      ])
    case .settings(let record): try settings.run([run, DatabaseValue(record.at), .text(record.text)])
    }
  }

  /// In the order of the columns.
  private static func values(_ record: MinuteRecord) -> [DatabaseValue] {
    let (contexts, postures) = (record.contexts, record.postures)
    let numbers: [Int?] = [
      record.minute, contexts.still, contexts.bending, contexts.moving, contexts.walking, contexts.lying,
      contexts.transport, contexts.offBody, postures.upright, postures.forward, postures.backward, postures.left,
      postures.right, record.silent, record.exposure, record.flexion, record.lateral, record.movement,
      record.block.rawValue,
    ]
    return numbers.map { DatabaseValue($0) }
  }
}
