// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct TraceReaderTests {
  static let ours = """
    # posture-trace: 1
    # title: A title
    # shows: what it shows
    # sensor: MPU-6050
    # rate: 100 Hz
    # acceleration: 8192 LSB/g, range 4 g
    # angular-velocity: 65.5 LSB/dps, range 500 dps
    # axes: x forward, y left, z up
    # a remark without a key
    # origin: made up
    # SPDX-License-Identifier: CC0-1.0
    time_us,ax,ay,az,gx,gy,gz
    -5,-32768,32767,0,-0,1,-1
    # a remark among the rows
    #! 0 calibrate
    10000,1,2,3,4,5,6
    #! 20000 lost 3
    #! 20000 lost 3 no-acknowledge
    #! 25000 fault no-acknowledge
    40000,7,8,9,10,11,12

    """
  static let foreign = plain(
    "0,0.1,-0.2,9.81,1e-3,.5,-5.", "10000,+1,2,3,0,-0,10000", "20001,-10000,1.5e3,0.30000000000000004,0,0,0")

  @Test func ourTraceIsRead() {
    let reading = reading(Self.ours)
    #expect(reading.error == nil)
    #expect(
      reading.header
        == TraceHeader(
          title: "A title", shows: "what it shows", sensor: "MPU-6050", rate: 100,
          scale: SensorScale(acceleration: 8192, angularVelocity: 65.5), accelerationRange: 4,
          angularVelocityRange: 500,
          origin: "made up"))
    #expect(
      reading.raws == [
        RawSample(time: Timestamp(microseconds: -5), ax: -32768, ay: 32767, az: 0, gx: 0, gy: 1, gz: -1),
        RawSample(time: Timestamp(microseconds: 10_000), ax: 1, ay: 2, az: 3, gx: 4, gy: 5, gz: 6),
        RawSample(time: Timestamp(microseconds: 40_000), ax: 7, ay: 8, az: 9, gx: 10, gy: 11, gz: 12),
      ])
    #expect(reading.commands == [nil, .calibrate, nil])
    let scale = SensorScale(acceleration: 8192, angularVelocity: 65.5)
    #expect(reading.samples == reading.raws.compactMap { $0.map(scale.sample(from:)) })
    #expect(reading.samples.map(\.isSaturated) == [true, false, false])
    // 8192 LSB are a g, 65.5 a degree a second.
    #expect(reading.samples[1].acceleration.z == 3 * (9.80665 / 8192))
    #expect(reading.samples[1].angularVelocity.x == 4 * (.pi / 180 / 65.5))
  }

  @Test func aForeignFileIsRead() {
    let reading = reading(Self.foreign)
    #expect(reading.error == nil)
    #expect(reading.header == nil)
    #expect(reading.raws == [nil, nil, nil])
    #expect(
      reading.samples == [
        InertialSample(
          time: Timestamp(microseconds: 0), acceleration: Acceleration(0.1, -0.2, 9.81),
          angularVelocity: AngularVelocity(1e-3, 0.5, -5)),
        InertialSample(
          time: Timestamp(microseconds: 10_000), acceleration: Acceleration(1, 2, 3),
          angularVelocity: AngularVelocity(0, 0, 10_000)),
        InertialSample(
          time: Timestamp(microseconds: 20_001), acceleration: Acceleration(-10_000, 1500, 0.30000000000000004),
          angularVelocity: AngularVelocity(0, 0, 0)),
      ])
  }

  @Test(arguments: [ours, foreign]) func everyChunkSizeGivesTheSame(text: String) {
    let whole = reading(text)
    #expect(whole.samples.count == 3)
    for chunk in 1...64 { #expect(reading(text, chunk: chunk) == whole, "\(chunk)") }
  }

  @Test(arguments: [
    ours + "50000,1,2,3,4,5\n", ours + "50000,1,2,3,4,5,x\n", foreign + "20001,1,2,3,4,5,6\n", foreign + "50000,1",
    ours + String(repeating: "9", count: 5000) + "\n", "hello\n", "# posture-trace: 1\ntime_us\n",
  ]) func everyChunkSizeGivesTheSameError(text: String) {
    let whole = reading(text)
    #expect(whole.error != nil)
    for chunk in 1...64 { #expect(reading(text, chunk: chunk) == whole, "\(chunk)") }
  }

  @Test(arguments: [ours, foreign]) func linesOfWindowsAreRead(text: String) {
    let windows = String(decoding: text.utf8.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }, as: UTF8.self)
    #expect(reading(windows) == reading(text))
    for chunk in [1, 2, 7] { #expect(reading(windows, chunk: chunk) == reading(text)) }
  }

  @Test func onlyAForeignFileMayLackItsLastNewline() {
    #expect(reading(String(Self.foreign.dropLast())) == reading(Self.foreign))
    #expect(reading(String(Self.foreign.dropLast()) + "\r") == reading(Self.foreign))
    #expect(reading(String(Self.ours.dropLast())).samples.count == 2)
  }

  @Test func theReaderCountsWhatItHasRead() throws {
    var reader = TraceReader(source: "t")
    #expect(reader.header == nil)
    try reader.read(Array(Self.ours.utf8).span) { _ in }
    #expect(reader.header != nil)
    #expect(reader.line == 20)
    #expect(reader.samples == 3)
  }

  @Test func anErrorOfTheCallerComesBack() {
    let mine = InputError(source: "me", found: "enough", expected: "less")
    #expect(throws: mine) {
      var reader = TraceReader(source: "t")
      try reader.read(Array(Self.ours.utf8).span) { _ throws(InputError) in throw mine }
    }
  }

  @Test func theLongestLineIsRead() {
    let remark = "#" + String(repeating: "x", count: TraceReader.longestLine - 1)
    #expect(remark.utf8.count == 4096)
    for chunk in [1, 100, 4096, 4097, Int.max] {
      #expect(reading(trace(remark, "0,1,2,3,4,5,6"), chunk: chunk).samples.count == 1)
      #expect(
        reading(trace(remark + "x", "0,1,2,3,4,5,6"), chunk: chunk).error?.description
          == "t:7: found a line of more than 4096 bytes, expected lines of a trace or CSV file")
    }
  }

  @Test func aCommandBelongsToTheNextRow() {
    let reading = reading(trace("0,1,2,3,4,5,6", "#! 5 calibrate", "# remark", "10,1,2,3,4,5,6", "20,1,2,3,4,5,6"))
    #expect(reading.commands == [nil, .calibrate, nil])
  }

  /// Of a chip whose numbers have fewer bits, in the middle of its range and at its ends.
  @Test func aRangeMayEndBeforeThe16Bits() {
    let header = TraceHeader(
      title: nil, shows: nil, sensor: "ADXL345", rate: 100,
      scale: SensorScale(acceleration: 256, angularVelocity: 1, accelerationEnd: 4095), accelerationRange: 16,
      angularVelocityRange: nil, origin: nil)
    #expect(header.text.contains("\n# acceleration: 256 LSB/g, range 16 g, end 4095\n"))
    let reading = reading(header.text + "0,4094,0,-4095,0,0,0\n1,4095,0,0,0,0,0\n2,0,-4096,0,0,0,0\n")
    #expect(reading.error == nil)
    #expect(reading.header == header)
    #expect(reading.samples.map(\.isSaturated) == [false, true, true])
  }

  @Test func aSensorWithoutAGyroscopeHasNone() {
    let header = TraceHeader(
      title: nil, shows: nil, sensor: "LIS3DH", rate: 100, scale: SensorScale(acceleration: 8192, angularVelocity: 1),
      accelerationRange: 4, angularVelocityRange: nil, origin: nil)
    #expect(header.text.contains("\n# angular-velocity: none\n"))
    let reading = reading(header.text + "0,1,2,3,0,0,0\n10000,1,2,-32768,0,0,0\n")
    #expect(reading.error == nil)
    #expect(reading.header == header)
    #expect(reading.samples.map(\.angularVelocity) == [.zero, .zero])
    #expect(reading.samples.map(\.isSaturated) == [false, true])
    #expect(reading.samples.map(\.acceleration.x) == [9.80665 / 8192, 9.80665 / 8192])
  }

  @Test func aHeaderIsReadBackAsItWasWritten() {
    for (acceleration, rate) in [(16384.0, 100.0), (2048, 62.5), (0.001, 0.5), (123.456789, 1000)] {
      let header = TraceHeader(
        title: "t: with a colon", shows: nil, sensor: "LSM6DSO", rate: rate,
        scale: SensorScale(acceleration: acceleration, angularVelocity: 16.4), accelerationRange: 16,
        angularVelocityRange: 2000, origin: "somewhere")
      let reading = reading(header.text + "0,1,2,3,4,5,6\n")
      #expect(reading.error == nil)
      #expect(reading.header == header)
    }
  }
}
