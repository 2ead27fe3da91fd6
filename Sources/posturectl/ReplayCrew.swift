// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// A replay's stages on two threads: one estimates, the caller tells, and whoever has nothing else to do reads on.
///
/// So both have the same to do, whichever stage is the dearest on a machine and a recording.
final class ReplayCrew {
  /// Portions on the way: enough that nobody waits for the other's small delays, few enough for a core's cache.
  private static let portions = 6

  private enum Task: ~Copyable {
    case read(ReplayFeed, ReplayPortion)
    case go(ReplayPortion)
    case rest
  }

  /// What stands between the stages, each in its order.
  private struct Desk: ~Copyable, Sendable {
    /// Nil while somebody reads, and where there is nothing more to read.
    var feed: ReplayFeed?
    var used: [ReplayPortion]
    var read: [ReplayPortion] = []
    var estimated: [ReplayPortion] = []
    /// Nobody waits for estimates any more.
    var isClosed = false

    mutating func readingTask() -> Task? {
      guard !used.isEmpty, let feed = feed.take() else { return nil }
      return .read(feed, used.removeLast())
    }

    mutating func estimatorsTask() -> Task? {
      if isClosed { return .rest }
      return read.isEmpty ? readingTask() : .go(read.removeFirst())
    }

    mutating func tellersTask() -> Task? {
      estimated.isEmpty ? readingTask() : .go(estimated.removeFirst())
    }
  }

  private let desk: Monitor<Desk>
  private var estimating: RealtimeThread?

  init(_ feed: consuming ReplayFeed, _ options: Replay.Options) throws {
    let desk = Monitor(Desk(feed: feed, used: (1..<Self.portions).map { _ in ReplayPortion(options) }))
    self.desk = desk
    estimating = try RealtimeThread(name: "replay", priority: nil, stackSize: 1 << 20) {
      Self.estimate(options, desk)
    }
  }

  deinit { desk.put(true) { $0.isClosed = $1 } }

  private static func estimate(_ options: Replay.Options, _ desk: Monitor<Desk>) {
    var estimator = ReplayEstimator(options)
    while true {
      switch desk.take({ $0.estimatorsTask() }) {
      case .read(let feed, let portion): read(feed, portion, desk)
      case .go(var portion):
        estimator.estimate(&portion)
        let isLast = portion.isLast
        desk.put(portion) { $0.estimated.append($1) }
        if isLast { return }
      case .rest: return
      }
    }
  }

  /// Portions are handed over and not shared, here and elsewhere: who takes one writes into its memory.
  private static func read(_ feed: consuming ReplayFeed, _ portion: consuming ReplayPortion, _ desk: Monitor<Desk>) {
    feed.next(&portion)
    let isLast = portion.isLast
    desk.put(portion) { $0.read.append($1) }
    if !isLast { desk.put(feed) { $0.feed = consume $1 } }
  }

  /// The next estimates, for those of an earlier portion, which is written over.
  func next(after earlier: consuming ReplayPortion) -> ReplayPortion {
    desk.put(earlier) { $0.used.append($1) }
    while true {
      switch desk.take({ $0.tellersTask() }) {
      case .read(let feed, let portion): Self.read(feed, portion, desk)
      case .go(let portion): return portion
      case .rest: preconditionFailure("who tells does not rest before the last portion")
      }
    }
  }
}
