// SPDX-License-Identifier: MIT
import PostureCore

/// An accelerometer calibration as it is kept in a file: what is applied, to which sensor, and how it came about.
///
/// Whole millionths are written, so that what is read is what was stored.
package struct CalibrationRecord: FileRecord {
  /// Of the file's format.
  private static let version = 1
  package static let longestFile = 4096
  private static let keys = [
    "accelerometer-calibration", "sensor", "offset", "scale", "taken", "poses", "residual-before", "residual", "worst",
  ]
  private static let residualExpected = "milli-g with two decimal places, such as '0.41 mg'"

  /// The chip and where it is, as `MPU-6050 at 0x68`: for no other one it is meant.
  package var sensor: String
  package var calibration: AccelerometerCalibration
  /// When it was stored, as `2026-11-22T03:39:07Z`, by the clock of the machine.
  package var taken: String
  package var poses: Int
  /// Root mean square over the poses without it, with it, and the largest with it; mg.
  package var residualBefore: Double
  package var residual: Double
  package var worst: Double

  package init(
    sensor: String, calibration: AccelerometerCalibration, taken: String, poses: Int, residualBefore: Double,
    residual: Double, worst: Double
  ) {
    self.sensor = sensor
    self.calibration = calibration
    self.taken = taken
    self.poses = poses
    self.residualBefore = residualBefore.rounded(places: 2)
    self.residual = residual.rounded(places: 2)
    self.worst = worst.rounded(places: 2)
  }

  package init(
    _ solution: AccelerometerFit.Solution, of calibration: AccelerometerCalibration, sensor: String, taken: String,
    poses: Int
  ) {
    self.init(
      sensor: sensor, calibration: calibration, taken: taken, poses: poses,
      residualBefore: solution.before.rootMeanSquare.milliG, residual: solution.after.rootMeanSquare.milliG,
      worst: solution.after.largest.milliG)
  }

  package var text: String {
    """
    # Accelerometer calibration of postured: on each axis (measured - offset) * (1 + scale / 1000000).
    accelerometer-calibration: \(Self.version)
    sensor: \(sensor)
    offset: \(calibration.offset.text) ug
    scale: \(calibration.scale.text) ppm
    taken: \(taken)
    poses: \(poses)
    residual-before: \(Decimal.text(residualBefore, places: 2)) mg
    residual: \(Decimal.text(residual, places: 2)) mg
    worst: \(Decimal.text(worst, places: 2)) mg

    """
  }

  package init(file bytes: [UInt8], named source: String) throws(InputError) {
    let fields = try RecordFields(
      bytes, source, keys: Self.keys, kind: "an accelerometer calibration", longestFile: Self.longestFile)
    _ = try fields.value("accelerometer-calibration", "\(Self.version)") { $0 == "\(Self.version)" ? true : nil }
    typealias Millionths = AccelerometerCalibration.Millionths
    let sensor = try fields.value("sensor", "a chip and its address, such as 'MPU-6050 at 0x68'") {
      $0.isEmpty ? nil : $0
    }
    let offset = try fields.value(
      "offset", "three whole numbers of at most \(AccelerometerCalibration.largestOffset) ug"
    ) { text in
      Millionths(text: text, unit: "ug").flatMap { AccelerometerCalibration(offset: $0, scale: Millionths(0, 0, 0)) }
    }.offset
    let scale = try fields.value("scale", "three whole numbers of at most \(AccelerometerCalibration.largestScale) ppm")
    { text in
      Millionths(text: text, unit: "ppm").flatMap { AccelerometerCalibration(offset: Millionths(0, 0, 0), scale: $0) }
    }.scale
    guard let calibration = AccelerometerCalibration(offset: offset, scale: scale) else {
      preconditionFailure("each of both is within its limits")
    }
    self.init(
      sensor: sensor, calibration: calibration,
      taken: try fields.value("taken", "a time, such as '2026-11-22T03:39:07Z'") { RecordFields.isTime($0) ? $0 : nil },
      poses: try fields.value("poses", "a number of poses, 1 to 99") { text in
        Int(text).flatMap { (1...99).contains($0) ? $0 : nil }
      },
      residualBefore: try fields.value("residual-before", Self.residualExpected, Self.residual),
      residual: try fields.value("residual", Self.residualExpected, Self.residual),
      worst: try fields.value("worst", Self.residualExpected, Self.residual))
    try fields.refuseOthers()
  }

  private static func residual(_ text: String) -> Double? {
    guard let quantity = Quantity(text), quantity.unit == "mg", (0...10_000).contains(quantity.value) else {
      return nil
    }
    return quantity.value
  }
}

extension Double {
  /// An acceleration in m/s² as thousandths of standard gravity.
  package var milliG: Double { self / standardGravity * 1000 }
}
