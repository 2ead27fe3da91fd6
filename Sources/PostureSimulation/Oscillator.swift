// SPDX-License-Identifier: MIT

/// A sinusoid of time.
struct Oscillator: BitwiseCopyable, Sendable, Equatable {
  /// In the unit of what swings.
  var amplitude: Double
  /// Hz.
  var frequency: Double
  /// In turns.
  var phase = 0.0

  /// - Parameter seconds: whole turns are taken off before pi comes in, so that it stays exact for days.
  func jet(at seconds: Double) -> Jet {
    let turns = frequency * seconds + phase
    let angularFrequency = 2 * Double.pi * frequency
    let (sine, cosine) = sineAndCosine(2 * Double.pi * (turns - roundedHalfEven(turns)))
    return Jet(
      amplitude * sine, rate: amplitude * angularFrequency * cosine,
      acceleration: -amplitude * angularFrequency * angularFrequency * sine)
  }
}
