// SPDX-License-Identifier: MIT

/// Gathers the poses of an accelerometer calibration from a sensor that is laid down again and again, each time turned
/// another way.
///
/// It is fed the samples as the sensor measured them, without any correction.
package struct PoseCollector: Sendable {
  package enum Finding: BitwiseCopyable, Sendable, Equatable {
    /// The sensor is being moved.
    case moving
    /// It lies still; its pose is known once the window is full.
    case still
    /// A new pose: the specific force in it, m/s², sensor frame.
    case taken(Acceleration)
    /// It lies as in an earlier pose (counted from 0).
    case known(pose: Int)
    /// It lies still, and the specific force has a length that no accelerometer that works can show, m/s².
    case implausible(length: Double)
  }

  /// Two poses are turned against each other by at least 20 degrees: cos² of it.
  private static var nearestSquared: Double { 0.883_022_221_559_489 }
  /// Lengths of the specific force at rest, g: one, and all that a bad chip can add to it or take from it.
  private static var lengths: ClosedRange<Double> { 0.5...1.5 }

  private var window: StillWindow
  private var last: Finding?
  package private(set) var fit = AccelerometerFit()

  package init(_ parameters: StillWindow.Parameters = StillWindow.Parameters()) { window = StillWindow(parameters) }

  /// Takes the next sample; returns what it shows where that is something new.
  package mutating func update(_ sample: InertialSample) -> Finding? {
    if let mean = window.update(sample) { return note(finding(for: mean)) }
    switch window.state {
    case .moving: return note(.moving)
    case .filling: return note(.still)
    case .full: return nil
    }
  }

  /// Samples are missing, or say nothing.
  package mutating func interrupt() {
    window.interrupt()
    last = nil
  }

  /// A side of the sensor has been up.
  package func hasSeen(_ side: SensorAxis) -> Bool {
    for pose in 0..<fit.count where SensorAxis(nearest: fit[pose]) == side { return true }
    return false
  }

  private mutating func note(_ finding: Finding) -> Finding? {
    defer { last = finding }
    return finding == last ? nil : finding
  }

  private mutating func finding(for mean: Acceleration) -> Finding {
    guard Self.lengths.contains(mean.length / standardGravity) else { return .implausible(length: mean.length) }
    for pose in 0..<fit.count where Self.isNear(fit[pose], mean) { return .known(pose: pose) }
    guard !fit.isFull else { return .known(pose: fit.count - 1) }
    fit.add(mean)
    return .taken(mean)
  }

  private static func isNear(_ a: Acceleration, _ b: Acceleration) -> Bool {
    let along = a.dot(b)
    return along > 0 && along * along > nearestSquared * a.squaredLength * b.squaredLength
  }
}
