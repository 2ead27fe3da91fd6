// SPDX-License-Identifier: MIT
import PostureCore

/// Writes a trace: header, rows, commands and losses, as text.
///
/// Times are written from the first sample, which is 0: the pipeline looks only at differences.
package struct TraceWriter {
  /// `#! TIME lost N REASON`: so many samples are missing before the next row, or at the end.
  static let lostWord = "lost"
  /// `#! TIME fault NAME`: the sensor failed.
  static let faultWord = "fault"
  /// `#! TIME set KEY: VALUE`: from the next row on it is judged so.
  static let settingWord = "set"
  /// `#! TIME mark WORD`: the wearer said so.
  static let markWord = "mark"

  private var start: Int64?

  package init() {}

  package func header(_ header: TraceHeader) -> [UInt8] { Array(header.text.utf8) }

  /// Appends the measurement's rows, with its command before its sample; a measurement without the chip's integers has
  /// none. A calibration of the accelerometer that comes with the first one stands in the header.
  ///
  /// - Parameters:
  ///   - lost: samples taken and dropped before this one, beside those that `measurement` says are missing.
  ///   - reason: why samples are missing: a word.
  package mutating func append(
    _ measurement: Measurement, lost: UInt64 = 0, reason: String = "late", to text: inout [UInt8]
  ) {
    guard let raw = measurement.raw else { return }
    let isFirst = start == nil
    let start = start ?? raw.time.microseconds
    self.start = start
    let time = raw.time.microseconds - start
    if measurement.missing > 0 { append(time, "\(Self.lostWord) \(measurement.missing) \(reason)", to: &text) }
    append(lost: lost, time, to: &text)
    switch measurement.command {
    // The header has said so.
    case .calibrateAccelerometer where isFirst: break
    case let command?: append(time, command.text, to: &text)
    case nil: break
    }
    Decimal.append(time, to: &text)
    appendField(raw.ax, to: &text)
    appendField(raw.ay, to: &text)
    appendField(raw.az, to: &text)
    appendField(raw.gx, to: &text)
    appendField(raw.gy, to: &text)
    appendField(raw.gz, to: &text)
    text.append(UInt8(ascii: "\n"))
  }

  /// So many samples were dropped, the last of them at that time, and no row comes any more.
  package func append(lost: UInt64, at time: Timestamp, to text: inout [UInt8]) {
    guard let start else { return }
    append(lost: lost, time.microseconds - start, to: &text)
  }

  /// From the sample that is appended next on it is judged so.
  package mutating func append(_ settings: [TraceSetting], at time: Timestamp, to text: inout [UInt8]) {
    // Before the first row the header says it.
    guard let start else { return }
    for setting in settings {
      append(time.microseconds - start, "\(Self.settingWord) \(setting.key): \(setting.value)", to: &text)
    }
  }

  /// The sensor failed; before the first row there is no time yet to say when.
  package func append(fault name: String, at time: Timestamp, to text: inout [UInt8]) {
    guard let start else { return }
    append(time.microseconds - start, "\(Self.faultWord) \(name)", to: &text)
  }

  /// The wearer said something, after the sample of that time.
  package func append(_ mark: TraceMark, to text: inout [UInt8]) {
    guard let start else { return }
    append(mark.time.microseconds - start, mark.text, to: &text)
  }

  private func append(lost: UInt64, _ time: Int64, to text: inout [UInt8]) {
    if lost > 0 { append(time, "\(Self.lostWord) \(lost) dropped", to: &text) }
  }

  private func append(_ time: Int64, _ remark: String, to text: inout [UInt8]) {
    text.append(contentsOf: "#! \(time) \(remark)\n".utf8)
  }

  private func appendField(_ value: Int16, to text: inout [UInt8]) {
    text.append(UInt8(ascii: ","))
    Decimal.append(Int64(value), to: &text)
  }
}
