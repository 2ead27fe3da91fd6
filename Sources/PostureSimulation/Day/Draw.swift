// SPDX-License-Identifier: MIT
import PostureCore

/// Numbers drawn one after another from one stream.
package struct Draw: BitwiseCopyable, Sendable {
  private let random: CounterRandom
  private let stream: UInt64
  private var drawn: UInt64 = 0

  package init(_ random: CounterRandom, stream: UInt64) {
    self.random = random
    self.stream = stream
  }

  package mutating func number(_ low: Double, _ high: Double) -> Double {
    defer { drawn += 1 }
    return low + (high - low) * random.uniform(stream: stream, index: drawn)
  }

  /// As often between 1 and 2 as between 10 and 20: doubled as many times as a whole number drawn, then even within the
  /// octave, so that it needs no logarithm.
  package mutating func logarithmic(_ low: Double, _ high: Double) -> Double {
    precondition(low > 0 && low < high, "a logarithmic draw is between two sizes")
    var octaves = 0.0
    var size = low
    while size * 2 <= high {
      size *= 2
      octaves += 1
    }
    // The rest is part of an octave, taken as its share of it.
    octaves += high / size - 1
    let place = number(0, octaves)
    let whole = Double(Int(place))
    var value = low
    for _ in 0..<Int(place) { value *= 2 }
    return min(high, value * (1 + (place - whole)))
  }

  /// 0 to count - 1.
  package mutating func whole(_ count: Int) -> Int { min(Int(number(0, Double(count))), count - 1) }

  package mutating func chance(_ probability: Double) -> Bool { number(0, 1) < probability }

  /// A number with either sign.
  package mutating func either(_ low: Double, _ high: Double) -> Double { number(low, high) * (chance(0.5) ? 1 : -1) }
}
