// SPDX-License-Identifier: MIT

/// Random numbers that are looked up, not drawn: each is a function of seed, stream and index alone.
///
/// So the noise of a sample does not depend on which samples were asked for before. Built on the finaliser of
/// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
package struct CounterRandom: BitwiseCopyable, Sendable, Equatable {
  package let seed: UInt64

  package init(seed: UInt64) { self.seed = seed }

  /// 64 random bits.
  package func bits(stream: UInt64, index: UInt64) -> UInt64 {
    let key = Self.mixed(Self.mixed(seed &+ Self.increment) ^ (stream &* Self.increment))
    return Self.mixed(key &+ (index &+ 1) &* Self.increment)
  }

  /// Evenly spread over 0..<1.
  package func uniform(stream: UInt64, index: UInt64) -> Double {
    Double(bits(stream: stream, index: index) >> 11) * 0x1p-53
  }

  /// Mean 0, variance 1, never beyond 6: the sum of twelve uniform numbers, of 16 bits each, less 6.
  package func normal(stream: UInt64, index: UInt64) -> Double {
    let first = index &* 3
    var sum: UInt64 = 0
    for word in 0..<3 as Range<UInt64> {
      let bits = bits(stream: stream, index: first &+ word)
      sum &+= (bits & 0xFFFF) &+ (bits >> 16 & 0xFFFF) &+ (bits >> 32 & 0xFFFF) &+ (bits >> 48)
    }
    // Each of the twelve stands for the middle of its step.
    return (Double(sum) + 6) * 0x1p-16 - 6
  }

  /// 2^64 divided by the golden ratio, odd.
  private static var increment: UInt64 { 0x9E37_79B9_7F4A_7C15 }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
