// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// What comes of a recording's first half at once.
struct ReplayPortion: Sendable {
  var estimates = EstimateBlock()
  /// Read from the recording's files so far.
  var bytes = 0
  var header: TraceHeader?
  /// A line that the end of a piece has cut.
  var cut: CutLine?
  /// Why there is no more; what came before is in the portion, and whole.
  var failure: (any Error)?
  /// There is no more, for this reason or because the recording is over.
  var isLast = false
}

/// Reads a recording, of one file or of several that follow each other, and estimates as it goes.
struct ReplayFeed: ~Copyable {
  private var source: ReplaySource
  private var input: FileReader
  private var pieces: ArraySlice<String>
  private var chunk: [UInt8]
  private var unread = 0..<0
  private var bytes = 0

  /// - Parameters:
  ///   - traces: files in their order, or `-`.
  ///   - chunk: bytes read at once.
  init(_ traces: [String], chunk: Int, _ options: Replay.Options) throws {
    input = try Self.open(traces[0])
    pieces = traces.dropFirst()
    source = ReplaySource(source: traces[0] == "-" ? "standard input" : traces[0], options)
    self.chunk = [UInt8](repeating: 0, count: chunk)
  }

  static func open(_ trace: String) throws -> FileReader {
    do { return try FileReader(path: trace) } catch { throw ProgramError(.noInput, error.message) }
  }

  /// The next estimates, written over those of an earlier portion.
  mutating func next(_ portion: inout ReplayPortion) {
    portion.cut = nil
    do { portion.isLast = try !read(&portion) } catch {
      portion.failure = error
      portion.isLast = true
    }
    portion.bytes = bytes
    portion.header = source.header
  }

  /// False where nothing more is to come.
  private mutating func read(_ portion: inout ReplayPortion) throws -> Bool {
    portion.estimates.removeAll()
    guard !source.isOver else { return false }
    // Taken out, because what looks into it must not stand in the way of the rest.
    var chunk: [UInt8] = []
    swap(&chunk, &self.chunk)
    defer { swap(&chunk, &self.chunk) }
    if unread.isEmpty {
      var space = chunk.mutableSpan
      let count = try input.read(into: &space)
      guard count > 0 else { return try goOn(&portion) }
      unread = 0..<count
      bytes += count
    }
    let first = unread.lowerBound
    let next = try source.read(
      chunk.span.extracting(0..<unread.upperBound), from: first, into: &portion.estimates)
    unread = next..<unread.upperBound
    return true
  }

  /// With the next file, where there is one.
  private mutating func goOn(_ portion: inout ReplayPortion) throws -> Bool {
    guard let piece = pieces.popFirst() else {
      try source.finish(into: &portion.estimates)
      portion.cut = source.cut
      return false
    }
    input = try Self.open(piece)
    try source.follow(piece, into: &portion.estimates)
    portion.cut = source.cut
    return true
  }
}

/// The same on a thread of its own, some portions ahead.
final class ReplayThread {
  /// Blocks on the way: enough that neither side waits for the other's small delays.
  private static let ahead = 4

  private let filled = BoundedQueue<ReplayPortion>(capacity: ahead)
  private let used = BoundedQueue<ReplayPortion>(capacity: ahead + 2)
  private var thread: RealtimeThread?

  init(_ traces: [String], chunk: Int, _ options: Replay.Options) throws {
    for _ in 0..<Self.ahead { _ = used.put(ReplayPortion()) }
    thread = try RealtimeThread(name: "replay", priority: nil, stackSize: 1 << 20) { [filled, used] in
      Self.run(traces, chunk, options, from: used, into: filled)
    }
  }

  deinit {
    filled.close()
    used.close()
  }

  private static func run(
    _ traces: [String], _ chunk: Int, _ options: Replay.Options, from used: BoundedQueue<ReplayPortion>,
    into filled: BoundedQueue<ReplayPortion>
  ) {
    do {
      var feed = try ReplayFeed(traces, chunk: chunk, options)
      while var portion = used.take() {
        feed.next(&portion)
        let isLast = portion.isLast
        guard filled.put(consume portion), !isLast else { return }
      }
    } catch {
      var portion = ReplayPortion()
      (portion.failure, portion.isLast) = (error, true)
      _ = filled.put(portion)
    }
  }

  /// The next estimates, in place of those of an earlier portion, which the thread fills again.
  func next(_ portion: inout ReplayPortion) {
    // Handed over and not shared: the thread writes into its memory.
    var own = ReplayPortion()
    swap(&own, &portion)
    _ = used.put(consume own)
    guard let next = filled.take() else { preconditionFailure("the thread sends a last portion") }
    portion = next
  }
}
