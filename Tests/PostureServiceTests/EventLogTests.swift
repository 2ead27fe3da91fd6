// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

struct EventLogTests {
  /// The nth event at n seconds.
  private func log(_ count: Int, run: String = "a") -> EventLog {
    var log = EventLog(run: run)
    for number in 1...max(count, 1) where number <= count { _ = log.append(record(number)) }
    return log
  }

  private func record(_ number: Int) -> EventRecord {
    EventRecord(Event(time: Timestamp(microseconds: Int64(number) * 1_000_000), kind: .putOn, tilt: nil))
  }

  private func read(_ reading: inout EventReading, _ log: EventLog) -> (events: [EventMessage], ends: [EventsMessage]) {
    var (events, ends): ([EventMessage], [EventsMessage]) = ([], [])
    while let line = reading.line(from: log, at: 0) {
      if let event = JSONLine.decode(EventMessage.self, from: line) { events.append(event) }
      if let end = JSONLine.decode(EventsMessage.self, from: line) { ends.append(end) }
    }
    return (events, ends)
  }

  @Test func eventsAreNumberedFromOne() {
    var log = log(0)
    #expect(log.newest == 0 && log.oldest == 1)
    #expect(log.append(record(1)) == EventMessage(record(1), number: 1))
    #expect(log.append(record(2)) == EventMessage(record(2), number: 2))
    #expect(log.newest == 2 && log.oldest == 1 && log.event(1).record.time_us == 1_000_000)
  }

  @Test(arguments: [999, 1000, 1001, 2000, 2500]) func theNewestThousandAreRemembered(count: Int) {
    let log = log(count)
    #expect(log.newest == UInt64(count) && log.oldest == UInt64(max(1, count - 999)))
    for number in log.oldest...log.newest {
      #expect(log.event(number) == EventMessage(record(Int(number)), number: number))
    }
  }

  @Test func everyRunHasAnIdOfItsOwn() {
    #expect(EventLog().run != EventLog().run)
    #expect(EventLog().run.wholeMatch(of: /[0-9a-f]{16}/) != nil)
  }

  @Test(arguments: [(0, 5), (3, 2), (5, 0), (7, 0)]) func thoseAfterANumberComeInOrder(since: UInt64, count: Int) {
    let log = log(5)
    var reading = EventReading(after: since, isFollowing: false, log, at: 0)
    let (events, ends) = read(&reading, log)
    #expect(events.map(\.event_number) == Array((1...5).suffix(count)))
    #expect(ends == [EventsMessage(run: "a", newest: 5, forgotten: 0)] && reading.isOver)
  }

  @Test(arguments: [(0, 500), (100, 400), (500, 0), (501, 0)])
  func whatIsForgottenIsCounted(since: UInt64, forgotten: UInt64) {
    let log = log(1500)
    var reading = EventReading(after: since, isFollowing: false, log, at: 0)
    let (events, ends) = read(&reading, log)
    #expect(events.first?.event_number == max(since, 500) + 1 && events.last?.event_number == 1500)
    #expect(ends == [EventsMessage(run: "a", newest: 1500, forgotten: forgotten)])
  }

  /// Events that go on happening while a slow client reads do not prolong the answer.
  @Test func theAnswerEndsWithWhatThereWas() {
    var log = log(3)
    var reading = EventReading(after: 0, isFollowing: false, log, at: 0)
    _ = log.append(record(4))
    let (events, ends) = read(&reading, log)
    #expect(events.map(\.event_number) == [1, 2, 3] && ends.map(\.newest) == [3])
  }

  @Test func whatIsForgottenMeanwhileIsCountedToo() {
    var log = log(3)
    var reading = EventReading(after: 0, isFollowing: false, log, at: 0)
    #expect(reading.line(from: log, at: 0) != nil)
    for number in 4...1002 { _ = log.append(record(number)) }
    let (events, ends) = read(&reading, log)
    #expect(events.map(\.event_number) == [3] && ends == [EventsMessage(run: "a", newest: 3, forgotten: 1)])
  }

  /// What came after the request was not asked for.
  @Test func onlyWhatWasAskedForCanBeForgotten() {
    var log = log(3)
    var reading = EventReading(after: 0, isFollowing: false, log, at: 0)
    for number in 4...1600 { _ = log.append(record(number)) }
    let (events, ends) = read(&reading, log)
    #expect(events == [] && ends == [EventsMessage(run: "a", newest: 3, forgotten: 3)])
  }

  /// One that comes with a number of another run misses nothing of this one.
  @Test func aNumberBeyondTheNewestIsTheNewest() {
    var log = log(2)
    var reading = EventReading(after: 9, isFollowing: true, log, at: 0)
    #expect(read(&reading, log).ends.map(\.newest) == [2])
    _ = log.append(record(3))
    #expect(read(&reading, log).events.map(\.event_number) == [3])
  }

  @Test func whoFollowsIsToldOfEachOnce() {
    var log = log(2)
    var reading = EventReading(after: 1, isFollowing: true, log, at: 0)
    #expect(!reading.isInPresent)
    #expect(read(&reading, log).events.map(\.event_number) == [2] && reading.isInPresent && !reading.isOver)
    for number in 3...4 { _ = log.append(record(number)) }
    let (events, ends) = read(&reading, log)
    #expect(events.map(\.event_number) == [3, 4] && ends == [])
  }

  @Test func whoTakesNothingForAMinuteIsStuck() {
    let log = log(2)
    var reading = EventReading(after: 0, isFollowing: false, log, at: 5)
    #expect(!reading.isStuck(at: 60_000_005) && reading.isStuck(at: 60_000_006))
    _ = reading.line(from: log, at: 60_000_000)
    #expect(!reading.isStuck(at: 120_000_000))
  }
}
