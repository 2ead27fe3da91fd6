// SPDX-License-Identifier: MIT

/// A row's fields, and what is said of one that is wrong.
extension TraceReader {
  static var expectedFirstLine: String {
    "'# posture-trace: \(Version.trace)' or '\(TraceHeader.plainColumns)' as the first line"
  }

  func error(_ line: Int, key: String? = nil, found: String, expected: String) -> InputError {
    InputError(source: source, line: line, key: key, found: found, expected: expected)
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
