// SPDX-License-Identifier: MIT
import LinuxIO
import Logging
import NIOPosix
import PostureHistory
import Synchronization

/// Stores what is to be stored, on a thread of its own: a card may take seconds to say that something has reached it.
///
/// What cannot be stored is kept and tried again with what comes next, up to a bound; a failure is one error in the log.
final class HistoryWriter: Sendable {
  /// Entries that may wait: more than a day of minutes and cues, in half a megabyte.
  static let mostPending = 4096

  struct State: ~Copyable {
    /// Nil before the first entry, and after a failure that it cannot go on from.
    var store: HistoryStore?
    var hasFailed = false
    var isGivenUp = false
    /// As it is known by now: a file that is begun anew has it from its start.
    var run: RunRecord
    /// In force: a file that is begun anew has them too.
    var settings: SettingsRecord?
    /// Of the file that is open.
    var identity: (device: UInt64, inode: UInt64)?

    init(_ run: RunRecord) { self.run = run }
  }

  private struct Queue {
    var entries: [HistoryEntry] = []
    var dropped = 0
    var date: (began: Int, clock: RunRecord.Clock)?
    var isScheduled = false
  }

  private let path: String
  private let logger: Logger
  private let pool: NIOThreadPool
  private let state: Mutex<State>
  private let queue = Mutex(Queue())
  private let lastFault = Mutex<String?>(nil)

  /// - Parameter run: as it is known at its beginning.
  init(path: String, run: RunRecord, pool: NIOThreadPool, logger: Logger) {
    self.path = path
    state = Mutex(State(run))
    self.pool = pool
    self.logger = logger
  }

  /// Why nothing is stored at the moment.
  var fault: String? { lastFault.withLock { $0 } }

  /// - Parameter date: when the run began, where that is known better than before.
  func append(_ entries: [HistoryEntry], date: (began: Int, clock: RunRecord.Clock)? = nil) {
    let isNew = queue.withLock { queue in
      queue.entries += entries
      if let date { queue.date = date }
      let excess = queue.entries.count - Self.mostPending
      if excess > 0 {
        queue.entries.removeFirst(excess)
        queue.dropped += excess
      }
      defer { queue.isScheduled = true }
      return !queue.isScheduled
    }
    if isNew { pool.submit { _ in self.drain() } }
  }

  /// Stores what is left, and closes the file: the thread goes on only when that is done.
  func close() {
    drain()
    state.withLock { $0.store = nil }
  }

  /// Forgets something of what is stored and of what is waiting; tells why it could not, or nil.
  func forget(_ what: Forgetting, _ done: @escaping @Sendable (String?) -> Void) {
    pool.submit { _ in
      self.drain()
      done(
        self.state.withLock { state in
          do throws(DatabaseError) {
            // What could not be stored yet would come back.
            if self.queue.withLock({ !$0.entries.isEmpty }), let fault = self.fault { return fault }
            try self.open(&state)
            guard state.store != nil else { return self.fault ?? "there is no history" }
            try state.store?.forget(what)
            if what == .all { try self.removeDamaged() }
            return nil
          } catch { return error.message }
        })
    }
  }

  /// Reads something of what is stored, what is waiting included, and tells what it found.
  func read<Found: Sendable>(
    _ look: @escaping @Sendable (String) throws(DatabaseError) -> Found,
    _ done: @escaping @Sendable (Result<Found, DatabaseError>) -> Void
  ) {
    pool.submit { _ in
      self.drain()
      do throws(DatabaseError) { done(.success(try look(self.path))) } catch { done(.failure(error)) }
    }
  }

  /// How full the queue is: somebody who can wait does.
  var isBehind: Bool { queue.withLock { $0.entries.count > Self.mostPending / 2 } }

  private func drain() {
    state.withLock { state in
      let (entries, date, dropped) = queue.withLock { queue in
        defer { (queue.entries, queue.date, queue.dropped, queue.isScheduled) = ([], nil, 0, false) }
        return (queue.entries, queue.date, queue.dropped)
      }
      guard !state.isGivenUp, !entries.isEmpty || date != nil else { return }
      do throws(DatabaseError) {
        do throws(DatabaseError) { try write(entries, date, &state) } catch {
          guard error.kind == .damaged else { throw error }
          state.store = nil
          try setAside(error)
          try write(entries, date, &state)
        }
        if dropped > 0 { logger.error("history: \(dropped) entries found no room and are lost") }
        if state.hasFailed { logger.notice("history: \(path) is written again") }
        state.hasFailed = false
        lastFault.withLock { $0 = nil }
      } catch {
        fail(error, entries, date, &state)
        queue.withLock { $0.dropped += dropped }
      }
    }
  }

