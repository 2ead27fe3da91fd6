// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats
import TestSupport
import Testing

@testable import PostureHistory

/// A file in a directory of its own, gone with it.
final class HistoryFile {
  let directory = TemporaryDirectory()
  var path: String { directory.file("history.db") }
}

extension MinuteRecord {
  /// Worn and still throughout.
  static func still(_ minute: Int, upright: Int = 600, forward: Int = 0, block: Block = .plain) -> MinuteRecord {
    var record = MinuteRecord(minute: minute)
    record.contexts.still = 600
    record.postures.upright = upright
    record.postures.forward = forward
    record.block = block
    // Without cues.
    if block == .probe { record.silent = record.postures.judged }
    return record
  }
}

@Suite struct HistoryStoreTests {
  private static let noon = 1_795_780_800  // 2026-11-27T12:00:00Z

  private func run(began: Int? = noon) -> RunRecord {
    RunRecord(began: began, clock: .confirmed, source: "simulated", sensor: "MPU-6050", version: "0.1.0")
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    let file = HistoryFile()
    var minute = MinuteRecord(minute: 3)
    minute.contexts.still = 100
    minute.contexts.bending = 101
    minute.contexts.moving = 102
    minute.contexts.walking = 103
    minute.contexts.lying = 104
    minute.contexts.transport = 15
    minute.contexts.offBody = 16
    minute.postures.upright = 90
    minute.postures.forward = 5
    minute.postures.backward = 4
    minute.postures.left = 3
    minute.postures.right = 2
    minute.silent = 7
    minute.exposure = 800
    minute.flexion = -123
    minute.lateral = 45
    minute.movement = 17
    minute.block = .probe
    var cue = CueRecord(at: 1805, kind: .nudge, leaning: 2400)
    cue.lean = "forward"
    cue.flexion = 213
    cue.lateral = -4
    cue.outcome = .corrected
    cue.response = 45
    let happening = HappeningRecord(at: 20, event: "calibrated", word: "sitting", seconds: 3)
    let fault = FaultRecord(minute: 2, fault: "no-acknowledge", count: 4)
    let session = SessionRecord(
      at: 100, title: "Muskelentspannung", planned: 900, lasted: 880, stepsDone: 20, steps: 21, still: 93, moved: nil,
      ending: "stopped")
    let settings = SettingsRecord(at: 0, text: "detector.enter: 12 deg\n")
    let absence = AbsenceRecord(minute: 5, minutes: 60)
    var store = try HistoryStore(path: file.path, run: run())
    try store.write([
      .minute(minute), .cue(cue), .happening(happening), .fault(fault), .session(session), .settings(settings),
      .absence(absence),
    ])
    let reader = try HistoryReader(path: file.path)
    var expected = run()
    expected.id = 1
    #expect(try reader.runs() == [expected])
    var minutes: [MinuteRecord] = []
    try reader.minutes(of: 1, 0..<10) { minutes.append($0) }
    #expect(minutes == [minute])
    #expect(try reader.cues(of: 1) == [cue])
    #expect(try reader.happenings(of: 1) == [happening])
    #expect(try reader.faults(of: 1) == [fault])
    #expect(try reader.sessions(of: 1) == [session])
    #expect(try reader.settings(of: 1) == [settings])
    #expect(try reader.absences(of: 1) == [absence])
    #expect(try reader.damage() == nil)
  }

  @Test func aRecordOfTheSameKeyTakesThePlaceOfTheEarlierOne() throws {
    let file = HistoryFile()
    var store = try HistoryStore(path: file.path, run: run())
    try store.write([.minute(.still(1, upright: 100))])
    try store.write([.minute(.still(1, upright: 500))])
    var found: [Int] = []
    try HistoryReader(path: file.path).minutes(of: 1, 0..<10) { found.append($0.postures.upright) }
    #expect(found == [500])
  }

  @Test func everyStartIsARunOfItsOwn() throws {
    let file = HistoryFile()
    _ = try HistoryStore(path: file.path, run: run())
    var store = try HistoryStore(path: file.path, run: run(began: nil))
    #expect(store.run.id == 2)
    try store.date(Self.noon, .unconfirmed)
    let runs = try HistoryReader(path: file.path).runs()
    #expect(runs.map(\.began) == [Self.noon, Self.noon])
    #expect(runs.map(\.clock) == [.confirmed, .unconfirmed])
  }

  @Test func aBatchIsStoredWholeOrNotAtAll() throws {
    let file = HistoryFile()
    var store = try HistoryStore(path: file.path, run: run())
    // The second entry is refused.
    let other = try Database(path: file.path, .writing)
    try other.execute("CREATE TRIGGER refusal BEFORE INSERT ON fault BEGIN SELECT RAISE(ABORT, 'no'); END")
    #expect(throws: DatabaseError.self) {
      try store.write([.minute(.still(1)), .fault(FaultRecord(minute: 1, fault: "late", count: 1))])
    }
    var count = 0
    try HistoryReader(path: file.path).minutes(of: 1, 0..<10) { _ in count += 1 }
    #expect(count == 0)
    try store.write([.minute(.still(2))])
    try HistoryReader(path: file.path).minutes(of: 1, 0..<10) { _ in count += 1 }
    #expect(count == 1)
  }

  @Test func aFileOfALaterVersionIsLeftAlone() throws {
    let file = HistoryFile()
    _ = try HistoryStore(path: file.path, run: run())
    let database = try Database(path: file.path, .writing)
    try database.execute("PRAGMA user_version = 99")
    for isReading in [true, false] {
      let error = #expect(throws: DatabaseError.self) {
        if isReading {
          _ = try HistoryReader(path: file.path)
        } else {
          _ = try HistoryStore(path: file.path, run: run())
        }
      }
      #expect(error?.kind == .newer)
      #expect(error?.message.contains("found tables of version 99, expected \(Schema.version) at most") == true)
    }
  }

  @Test func whatIsNoDatabaseIsSaidToBeNone() throws {
    let file = HistoryFile()
    #expect(throws: DatabaseError(.absent, file.path, "there is no history: found no such file")) {
      _ = try HistoryReader(path: file.path)
    }
    var writer = try FileWriter(path: file.path)
    try writer.write(Array(repeating: UInt8(ascii: "x"), count: 5000).span)
    try writer.close()
    #expect(throws: DatabaseError.self) { _ = try HistoryReader(path: file.path) }
    let error = #expect(throws: DatabaseError.self) { _ = try HistoryStore(path: file.path, run: run()) }
    #expect(error?.kind == .damaged)
  }
}
