// SPDX-License-Identifier: MIT
import PostureCore

/// The first stage of a replay: bytes of a recording, of one piece or of several that follow each other, in, rows out.
package struct ReplaySource: Sendable {
  private var reader: TraceReader
  /// The line that the end of the recording, or of the piece before this one, has cut; after `finish` or `follow`.
  package private(set) var cut: CutLine?

  package init(source: String, _ options: Replay.Options) {
    reader = TraceReader(source: source, columns: options.columns)
  }

  package var name: String { reader.source }
  package var header: TraceHeader? { reader.header }

  /// Reads bytes until they end or a block is full.
  ///
  /// - Parameter rows: the rows are added to them; after an error they hold what came before it, which is whole.
  /// - Returns: where to go on in the bytes.
  package mutating func read(
    _ bytes: borrowing Span<UInt8>, from first: Int = 0, into rows: inout SampleBlock
  ) throws(InputError) -> Int {
    try reader.read(bytes, from: first, into: &rows)
  }

  /// The recording is over.
  package mutating func finish(into rows: inout SampleBlock) throws(InputError) {
    try reader.finish(into: &rows)
    cut = reader.cut
  }

  /// The recording goes on in another piece, which must be the next one.
  package mutating func follow(_ source: String, into rows: inout SampleBlock) throws(InputError) {
    try finish(into: &rows)
    reader = try TraceReader(source: source, following: reader)
  }
}
