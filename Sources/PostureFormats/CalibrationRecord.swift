// SPDX-License-Identifier: MIT
import PostureCore

/// An accelerometer calibration as it is kept in a file: what is applied, to which sensor, and how it came about.
///
/// The text is lines of `key: value`, each key once, as in a trace's header. Whole millionths are written, so that what
/// is read is what was stored.
package struct CalibrationRecord: Sendable, Equatable {
  /// Of the file's format.
  private static let version = 1
  /// More is another kind of file.
  package static let longestFile = 4096
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

  /// Reads what `text` wrote; the first thing that is wrong is named with its line.
  package init(file bytes: [UInt8], named source: String) throws(InputError) {
    let fields = try Fields(bytes, source)
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
      taken: try fields.value("taken", "a time, such as '2026-11-22T03:39:07Z'") { Self.isTime($0) ? $0 : nil },
      poses: try fields.value("poses", "a number of poses, 1 to 99") { text in
        Int(text).flatMap { (1...99).contains($0) ? $0 : nil }
      },
      residualBefore: try fields.value("residual-before", Self.residualExpected, Self.residual),
      residual: try fields.value("residual", Self.residualExpected, Self.residual),
      worst: try fields.value("worst", Self.residualExpected, Self.residual))
    try fields.refuseOthers()
  }

  private static func isTime(_ text: String) -> Bool {
    let pattern = Array("0000-00-00T00:00:00Z".utf8)
    let bytes = Array(text.utf8)
    return bytes.count == pattern.count
      && zip(bytes, pattern).allSatisfy { $1 == UInt8(ascii: "0") ? (0x30...0x39).contains($0) : $0 == $1 }
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

/// The lines of the file by their keys.
private struct Fields {
  private static let keys = [
    "accelerometer-calibration", "sensor", "offset", "scale", "taken", "poses", "residual-before", "residual", "worst",
  ]

  private let source: String
  private var values: [String: (text: String, line: Int)] = [:]

  init(_ bytes: [UInt8], _ source: String) throws(InputError) {
    self.source = source
    guard bytes.count <= CalibrationRecord.longestFile else {
      throw InputError(
        source: source, found: "a larger file", expected: "at most \(CalibrationRecord.longestFile) bytes")
    }
    guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
      throw InputError(source: source, found: "binary data", expected: "an accelerometer calibration")
    }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      guard let colon = line.firstRange(of: ": ") else {
        throw InputError(
          source: source, line: index + 1, found: InputError.quote(line), expected: "a line 'key: value'")
      }
      let key = String(line[..<colon.lowerBound])
      guard values[key] == nil else {
        throw InputError(source: source, line: index + 1, key: key, found: "it again", expected: "it once")
      }
      values[key] = (String(line[colon.upperBound...]), index + 1)
    }
  }

  func value<Value>(
    _ key: String, _ expected: String, _ read: (String) -> Value?
  ) throws(InputError) -> Value {
    guard let (text, line) = values[key] else {
      throw InputError(source: source, key: key, found: "none", expected: expected)
    }
    guard let value = read(text) else {
      throw InputError(source: source, line: line, key: key, found: InputError.quote(text), expected: expected)
    }
    return value
  }

  func refuseOthers() throws(InputError) {
    let others = values.filter { !Self.keys.contains($0.key) }.sorted { $0.value.line < $1.value.line }
    guard let (key, value) = others.first else { return }
    throw InputError(
      source: source, line: value.line, found: "unknown key \(InputError.quote(key))",
      expected: "one of " + Self.keys.joined(separator: ", "))
  }
}
