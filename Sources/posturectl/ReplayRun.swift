// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// A replay from a recording's files to what is told of it: on two processors where that pays.
struct ReplayRun: ~Copyable {
  /// Bytes of a recording that is read before a thread would have begun to help.
  private static let shortest = 1 << 20

  private let traces: [String]
  private let options: Replay.Options
  private let usesThread: Bool
  private var feed: ReplayFeed?

  private init(_ traces: [String], _ options: Replay.Options, usesThread: Bool, _ feed: consuming ReplayFeed) {
    self.traces = traces
    self.options = options
    self.usesThread = usesThread
    self.feed = consume feed
  }

  /// - Parameter traces: files in their order, or `-`.
  /// - Throws: where the first of them cannot be read.
  // No throwing initializer: Swift 6.2 gives back, where one fails, an optional that cannot be copied and is not there yet.
  static func open(_ traces: [String], _ options: Replay.Options) throws -> ReplayRun {
    // What is no file may keep a thread waiting that nobody needs any more.
    let usesThread =
      options.pace == nil && WorkerThreads.processors > 1
      && traces.allSatisfy { FileAttributes.size(of: $0) != nil }
      && traces.contains { FileAttributes.size(of: $0) ?? 0 >= shortest }
    let feed = try ReplayFeed(traces, chunk: chunk(options), options)
    return ReplayRun(traces, options, usesThread: usesThread, feed)
  }

  /// Bytes read at once; where it takes its time, a few rows.
  private static func chunk(_ options: Replay.Options) -> Int { options.pace == nil ? 256 << 10 : 256 }

  /// - Parameter body: called after each portion, with what it has told, and with a line that a piece's end has cut.
  /// - Returns: the header of the last piece, if it has one.
  @discardableResult
  mutating func tell(
    _ teller: inout ReplayTeller, _ body: (inout ReplayTeller, CutLine?) throws -> Void
  ) throws -> TraceHeader? {
    var progress = Progress(of: traces)
    defer { progress.end() }
    var portion = ReplayPortion(options)
    var estimator = ReplayEstimator(options)
    var crew: ReplayCrew?
    if usesThread, let feed = feed.take() { crew = try ReplayCrew(feed, options) }
    while !portion.isLast {
      if let crew {
        portion = crew.next(after: consume portion)
      } else {
        feed?.next(&portion)
        estimator.estimate(&portion)
      }
      teller.take(portion.estimates)
      try body(&teller, portion.cut)
      progress.advance(to: portion.bytes)
    }
    if let failure = portion.failure { throw failure }
    try teller.checkReference(of: traces[0] == "-" ? "standard input" : traces[0])
    return portion.header
  }
}
