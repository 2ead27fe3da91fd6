// SPDX-License-Identifier: MIT

/// A second-order Butterworth low-pass for a vector, for intervals that vary from sample to sample.
///
/// A state-variable filter with trapezoidal integration (Zavalishin, "The Art of VA Filter Design", 2018, chapter 4):
/// its state stays meaningful when the interval changes, unlike that of a direct form. Cut-off sqrt(2) / (2 pi
/// timeConstant), as Laidig and Seel relate the two ("VQF", Information Fusion 2023).
package struct LowPass<Unit>: BitwiseCopyable, Sendable {
  private static var damping: Double { 1.414_213_562_373_095_1 }

  private var perSecond: Double
  private var lastInterval = 0.0
  private var bandShare = 1.0
  private var gain = 0.0
  private var lowShare = 0.0
  private var bandState = Vector3<Unit>.zero
  private var lowState: Vector3<Unit>
  /// The filtered vector.
  package private(set) var value: Vector3<Unit>

  /// Starts as if `value` had been its input for ever.
  package init(timeConstant: Interval, at value: Vector3<Unit>) {
    precondition(timeConstant > .zero, "a time constant is above zero")
    perSecond = Self.damping / 2 / timeConstant.seconds
    lowState = value
    self.value = value
  }

  /// Goes on from where it stands: the states keep their meaning.
  package mutating func change(timeConstant: Interval) {
    precondition(timeConstant > .zero, "a time constant is above zero")
    perSecond = Self.damping / 2 / timeConstant.seconds
    lastInterval = 0
  }

  /// Turns input and output of all its past.
  package mutating func turn(by rotation: Rotation) {
    bandState = rotation.apply(to: bandState)
    lowState = rotation.apply(to: lowState)
    value = rotation.apply(to: value)
  }

  /// Goes on as if `value` had been its input for ever.
  package mutating func settle(at value: Vector3<Unit>) {
    bandState = .zero
    lowState = value
    self.value = value
  }

  /// - Parameter interval: seconds since the input before.
  @inline(__always)
  package mutating func update(_ input: Vector3<Unit>, after interval: Double) {
    if interval != lastInterval { prepare(for: interval) }
    let difference = input - lowState
    let band = bandState * bandShare + difference * gain
    value = lowState + bandState * gain + difference * lowShare
    bandState = band * 2 - bandState
    lowState = value * 2 - lowState
  }

  /// The only division, done anew only where the interval is another.
  private mutating func prepare(for interval: Double) {
    let g = perSecond * interval
    bandShare = 1 / (1 + g * (g + Self.damping))
    gain = g * bandShare
    lowShare = g * gain
    lastInterval = interval
  }
}
