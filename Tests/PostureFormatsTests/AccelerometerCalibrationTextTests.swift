// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct AccelerometerCalibrationTextTests {
  private static func calibration(
    _ offset: (Int32, Int32, Int32), _ scale: (Int32, Int32, Int32)
  ) throws -> AccelerometerCalibration {
    try #require(
      AccelerometerCalibration(
        offset: .init(offset.0, offset.1, offset.2), scale: .init(scale.0, scale.1, scale.2)))
  }

  @Test func theTextIsThis() throws {
    let calibration = try Self.calibration((38_120, -25_410, 0), (-7937, 4021, 1))
    #expect(calibration.text == "offset 38120 -25410 0 ug, scale -7937 4021 1 ppm")
    #expect(
      Command.calibrateAccelerometer(calibration).text
        == "acceleration-calibration offset 38120 -25410 0 ug, scale -7937 4021 1 ppm")
    #expect(Command.calibrateAccelerometer(.identity).text == "acceleration-calibration none")
    #expect(Command.calibrate.text == "calibrate")
  }

  @Test func whatIsWrittenReadsBackTheSame() throws {
    var random = SeededRandom(21)
    func three(_ largest: Int32) -> (Int32, Int32, Int32) {
      func one() -> Int32 { .random(in: -largest...largest, using: &random) }
      return (one(), one(), one())
    }
    for _ in 0..<500 {
      let command = Command.calibrateAccelerometer(try Self.calibration(three(200_000), three(100_000)))
      #expect(Command(text: command.text) == command)
    }
    #expect(Command(text: "acceleration-calibration none") == .calibrateAccelerometer(.identity))
    #expect(Command(text: "calibrate") == .calibrate)
  }

  @Test(arguments: [
    "", "Calibrate", "calibrate ", "acceleration-calibration", "acceleration-calibration ",
    "acceleration-calibration None", "acceleration-calibration offset 1 2 3 ug",
    "acceleration-calibration offset 1 2 3 ug,scale 1 2 3 ppm",
    "acceleration-calibration offset 1 2 ug, scale 1 2 3 ppm",
    "acceleration-calibration offset 1 2 3 4 ug, scale 1 2 3 ppm",
    "acceleration-calibration offset 1 2 3 mg, scale 1 2 3 ppm",
    "acceleration-calibration offset 1 2 3 ug, scale 1 2 3 %",
    "acceleration-calibration offset 1 2 3.0 ug, scale 1 2 3 ppm",
    "acceleration-calibration offset 1 2 +3 ug, scale 1 2 3 ppm",
    "acceleration-calibration offset 1 2 03 ug, scale 1 2 3 ppm",
    "acceleration-calibration offset 1 2 200001 ug, scale 1 2 3 ppm",
    "acceleration-calibration offset 1 2 3 ug, scale 1 2 -100001 ppm",
    "acceleration-calibration offset 1 2 99999999999 ug, scale 1 2 3 ppm",
    "acceleration-calibration offset 1 2 3 ug, scale 1 2 3 ppm, more",
  ]) func anythingElseIsNoCommand(text: String) {
    #expect(Command(text: text) == nil)
  }

  private static let header = headerLines.replacing(
    "# angular-velocity", with: "# acceleration-calibration: offset 1 -2 3 ug, scale 4 5 -6 ppm\n# angular-velocity")

  @Test func aTraceBeginsWithTheOneOfItsHeader() throws {
    let calibration = try Self.calibration((1, -2, 3), (4, 5, -6))
    let reading = reading(Self.header + "0,1,2,3,4,5,6\n10,1,2,3,4,5,6\n")
    #expect(reading.error == nil)
    #expect(reading.commands == [.calibrateAccelerometer(calibration), nil])
    #expect(reading.header?.accelerometer == calibration)
    // The rows are what the chip gave.
    #expect(reading.samples[1].acceleration.z == 3 * (9.80665 / 16384))
    #expect(reading.header?.text.contains("# acceleration-calibration: offset 1 -2 3 ug, scale 4 5 -6 ppm\n") == true)
  }

  @Test func withoutOneThereIsNoLine() {
    let reading = reading(trace("0,1,2,3,4,5,6"))
    #expect(reading.header?.accelerometer == .identity)
    #expect(reading.header?.text.contains("acceleration-calibration") == false)
    #expect(reading.commands == [nil])
  }

  @Test func aTraceMayChangeItBetweenItsRows() throws {
    let reading = reading(
      Self.header + """
        0,1,2,3,4,5,6
        #! 10 acceleration-calibration none
        10,1,2,3,4,5,6
        #! 20 acceleration-calibration offset 9 8 7 ug, scale 0 0 0 ppm
        20,1,2,3,4,5,6

        """)
    #expect(reading.error == nil)
    #expect(
      reading.commands == [
        .calibrateAccelerometer(try Self.calibration((1, -2, 3), (4, 5, -6))), .calibrateAccelerometer(.identity),
        .calibrateAccelerometer(try Self.calibration((9, 8, 7), (0, 0, 0))),
      ])
  }

  @Test func aWrongOneIsNamed() {
    func error(_ text: String) -> String? { reading(text).error?.description }
    let example = "offset 38120 -25410 51033 ug, scale -7937 4021 -12110 ppm"
    #expect(
      error(Self.header.replacing("-6 ppm", with: "-6 %") + "0,1,2,3,4,5,6\n")
        == "t:5: acceleration-calibration: found 'offset 1 -2 3 ug, scale 4 5 -6 %', expected such as '\(example)'")
    #expect(
      error(trace("0,1,2,3,4,5,6", "#! 5 acceleration-calibration offset 1", "10,1,2,3,4,5,6"))
        == "t:8: found '#! 5 acceleration-calibration offset 1', expected '#! TIME_US acceleration-calibration none' "
        + "or such as '\(example)' after it")
    // Each is performed at a sample of its own.
    for rows in [
      "#! 5 calibrate\n#! 5 acceleration-calibration none\n", "#! 5 acceleration-calibration none\n#! 5 calibrate\n",
    ] {
      #expect(
        error(trace("0,1,2,3,4,5,6") + rows + "10,1,2,3,4,5,6\n")
          == "t:9: found a second command, expected one command before a row")
    }
    #expect(reading(trace("#! 0 calibrate", "#! 0 calibrate", "0,1,2,3,4,5,6")).commands == [.calibrate])
  }

  /// Live, the one that is in force goes with the first sample: in a trace it stands in the header alone.
  @Test func theFirstRowsOneStandsInTheHeader() throws {
    let calibration = try Self.calibration((1, -2, 3), (4, 5, -6))
    var header = try #require(reading(trace("0,1,2,3,4,5,6")).header)
    header.accelerometer = calibration
    var writer = TraceWriter()
    var text = writer.header(header)
    for (time, command) in [
      (7, .calibrateAccelerometer(calibration)), (17, nil), (27, .calibrateAccelerometer(.identity)),
    ]
      as [(Int64, Command?)]
    {
      let raw = RawSample(time: Timestamp(microseconds: time), ax: 1, ay: 2, az: 3, gx: 4, gy: 5, gz: 6)
      writer.append(Measurement(command: command, raw: raw, sample: header.scale.sample(from: raw)), to: &text)
    }
    let rows = String(decoding: text, as: UTF8.self).split(separator: "\n").suffix(4)
    #expect(rows == ["0,1,2,3,4,5,6", "10,1,2,3,4,5,6", "#! 20 acceleration-calibration none", "20,1,2,3,4,5,6"])
    #expect(
      reading(text).commands == [.calibrateAccelerometer(calibration), nil, .calibrateAccelerometer(.identity)])
  }
}
