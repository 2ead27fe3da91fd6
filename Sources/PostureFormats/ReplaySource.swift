// SPDX-License-Identifier: MIT
import PostureCore

/// The first half of a replay: bytes of a recording in, estimates out.
package struct ReplaySource: Sendable {
  private var reader: TraceReader
  private var estimator: ReplayEstimator
  private var rows: SampleBlock
  /// The line that the end of the recording, or of the piece before this one, has cut; after `finish` or `follow`.
  package private(set) var cut: CutLine?

  package init(source: String, _ options: Replay.Options) {
    reader = TraceReader(source: source, columns: options.columns)
    estimator = ReplayEstimator(options)
    rows = SampleBlock(capacity: estimator.blockCapacity)
  }

  package var name: String { reader.source }
  package var header: TraceHeader? { reader.header }
  /// The end of the window has been passed: what follows changes nothing.
  package var isOver: Bool { estimator.isOver }

  /// Reads bytes until they end or a block is full.
  ///
  /// - Parameter block: is written over; after an error it holds what came before it, which is whole.
  /// - Returns: where to go on in the bytes.
  package mutating func read(
    _ bytes: borrowing Span<UInt8>, from first: Int = 0, into block: inout EstimateBlock
  ) throws(InputError) -> Int {
    let next: Result<Int, InputError>
    do throws(InputError) { next = .success(try reader.read(bytes, from: first, into: &rows)) } catch {
      next = .failure(error)
    }
    try estimate(into: &block)
    // What is wrong beyond what was asked for is nobody's concern.
    return isOver ? bytes.count : try next.get()
  }

  /// The recording is over.
  package mutating func finish(into block: inout EstimateBlock) throws(InputError) {
    block.removeAll()
    try reader.finish(into: &rows)
    try estimate(into: &block)
    cut = reader.cut
  }

  /// The recording goes on in another piece, which must be the next one.
  package mutating func follow(_ source: String, into block: inout EstimateBlock) throws(InputError) {
    try finish(into: &block)
    reader = try TraceReader(source: source, following: reader)
  }

  private mutating func estimate(into block: inout EstimateBlock) throws(InputError) {
    defer { rows.removeAll() }
    block.removeAll()
    try estimator.take(rows, of: reader.header, into: &block)
  }
}
