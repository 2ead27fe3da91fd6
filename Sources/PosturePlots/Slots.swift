// SPDX-License-Identifier: MIT

/// Smallest and largest value of each of some quantities in slots of time of one length.
///
/// It never holds more than `most` slots: where a recording is longer, slots become twice as long, two becoming one. No
/// peak is lost by it, only when within the slot it was.
package struct Slots: Sendable {
  /// An hour at 100 Hz with each sample in a slot of its own, and a day in slots of 160 ms: finer than any screen shows
  /// it whole. 10 MB with four quantities.
  package static let most = 600_000
  /// Microseconds, at first: the daemon's own rate, and no trunk moves faster.
  static let shortest: Int64 = 10_000
  /// Stands for no value.
  package static let none = Int16.min

  package struct Quantity: Sendable, Equatable {
    package fileprivate(set) var low: [Int16] = []
    package fileprivate(set) var high: [Int16] = []
  }

  /// Of a slot, microseconds.
  package private(set) var length = Slots.shortest
  package private(set) var quantities: [Quantity]
  package private(set) var count = 0

  init(quantities: Int) { self.quantities = Array(repeating: Quantity(), count: quantities) }

  /// Takes values at a time, microseconds, not before an earlier one.
  ///
  /// - Parameter holds: slots that were left out keep the values before them; otherwise they have none.
  mutating func add<let n: Int>(_ values: InlineArray<n, Int16>, at time: Int64, holds: Bool) {
    precondition(n == quantities.count, "a value for each quantity")
    while time / length >= Int64(Self.most) { halve() }
    let slot = Int(time / length)
    let isNew = slot >= count
    for index in 0..<n {
      if isNew { quantities[index].extend(to: slot, holds: holds) }
      quantities[index].add(values[index], isNew: isNew)
    }
    if isNew { count = slot + 1 }
  }

  private mutating func halve() {
    for index in quantities.indices { quantities[index].halve() }
    count = (count + 1) / 2
    length *= 2
  }
}

extension Slots.Quantity {
  /// So many slots before the next one.
  fileprivate mutating func extend(to slot: Int, holds: Bool) {
    guard low.count < slot else { return }
    let (low, high) = holds && !low.isEmpty ? (low[low.count - 1], high[high.count - 1]) : (Slots.none, Slots.none)
    let missing = slot - self.low.count
    self.low.append(contentsOf: repeatElement(low, count: missing))
    self.high.append(contentsOf: repeatElement(high, count: missing))
  }

  fileprivate mutating func add(_ value: Int16, isNew: Bool) {
    let last = low.count - 1
    if isNew {
      low.append(value)
      high.append(value)
    } else if value != Slots.none {
      low[last] = low[last] == Slots.none ? value : min(low[last], value)
      high[last] = max(high[last], value)
    }
  }

  fileprivate mutating func halve() {
    let half = (low.count + 1) / 2
    for index in 0..<half {
      let (first, second) = (2 * index, min(2 * index + 1, low.count - 1))
      // As numbers, the smallest stands for no value: it is the largest of two only where both are none.
      let hasBoth = low[first] != Slots.none && low[second] != Slots.none
      low[index] = hasBoth ? min(low[first], low[second]) : max(low[first], low[second])
      high[index] = max(high[first], high[second])
    }
    low.removeLast(low.count - half)
    high.removeLast(high.count - half)
  }
}

extension Slots.Quantity {
  package var isEmpty: Bool { low.isEmpty }

  /// Over these slots; nil where none of them has a value.
  package func extremes(_ slots: Range<Int>) -> (low: Int16, high: Int16)? {
    var extremes: (low: Int16, high: Int16)?
    for slot in slots.clamped(to: 0..<low.count) where low[slot] != Slots.none {
      guard let known = extremes else {
        extremes = (low[slot], high[slot])
        continue
      }
      extremes = (min(known.low, low[slot]), max(known.high, high[slot]))
    }
    return extremes
  }
}
