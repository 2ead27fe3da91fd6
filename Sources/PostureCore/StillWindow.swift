// SPDX-License-Identifier: MIT

/// Tells when a sensor lies still, and what its accelerometer shows meanwhile, on average.
package struct StillWindow: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// How long it must lie still. Longer averages more noise away: of an MPU-6050's, 2 s leave 0.2 mg.
    package var length = Interval.seconds(2)
    /// How long before that it must have lain still: whoever lays it down is done, and the table too.
    package var settling = Interval.milliseconds(500)
    /// How far apart the specific force's smallest and largest value may be on each axis, m/s²: 80 mg, some twenty
    /// times the noise of the chips that are known, and less than a hand that holds a sensor gives.
    package var forceBand = 0.080 * standardGravity
    /// The same of the angular velocity, rad/s; its bias does not matter.
    package var rateBand = Angle.degrees(3).radians
    /// How far apart the means of both halves may be, m/s²: 4 mg, a turn of 0.2 degrees.
    package var drift = 0.004 * standardGravity
    /// A longer interval between two samples begins anew.
    package var longestInterval = Interval.milliseconds(250)

    package init() {}
  }

  package enum State: BitwiseCopyable, Sendable, Equatable {
    case moving
    /// The window fills.
    case filling
    /// The window is full, and it has not been moved since.
    case full
  }

  private let parameters: Parameters
  private var start: Timestamp?
  private var last = Timestamp(microseconds: 0)
  private var forces = Band<MetresPerSecondSquared>(around: .zero)
  private var rates = Band<RadiansPerSecond>(around: .zero)
  private var firstHalf = Mean()
  private var secondHalf = Mean()
  private var isFull = false

  package init(_ parameters: Parameters = Parameters()) { self.parameters = parameters }

  /// It counts as moving until it has settled.
  package var state: State {
    guard let start, last - start >= parameters.settling else { return .moving }
    return isFull ? .full : .filling
  }

  /// Takes the next sample; returns the mean of the specific force, m/s², sensor frame, once the window is full.
  package mutating func update(_ sample: InertialSample) -> Acceleration? {
    guard let start, sample.time - last <= parameters.longestInterval, !sample.isSaturated,
      forces.takes(sample.acceleration, within: parameters.forceBand),
      rates.takes(sample.angularVelocity, within: parameters.rateBand)
    else {
      begin(with: sample)
      return nil
    }
    last = sample.time
    guard !isFull else { return nil }
    let elapsed = sample.time - start - parameters.settling
    guard elapsed >= .zero else { return nil }
    if elapsed + elapsed < parameters.length {
      firstHalf.add(sample.acceleration)
    } else {
      secondHalf.add(sample.acceleration)
    }
    guard elapsed >= parameters.length else { return nil }
    guard let first = firstHalf.value, let second = secondHalf.value,
      (second - first).length <= parameters.drift
    else {
      begin(with: sample)
      return nil
    }
    isFull = true
    return (first + second) * 0.5
  }

  /// What comes next does not follow from what came last.
  package mutating func interrupt() {
    start = nil
    isFull = false
  }

  private mutating func begin(with sample: InertialSample) {
    interrupt()
    guard !sample.isSaturated else { return }
    start = sample.time
    last = sample.time
    forces = Band(around: sample.acceleration)
    rates = Band(around: sample.angularVelocity)
    firstHalf = Mean()
    secondHalf = Mean()
  }

  private struct Band<Unit>: BitwiseCopyable, Sendable {
    private var low = Vector3<Unit>.zero
    private var high = Vector3<Unit>.zero

    init(around v: Vector3<Unit>) {
      low = v
      high = v
    }

    /// Widens it to hold a value; false where it is wider than allowed then.
    mutating func takes(_ v: Vector3<Unit>, within width: Double) -> Bool {
      low = Vector3(min(low.x, v.x), min(low.y, v.y), min(low.z, v.z))
      high = Vector3(max(high.x, v.x), max(high.y, v.y), max(high.z, v.z))
      let wide = high - low
      return wide.x <= width && wide.y <= width && wide.z <= width
    }
  }

  private struct Mean: BitwiseCopyable, Sendable {
    private var sum = Acceleration.zero
    private var count = 0

    mutating func add(_ v: Acceleration) {
      sum += v
      count += 1
    }

    var value: Acceleration? { count > 0 ? sum * (1 / Double(count)) : nil }
  }
}
