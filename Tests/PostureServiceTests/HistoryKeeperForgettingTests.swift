// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats
import PostureHistory
import TestSupport
import Testing

@testable import PostureService

/// What is to be forgotten, or has become too old.
extension HistoryKeeperTests {
  @Test(
    arguments: [
      (.all, [3, 4]), (.last(60), [0, 3, 4]), (.before(start + 60), [1, 2, 3, 4]),
    ] as [(Request.Forgotten, [Int])]) func whatIsForgottenIsGone(_ what: Request.Forgotten, left: [Int]) async throws
  {
    let keeper = keeper()
    wall.set(isConfirmed: true)
    take(0..<170, into: keeper)
    let failure: String? = await withCheckedContinuation { answer in
      keeper.forget(what) { answer.resume(returning: $0) }
    }
    #expect(failure == nil)
    take(180..<250, into: keeper)
    keeper.close()
    #expect(try minutes().map(\.minute) == left)
    #expect(try HistoryReader(path: path).damage() == nil)
  }

  /// It is told when it ends, and what was before the last seconds is known all the same.
  @Test func anAbsenceUnderWayIsForgottenInPart() async throws {
    let keeper = keeper()
    let absent: (inout Frame) -> Void = { ($0.output.context, $0.output.tilt) = (.offBody, nil) }
    take(0..<60, into: keeper)
    take(60..<600, into: keeper, absent)
    let failure: String? = await withCheckedContinuation { answer in
      keeper.forget(.last(120)) { answer.resume(returning: $0) }
    }
    #expect(failure == nil)
    take(600..<900, into: keeper, absent)
    keeper.close()
    let reader = try HistoryReader(path: path)
    #expect(
      try reader.absences(of: 1) == [AbsenceRecord(minute: 1, minutes: 6), AbsenceRecord(minute: 9, minutes: 6)])
  }

  @Test func whatIsTooOldGoesOnceADayWhereTheClockIsConfirmed() async throws {
    var earlier = try HistoryStore(
      path: path, run: RunRecord(began: Self.start - 86_400 * 3, clock: .confirmed, source: "i2c", version: "0"))
    var minute = MinuteRecord(minute: 5)
    minute.contexts.still = 600
    try earlier.write([.minute(minute)])
    let keeper = keeper(days: 2)
    take(0..<61, into: keeper)
    keeper.upkeep(log.logger)
    #expect(try await eventually { try HistoryReader(path: path).runs().count == 2 })
    #expect(try minutes().count == 1)
    // Soon after the network has set the clock, and not a day later.
    wall.set(clock: 125_000_000, isConfirmed: true)
    keeper.upkeep(log.logger)
    #expect(try await eventually { try HistoryReader(path: path).runs().map(\.id) == [2] })
    keeper.close()
    #expect(try minutes(run: 1).isEmpty)
  }

  /// A Pi has no date until the network has one.
  @Test(arguments: [(start - 86_400, 1), (start - 3 * 86_400, 0)])
  func anUndatedRunGoesOnlyWhereALaterOneIsTooOld(later: Int, left: Int) async throws {
    var undated = try HistoryStore(path: path, run: RunRecord(began: nil, source: "i2c", version: "0"))
    var minute = MinuteRecord(minute: 5)
    minute.contexts.still = 600
    try undated.write([.minute(minute)])
    _ = try HistoryStore(path: path, run: RunRecord(began: later, clock: .confirmed, source: "i2c", version: "0"))
    wall.set(isConfirmed: true)
    let keeper = keeper(days: 2)
    take(0..<61, into: keeper)
    let failure: String? = await withCheckedContinuation { answer in
      keeper.forget(.before(Self.start - 2 * 86_400)) { answer.resume(returning: $0) }
    }
    #expect(failure == nil)
    keeper.close()
    #expect(try minutes(run: 1).count == left)
  }

  /// Whichever of them are still there.
  @Test func whatWasSetAsideIsForgottenToo() async throws {
    let keeper = keeper()
    take(0..<61, into: keeper)
    for end in ["2", "2-wal", "7"] { try directory.write("x", to: "history.db.damaged-\(end)") }
    let others = ["history.db.damaged-", "history.db.damaged-2-old", "history.db.damaged-3.gz", "other.db.damaged-1"]
    for name in others { try directory.write("x", to: name) }
    let failure: String? = await withCheckedContinuation { answer in
      keeper.forget(.all) { answer.resume(returning: $0) }
    }
    keeper.close()
    #expect(failure == nil)
    #expect(Set(directory.names.filter { $0.contains("damaged") }) == Set(others))
  }

  @Test func oneThatCannotBeForgottenIsNamedAndTheOthersGo() async throws {
    let keeper = keeper()
    take(0..<61, into: keeper)
    try FileAttributes.makeDirectory("\(path).damaged-1", mode: 0o700)
    try directory.write("x", to: "history.db.damaged-2")
    let failure: String? = await withCheckedContinuation { answer in
      keeper.forget(.all) { answer.resume(returning: $0) }
    }
    keeper.close()
    #expect(failure?.contains("\(path).damaged-1") == true)
    #expect(directory.names.filter { $0.contains("damaged") } == ["history.db.damaged-1"])
  }
}
