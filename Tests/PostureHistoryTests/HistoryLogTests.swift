// SPDX-License-Identifier: MIT
import LinuxIO
import Testing

@testable import PostureHistory

/// What SQLite writes first, in a file beside the history.
@Suite struct HistoryLogTests {
  private let run = RunRecord(began: 1_795_780_800, source: "simulated", version: "0.1.0")

  @Test func itStaysWhenTheHistoryIsClosed() throws {
    let file = try HistoryFile()
    do {
      var store = try HistoryStore(path: file.path, run: run)
      try store.write([.minute(.still(1))])
    }
    #expect(FileAttributes.size(of: file.path + "-wal") ?? 0 > 0)
    // What it holds has gone into the tables.
    try FileAttributes.remove(file.path + "-wal")
    var count = 0
    try HistoryReader(path: file.path).minutes(of: 1, 0..<10) { _ in count += 1 }
    #expect(count == 1)
  }

  @Test func whatIsForgottenWhileSomebodyReadsLeavesItWithALaterMinute() throws {
    let file = try HistoryFile()
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
