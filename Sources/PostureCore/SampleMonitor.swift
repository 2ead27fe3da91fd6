// SPDX-License-Identifier: MIT

/// Watches whether the samples can be believed: gaps, frozen data, saturation.
package struct SampleMonitor: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// A longer interval between two samples is reported as a gap.
    package var longestInterval = Interval.milliseconds(250)
    /// Samples identical for this long are a stuck sensor: a chip's own noise never repeats all six values. Nil for
    /// samples that were computed and not measured, where nothing forbids it.
    package var frozenAfter: Interval? = .seconds(1)
    /// The same where the angular velocity is exactly zero, as that of a sensor without a gyroscope is: the noise of an
    /// accelerometer alone can be smaller than its steps, and all three axes stay the same for seconds.
    package var frozenWithoutGyroscopeAfter = Interval.seconds(60)
    /// Saturation is reported once, and again when it comes back after this long without.
    package var saturationPause = Interval.seconds(1)

    package init() {}
  }

  package enum Finding: BitwiseCopyable, Sendable {
    /// Nothing came for so long.
    case gap(Interval)
    /// The sensor repeats itself.
    case frozen
    /// It no longer does.
    case resumed
    /// A value stood at the end of its range.
    case saturated
  }

  private let parameters: Parameters
  private var lastTime: Timestamp?
  private var lastForce = Acceleration.zero
  private var lastRate = AngularVelocity.zero
  private var lastChange: Timestamp?
  private var lastSaturation: Timestamp?
  package private(set) var isFrozen = false
  /// Samples that did not come after the one before them, and were dropped.
  package private(set) var outOfOrder: UInt64 = 0

  package init(_ parameters: Parameters = Parameters()) {
    self.parameters = parameters
  }

  /// False where the sample's time is not after the last one's: it is counted and must not be used.
  package mutating func accepts(_ sample: InertialSample) -> Bool {
    guard let lastTime, sample.time <= lastTime else { return true }
    outOfOrder &+= 1
    return false
  }

  /// Takes an accepted sample; at most one finding a sample, the gravest.
  @inline(__always)
  package mutating func update(_ sample: InertialSample) -> Finding? {
    defer { (lastTime, lastForce, lastRate) = (sample.time, sample.acceleration, sample.angularVelocity) }
    guard let lastTime else {
      lastChange = sample.time
      return noteSaturation(of: sample)
    }
    let interval = sample.time - lastTime
    guard interval <= parameters.longestInterval else {
      // Whether it repeats itself, or no longer does, the samples after the gap will tell.
      lastChange = sample.time
      return .gap(interval)
    }
    return noteChange(to: sample) ?? noteSaturation(of: sample)
  }

  private mutating func noteChange(to sample: InertialSample) -> Finding? {
    if sample.acceleration != lastForce || sample.angularVelocity != lastRate {
      lastChange = sample.time
      guard isFrozen else { return nil }
      isFrozen = false
      return .resumed
    }
    guard let usual = parameters.frozenAfter, let lastChange, !isFrozen else { return nil }
    let limit = sample.angularVelocity == .zero ? parameters.frozenWithoutGyroscopeAfter : usual
    guard sample.time - lastChange >= limit else { return nil }
    isFrozen = true
    return .frozen
  }

  private mutating func noteSaturation(of sample: InertialSample) -> Finding? {
    guard sample.isSaturated else { return nil }
    defer { lastSaturation = sample.time }
    if let lastSaturation, sample.time - lastSaturation < parameters.saturationPause { return nil }
    return .saturated
  }
}
