// SPDX-License-Identifier: MIT
import LinuxIO
import Logging
import NIOPosix
import PostureCore
import PostureFormats
import PostureHistory
import PostureProgramme

/// The hub's part of the history: what of each frame is to be stored, and when.
///
/// Used by the hub alone, on its event loop; the file itself is another thread's.
package final class HistoryKeeper {
  /// Where it is stored, and of what.
  package struct Place: Sendable {
    package let path: String
    /// Nil to keep everything.
    package var days: Int?
    /// `simulated`, `trace` or `i2c`.
    package let source: String
    /// Time is the world's: the run's date can be learnt on its way.
    package let isDated: Bool

    package init(path: String, days: Int?, source: String, isDated: Bool) {
      self.path = path
      self.days = days
      self.source = source
      self.isDated = isDated
    }
  }

  /// A clock that shows an earlier time than this program is old cannot be meant: 2026-01-01.
  private static let earliest = 1_767_225_600
  /// Seconds by which a run's date must be wrong before it is mended.
  private static let tolerance = 2
  /// Microseconds of the clock between two looks at what is too old: once a day, and more often until the clock is
  /// confirmed.
  private static let pruning: Int64 = 86_400_000_000
  private static let pruningRetry: Int64 = 60_000_000
  private static let minute: Int64 = 60_000_000
  /// Microseconds without a sample after which a minute is told as far as it is known.
  private static let patience: Int64 = 5_000_000

  private var place: Place?
  private let pool = NIOThreadPool(numberOfThreads: 1)
  private var writer: HistoryWriter?
  private var tally = HistoryTally()
  private var pending: [HistoryEntry] = []
  private var run: RunRecord?
  private var lastSample: Int64?
  private var tenthsOfLastSample = 0
  private var clockOfLastSample: Int64 = 0
  private var nextPruning: Int64 = .min
  private var nextFaults: Int64 = .min
  private let clock: @Sendable () -> Int64
  private let date: @Sendable () -> (seconds: Int, isConfirmed: Bool)

  /// - Parameters:
  ///   - place: nil stores nothing.
  ///   - clock: microseconds of the clock that samples are timed by; asked with each of them.
  ///   - date: seconds since 1970, and whether something outside has confirmed them.
  package init(
    _ place: Place?, clock: @escaping @Sendable () -> Int64 = { SystemClock().now() },
    date: @escaping @Sendable () -> (seconds: Int, isConfirmed: Bool) = { (WallClock.now(), WallClock.isConfirmed) }
  ) {
    self.place = place
    self.clock = clock
    self.date = date
  }

  /// Why nothing is stored at the moment; nil where all is well, or nothing is to be stored.
  var fault: String? { writer?.fault }
  /// Something is to be stored at all.
  var isKept: Bool { place != nil }
  /// The file is far behind: who can wait, should.
  var isBehind: Bool { writer?.isBehind ?? false }

  /// Keeps so many days from now on.
  func keep(days: Int?) {
    guard place?.days != days else { return }
    place?.days = days
    nextPruning = .min
  }

  /// - Returns: the minute that has ended, if one has.
  @discardableResult
  func take(
    _ frame: Frame, sensor: String?, limits: TiltLimits, settings: [TraceSetting], haveChanged: Bool, _ logger: Logger
  ) -> MinuteRecord? {
    guard let place else { return nil }
    if writer == nil { begin(place, frame, sensor, logger) }
    if haveChanged || tally.origin == nil {
      let text = settings.map { "\($0.key): \($0.value)\n" }.joined()
      pending.append(.settings(SettingsRecord(at: tally.tenths(at: frame.output.time), text: text)))
    }
    lastSample = clock()
    clockOfLastSample = lastSample ?? 0
    tenthsOfLastSample = tally.tenths(at: frame.output.time)
    let ended = tally.take(frame.measurement.sample, frame.output, frame.circumstances, limits, into: &pending)
    if ended != nil { store() }
    return ended
  }

  func take(fault name: String, at time: Timestamp) {
    if place != nil { tally.take(fault: name, at: time) }
  }

  /// What the programme has the time from now on for.
  var block: Block {
    get { tally.block }
    set { tally.block = newValue }
  }

  func take(_ session: SessionRecord) {
    guard place != nil else { return }
    pending.append(.session(session))
    store()
  }

  func take(_ happening: HappeningRecord) {
    guard place != nil else { return }
    pending.append(.happening(happening))
    store()
  }

  /// Reads what the programme has to know of the days up to this one; what is not over yet is not in it.
  func readDays(
    through day: CivilDate, _ done: @escaping @Sendable (Result<[ProgrammeDay], DatabaseError>) -> Void
  ) {
    guard let writer else { return done(.success([])) }
    store()
    writer.read { path throws(DatabaseError) in
      try ProgrammeDays.read(HistoryReader(path: path), through: day)
    } _: {
      done($0)
    }
  }

  /// Seconds since 1970, at a time of the run's samples; nil while the run has no date.
  func date(at time: Timestamp) -> Int? { run?.began.map { $0 + tally.tenths(at: time) / 10 } }

  /// Tenths of a second of the run, at a time of its samples.
  func tenths(at time: Timestamp) -> Int { tally.tenths(at: time) }

  /// Tells what is due where no sample does: the sensor gives none.
  func upkeep(_ logger: Logger) {
    guard let writer, place?.isDated == true else { return }
    let now = clock()
    if let lastSample {
      if now - lastSample > Self.patience {
        self.lastSample = nil
        tally.flush(into: &pending)
        store()
      }
    } else if now >= nextFaults {
      nextFaults = now + Self.minute
      // One may be offered later than it was.
      tally.tellFaults(before: Timestamp(microseconds: now - Self.patience), into: &pending)
      store()
    }
    guard now >= nextPruning, let days = place?.days else { return }
    let date = date()
    nextPruning = now + (date.isConfirmed ? Self.pruning : Self.pruningRetry)
    // By a clock that is wrong, everything could be too old.
    guard date.isConfirmed else { return }
    writer.forget(.before(date.seconds - days * 86_400)) { failure in
      if let failure { logger.warning("history: what is too old cannot be removed: \(failure)") }
    }
  }

  /// Stores what is left. Waits until it has reached the card.
  func close() {
    guard let writer else { return }
    tally.flush(into: &pending)
    store()
    writer.close()
    pool.shutdownGracefully { _ in }
  }

  /// Forgets something; tells afterwards why not, or nil.
  func forget(_ forgotten: Request.Forgotten, _ done: @escaping @Sendable (String?) -> Void) {
    let what: Forgetting =
      switch forgotten {
      case .all: .all
      case .before(let time): .before(time)
      case .last(let seconds):
        .last(
          seconds: seconds,
          // The sensor may have given nothing for a while.
          at: tenthsOfLastSample + (place?.isDated == true ? Int((clock() - clockOfLastSample) / 100_000) : 0),
          time: date().seconds)
      }
    guard let writer else { return done("there is no history: history.file is none, or no sample has come yet") }
    // What has not been stored is to be forgotten too, and the minute begins anew.
    if case .before = what {} else { tally.forget(into: &pending) }
    store()
    writer.forget(what, done)
  }

  /// The run begins with its first sample.
  private func begin(_ place: Place, _ frame: Frame, _ sensor: String?, _ logger: Logger) {
    pool.start()
    let now = date()
    let age = place.isDated ? Int((clock() - frame.output.time.microseconds) / 1_000_000) : 0
    let began = now.seconds - age
    let run = RunRecord(
      began: began >= Self.earliest ? began : nil, clock: now.isConfirmed ? .confirmed : .unconfirmed,
      source: place.source, sensor: sensor, version: Version.program)
    self.run = run
    writer = HistoryWriter(path: place.path, run: run, pool: pool, logger: logger)
  }

  private func store() {
    guard let writer, !pending.isEmpty else { return }
    writer.append(pending, date: betterDate())
    pending.removeAll(keepingCapacity: true)
  }

  /// When the run began, where the clock says otherwise by now and knows it as well as before.
  private func betterDate() -> (began: Int, clock: RunRecord.Clock)? {
    guard place?.isDated == true, let run, let origin = tally.origin else { return nil }
    let now = date()
    let began = now.seconds - Int((clock() - origin.microseconds) / 1_000_000)
    guard began >= Self.earliest, now.isConfirmed || run.clock == .unconfirmed else { return nil }
    let isOff = run.began.map { abs($0 - began) > Self.tolerance } ?? true
    guard isOff || now.isConfirmed && run.clock == .unconfirmed else { return nil }
    self.run?.began = began
    self.run?.clock = now.isConfirmed ? .confirmed : .unconfirmed
    return (began, now.isConfirmed ? .confirmed : .unconfirmed)
  }
}
