// SPDX-License-Identifier: MIT
import PostureCore

/// Makes minutes, cues and happenings of what the pipeline says of each sample: plain values, no clock and no file.
///
/// Whether somebody wears the device is known late: without a sign of life for a while nobody did, since the last one.
/// A minute that has been told is then told again, as it was.
package struct HistoryTally: Sendable {
  /// Microseconds; after a longer pause nothing is known of what was in it.
  private static let longestInterval: Int64 = 250_000
  private static let minute: Int64 = 60_000_000
  /// Minutes after which an absence that still lasts is told.
  private static let longestAbsence = 60
  /// Minutes without a sign of life that are remembered: more than `context.off-body-after` can be set to.
  private static let mostDoubtful = 64

  private struct Doubtful: Sendable {
    let minute: Int
    let all: MinuteSums
    let alive: MinuteSums
    let block: Block
  }

  /// Of the run; the first sample's.
  package private(set) var origin: Timestamp?
  /// What the programme has the minute for.
  package var block = Block.plain
  private var cues = CueTally()
  private var movement = Movement()
  private var minute = 0
  private var sums = MinuteSums()
  /// The same at the last sign of life.
  private var alive = MinuteSums()
  private var doubtful: [Doubtful] = []
  private var absence: AbsenceRecord?
  /// By minute and kind, of those minutes that may still get more.
  private var faults: [Int: [String: Int]] = [:]
  private var last: Timestamp?
  private var wasWorn = true

  package init() {}

  /// Tenths of a second since the run began.
  package func tenths(at time: Timestamp) -> Int { origin.map { Int((time - $0).microseconds / 100_000) } ?? 0 }

  /// - Parameters:
  ///   - limits: by which a lean has its direction.
  ///   - entries: what is to be stored is added to them.
  /// - Returns: the minute that has ended with the sample before, if one has.
  @discardableResult
  package mutating func take(
    _ sample: InertialSample, _ output: PosturePipeline.Output, _ circumstances: Circumstances, _ limits: TiltLimits,
    into entries: inout [HistoryEntry]
  ) -> MinuteRecord? {
    let start = origin ?? output.time
    origin = start
    let elapsed = (output.time - start).microseconds
    let (number, moved) = (Int(elapsed / Self.minute), movement.update(sample))
    let lean = output.tilt.flatMap { output.posture == .upright ? nil : limits.lean(of: $0) }
    let isSilent =
      circumstances.mode == .tracking || circumstances.isQuiet || circumstances.silence != nil
      || circumstances.isInSession
    func add(_ interval: Int64, to sums: inout MinuteSums) {
      sums.add(interval, output, lean: lean, isSilent: isSilent, movement: moved)
    }
    let interval = last.map { (output.time - $0).microseconds } ?? 0
    let isKnown = interval <= Self.longestInterval && interval > 0
    last = output.time
    var ended: MinuteRecord?
    var rest = interval
    if number > minute {
      // The part of it before the minute's end.
      rest = min(interval, elapsed - Int64(number) * Self.minute)
      if isKnown { add(interval - rest, to: &sums) }
      ended = end(before: number, into: &entries)
      minute = number
    }
    let isWorn = output.context != .offBody
    if wasWorn, !isWorn { takeBack(into: &entries) }
    wasWorn = isWorn
    if isKnown { add(rest, to: &sums) }
    if circumstances.isAlive || !isWorn {
      alive = sums
      doubtful.removeAll(keepingCapacity: true)
    }
    for index in 0..<output.eventCount { cues.take(output.event(index), at: tenths(at: output.time), into: &entries) }
    return ended
  }

  package mutating func take(fault: String, at time: Timestamp) {
    let elapsed = origin.map { (time - $0).microseconds } ?? 0
    faults[max(minute, Int(elapsed / Self.minute)), default: [:]][fault, default: 0] += 1
  }

  /// Tells the faults of minutes that are over, where no sample ends them: the sensor gives none.
  package mutating func tellFaults(before time: Timestamp, into entries: inout [HistoryEntry]) {
    guard let origin else { return }
    let now = Int((time - origin).microseconds / Self.minute)
    let over = faults.filter { $0.key < now }
    tell(over, into: &entries)
    for minute in over.keys { faults[minute] = nil }
  }

  /// Tells what there is: the end of the run, or the sensor gives nothing for now. What comes of the same minute after it is added to it.
  package mutating func flush(into entries: inout [HistoryEntry]) {
    if !sums.isEmpty { tell(sums.record(minute, block), into: &entries) }
    tell(faults, into: &entries)
    tellAbsence(into: &entries)
  }

  /// Nothing of the present minute, nor of what is not certain yet, is to be told. That nobody has worn the device is.
  package mutating func forget(into entries: inout [HistoryEntry]) {
    tellAbsence(into: &entries)
    sums = MinuteSums()
    alive = MinuteSums()
    doubtful.removeAll()
    absence = nil
    faults.removeAll()
    cues = CueTally()
  }

  /// - Parameter next: the minute that begins; what it has had of faults may become more.
  private mutating func end(before next: Int, into entries: inout [HistoryEntry]) -> MinuteRecord? {
    defer {
      sums = MinuteSums()
      alive = MinuteSums()
    }
    tell(faults, into: &entries)
    faults = faults.filter { $0.key >= next }
    guard !sums.isEmpty else { return nil }
    let record = sums.record(minute, block)
    tell(record, into: &entries)
    if wasWorn {
      if doubtful.count == Self.mostDoubtful { doubtful.removeFirst() }
      doubtful.append(Doubtful(minute: minute, all: sums, alive: alive, block: block))
    }
    return record
  }

  private mutating func tell(_ record: MinuteRecord, into entries: inout [HistoryEntry]) {
    if record.isWorth {
      tellAbsence(into: &entries)
      absence = nil
      entries.append(.minute(record))
      return
    }
    if let known = absence, known.minute + known.minutes == record.minute, known.minutes < Self.longestAbsence {
      absence?.minutes += 1
      if known.minutes + 1 == Self.longestAbsence { tellAbsence(into: &entries) }
    } else if absence.map({ $0.minute + $0.minutes <= record.minute }) ?? true {
      tellAbsence(into: &entries)
      absence = AbsenceRecord(minute: record.minute, minutes: 1)
    }
  }

  private mutating func tellAbsence(into entries: inout [HistoryEntry]) {
    if let absence { entries.append(.absence(absence)) }
  }

  private func tell(_ faults: [Int: [String: Int]], into entries: inout [HistoryEntry]) {
    for (minute, counts) in faults.sorted(by: { $0.key < $1.key }) {
      for (fault, count) in counts.sorted(by: { $0.key < $1.key }) {
        entries.append(.fault(FaultRecord(minute: minute, fault: fault, count: count)))
      }
    }
  }

  /// Nobody has worn the device since the last sign of life.
  private mutating func takeBack(into entries: inout [HistoryEntry]) {
    for minute in doubtful {
      entries.append(.minute(minute.all.unworn(since: minute.alive).record(minute.minute, minute.block)))
    }
    doubtful.removeAll(keepingCapacity: true)
    sums = sums.unworn(since: alive)
  }
}
