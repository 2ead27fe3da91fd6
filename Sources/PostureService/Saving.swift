// SPDX-License-Identifier: MIT
import PostureFormats

/// A trace on its way to a client, part by part as the client reads.
struct Saving: Sendable {
  /// A client that takes nothing for so long, in microseconds, takes no more.
  static let patience: Int64 = 60_000_000

  /// At once: each keeps the samples of its minute, 2 MB at the fastest sensor's rate.
  static let most = 4

  private var trace: BlackBoxTrace
  /// When the client last took something, by the hub's clock.
  private(set) var progress: Int64
  private(set) var isOver = false

  init(_ trace: BlackBoxTrace, at time: Int64) {
    self.trace = trace
    progress = time
  }

  /// The next message, the last of which says that it was the last; nil after that.
  mutating func next(at time: Int64) -> String? {
    guard !isOver else { return nil }
    progress = time
    if let part = trace.next() { return JSONLine.encode(TracePartMessage(text: String(decoding: part, as: UTF8.self))) }
    isOver = true
    return JSONLine.encode(SavedMessage(samples: trace.samples))
  }

  func isStuck(at time: Int64) -> Bool { time - progress > Self.patience }
}
