// SPDX-License-Identifier: MIT

/// The share that a new value gets in a first-order low-pass: t / (time constant + t) after an interval t.
///
/// Divided anew only where the interval is another than the last one, which in a steady stream is seldom.
struct LowPassGain: BitwiseCopyable, Sendable {
  /// s.
  let timeConstant: Double
  private var interval = -1.0
  private var value = 0.0

  init(timeConstant: Double) { self.timeConstant = timeConstant }

  /// - Parameter interval: s, not below zero.
  @inline(__always)
  mutating func share(after interval: Double) -> Double {
    if interval != self.interval {
      self.interval = interval
      value = interval / (timeConstant + interval)
    }
    return value
  }
}
