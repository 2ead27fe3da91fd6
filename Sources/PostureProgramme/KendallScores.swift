// SPDX-License-Identifier: MIT

/// How Kendall's score S, rising pairs less falling ones, is spread where order is chance alone; exact.
///
/// The number of falling pairs of n values is that of the first n - 1 and an even draw of 0 to n - 1 (M. G. Kendall, "A
/// new measure of rank correlation", Biometrika 30, 1938).
struct KendallScores {
  /// The chance of each number of falling pairs, from 0 to n(n - 1)/2.
  private var chances: [Double] = [1]

  init(count: Int) {
    for size in 2...max(2, count) where size <= count {
      var next = [Double](repeating: 0, count: size * (size - 1) / 2 + 1)
      var sum = 0.0
      for falling in next.indices {
        if falling < chances.count { sum += chances[falling] }
        if falling >= size { sum -= chances[falling - size] }
        next[falling] = max(0, sum) / Double(size)
      }
      chances = next
    }
  }

  /// How many of the pairs' sorted slopes lie below the interval, which holds the true slope in all but `error` of
  /// cases; nil where even all of them are too few.
  func below(error: Double) -> Int? {
    var tail = 0.0
    var below = -1
    for chance in chances {
      // Rounding must not take from an interval what is exactly its due.
      guard tail + chance <= error / 2 * (1 + 1e-9) else { break }
      tail += chance
      below += 1
    }
    return below >= 0 ? below : nil
  }
}
