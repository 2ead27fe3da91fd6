// SPDX-License-Identifier: MIT
import PostureCore

/// Rows, their fields, and what is said of one that is wrong.
extension TraceReader {
  static var expectedFirstLine: String {
    "'# posture-trace: \(Version.trace)' or '\(TraceHeader.plainColumns)' as the first line"
  }

  func error(_ line: Int, key: String? = nil, found: String, expected: String) -> InputError {
    InputError(source: source, line: line, key: key, found: found, expected: expected)
  }

  mutating func rawRow(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) throws(InputError) -> RawSample {
    let fields = try fields(of: TraceHeader.columns, bytes, range)
    let time = try time(bytes, fields[0], TraceHeader.columns)
    var values = InlineArray<6, Int16>(repeating: 0)
    for index in 0..<6 {
      guard let value = Decimal.integer(bytes, fields[index + 1]), let value = Int16(exactly: value) else {
        throw fieldError(bytes, fields[index + 1], TraceHeader.columns, index + 1, "a whole number in -32768...32767")
      }
      values[index] = value
    }
    samples += 1
    return RawSample(
      time: time, ax: values[0], ay: values[1], az: values[2], gx: values[3], gy: values[4], gz: values[5])
  }

  mutating func plainRow(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>
  ) throws(InputError) -> InertialSample {
    let fields = try fields(of: TraceHeader.plainColumns, bytes, range)
    let time = try time(bytes, fields[0], TraceHeader.plainColumns)
    var values = InlineArray<6, Double>(repeating: 0)
    for index in 0..<6 {
      guard let value = Decimal.real(bytes, fields[index + 1]), value.magnitude <= Self.largestValue else {
        let expected = "a number in -\(Int(Self.largestValue))...\(Int(Self.largestValue))"
        throw fieldError(bytes, fields[index + 1], TraceHeader.plainColumns, index + 1, expected)
      }
      values[index] = value
    }
    samples += 1
    return InertialSample(
      time: time, acceleration: Acceleration(values[0], values[1], values[2]),
      angularVelocity: AngularVelocity(values[3], values[4], values[5]))
  }

  mutating func foreignRow(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ layout: CSVLayout
  ) throws(InputError) -> InertialSample {
    let sample = try layout.sample(bytes, range, source: source, line: line)
    if let lastTime, sample.time.microseconds <= lastTime {
      throw error(
        line, key: layout.columns[0].name, found: "\(sample.time.microseconds) us",
        expected: "a time after that of the row before, \(lastTime) us")
    }
    lastTime = sample.time.microseconds
    samples += 1
    return sample
  }

  private mutating func time(
    _ bytes: borrowing Span<UInt8>, _ field: Range<Int>, _ columns: String
  ) throws(InputError) -> Timestamp {
    guard let time = Decimal.integer(bytes, field), Double(time).magnitude < Self.endOfTime else {
      throw fieldError(bytes, field, columns, 0, "a whole number of microseconds")
    }
    if let lastTime, time <= lastTime {
      throw fieldError(bytes, field, columns, 0, "a time after that of the row before, \(lastTime)")
    }
    lastTime = time
    return Timestamp(microseconds: time)
  }

  /// The seven fields of a row.
  func fields(
    of columns: String, _ bytes: borrowing Span<UInt8>, _ range: Range<Int>
  ) throws(InputError) -> InlineArray<7, Range<Int>> {
    var fields = InlineArray<7, Range<Int>>(repeating: 0..<0)
    var count = 0
    var start = range.lowerBound
    for index in range.lowerBound...range.upperBound
    where index == range.upperBound || bytes[index] == UInt8(ascii: ",") {
      if count < 7 { fields[count] = start..<index }
      count += 1
      start = index + 1
    }
    guard count == 7, !range.isEmpty else {
      let found =
        range.isEmpty ? "an empty line" : "\(count) fields in \(InputError.quote(Decimal.string(bytes, range)))"
      throw error(line, found: found, expected: "the 7 fields \(columns)")
    }
    return fields
  }

  func fieldError(
    _ bytes: borrowing Span<UInt8>, _ field: Range<Int>, _ columns: String, _ column: Int, _ expected: String
  ) -> InputError {
    let text = Decimal.string(bytes, field)
    return error(
      line, key: String(columns.split(separator: ",")[column]),
      found: text.isEmpty ? "nothing" : InputError.quote(text),
      expected: expected)
  }
}
