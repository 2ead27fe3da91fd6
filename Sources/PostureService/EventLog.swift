// SPDX-License-Identifier: MIT
import PostureFormats

/// The events since the start, numbered from 1; the newest are remembered.
struct EventLog: Sendable {
  /// Some days of a wearer's, and some hundred kilobytes.
  static let mostRemembered = 1000

  /// Another one after every start, so that a client sees that the numbers have begun again.
  let run: String
  private(set) var newest: UInt64 = 0
  /// A ring: the event of number n is at n - 1, modulo its length once that is the most.
  private var records: [EventRecord] = []

  /// - Parameter run: of 16 hexadecimal digits.
  init(run: String = Self.randomRun()) { self.run = run }

  private static func randomRun() -> String {
    let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The oldest that is remembered; one more than the newest where none is.
  var oldest: UInt64 { newest - UInt64(records.count) + 1 }

  mutating func append(_ record: EventRecord) -> EventMessage {
    if records.count < Self.mostRemembered {
      records.append(record)
    } else {
      records[Int(newest % UInt64(Self.mostRemembered))] = record
    }
    newest += 1
    return EventMessage(record, number: newest)
  }

  /// - Parameter number: of one that is remembered.
  func event(_ number: UInt64) -> EventMessage {
    EventMessage(records[Int((number - 1) % UInt64(Self.mostRemembered))], number: number)
  }
}

/// A client on its way through the events: those that were, that they were all, and those to come where it follows.
struct EventReading: Sendable {
  /// A client that takes nothing for so long, in microseconds, takes no more.
  static let patience = Saving.patience

  private var next: UInt64
  private let last: UInt64
  private let isFollowing: Bool
  private var forgotten: UInt64 = 0
  private var hasToldEnd = false
  private var progress: Int64

  init(after number: UInt64, isFollowing: Bool, _ log: EventLog, at time: Int64) {
    last = log.newest
    next = min(number, last) + 1
    self.isFollowing = isFollowing
    progress = time
  }

  /// Nothing more will come.
  var isOver: Bool { hasToldEnd && !isFollowing }
  /// What was there when the client asked has been told.
  var isInPresent: Bool { hasToldEnd }

  /// The next line; nil where there is none now.
  mutating func line(from log: EventLog, at time: Int64) -> String? {
    progress = time
    // What a follower has not been told of is forgotten: it learns so, by another end of the past.
    if hasToldEnd, next < log.oldest {
      let missed = log.oldest - next
      next = log.oldest
      return JSONLine.encode(EventsMessage(run: log.run, newest: log.oldest - 1, forgotten: missed))
    }
    if next < log.oldest {
      forgotten += min(log.oldest, last + 1) - min(next, last + 1)
      next = log.oldest
    }
    if !hasToldEnd, next > last {
      hasToldEnd = true
      return JSONLine.encode(EventsMessage(run: log.run, newest: last, forgotten: forgotten))
    }
    guard next <= (isFollowing ? log.newest : last) else { return nil }
    defer { next += 1 }
    return JSONLine.encode(log.event(next))
  }

  func isStuck(at time: Int64) -> Bool { time - progress > Self.patience }
}
