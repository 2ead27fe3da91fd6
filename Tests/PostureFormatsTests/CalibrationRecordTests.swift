// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct CalibrationRecordTests {
  private func record() throws -> CalibrationRecord {
    CalibrationRecord(
      sensor: "MPU-6050 at 0x68",
      calibration: try #require(
        AccelerometerCalibration(offset: .init(38_120, -25_410, 51_033), scale: .init(-7937, 4021, -12_110))),
      taken: "2026-11-22T03:39:07Z", poses: 9, residualBefore: 50.621, residual: 0.414, worst: 0.8)
  }

  private let text = """
    # Accelerometer calibration of postured: on each axis (measured - offset) * (1 + scale / 1000000).
    accelerometer-calibration: 1
    sensor: MPU-6050 at 0x68
    offset: 38120 -25410 51033 ug
    scale: -7937 4021 -12110 ppm
    taken: 2026-11-22T03:39:07Z
    poses: 9
    residual-before: 50.62 mg
    residual: 0.41 mg
    worst: 0.80 mg

    """

  private func read(_ text: String) throws(InputError) -> CalibrationRecord {
    try CalibrationRecord(file: Array(text.utf8), named: "f")
  }

  private func error(_ text: String) -> String? {
    do {
      _ = try read(text)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func theTextIsThisAndReadsBackTheSame() throws {
    #expect(try record().text == text)
    #expect(try read(text) == record())
  }

  @Test func everyCalibrationReadsBackTheSame() throws {
    var random = SeededRandom(22)
    for _ in 0..<200 {
      func three(_ largest: Int32) -> AccelerometerCalibration.Millionths {
        func one() -> Int32 { .random(in: -largest...largest, using: &random) }
        return AccelerometerCalibration.Millionths(one(), one(), one())
      }
      var record = try record()
      record.calibration = try #require(
        AccelerometerCalibration(offset: three(200_000), scale: three(100_000)))
      #expect(try read(record.text) == record)
    }
  }

  @Test(
    arguments: [
      (
        "accelerometer-calibration: 1", "accelerometer-calibration: 2",
        "f:2: accelerometer-calibration: found '2', expected 1"
      ),
      (
        "38120 -25410 51033 ug", "38120 -25410 ug",
        "f:4: offset: found '38120 -25410 ug', expected three whole numbers of at most 200000 ug"
      ),
      (
        "51033 ug", "510330 ug",
        "f:4: offset: found '38120 -25410 510330 ug', expected three whole numbers of at most 200000 ug"
      ),
      (
        "-12110 ppm", "-12110 %",
        "f:5: scale: found '-7937 4021 -12110 %', expected three whole numbers of at most 100000 ppm"
      ),
      (
        "03:39:07Z", "03:39:07",
        "f:6: taken: found '2026-11-22T03:39:07', expected a time, such as '2026-11-22T03:39:07Z'"
      ),
      (
        "2026-11-22T", "2026/11/22T",
        "f:6: taken: found '2026/11/22T03:39:07Z', expected a time, such as '2026-11-22T03:39:07Z'"
      ),
      ("poses: 9", "poses: 0", "f:7: poses: found '0', expected a number of poses, 1 to 99"),
      ("poses: 9", "poses: nine", "f:7: poses: found 'nine', expected a number of poses, 1 to 99"),
      (
        "residual: 0.41 mg", "residual: nan mg",
        "f:9: residual: found 'nan mg', expected milli-g with two decimal places, such as '0.41 mg'"
      ),
      (
        "worst: 0.80 mg", "worst: -1 mg",
        "f:10: worst: found '-1 mg', expected milli-g with two decimal places, such as '0.41 mg'"
      ),
      ("sensor: MPU", "sensor: \nMPU", "f:4: found 'MPU-6050 at 0x68', expected a line 'key: value'"),
      ("poses: 9", "poses: 9\nposes: 9", "f:8: poses: found it again, expected it once"),
      (
        "scale: -7937 4021 -12110 ppm\n", "", "f: scale: found none, expected three whole numbers of at most 100000 ppm"
      ),
      ("worst: 0.80 mg\n", "", "f: worst: found none, expected milli-g with two decimal places, such as '0.41 mg'"),
      (
        "worst: 0.80 mg", "worst: 0.80 mg\ncolour: red",
        "f:11: found unknown key 'colour', expected one of accelerometer-calibration, sensor, offset, scale, taken, "
          + "poses, residual-before, residual, worst"
      ),
    ]) func whatIsWrongIsNamed(old: String, new: String, message: String)
  {
    #expect(error(text.replacing(old, with: new)) == message)
  }

  @Test func anotherKindOfFileIsNone() throws {
    #expect(error("") == "f: accelerometer-calibration: found none, expected 1")
    #expect(error(String(repeating: "#\n", count: 2049)) == "f: found a larger file, expected at most 4096 bytes")
    #expect(error("\0") == "f: found binary data, expected an accelerometer calibration")
    #expect(throws: InputError.self) { try CalibrationRecord(file: [0xFF, 0x0A], named: "f") }
  }

  /// Cut anywhere, as by a disk that was full: never taken for whole.
  @Test func noPartOfItIsTakenForTheWhole() {
    for end in text.indices where end < text.index(text.endIndex, offsetBy: -5) {
      #expect(error(String(text[..<end])) != nil)
    }
  }

  @Test func whatAFitFoundIsRecordedInMilliG() throws {
    var fit = AccelerometerFit()
    let sides: [(Double, Double, Double)] = [
      (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1), (0.6, 0.8, 0), (0, 0.6, -0.8),
      (-0.6, 0, 0.8),
    ]
    for (x, y, z) in sides {
      fit.add(Acceleration(x, y, z) * standardGravity + Acceleration(0.02 * standardGravity, 0, 0))
    }
    let solution = try #require(fit.solve())
    let record = CalibrationRecord(
      solution, of: try #require(solution.calibration), sensor: "s", taken: "t", poses: fit.count)
    #expect(record.calibration.offset == AccelerometerCalibration.Millionths(20_000, 0, 0))
    #expect(record.poses == 9 && record.residual == 0 && record.worst == 0)
    // Two sides show it whole, two edges 0.6 of it.
    #expect(abs(record.residualBefore - 20 * ((2 + 2 * 0.36) / 9.0).squareRoot()) < 0.2)
    let message = FitMessage(solution)
    #expect(message.offset_mg == [20, 0, 0] && message.scale_percent == [0, 0, 0] && message.refusal == nil)
    #expect(message.worst_before_mg == 20 && abs(message.tilt_error_before_deg - 1.15) < 0.011)
  }
}
