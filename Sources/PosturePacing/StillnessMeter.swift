// SPDX-License-Identifier: MIT
import PostureCore

/// Tells still seconds from those with movement, by how much the specific force varies within each.
///
/// Its root mean square variation, of all three axes together, sees both a jolt and a turn of the trunk: a degree is
/// 0.17 m/s² of gravity. What turns about the vertical alone it does not see. Measured on the simulated wearer, who sways
/// and breathes: sitting and lying vary by up to 0.06 m/s² with an MPU-6050's noise and 0.10 with twice of it, a bend of
/// five degrees in two seconds by 0.15, of ten by 0.28, walking by 2.2.
package struct StillnessMeter: Sendable {
  /// One is judged as a whole: shorter than a breath, longer than a jolt.
  package static let window = Interval.seconds(1)
  /// Above the noise of the chips that are known and a calm breath, below anything that one would call moving, m/s².
  package static let mostVariation = 0.2
  /// Between two samples; after a longer one the second begins anew.
  private static let longestInterval = Interval.milliseconds(250)

  /// Whole seconds that were judged, and those of them that were still.
  package private(set) var counted = 0
  package private(set) var still = 0
  private var begun: Timestamp?
  private var last = Timestamp(microseconds: 0)
  /// Forces are summed up from the first one of the second on.
  private var origin = Acceleration.zero
  private var sum = Acceleration.zero
  private var squares = 0.0
  private var samples = 0.0

  package init() {}

  /// - Parameters:
  ///   - force: m/s², of whatever frame.
  ///   - counts: false while the motor shakes the sensor, or nobody wears it: the second does not count.
  package mutating func take(_ force: Acceleration, counts: Bool, at time: Timestamp) {
    defer { last = time }
    guard counts else {
      begun = nil
      return
    }
    guard let begun, time > last, time - last <= Self.longestInterval else { return begin(with: force, at: time) }
    if time - begun >= Self.window {
      counted += 1
      if variance <= Self.mostVariation * Self.mostVariation { still += 1 }
      return begin(with: force, at: time)
    }
    add(force)
  }

  private mutating func begin(with force: Acceleration, at time: Timestamp) {
    begun = time
    origin = force
    sum = .zero
    (squares, samples) = (0, 0)
    add(force)
  }

  private mutating func add(_ force: Acceleration) {
    let difference = force - origin
    sum += difference
    squares += difference.x * difference.x + difference.y * difference.y + difference.z * difference.z
    samples += 1
  }

  private var variance: Double {
    let mean = sum * (1 / samples)
    return max(0, squares / samples - (mean.x * mean.x + mean.y * mean.y + mean.z * mean.z))
  }
}
