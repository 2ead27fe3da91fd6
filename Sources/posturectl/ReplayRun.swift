// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// A replay from a recording's files to what is told of it: on two processors where that pays.
struct ReplayRun {
  /// Bytes of a recording that is read before a thread would have begun to help.
  private static let shortest = 1 << 20

  private let traces: [String]
  private let options: Replay.Options
  private let usesThread: Bool

  /// - Parameter traces: files in their order, or `-`.
  /// - Throws: where the first of them cannot be read.
  init(_ traces: [String], _ options: Replay.Options) throws {
    self.traces = traces
    self.options = options
    _ = try ReplayFeed.open(traces[0])
    // Standard input may keep a thread waiting that nobody needs any more.
    usesThread =
      options.pace == nil && traces[0] != "-" && WorkerThreads.processors > 1
      && traces.contains { FileAttributes.size(of: $0) ?? 0 >= Self.shortest }
  }

  /// Bytes read at once; where it takes its time, a few rows.
  private var chunk: Int { options.pace == nil ? 256 << 10 : 256 }

  /// - Parameter body: called after each portion, with what it has told, and with a line that a piece's end has cut.
  /// - Returns: the header of the last piece, if it has one.
  @discardableResult
  func tell(
    _ teller: inout ReplayTeller, _ body: (inout ReplayTeller, CutLine?) throws -> Void
  ) throws -> TraceHeader? {
    var progress = Progress(of: traces)
    defer { progress.end() }
    var portion = ReplayPortion()
    var feed = usesThread ? nil : try ReplayFeed(traces, chunk: chunk, options)
    let thread = usesThread ? try ReplayThread(traces, chunk: chunk, options) : nil
    while !portion.isLast {
      thread?.next(&portion)
      feed?.next(&portion)
      teller.take(portion.estimates)
      try body(&teller, portion.cut)
      progress.advance(to: portion.bytes)
    }
    if let failure = portion.failure { throw failure }
    try teller.checkReference(of: traces[0] == "-" ? "standard input" : traces[0])
    return portion.header
  }
}
