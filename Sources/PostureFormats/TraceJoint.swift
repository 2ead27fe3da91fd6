// SPDX-License-Identifier: MIT
import PostureCore

/// Where a piece of a recording goes on from the one before: it begins with the end of that, so that it can be replayed
/// alone too, and after its repeated rows come the new ones.
package struct TraceJoint: Sendable, Equatable {
  static let key = "continues"
  static let example = "postured-2026-01-31T080000Z-01.trace after 5000000 us"

  /// File name of the one before.
  package var name: String
  /// Time of the last row that is repeated, in microseconds from the first row of this one.
  package var after: Int64

  package init(name: String, after: Int64) {
    self.name = name
    self.after = after
  }

  init?(text: String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 4, !words[0].isEmpty, words[1] == "after", words[3] == "us",
      let after = Int64(words[2]), after >= 0, Double(after) < TraceReader.endOfTime
    else { return nil }
    self.init(name: String(words[0]), after: after)
  }

  var text: String { "\(name) after \(after) us" }
}

/// The rows of a piece that follows another: those that are repeated left out, the rest at the times of the one before.
struct TraceContinuation {
  /// Of the one before.
  let source: String
  /// The last sample of that, at the time at which it was told.
  let last: RawSample
  private var after: Int64 = .max
  private var hasJoined = false

  init(_ source: String, _ last: RawSample) {
    self.source = source
    self.last = last
  }

  private var name: String { String(source.split(separator: "/").last ?? "") }

  /// Looks at what the header says.
  mutating func begin(with joint: TraceJoint?, _ reader: TraceReader) throws(InputError) {
    guard let joint, joint.name == name else {
      throw reader.error(
        reader.line, key: TraceJoint.key,
        found: joint.map { InputError.quote($0.name) } ?? "none in the header, which begins another recording",
        expected: "\(InputError.quote(name)), the recording before it")
    }
    after = joint.after
  }

  /// From the times of this piece to those of the one before, in microseconds.
  var shift: Int64 { last.time.microseconds - after }

  /// Whether the row is one of those that are repeated.
  mutating func repeats(_ raw: RawSample, _ reader: TraceReader) throws(InputError) -> Bool {
    let time = raw.time.microseconds
    if time < after { return true }
    if time == after { hasJoined = hasSameNumbers(raw) }
    guard hasJoined else {
      throw reader.error(
        reader.line, found: "another row than the one with which \(source) ends",
        expected: "the whole recording before it")
    }
    return time == after
  }

  private func hasSameNumbers(_ raw: RawSample) -> Bool {
    raw.ax == last.ax && raw.ay == last.ay && raw.az == last.az && raw.gx == last.gx && raw.gy == last.gy
      && raw.gz == last.gz
  }
}