  private func write(
    _ entries: [HistoryEntry], _ date: (began: Int, clock: RunRecord.Clock)?, _ state: inout State
  ) throws(DatabaseError) {
    if state.store != nil, !isSame(FileAttributes.identity(of: path), state.identity) {
      logger.error("history: \(path) is another file than before, or gone; it is begun anew")
      state.store = nil
    }
    if let date { (state.run.began, state.run.clock) = (date.began, date.clock) }
    for case .settings(let settings) in entries { state.settings = settings }
    try open(&state)
    if let date { try state.store?.date(date.began, date.clock) }
    try state.store?.write(entries)
    // What a power cut or a kill may no longer take away: the tests of both go by it.
    if let run = state.store?.run.id, let minute = entries.compactMap(\.minute).max() {
      logger.debug("history: stored run \(run) to minute \(minute)")
    }
  }

  private func open(_ state: inout State) throws(DatabaseError) {
    guard state.store == nil, !state.isGivenUp else { return }
    do throws(SystemError) {
      // SQLite gives the files beside it the mode of this one: who may ask the daemon may read them.
      if FileAttributes.size(of: path) == nil { try FileAttributes.makeFile(path, mode: 0o640) }
    } catch { throw DatabaseError(.other, error.call, SystemError.text(of: error.number)) }
    var store = try HistoryStore(path: path, run: state.run)
    if let settings = state.settings { try store.write([.settings(settings)]) }
    state.store = consume store
    state.identity = FileAttributes.identity(of: path)
  }

  private func isSame(_ a: (device: UInt64, inode: UInt64)?, _ b: (device: UInt64, inode: UInt64)?) -> Bool {
    a?.device == b?.device && a?.inode == b?.inode
  }

  /// Those that were set aside are of the wearer, too. As many as can be are removed, whatever happens to one of them.
  private func removeDamaged() throws(DatabaseError) {
    let beginning = "\(path).damaged-"
    var failure: SystemError?
    do throws(SystemError) {
      for file in try Paths.files(beginningWith: beginning) where Self.isNumbered(file.dropFirst(beginning.count)) {
        do throws(SystemError) { try FileAttributes.remove(file) } catch { failure = error }
      }
    } catch { failure = error }
    if let failure { throw DatabaseError(.other, failure.call, SystemError.text(of: failure.number)) }
  }

  /// As `setAside` names them: somebody else's file may have a name that begins so.
  private static func isNumbered(_ rest: Substring) -> Bool {
    let digits = rest.hasSuffix("-wal") ? rest.dropLast(4) : rest
    return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
  }

  private func fail(
    _ error: DatabaseError, _ entries: [HistoryEntry], _ date: (began: Int, clock: RunRecord.Clock)?,
    _ state: inout State
  ) {
    lastFault.withLock { $0 = error.message }
    if error.kind == .newer {
      state.isGivenUp = true
      return logger.error("history: nothing is stored: \(error.message)")
    }
    // They come before what has been added meanwhile.
    queue.withLock { queue in
      let all = entries + queue.entries
      queue.entries = Array(all.suffix(Self.mostPending))
      queue.dropped += all.count - queue.entries.count
      queue.date = queue.date ?? date
    }
    guard !state.hasFailed else { return }
    state.hasFailed = true
    logger.error("history: nothing is stored, and is tried again every minute: \(error.message)")
  }

  /// What is damaged is kept beside the new file: somebody may still read some of it.
  private func setAside(_ error: DatabaseError) throws(DatabaseError) {
    var number = 1
    while FileAttributes.size(of: "\(path).damaged-\(number)") != nil { number += 1 }
    do throws(SystemError) {
      try FileAttributes.rename(path, to: "\(path).damaged-\(number)")
      // What has not gone into the tables yet belongs to it.
      if FileAttributes.size(of: "\(path)-wal") != nil {
        try FileAttributes.rename("\(path)-wal", to: "\(path).damaged-\(number)-wal")
      }
      try FileAttributes.remove("\(path)-shm")
    } catch { throw DatabaseError(.other, error.call, SystemError.text(of: error.number)) }
    logger.error("history: \(error.message); kept as \(path).damaged-\(number), a new one is begun")
  }
}

extension HistoryEntry {
  /// The last minute that it tells of; nil for what is no minute.
  fileprivate var minute: Int? {
    switch self {
    case .minute(let record): record.minute
    case .absence(let record): record.minute + record.minutes - 1
    default: nil
    }
  }
}
