// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// What goes through the stages of a replay at once.
struct ReplayPortion: Sendable {
  var rows: SampleBlock
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

  init(_ options: Replay.Options) { rows = SampleBlock(capacity: options.rowsAtOnce) }
}

/// Reads a recording, of one file or of several that follow each other.
struct ReplayFeed: ~Copyable, Sendable {
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

  /// The next rows, written over those of an earlier portion.
  mutating func next(_ portion: inout ReplayPortion) {
    portion.rows.removeAll()
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
    let next = try source.read(chunk.span.extracting(0..<unread.upperBound), from: first, into: &portion.rows)
    unread = next..<unread.upperBound
    return true
  }

  /// With the next file, where there is one.
  private mutating func goOn(_ portion: inout ReplayPortion) throws -> Bool {
    guard let piece = pieces.popFirst() else {
      try source.finish(into: &portion.rows)
      portion.cut = source.cut
      return false
    }
    input = try Self.open(piece)
    try source.follow(piece, into: &portion.rows)
    portion.cut = source.cut
    return true
  }
}

extension ReplayEstimator {
  /// Estimates what has been read.
  mutating func estimate(_ portion: inout ReplayPortion) {
    portion.estimates.removeAll()
    do { try take(portion.rows, of: portion.header, into: &portion.estimates) } catch {
      portion.failure = error
      portion.isLast = true
    }
    guard isOver else { return }
    // What is wrong beyond what was asked for is nobody's concern.
    portion.failure = nil
    portion.isLast = true
  }
}
