// SPDX-License-Identifier: MIT
// Members are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PostureCore

// The messages of an accelerometer calibration.

/// Answers `calibrate-sensor`: poses are looked for from now on, and each is told as a `pose`.
package struct CalibrateSensorMessage: Message, Equatable {
  package static let messageClass = "calibrate-sensor"
  /// The chip and where it is, as `MPU-6050 at 0x68`.
  package var sensor: String
  /// For how long the sensor is to lie still in each pose.
  package var window_s: Double
  /// So many poses are needed at least, and taken at most.
  package var fewest_poses = AccelerometerFit.fewestPoses
  package var most_poses = AccelerometerFit.mostPoses

  package init(sensor: String, window_s: Double) {
    self.sensor = sensor
    self.window_s = window_s
  }
}

/// Sent to the client that calibrates the accelerometer, whenever there is something new about the poses.
package struct PoseMessage: Message, Equatable {
  package static let messageClass = "pose"

  package enum Finding: String, Codable, Sendable {
    /// The sensor is being moved.
    case moving
    /// It lies still, and its pose is being measured.
    case still
    /// The pose was a new one.
    case taken
    /// It was seen before: the sensor is to be turned another way.
    case known
    /// No accelerometer that works shows that at rest.
    case implausible
    /// The sensor gives no samples, or none that say anything.
    case lost
  }

  package var finding: Finding
  /// The pose's number, from 1, of one that was taken or is known.
  package var pose: Int?
  /// The side that is up in it: the sensor axis, or its opposite.
  package var up: String?
  /// What the accelerometer shows in it, or how much of it where it is implausible; without any correction.
  package var acceleration_mg: [Double]?
  package var length_mg: Double?
  /// Poses taken so far.
  package var poses: Int
  /// Sides that have been up.
  package var seen: [String]
  /// Axes of which the poses say too little.
  package var undetermined: [String]
  /// What the poses say, once they do.
  package var fit: FitMessage?

  package init(finding: Finding, poses: Int, seen: [String], undetermined: [String]) {
    self.finding = finding
    self.poses = poses
    self.seen = seen
    self.undetermined = undetermined
  }

  /// What is wrong with poses enough from which nothing follows: no axis that is open means that they do not agree.
  package static func lack(_ undetermined: [String]) -> String {
    undetermined.isEmpty ? "contradict each other" : "say too little of \(undetermined.joined(separator: ", "))"
  }
}

/// What an accelerometer calibration is, and how good.
package struct FitMessage: Codable, Sendable, Equatable {
  /// What is subtracted on each axis.
  package var offset_mg: [Double]
  /// What is then added on each axis, in percent of what is there.
  package var scale_percent: [Double]
  /// How far the poses' lengths are from one g, root mean square and largest, without it and with it.
  package var residual_before_mg: Double
  package var worst_before_mg: Double
  package var residual_mg: Double
  package var worst_mg: Double
  /// The pose that fits worst, from 1.
  package var worst_pose: Int
  /// How wrong up was, at worst, and may still be.
  package var tilt_error_before_deg: Double
  package var tilt_error_deg: Double
  /// Why it cannot be applied.
  package var refusal: String?

  package init(_ solution: AccelerometerFit.Solution) {
    let (offset, scale) = (solution.offset, solution.scale)
    // In whole millionths, as they are stored.
    offset_mg = [offset.x, offset.y, offset.z].map { ($0.milliG * 1e3).rounded() / 1e3 + 0 }
    scale_percent = [scale.x, scale.y, scale.z].map { ($0 * 1e6).rounded() / 1e4 + 0 }
    residual_before_mg = solution.before.rootMeanSquare.milliG.rounded(places: 2)
    worst_before_mg = solution.before.largest.milliG.rounded(places: 2)
    residual_mg = solution.after.rootMeanSquare.milliG.rounded(places: 2)
    worst_mg = solution.after.largest.milliG.rounded(places: 2)
    worst_pose = solution.worstPose + 1
    tilt_error_before_deg = solution.largestTurn.degrees.rounded(places: 2)
    tilt_error_deg = solution.remainingTurn.degrees.rounded(places: 2)
    refusal = solution.refusal?.text(solution)
  }
}

/// Answers `sensor-calibration`, `apply-sensor-calibration` and `clear-sensor-calibration`: what is in force now.
package struct SensorCalibrationMessage: Message, Equatable {
  package static let messageClass = "sensor-calibration"
  /// Every sample is corrected, from the next one on.
  package var is_calibrated: Bool
  /// Only after `clear-sensor-calibration`: there was one.
  package var was_cleared: Bool?
  /// Where a calibration is kept; missing where none is, as for a simulated sensor that was given no file.
  package var path: String?
  /// What is the matter with the one that is kept: it is damaged, or another sensor's.
  package var fault: String?
  // Of the one that is in force, in force with the sensor's first sample, or kept for another sensor.
  package var sensor: String?
  package var offset_ug: [Int32]?
  package var scale_ppm: [Int32]?
  package var taken: String?
  package var poses: Int?
  package var residual_before_mg: Double?
  package var residual_mg: Double?
  package var worst_mg: Double?

  package init(is_calibrated: Bool, path: String?, fault: String?, _ record: CalibrationRecord?) {
    self.is_calibrated = is_calibrated
    self.path = path
    self.fault = fault
    guard let record else { return }
    sensor = record.sensor
    offset_ug = [record.calibration.offset.x, record.calibration.offset.y, record.calibration.offset.z]
    scale_ppm = [record.calibration.scale.x, record.calibration.scale.y, record.calibration.scale.z]
    taken = record.taken
    poses = record.poses
    residual_before_mg = record.residualBefore
    residual_mg = record.residual
    worst_mg = record.worst
  }
}

extension AxisSet {
  /// `x`, `y`, `z`.
  package var names: [String] { [(x, "x"), (y, "y"), (z, "z")].filter(\.0).map(\.1) }
}

extension AccelerometerFit.Refusal {
  /// Why, and what to do.
  package func text(_ solution: AccelerometerFit.Solution) -> String {
    func mg(_ value: Double) -> String { Decimal.text(value.milliG, places: 1) + " mg" }
    switch self {
    case .offset(let axis):
      let offset = solution.offset.dot(axis.direction)
      return "an offset of \(mg(offset)) towards \(axis.name) is more than a sensor that works has (200 mg): "
        + "it is broken, or was not still"
    case .scale(let axis):
      let percent = Decimal.text(solution.scale.dot(axis.direction) * 100, places: 1)
      return "a scale that is \(percent) % off on \(axis.name) is more than a sensor that works has (10 %): "
        + "it is broken, or was not still"
    case .residual(let pose):
      return "the poses contradict each other by \(mg(solution.standardError)), most of all pose \(pose + 1): "
        + "was the sensor moved in it, or held in a hand? Try again and lay it down"
    }
  }
}
