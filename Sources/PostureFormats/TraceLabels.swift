// SPDX-License-Identifier: MIT
import PostureCore

/// What people say of a trace: spans of its time with a word each, in a text file beside it.
///
/// The first line is `# posture-labels: 1`, a row of column names stands before the rows, and what begins with `#` is
/// for people. Spans may overlap, and reach beyond the trace.
package struct TraceLabels: Sendable, Equatable {
  /// A span of the trace's own time, and what is said of it.
  package struct Label: Sendable, Equatable {
    package let start: Timestamp
    package let end: Timestamp
    package let word: LabelWord

    /// - Parameter end: not before the start.
    package init(_ word: LabelWord, from start: Timestamp, to end: Timestamp) {
      precondition(start <= end, "a label ends where it begins, or later")
      self.start = start
      self.end = end
      self.word = word
    }
  }

  /// A mark a minute for two months; more has another origin than people.
  package static let most = 100_000
  /// Bytes: so many labels with the longest words and a remark on every other line.
  package static let longestFile = 16 << 20
  package static let columns = "start_us,end_us,word"
  package static var firstLine: String { "# posture-labels: \(Version.labels)" }
  private static let nameEnd = ".labels"

  /// In the order of their starts.
  package private(set) var labels: [Label]

  package init(_ labels: [Label] = []) {
    // A sort need not keep the order of those that start together.
    self.labels = labels.enumerated().sorted {
      ($0.element.start.microseconds, $0.offset) < ($1.element.start.microseconds, $1.offset)
    }.map(\.element)
  }

  /// Where the labels of a trace are: `day.trace` has `day.labels`, and so has `day.csv`.
  package static func path(beside trace: String) -> String {
    let name = trace.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return trace + nameEnd }
    return trace.dropLast(name.distance(from: dot, to: name.endIndex)) + nameEnd
  }

  package func spans(_ word: LabelWord) -> [Label] { labels.filter { $0.word == word } }

  /// - Parameter remark: a line for people after the first one.
  package func text(remark: String? = nil) -> String {
    let head = [Self.firstLine] + (remark.map { ["# \($0)"] } ?? []) + [Self.columns]
    let rows = labels.map { "\($0.start.microseconds),\($0.end.microseconds),\($0.word.text)" }
    return (head + rows).joined(separator: "\n") + "\n"
  }

  /// Reads a whole file.
  ///
  /// - Parameter source: its name, for errors.
  package init(_ bytes: [UInt8], source: String) throws(InputError) {
    guard bytes.count <= Self.longestFile else {
      throw InputError(
        source: source, found: "more than \(Self.longestFile) bytes", expected: "a file of at most \(Self.most) labels")
    }
    var labels: [Label] = []
    var hasColumns = false
    // A carriage return and a newline are one Character to Swift.
    let lines = String(decoding: bytes, as: UTF8.self).split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r\n"
    }
    for (index, line) in lines.enumerated() {
      let number = index + 1
      func error(_ expected: String) -> InputError {
        InputError(
          source: source, line: number, found: line.isEmpty ? "an empty line" : InputError.quote(line),
          expected: expected)
      }
      if index == 0 {
        guard line == Self.firstLine else { throw error("'\(Self.firstLine)' as the first line") }
        continue
      }
      // After the last newline there is nothing.
      if line.hasPrefix("#") || (line.isEmpty && number == lines.count) { continue }
      guard hasColumns else {
        guard line == Self.columns else { throw error("the row of column names '\(Self.columns)'") }
        hasColumns = true
        continue
      }
      guard labels.count < Self.most else { throw error("at most \(Self.most) labels") }
      labels.append(try Self.label(line, source: source, line: number))
    }
    guard hasColumns else {
      throw InputError(
        source: source, line: lines.count, found: "the end of the file",
        expected: "the row of column names '\(Self.columns)'")
    }
    self.init(labels)
  }

  private static func label(_ line: Substring, source: String, line number: Int) throws(InputError) -> Label {
    func error(_ column: Int?, _ found: String, _ expected: String) -> InputError {
      InputError(
        source: source, line: number, key: column.map { String(columns.split(separator: ",")[$0]) }, found: found,
        expected: expected)
    }
    let fields = line.split(separator: ",", omittingEmptySubsequences: false)
    guard fields.count == 3 else {
      let found = line.isEmpty ? "an empty line" : "\(fields.count) fields in \(InputError.quote(line))"
      throw error(nil, found, "the 3 fields \(columns)")
    }
    func time(_ column: Int) throws(InputError) -> Timestamp {
      guard let time = Decimal.whole(fields[column]), Double(time).magnitude < TraceReader.endOfTime else {
        throw error(column, InputError.quote(fields[column]), "a whole number of microseconds")
      }
      return Timestamp(microseconds: time)
    }
    let (start, end) = (try time(0), try time(1))
    guard start <= end else {
      throw error(1, InputError.quote(fields[1]), "at least start_us, which is \(start.microseconds)")
    }
    guard let word = LabelWord(fields[2]) else { throw error(2, InputError.quote(fields[2]), LabelWord.expected) }
    return Label(word, from: start, to: end)
  }
}
