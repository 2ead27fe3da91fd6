// SPDX-License-Identifier: MIT
import LinuxIO
import Testing

@testable import PostureHistory

/// What SQLite writes first, in a file beside the history.
@Suite struct HistoryLogTests {
  private let run = RunRecord(began: 1_795_780_800, source: "simulated", version: "0.1.0")

  /// Who may not write into the directory could not read the history without one.
  @Test func itStaysWhenTheHistoryIsClosedAndHoldsNothing() throws {
    let file = HistoryFile()
    do {
      var store = try HistoryStore(path: file.path, run: run)
      try store.write([.minute(.still(1))])
      #expect(FileAttributes.size(of: file.path + "-wal") ?? 0 > 0)
    }
    #expect(FileAttributes.size(of: file.path + "-wal") == 0)
    #expect(FileAttributes.size(of: file.path + "-shm") != nil)
    var count = 0
    try HistoryReader(path: file.path).minutes(of: 1, 0..<10) { _ in count += 1 }
    #expect(count == 1)
  }

  @Test func itKeepsItsLengthWhenItHasGoneIntoTheTables() throws {
    let file = HistoryFile()
    var store = try HistoryStore(path: file.path, run: run)
    for minute in 0..<400 { try store.write([.minute(.still(minute))]) }
    let length = FileAttributes.size(of: file.path + "-wal")
    try store.database.execute("PRAGMA wal_checkpoint(RESTART)")
    try store.write([.minute(.still(400))])
    #expect(FileAttributes.size(of: file.path + "-wal") == length)
  }

  @Test func whatIsForgottenWhileSomebodyReadsLeavesItWithALaterMinute() throws {
    let file = HistoryFile()
    var store = try HistoryStore(path: file.path, run: run)
    try store.write([.minute(.still(1))])
    // Who reads is not waited for.
    try store.database.execute("PRAGMA busy_timeout = 0")
    let reading = try Database(path: file.path, .reading)
    try reading.execute("BEGIN")
    #expect(try reading.number("SELECT count(*) FROM minute") == 1)
    try store.forget(.all)
    #expect(store.isLogToBeEmptied == true)
    try store.write([.minute(.still(2))])
    #expect(store.isLogToBeEmptied == true)
    try reading.execute("COMMIT")
    try store.write([.minute(.still(3))])
    #expect(store.isLogToBeEmptied == false)
    #expect(FileAttributes.size(of: file.path + "-wal") == 0)
  }
}
