// SPDX-License-Identifier: MIT
import PostureCore

/// What a trace says about itself before its rows.
package struct TraceHeader: Sendable, Equatable {
  package var title: String?
  /// What a replay with the default settings must show, in words.
  package var shows: String?
  package var sensor: String
  /// Samples a second, nominal.
  package var rate: Double
  package var scale: SensorScale
  /// Ends of the ranges, g and deg/s.
  package var accelerationRange: Int
  /// Nil for a sensor without a gyroscope: its three columns are 0.
  package var angularVelocityRange: Int?
  /// What is taken off the acceleration from the first row on; the rows are the chip's own all the same.
  package var accelerometer: AccelerometerCalibration
  package var origin: String?
  /// Where it goes on from, as a piece of a longer recording.
  package var continues: TraceJoint?
  /// Where decisions were made by other than the default settings.
  package var settings: [TraceSetting] = []

  package init(
    title: String?, shows: String?, sensor: String, rate: Double, scale: SensorScale, accelerationRange: Int,
    angularVelocityRange: Int?, accelerometer: AccelerometerCalibration = .identity, origin: String?
  ) {
    self.title = title
    self.shows = shows
    self.sensor = sensor
    self.rate = rate
    self.scale = scale
    self.accelerationRange = accelerationRange
    self.angularVelocityRange = angularVelocityRange
    self.accelerometer = accelerometer
    self.origin = origin
  }

  /// In place of the scale of a gyroscope that is not there.
  static let none = "none"
  static let axes = "x forward, y left, z up"
  static let columns = "time_us,ax,ay,az,gx,gy,gz"
  static let plainColumns = "timestamp_us,ax,ay,az,gx,gy,gz"

  /// The header's lines, each ended by a newline, with the row of column names last.
  package var text: String {
    var lines = ["# posture-trace: \(Version.trace)"]
    if let title { lines.append("# title: \(title)") }
    if let shows { lines.append("# shows: \(shows)") }
    lines.append("# sensor: \(sensor)")
    lines.append("# rate: \(Self.plain(rate)) Hz")
    // A chip whose numbers end before those of 16 bits says where.
    let end = scale.accelerationEnd == .max ? "" : ", end \(scale.accelerationEnd)"
    lines.append("# acceleration: \(Self.plain(scale.acceleration)) LSB/g, range \(accelerationRange) g\(end)")
    let angularVelocity =
      angularVelocityRange.map { "\(Self.plain(scale.angularVelocity)) LSB/dps, range \($0) dps" } ?? Self.none
    lines.append("# angular-velocity: \(angularVelocity)")
    if accelerometer != .identity { lines.append("# \(CommandWord.accelerometer.rawValue): \(accelerometer.text)") }
    lines.append("# axes: \(Self.axes)")
    lines += settings.map { "# \(TraceSetting.prefix)\($0.key): \($0.value)" }
    if let continues { lines.append("# \(TraceJoint.key): \(continues.text)") }
    if let origin { lines.append("# origin: \(origin)") }
    lines.append("# SPDX-License-Identifier: CC0-1.0")
    lines.append(Self.columns)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func plain(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e9 ? String(Int(value)) : String(value)
  }
}

/// Gathers the header lines of a trace until its row of column names.
struct TraceHeaderReader {
  private let source: String
  private var values: [String: (text: String, line: Int)] = [:]

  init(source: String) { self.source = source }

  /// Takes a line that begins with `#`, and is neither the first one nor a command.
  mutating func take(_ line: String, number: Int) throws(InputError) {
    let text = line.drop { $0 == "#" || $0 == " " }
    // A line without a key is a remark.
    guard let colon = text.firstIndex(of: ":") else { return }
    let key = String(text[..<colon])
    guard values[key] == nil, key != "posture-trace" else {
      // A key of somebody else's may be of any characters.
      let quoted = InputError.quote(key)
      throw InputError(
        source: source, line: number, key: quoted == "'\(key)'" ? key : quoted, found: "it again", expected: "it once")
    }
    values[key] = (String(text[text.index(after: colon)...].drop { $0 == " " }), number)
  }

  func header() throws(InputError) -> TraceHeader {
    let acceleration = try scale("acceleration", "16384 LSB/g, range 2 g", "LSB/g", "g")
    let hasGyroscope = values["angular-velocity"]?.text != TraceHeader.none
    let angularVelocity =
      hasGyroscope ? try scale("angular-velocity", "131 LSB/dps, range 250 dps", "LSB/dps", "dps") : nil
    let rate: Double = try required("rate", "100 Hz") { text in
      guard let rate = Quantity(text), rate.unit == "Hz", (1e-3...1e6).contains(rate.value) else { return nil }
      return rate.value
    }
    let accelerometer: AccelerometerCalibration =
      values[CommandWord.accelerometer.rawValue] == nil
      ? .identity
      : try required(CommandWord.accelerometer.rawValue, AccelerometerCalibration.example) {
        AccelerometerCalibration(text: $0)
      }
    var header = TraceHeader(
      title: values["title"]?.text, shows: values["shows"]?.text, sensor: try required("sensor", "MPU-6050", { $0 }),
      rate: rate,
      scale: SensorScale(
        acceleration: acceleration.lsb, angularVelocity: angularVelocity?.lsb ?? 1, accelerationEnd: acceleration.end),
      accelerationRange: acceleration.range, angularVelocityRange: angularVelocity?.range,
      accelerometer: accelerometer, origin: values["origin"]?.text)
    if values[TraceJoint.key] != nil {
      header.continues = try required(TraceJoint.key, TraceJoint.example) { TraceJoint(text: $0) }
    }
    header.settings = try settings()
    return header
  }

  /// In the order of their lines.
  private func settings() throws(InputError) -> [TraceSetting] {
    var settings: [(line: Int, setting: TraceSetting)] = []
    for (key, value) in values where key.hasPrefix(TraceSetting.prefix) {
      let name = String(key.dropFirst(TraceSetting.prefix.count))
      settings.append(
        (value.line, try TraceSetting(name, value.text, whileRunning: false, source: source, line: value.line)))
    }
    return settings.sorted { $0.line < $1.line }.map(\.setting)
  }

  private func required<Value>(
    _ key: String, _ example: String, _ read: (String) -> Value?
  ) throws(InputError) -> Value {
    guard let value = values[key] else {
      throw InputError(
        source: source, key: key, found: "none in the header", expected: "a line '# \(key): ...', such as '\(example)'")
    }
    guard let result = read(value.text) else {
      throw InputError(
        source: source, line: value.line, key: key, found: InputError.quote(value.text),
        expected: "such as '\(example)'")
    }
    return result
  }

  private func scale(
    _ key: String, _ example: String, _ lsbUnit: String, _ rangeUnit: String
  ) throws(InputError) -> (lsb: Double, range: Int, end: Int16) {
    try required(key, example) { text -> (lsb: Double, range: Int, end: Int16)? in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count == 2 || parts.count == 3 && key == "acceleration", parts[1].hasPrefix(" range "),
        let lsb = Quantity(String(parts[0])), lsb.unit == lsbUnit, (1e-3...1e9).contains(lsb.value),
        let range = Quantity(String(parts[1].dropFirst(" range ".count))),
        range.unit == rangeUnit, (1...100_000).contains(range.value),
        range.value == range.value.rounded()
      else { return nil }
      guard parts.count == 3 else { return (lsb.value, Int(range.value), .max) }
      guard parts[2].hasPrefix(" end "), let end = Int16(parts[2].dropFirst(" end ".count)), end > 0 else { return nil }
      return (lsb.value, Int(range.value), end)
    }
  }
}
