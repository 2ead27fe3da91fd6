// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// Days out of a history, as whoever tells of them needs them.
package struct History: Sendable {
  package struct Day: Sendable {
    package let date: CivilDate
    package var totals = Totals()
    /// By the hour that a clock on the wall shows; the hour that comes twice when summer ends is one.
    package var hours = [Totals](repeating: Totals(), count: 24)
    /// Minutes of which something is known: worn, or known not to be. Of the rest of the day the daemon did not run, or
    /// the sensor gave nothing.
    package var knownMinutes = 0
    /// Nothing has confirmed the clock by which some of it is dated.
    package var isUnconfirmed = false
    package var sessions: [Dated<SessionRecord>] = []
    package var happenings: [Dated<HappeningRecord>] = []
    package var cues: [Dated<CueRecord>] = []

    init(_ date: CivilDate) { self.date = date }
  }

  /// Something, and when it was: seconds since 1970.
  package struct Dated<Record: Sendable>: Sendable {
    package let time: Int
    package let record: Record
  }

  /// What nobody could date: how many runs, and what they add up to.
  package struct Undated: Sendable {
    package var runs = 0
    package var totals = Totals()
  }

  /// Every day of the range, in order, with or without data.
  package private(set) var days: [Day]
  package private(set) var undated = Undated()
  /// The settings that are not the defaults, in force at the end of the range, as lines `key: value`; nil where none
  /// are known.
  package private(set) var settings: String?
  /// Of the last run that has something to tell of the range.
  package private(set) var sensor: String?
  package private(set) var sources: Set<String> = []
  private let local: @Sendable (Int) -> LocalTime?
  /// Seconds since 1970, a day wider than the days on either side: no place is further from universal time.
  private let span: Range<Int>

  private static let secondsOfDay = 86_400
  private static let mostDays = 3700

  /// - Parameter local: what a clock on the wall shows at a time in seconds since 1970.
  /// - Precondition: the range has at most ten years.
  package init(
    _ reader: borrowing HistoryReader, _ range: ClosedRange<CivilDate>,
    local: @escaping @Sendable (Int) -> LocalTime? = { WallClock.local(at: $0) }
  ) throws(DatabaseError) {
    let count = range.upperBound.number - range.lowerBound.number + 1
    precondition(count <= Self.mostDays, "a history is told of ten years at most")
    self.local = local
    span = (range.lowerBound.number - 1) * Self.secondsOfDay..<(range.upperBound.number + 2) * Self.secondsOfDay
    days = (0..<count).map { Day(range.lowerBound + $0) }
    let runs = try reader.runs()
    for (index, run) in runs.enumerated() {
      if let began = run.began {
        try add(run, began, reader)
      } else if mayBeInRange(index, of: runs) {
        try addUndated(run, reader)
      }
    }
  }

  /// A run without a date lies between those before and after it that have one.
  private func mayBeInRange(_ index: Int, of runs: [RunRecord]) -> Bool {
    let before = runs[..<index].last { $0.began != nil }?.began
    let after = runs[index...].first { $0.began != nil }?.began
    return before.map { $0 < span.upperBound } ?? true && after.map { $0 >= span.lowerBound } ?? true
  }

  private mutating func addUndated(_ run: RunRecord, _ reader: borrowing HistoryReader) throws(DatabaseError) {
    var totals = Totals()
    try reader.minutes(of: run.id, 0..<Int.max) { totals.add($0) }
    for cue in try reader.cues(of: run.id) { totals.add(cue) }
    guard totals != Totals() else { return }
    undated.runs += 1
    undated.totals.add(totals)
  }

  private mutating func add(
    _ run: RunRecord, _ began: Int, _ reader: borrowing HistoryReader
  ) throws(DatabaseError) {
    guard began < span.upperBound else { return }
    let minutes = max(0, (span.lowerBound - began) / 60)..<max(0, (span.upperBound - began) / 60 + 1)
    var clock = ClockOnTheWall(local, first: days[0].date, count: days.count)
    var isIn = false
    var known: [MinuteRecord] = []
    try reader.minutes(of: run.id, minutes) { known.append($0) }
    for record in known {
      guard let place = clock.place(of: began + record.minute * 60) else { continue }
      isIn = true
      days[place.day].totals.add(record)
      days[place.day].hours[place.hour].add(record)
      days[place.day].knownMinutes += 1
      if run.clock == .unconfirmed { days[place.day].isUnconfirmed = true }
    }
    for absence in try reader.absences(of: run.id) {
      for minute in absence.minute..<absence.minute + absence.minutes where minutes.contains(minute) {
        guard let place = clock.place(of: began + minute * 60) else { continue }
        isIn = true
        days[place.day].totals.absent += 600
        days[place.day].hours[place.hour].absent += 600
        days[place.day].knownMinutes += 1
      }
    }
    if isIn {
      sources.insert(run.source)
      sensor = run.sensor ?? sensor
    }
    try addRecords(of: run, began, reader, &clock)
  }

  /// What is not a minute.
  private mutating func addRecords(
    of run: RunRecord, _ began: Int, _ reader: borrowing HistoryReader, _ clock: inout ClockOnTheWall
  ) throws(DatabaseError) {
    for cue in try reader.cues(of: run.id) {
      let time = began + cue.at / 10
      guard let place = clock.place(of: time) else { continue }
      days[place.day].totals.add(cue)
      days[place.day].hours[place.hour].add(cue)
      days[place.day].cues.append(Dated(time: time, record: cue))
    }
    for fault in try reader.faults(of: run.id) {
      guard let place = clock.place(of: began + fault.minute * 60) else { continue }
      days[place.day].totals.faults[fault.fault, default: 0] += fault.count
    }
    for session in try reader.sessions(of: run.id) {
      let time = began + session.at / 10
      guard let place = clock.place(of: time) else { continue }
      days[place.day].sessions.append(Dated(time: time, record: session))
    }
    for happening in try reader.happenings(of: run.id) {
      let time = began + happening.at / 10
      guard let place = clock.place(of: time) else { continue }
      days[place.day].happenings.append(Dated(time: time, record: happening))
    }
    for setting in try reader.settings(of: run.id) where began + setting.at / 10 < span.upperBound {
      settings = setting.text
    }
  }

  package var totals: Totals {
    var sum = Totals()
    for day in days { sum.add(day.totals) }
    return sum
  }
}

/// Where times lie among days, asking the system once a quarter of an hour.
struct ClockOnTheWall {
  private let local: @Sendable (Int) -> LocalTime?
  private let first: CivilDate
  private let count: Int
  private var quarter = Int.min
  private var offset: Int?

  init(_ local: @escaping @Sendable (Int) -> LocalTime?, first: CivilDate, count: Int) {
    self.local = local
    self.first = first
    self.count = count
  }

  /// Nil outside the days.
  mutating func place(of time: Int) -> (day: Int, hour: Int)? {
    // No clock is set in the middle of one.
    let quarter = time / 900
    if quarter != self.quarter {
      self.quarter = quarter
      offset = local(quarter * 900)?.offset
    }
    guard let offset else { return nil }
    let shown = time + offset
    let day = Int((Double(shown) / 86_400).rounded(.down)) - first.number
    guard day >= 0, day < count else { return nil }
    return (day, (shown % 86_400) / 3600)
  }
}
