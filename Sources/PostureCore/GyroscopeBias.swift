// SPDX-License-Identifier: MIT

/// The gyroscope's zero-rate offset, learnt while the sensor rests.
///
/// Two neighbouring windows are compared. When the angular velocity and the specific force stayed within narrow bands
/// in both, the mean angular velocity is bias *plus* the slow turn that is left. The turn's part across the vertical is
/// seen by the accelerometer, as the angle between the two windows' mean specific forces, and is taken off: so a slow
/// slouch is not learnt as bias. A slow turn about the vertical cannot be seen and is learnt; it does not tilt an
/// upright estimate.
package struct GyroscopeBias: Sendable {
  package struct Parameters: Sendable, Equatable {
    /// Length of one of the two windows. Shorter learns sooner, longer averages more.
    package var window = Interval.seconds(1)
    /// Widest band of the angular velocity on an axis within a window, rad/s. Larger learns in more motion, and more
    /// wrongly.
    package var angularVelocityBand = Angle.degrees(2).radians
    /// Widest band of the specific force on an axis within a window, m/s².
    package var accelerationBand = 0.6
    /// Greatest turn between the two windows.
    package var turn = Angle.degrees(1)
    /// Greatest bias on an axis that is believed, rad/s. An MPU-6050 may have 20 deg/s (product specification
    /// PS-MPU-6000A-00, 6.1).
    package var largest = Angle.degrees(25).radians
    /// An observation counts at least 1/this, so that a drifting bias is followed.
    package var memory = 16

    package init() {}
  }

  /// What one rest taught.
  package struct Observation: Sendable {
    /// How far the estimate moved, rad/s.
    package var change: AngularVelocity
    /// Mean specific force of the last window, m/s², sensor frame.
    package var acceleration: Acceleration
  }

  private struct Window: BitwiseCopyable, Sendable {
    var elapsed = Interval.zero
    var count = 0.0
    var acceleration = Acceleration.zero
    var angularVelocity = AngularVelocity.zero
    var accelerationRange = Range3<MetresPerSecondSquared>()
    var angularVelocityRange = Range3<RadiansPerSecond>()

    mutating func add(_ sample: InertialSample, after interval: Interval) {
      elapsed = elapsed + interval
      count += 1
      acceleration += sample.acceleration
      angularVelocity += sample.angularVelocity
      accelerationRange.include(sample.acceleration)
      angularVelocityRange.include(sample.angularVelocity)
    }
  }

  private struct Rest: BitwiseCopyable, Sendable {
    var acceleration: Acceleration
    var angularVelocity: AngularVelocity
    var length: Double
  }

  private let parameters: Parameters
  private var window = Window()
  private var previous: Rest?
  /// rad/s, sensor frame.
  package private(set) var estimate = AngularVelocity.zero
  /// How many rests have taught it so far, counted up to the memory.
  package private(set) var observations = 0

  package init(_ parameters: Parameters = Parameters()) {
    self.parameters = parameters
  }

  /// Forgets the windows, not the estimate: after a gap the two windows are no neighbours.
  package mutating func interrupt() {
    window = Window()
    previous = nil
  }

  /// Takes the next sample, `interval` after the one before; returns what was learnt when a rest ends with it.
  package mutating func update(_ sample: InertialSample, after interval: Interval) -> Observation? {
    window.add(sample, after: interval)
    guard window.elapsed >= parameters.window else { return nil }
    let current = rest(in: window)
    window = Window()
    defer { previous = current }
    guard let current, let previous else { return nil }
    return learn(from: previous, to: current)
  }

  private func rest(in window: Window) -> Rest? {
    guard window.angularVelocityRange.width <= parameters.angularVelocityBand,
      window.accelerationRange.width <= parameters.accelerationBand
    else { return nil }
    let scale = 1 / window.count
    return Rest(
      acceleration: window.acceleration * scale, angularVelocity: window.angularVelocity * scale,
      length: window.elapsed.seconds)
  }

  private mutating func learn(from earlier: Rest, to later: Rest) -> Observation? {
    guard let from = earlier.acceleration.direction, let to = later.acceleration.direction else { return nil }
    // A vector fixed in the world turns the other way in the sensor: d(up)/dt = -w x up, so w (across up) = to x from /
    // dt.
    let turn: Vector3<RadiansPerSecond> = to.cross(from)
    guard turn.length <= parameters.turn.radians else { return nil }
    let between = (earlier.length + later.length) / 2
    let mean = (earlier.angularVelocity + later.angularVelocity) * 0.5
    let observed = mean - turn * (1 / between)
    guard observed.x.magnitude <= parameters.largest, observed.y.magnitude <= parameters.largest,
      observed.z.magnitude <= parameters.largest
    else { return nil }
    observations = min(observations + 1, parameters.memory)
    let change = (observed - estimate) * (1 / Double(observations))
    estimate += change
    return Observation(change: change, acceleration: later.acceleration)
  }
}

/// Smallest and largest value seen on each axis.
private struct Range3<Unit>: BitwiseCopyable, Sendable {
  private var low = Vector3<Unit>(.infinity, .infinity, .infinity)
  private var high = Vector3<Unit>(-.infinity, -.infinity, -.infinity)

  mutating func include(_ v: Vector3<Unit>) {
    low = Vector3(min(low.x, v.x), min(low.y, v.y), min(low.z, v.z))
    high = Vector3(max(high.x, v.x), max(high.y, v.y), max(high.z, v.z))
  }

  /// The widest axis.
  var width: Double { max(max(high.x - low.x, high.y - low.y), high.z - low.z) }
}
