// SPDX-License-Identifier: MIT

/// A quantity at one moment, with its first and second derivative by time.
///
/// Sums and products carry the derivatives along, so that a motion is written once, as a position or an angle, and its
/// velocity and acceleration are exact.
struct Jet: BitwiseCopyable, Sendable, Equatable {
  var value: Double
  /// Per second.
  var rate: Double
  /// Per second squared.
  var acceleration: Double

  init(_ value: Double, rate: Double = 0, acceleration: Double = 0) {
    self.value = value
    self.rate = rate
    self.acceleration = acceleration
  }

  static var zero: Jet { Jet(0) }

  static func + (a: Jet, b: Jet) -> Jet {
    Jet(a.value + b.value, rate: a.rate + b.rate, acceleration: a.acceleration + b.acceleration)
  }

  static func * (a: Jet, s: Double) -> Jet { Jet(a.value * s, rate: a.rate * s, acceleration: a.acceleration * s) }

  static func * (a: Jet, b: Jet) -> Jet {
    Jet(
      a.value * b.value, rate: a.rate * b.value + a.value * b.rate,
      acceleration: a.acceleration * b.value + 2 * a.rate * b.rate + a.value * b.acceleration)
  }
}

extension Jet {
  /// From 0 to 1 in `length` seconds along the minimum-jerk curve 10s³ - 15s⁴ + 6s⁵, at rest before and after.
  ///
  /// Unhurried human movements follow it closely (Flash and Hogan, "The coordination of arm movements", J. Neurosci. 5,
  /// 1985).
  static func minimumJerk(after elapsed: Double, over length: Double) -> Jet {
    if elapsed <= 0 { return .zero }
    if elapsed >= length { return Jet(1) }
    let s = elapsed / length
    let rest = 1 - s
    return Jet(
      s * s * s * (10 - s * (15 - 6 * s)), rate: 30 * s * s * rest * rest / length,
      acceleration: 60 * s * rest * (1 - 2 * s) / (length * length))
  }

  /// From 0 to 1 and back to 0 in `length` seconds, as 64 s³(1-s)³, at rest before and after.
  ///
  /// Greatest rate 3.43 / length, greatest acceleration -24 / length² in the middle and 19.2 / length² beside it.
  static func bump(after elapsed: Double, over length: Double) -> Jet {
    guard elapsed > 0, elapsed < length else { return .zero }
    let s = elapsed / length
    let u = s * (1 - s)
    return Jet(
      64 * u * u * u, rate: 192 * u * u * (1 - 2 * s) / length, acceleration: 384 * u * (1 - 5 * u) / (length * length))
  }
}

extension Jet {
  /// The sine of a phase in turns, which may run unevenly.
  static func sine(ofTurns phase: Jet) -> Jet {
    let (sine, cosine) = sineAndCosine(2 * Double.pi * (phase.value - roundedHalfEven(phase.value)))
    let rate = 2 * Double.pi * phase.rate
    return Jet(
      sine, rate: cosine * rate, acceleration: cosine * 2 * Double.pi * phase.acceleration - sine * rate * rate)
  }

  /// What changes and not how far: for a heading or a way that nothing feels.
  var withoutValue: Jet { Jet(0, rate: rate, acceleration: acceleration) }
}
