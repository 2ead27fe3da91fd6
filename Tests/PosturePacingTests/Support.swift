// SPDX-License-Identifier: MIT
import PostureCore
import PosturePacing

func at(_ seconds: Double) -> Timestamp { Timestamp(microseconds: Interval.seconds(seconds).microseconds) }

/// The same numbers for the same seed (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// About a normal distribution's, with a standard deviation of one.
  mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + .random(in: 0...1, using: &self) } }
}

/// Gravity alone, but for a shake.
func force(_ shake: Double = 0) -> Acceleration { Acceleration(0, shake, 9.81) }

func step(
  _ seconds: Double, _ cue: Cue.Kind? = .step, check: SessionStep.Check? = nil, _ words: String = "Words."
) throws -> SessionStep {
  try SessionStep(.seconds(seconds), cue: cue, check: check, words: words)
}
