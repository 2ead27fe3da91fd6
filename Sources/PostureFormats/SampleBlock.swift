// SPDX-License-Identifier: MIT
import PostureCore

/// Rows of a recording that follow each other, and what stands between them: what a reader hands over at once.
package struct SampleBlock: Sendable {
  /// What stands before a row, and holds from that row on.
  package enum Interjection: Sendable {
    case settings([TraceSetting])
    case command(Command)
  }

  /// Enough that handing a block over costs a row nothing; few enough to stay in a core's cache.
  package static let usualCapacity = 2048

  package let capacity: Int
  package fileprivate(set) var samples: [InertialSample] = []
  /// The chip's own integers of each sample; none where there are none.
  package fileprivate(set) var raws: [RawSample] = []
  /// In order; `before` counts the samples in front.
  package fileprivate(set) var interjections: [(before: Int, what: Interjection)] = []

  package init(capacity: Int = usualCapacity) {
    precondition(capacity > 0, "a block holds a row")
    self.capacity = capacity
    samples.reserveCapacity(capacity)
  }

  package var isFull: Bool { samples.count >= capacity }

  @inline(__always)
  mutating func append(_ sample: InertialSample) { samples.append(sample) }

  @inline(__always)
  mutating func append(_ raw: RawSample, _ sample: InertialSample) {
    raws.append(raw)
    samples.append(sample)
  }

  mutating func append(_ what: Interjection) { interjections.append((samples.count, what)) }

  package mutating func removeAll() {
    samples.removeAll(keepingCapacity: true)
    raws.removeAll(keepingCapacity: true)
    interjections.removeAll(keepingCapacity: true)
  }
}

extension TraceReader {
  /// The same row by row: for whoever keeps them, or has few.
  ///
  /// - Parameter change: called before a sample that is judged by other settings than the one before it.
  package mutating func read(
    _ bytes: borrowing Span<UInt8>, changes change: ([TraceSetting]) throws(InputError) -> Void = { _ in },
    _ body: (Measurement) throws(InputError) -> Void
  ) throws(InputError) {
    var block = SampleBlock()
    var next = 0
    while next < bytes.count {
      let read: Result<Int, InputError>
      do throws(InputError) { read = .success(try self.read(bytes, from: next, into: &block)) } catch {
        read = .failure(error)
      }
      // What came before an error is whole.
      try block.forEach(changes: change, body)
      block.removeAll()
      next = try read.get()
    }
  }

  /// The same row by row.
  package mutating func finish(_ body: (Measurement) throws(InputError) -> Void) throws(InputError) {
    var block = SampleBlock()
    try finish(into: &block)
    try block.forEach(changes: { _ in }, body)
  }
}

extension SampleBlock {
  fileprivate func forEach(
    changes change: ([TraceSetting]) throws(InputError) -> Void, _ body: (Measurement) throws(InputError) -> Void
  ) throws(InputError) {
    var next = 0
    for index in samples.indices {
      var command: Command?
      while next < interjections.count, interjections[next].before == index {
        switch interjections[next].what {
        case .settings(let settings): try change(settings)
        case .command(let given): command = given
        }
        next += 1
      }
      try body(
        Measurement(command: command, raw: raws.isEmpty ? nil : raws[index], sample: samples[index]))
    }
  }
}
