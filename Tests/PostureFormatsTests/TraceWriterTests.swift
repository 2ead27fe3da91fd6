// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct TraceWriterTests {
  private let header = TraceHeader(
    title: "A title", shows: "a thing", sensor: "MPU-6050", rate: 100,
    scale: SensorScale(acceleration: 8192, angularVelocity: 65.5), accelerationRange: 4, angularVelocityRange: 500,
    origin: "a test")

  private func measurement(_ raw: RawSample, _ command: Command? = nil, missing: UInt32 = 0) -> Measurement {
    Measurement(command: command, missing: missing, raw: raw, sample: header.scale.sample(from: raw))
  }

  private func raw(_ time: Int64, _ value: Int16) -> RawSample {
    RawSample(
      time: Timestamp(microseconds: time), ax: value, ay: 0, az: .max, gx: .min, gy: -1, gz: value &+ 1)
  }

  @Test func theTextIsThis() {
    var writer = TraceWriter()
    var text = writer.header(header)
    writer.append(measurement(raw(5_000_000_123, 7)), to: &text)
    writer.append(measurement(raw(5_000_010_123, -8), .calibrate), to: &text)
    writer.append(measurement(raw(5_000_040_123, 9), .calibrate), lost: 2, to: &text)
    #expect(
      String(decoding: text, as: UTF8.self) == """
        # posture-trace: 1
        # title: A title
        # shows: a thing
        # sensor: MPU-6050
        # rate: 100 Hz
        # acceleration: 8192 LSB/g, range 4 g
        # angular-velocity: 65.5 LSB/dps, range 500 dps
        # axes: x forward, y left, z up
        # origin: a test
        # SPDX-License-Identifier: CC0-1.0
        time_us,ax,ay,az,gx,gy,gz
        0,7,0,32767,-32768,-1,8
        #! 10000 calibrate
        10000,-8,0,32767,-32768,-1,-7
        #! 40000 lost 2 dropped
        #! 40000 calibrate
        40000,9,0,32767,-32768,-1,10

        """)
  }

  /// What the sensor did not give, what nobody took of what it gave, what went wrong between: each with its reason.
  @Test func lossesAndFaultsHaveTheirRows() {
    var writer = TraceWriter()
    var text: [UInt8] = []
    writer.append(fault: "not-found", at: Timestamp(microseconds: 50), to: &text)
    writer.append(measurement(raw(100, 1)), to: &text)
    writer.append(measurement(raw(200, 1), missing: 3), to: &text)
    writer.append(fault: "overrun", at: Timestamp(microseconds: 250), to: &text)
    writer.append(fault: "no-acknowledge", at: Timestamp(microseconds: 260), to: &text)
    writer.append(measurement(raw(300, 1), .calibrate, missing: 70_000), lost: 9, reason: "overrun", to: &text)
    let remarks = String(decoding: text, as: UTF8.self).split(separator: "\n").map { $0.prefix { $0 != "," } }
    #expect(
      remarks == [
        "0", "#! 100 lost 3 late", "100", "#! 150 fault overrun", "#! 160 fault no-acknowledge",
        "#! 200 lost 70000 overrun", "#! 200 lost 9 dropped", "#! 200 calibrate", "200",
      ])
  }

  @Test func aMeasurementWithoutIntegersIsNotWritten() {
    var writer = TraceWriter()
    var text: [UInt8] = []
    let sample = header.scale.sample(from: .zero)
    writer.append(Measurement(command: .calibrate, raw: nil, sample: sample), lost: 1, to: &text)
    #expect(text.isEmpty)
  }

  @Test func whatIsWrittenReadsBackTheSame() {
    var random = SeededRandom(3)
    var writer = TraceWriter()
    var text = writer.header(header)
    var written: [Measurement] = []
    var time = Int64.random(in: 1...1 << 40, using: &random)
    let start = time
    for _ in 0..<2000 {
      func value() -> Int16 { Int16.random(in: .min ... .max, using: &random) }
      let raw = RawSample(
        time: Timestamp(microseconds: time), ax: value(), ay: value(), az: value(), gx: value(), gy: value(),
        gz: value())
      let measurement = measurement(
        raw, Int.random(in: 0..<50, using: &random) == 0 ? .calibrate : nil,
        missing: UInt32(Int.random(in: 0..<9, using: &random) / 8))
      writer.append(
        measurement, lost: UInt64(Int.random(in: 0..<9, using: &random) / 8), reason: "no-new-data", to: &text)
      if Int.random(in: 0..<50, using: &random) == 0 { writer.append(fault: "overrun", at: raw.time, to: &text) }
      written.append(measurement)
      time += Int64.random(in: 1...20_000, using: &random)
    }
    let reading = reading(text)
    #expect(reading.error == nil)
    #expect(reading.header == header)
    #expect(reading.commands == written.map(\.command))
    #expect(reading.commands.contains(.calibrate))
    let expected = written.map { measurement in
      var raw = measurement.raw
      raw?.time.microseconds -= start
      return raw
    }
    #expect(reading.raws == expected)
  }
}
