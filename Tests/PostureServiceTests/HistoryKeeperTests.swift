// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import Logging
import PostureCore
import PostureFormats
import PostureHistory
import Synchronization
import TestSupport
import Testing

@testable import PostureService

/// A clock that stands until it is moved.
final class Wall: Sendable {
  private let state = Mutex((clock: Int64(0), seconds: 1_795_780_800, isConfirmed: false))

  /// Its seconds go on with the clock.
  var now: (clock: Int64, seconds: Int, isConfirmed: Bool) {
    state.withLock { ($0.clock, $0.seconds + Int($0.clock / 1_000_000), $0.isConfirmed) }
  }
  func set(clock: Int64? = nil, seconds: Int? = nil, isConfirmed: Bool? = nil) {
    state.withLock { state in
      state.clock = clock ?? state.clock
      state.seconds = seconds ?? state.seconds
      state.isConfirmed = isConfirmed ?? state.isConfirmed
    }
  }
}

struct HistoryKeeperTests {
  static let start = 1_795_780_800
  let directory = TemporaryDirectory()
  let log = LogLines()
  let wall = Wall()
  var path: String { directory.file("history.db") }

  let upright: Frame = {
    guard let frame = Recorded.frames.first(where: { $0.output.posture == .upright && $0.output.eventCount == 0 })
    else {
      fatalError("nobody is upright")
    }
    return frame
  }()

  func keeper(path: String? = nil, days: Int? = nil, isDated: Bool = true) -> HistoryKeeper {
    let wall = wall
    return HistoryKeeper(
      HistoryKeeper.Place(path: path ?? self.path, days: days, source: "i2c", isDated: isDated),
      clock: { wall.now.clock },
      date: { (wall.now.seconds, wall.now.isConfirmed) })
  }

  /// Ten samples a second from one second to another.
  func take(
    _ seconds: Range<Int>, into keeper: HistoryKeeper, _ change: (inout Frame) -> Void = { _ in }
  ) {
    for tenth in seconds.lowerBound * 10..<seconds.upperBound * 10 {
      var frame = upright.moved(to: Int64(tenth) * 100_000)
      frame.circumstances.isAlive = true
      change(&frame)
      wall.set(clock: frame.output.time.microseconds)
      keeper.take(
        frame, sensor: "MPU-6050", limits: TiltLimits(), settings: [TraceSetting(key: "detector.hold", value: "7 s")],
        haveChanged: false, log.logger)
    }
  }

  func minutes(run: Int = 1) throws -> [MinuteRecord] {
    var found: [MinuteRecord] = []
    try HistoryReader(path: path).minutes(of: run, 0..<100_000) { found.append($0) }
    return found
  }

  @Test func minutesAreStoredAsTheyEndAndTheLastOneAtTheEnd() async throws {
    let keeper = keeper()
    take(0..<121, into: keeper)
    #expect(try await eventually { FileAttributes.size(of: path) != nil })
    #expect(try await eventually { (try? minutes().map(\.minute)) == [0, 1] })
    keeper.close()
    let stored = try minutes()
    #expect(stored.map(\.minute) == [0, 1, 2])
    #expect(stored.map(\.contexts.worn) == [600, 600, 9])
    #expect(stored.map(\.postures.upright) == [600, 600, 9])
    let reader = try HistoryReader(path: path)
    let run = RunRecord(
      id: 1, began: Self.start, clock: .unconfirmed, source: "i2c", sensor: "MPU-6050", version: Version.program)
    #expect(try reader.runs() == [run])
    #expect(try reader.settings(of: 1) == [SettingsRecord(at: 0, text: "detector.hold: 7 s\n")])
  }

  @Test func itsOwnGroupMayReadIt() throws {
    let keeper = keeper()
    take(0..<61, into: keeper)
    keeper.close()
    #expect(attributes(of: path).st_mode & 0o777 == 0o640)
  }

  /// That nobody wore it is known 20 s later, when the minute before has been stored.
  @Test func whatNobodyWoreIsTakenBack() throws {
    let keeper = keeper()
    take(0..<50, into: keeper)
    take(50..<70, into: keeper) { $0.circumstances.isAlive = false }
    take(70..<600, into: keeper) {
      $0.circumstances.isAlive = false
      $0.output.context = .offBody
    }
    take(600..<610, into: keeper)
    keeper.close()
    let stored = try minutes()
    // The first sample that is worn stands for the tenth of a second before it.
    #expect(stored.map(\.minute) == [0, 9, 10])
    #expect(stored.map(\.contexts.worn) == [499, 1, 99])
    #expect(stored[0].contexts.offBody == 101)
    #expect(try HistoryReader(path: path).absences(of: 1) == [AbsenceRecord(minute: 1, minutes: 8)])
  }

  @Test func aGapIsTimeOfWhichNothingIsKnown() throws {
    let keeper = keeper()
    take(0..<30, into: keeper)
    take(45..<200, into: keeper)
    keeper.close()
    #expect(try minutes().map(\.contexts.all) == [449, 600, 600, 199])
  }

  @Test func aRunIsDatedWhenTheClockIsKnown() async throws {
    wall.set(seconds: 1000)
    let keeper = keeper()
    take(0..<61, into: keeper)
    #expect(try await eventually { (try? HistoryReader(path: path).runs().first?.began) == .some(nil) })
    wall.set(seconds: Self.start, isConfirmed: true)
    take(61..<121, into: keeper)
    keeper.close()
    let run = try #require(try HistoryReader(path: path).runs().first)
    #expect(run.clock == .confirmed)
    #expect(run.began == Self.start)
  }

