// SPDX-License-Identifier: MIT

/// How much leaning a back has had: angle over time, with recovery. At one, a cue is due.
///
/// A trunk may be held at an angle for a holding time, which falls on a straight line from four minutes at 20 degrees
/// to one minute at 60 (ISO 11226; the same line below 20, one minute beyond 60): each second takes one part of it.
/// Upright, and on the move, it recovers. Cues by such an exposure left less time in bad postures than an instant
/// limit, 5.5 against 20.4 s, with half the cues (J. Exerc. Movement Sport 3859).
package struct Exposure: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// At 20 degrees. Smaller reminds sooner.
    package var holdingTime = Interval.seconds(240)
    /// At 60 degrees and beyond; at most the other.
    package var shortestHoldingTime = Interval.seconds(60)
    /// From one back to none.
    package var recovery = Interval.seconds(60)

    package init() {}
  }

  private static var mild: Angle { .degrees(20) }
  private static var severe: Angle { .degrees(60) }
  /// It grows no further: a wearer who has ignored every cue recovers like any other.
  private static var most: Double { 1 }

  private var parameters: Parameters
  package private(set) var value = 0.0

  package init(_ parameters: Parameters = Parameters()) {
    precondition(
      parameters.holdingTime >= parameters.shortestHoldingTime, "a slight tilt is held longer than a great one")
    self.parameters = parameters
  }

  package init(_ parameters: Parameters, value: Double) {
    self.init(parameters)
    self.value = max(0, min(value, Self.most))
  }

  package mutating func lean(at total: Angle, for interval: Interval) {
    let time = Self.holdingTime(at: total, parameters)
    value = min(value + interval.seconds / time, Self.most)
  }

  package mutating func recover(for interval: Interval) {
    guard value > 0 else { return }
    value = max(value - interval.seconds / parameters.recovery.seconds, 0)
  }

  package mutating func reset() { value = 0 }

  /// Grows and recovers by these from now on.
  mutating func configure(_ parameters: Parameters) { self.parameters = parameters }

  /// Seconds.
  package static func holdingTime(at total: Angle, _ parameters: Parameters) -> Double {
    let (long, short) = (parameters.holdingTime.seconds, parameters.shortestHoldingTime.seconds)
    let share = (total.radians - mild.radians) / (severe.radians - mild.radians)
    return max(short, long + (short - long) * share)
  }
}
