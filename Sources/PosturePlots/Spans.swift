// SPDX-License-Identifier: MIT

/// What something was, and when: spans of time, one after the other.
///
/// It never holds more than `most`: where there are more, those that are too short to be seen become one with their
/// neighbours that are, of what it mostly was.
package struct Spans<Value: Equatable & Sendable>: Sendable {
  /// One in five seconds of a whole day.
  package static var most: Int { 20_000 }

  package struct Span: Sendable, Equatable where Value: Equatable {
    /// Microseconds.
    package var start: Int64
    package var end: Int64
    package var value: Value

    package init(start: Int64, end: Int64, value: Value) {
      self.start = start
      self.end = end
      self.value = value
    }
  }

  package private(set) var all: [Span] = []
  /// Microseconds; shorter ones are not kept where there are too many. At first what the eye cannot tell from none.
  private var shortest: Int64 = 20_000

  package init() {}

  /// It is so from this time on, until something else is said.
  mutating func put(_ value: Value, at time: Int64) {
    guard let last = all.indices.last else {
      all.append(Span(start: time, end: time, value: value))
      return
    }
    all[last].end = time
    guard all[last].value != value else { return }
    all.append(Span(start: time, end: time, value: value))
    if all.count > Self.most { thin() }
  }

  private mutating func thin() {
    while true {
      let newest = all.removeLast()
      var kept: [Span] = []
      var index = 0
      while index < all.count {
        let first = index
        while index < all.count, all[index].end - all[index].start < shortest { index += 1 }
        if index > first { Self.join(Self.mostly(all[first..<index]), to: &kept, shortest: shortest) }
        if index < all.count { Self.join(all[index], to: &kept, shortest: shortest) }
        index += 1
      }
      // It goes on, and what it is must be known.
      Self.join(newest, to: &kept, shortest: 0)
      all = kept
      // Room for more, or they would be thinned with every one that comes.
      guard all.count > Self.most * 3 / 4 else { return }
      shortest *= 2
    }
  }

  private static func join(_ span: Span, to kept: inout [Span], shortest: Int64) {
    guard let last = kept.last, last.value == span.value || span.end - span.start < shortest else {
      kept.append(span)
      return
    }
    kept[kept.count - 1].end = span.end
  }

  /// Some spans as one, of what they were for the longest time.
  private static func mostly(_ spans: ArraySlice<Span>) -> Span {
    var lengths: [(value: Value, length: Int64)] = []
    for span in spans {
      if let index = lengths.firstIndex(where: { $0.value == span.value }) {
        lengths[index].length += span.end - span.start
      } else {
        lengths.append((span.value, span.end - span.start))
      }
    }
    let longest = lengths.max { $0.length < $1.length }
    return Span(
      start: spans[spans.startIndex].start, end: spans[spans.endIndex - 1].end,
      value: longest?.value ?? spans[spans.startIndex].value)
  }

  /// What it mostly was in each of some columns of equal width, as runs of columns; for a picture that shows no more.
  package func columns(_ range: Range<Int64>, _ count: Int) -> [(columns: Range<Int>, value: Value)] {
    var runs: [(columns: Range<Int>, value: Value)] = []
    var first = 0
    let length = range.upperBound - range.lowerBound
    for column in 0..<count {
      let start = range.lowerBound + Self.part(column, of: count, length)
      let end = range.lowerBound + Self.part(column + 1, of: count, length)
      while first < all.count, all[first].end <= start, all[first].end < range.upperBound { first += 1 }
      var best: (value: Value, length: Int64)?
      var index = first
      while index < all.count, all[index].start < end {
        let overlap = min(all[index].end, end) - max(all[index].start, start)
        if overlap > best?.length ?? 0 { best = (all[index].value, overlap) }
        index += 1
      }
      guard let value = best?.value else { continue }
      if let last = runs.last, last.columns.upperBound == column, last.value == value {
        runs[runs.count - 1].columns = last.columns.lowerBound..<column + 1
      } else {
        runs.append((column..<column + 1, value))
      }
    }
    return runs
  }

  /// A recording of centuries is a broken one, and no reason to end the program: the product has twice the width.
  private static func part(_ column: Int, of count: Int, _ length: Int64) -> Int64 {
    Int64(count).dividingFullWidth(length.multipliedFullWidth(by: Int64(column))).quotient
  }
}