  @Test func aClockThatWasConfirmedIsNotUnsetByOneThatIsNot() throws {
    wall.set(isConfirmed: true)
    let keeper = keeper()
    take(0..<61, into: keeper)
    wall.set(seconds: Self.start + 100_000, isConfirmed: false)
    take(61..<121, into: keeper)
    keeper.close()
    #expect(try HistoryReader(path: path).runs().first?.began == Self.start)
  }

  @Test func aDamagedFileIsKeptBesideANewOne() throws {
    try write(String(repeating: "x", count: 5000), to: path)
    let keeper = keeper()
    take(0..<61, into: keeper)
    take(61..<125, into: keeper)
    keeper.close()
    #expect(try contents(of: path + ".damaged-1").hasPrefix("xxx"))
    #expect(try minutes().map(\.minute) == [0, 1, 2])
    #expect(log.count(of: "error: history: ") == 1)
  }

  @Test func whatCannotBeStoredIsTriedAgain() async throws {
    let there = directory.file("there")
    let keeper = keeper(path: "\(there)/history.db")
    take(0..<61, into: keeper)
    #expect(try await eventually { keeper.fault != nil })
    #expect(log.count(of: "error: history: nothing is stored") == 1)
    try FileAttributes.makeDirectory(there, mode: 0o700)
    take(61..<121, into: keeper)
    keeper.close()
    var found: [Int] = []
    try HistoryReader(path: "\(there)/history.db").minutes(of: 1, 0..<10) { found.append($0.minute) }
    #expect(found == [0, 1, 2])
    #expect(keeper.fault == nil)
    #expect(log.count(of: "error: ") == 1)
  }

  /// More waits than finds room, and the settings waited first.
  @Test func theSettingsInForceAreStoredHoweverLongItTook() async throws {
    let there = directory.file("there")
    let keeper = keeper(path: "\(there)/history.db")
    take(0..<61, into: keeper)
    #expect(try await eventually { log.count(of: "error: history: nothing is stored") == 1 })
    for time in 0..<3 * HistoryWriter.mostPending { keeper.take(HappeningRecord(at: time, event: "resumed")) }
    try FileAttributes.makeDirectory(there, mode: 0o700)
    take(61..<121, into: keeper)
    keeper.close()
    #expect(log.lines.count { $0.hasSuffix(" entries found no room and are lost") } == 1)
    #expect(try HistoryReader(path: "\(there)/history.db").settings(of: 1).map(\.text) == ["detector.hold: 7 s\n"])
  }

  @Test func aFileThatWasTakenAwayIsBegunAnew() async throws {
    let keeper = keeper()
    take(0..<61, into: keeper)
    #expect(try await eventually { (try? minutes().count) == 1 })
    unlink(path)
    take(61..<125, into: keeper)
    keeper.close()
    #expect(try minutes().map(\.minute) == [1, 2])
    #expect(try HistoryReader(path: path).settings(of: 1).map(\.text) == ["detector.hold: 7 s\n"])
    #expect(log.count(of: "error: history: ") == 1)
  }

  /// A sensor that is gone for an hour has failed in every minute of it, which is known before it comes back.
  @Test func theFaultsOfALongOutageAreStoredMeanwhile() async throws {
    let keeper = keeper()
    take(0..<30, into: keeper)
    for second in stride(from: Int64(31), to: 3600, by: 5) {
      wall.set(clock: second * 1_000_000)
      keeper.take(fault: "no-adapter", at: Timestamp(microseconds: second * 1_000_000))
      keeper.upkeep(log.logger)
    }
    #expect(try await eventually { (try? HistoryReader(path: path).faults(of: 1).count) == 59 })
    #expect(try HistoryReader(path: path).faults(of: 1).map(\.count) == [6] + Array(repeating: 12, count: 58))
    keeper.close()
    #expect(try HistoryReader(path: path).faults(of: 1).map(\.count) == [6] + Array(repeating: 12, count: 59))
  }

  /// One at the end of one minute, two in the next, whose first comes before a sample has ended the one before.
  @Test func theFaultsAtAMinutesBoundaryAreAllCounted() throws {
    let keeper = keeper()
    take(0..<59, into: keeper)
    for second in [59, 60] as [Int64] {
      keeper.take(fault: "timed-out", at: Timestamp(microseconds: second * 1_000_000))
    }
    take(61..<100, into: keeper)
    keeper.take(fault: "timed-out", at: Timestamp(microseconds: 100_000_000))
    take(101..<122, into: keeper)
    keeper.close()
    let faults = try HistoryReader(path: path).faults(of: 1)
    #expect(faults.map(\.minute) == [0, 1] && faults.map(\.count) == [1, 2])
  }

  @Test func withoutAPlaceNothingIsStored() async {
    let keeper = HistoryKeeper(nil)
    take(0..<61, into: keeper)
    keeper.upkeep(log.logger)
    let failure: String? = await withCheckedContinuation { answer in
      keeper.forget(.all) { answer.resume(returning: $0) }
    }
    #expect(failure == "there is no history: history.file is none, or no sample has come yet")
    keeper.close()
  }
}
