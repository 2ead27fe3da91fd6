// SPDX-License-Identifier: MIT
import LinuxIO
import PostureCore
import PostureFormats
import PostureTuning

/// A recording as a file, which may be read again and again.
struct TraceInput {
  /// Bytes read at once.
  private static let chunk = 256 << 10

  let path: String

  func opening() throws -> TraceOpening {
    var file = try open()
    var chunk = [UInt8](repeating: 0, count: Self.chunk)
    return try TraceOpening(source: path) {
      var space = chunk.mutableSpan
      return Array(chunk[..<(try file.read(into: &space))])
    }
  }

  /// Hands over every sample; returns what the wearer marked.
  ///
  /// - Parameter isNoticed: a cut line is named, on standard error; once is enough for a file that is read again.
  func read(
    noticing isNoticed: Bool,
    changes change: ([TraceSetting]) throws(InputError) -> Void, _ body: (Measurement) throws(InputError) -> Void
  ) throws -> [TraceMark] {
    var file = try open()
    var reader = TraceReader(source: path)
    var chunk = [UInt8](repeating: 0, count: Self.chunk)
    while true {
      var space = chunk.mutableSpan
      let count = try file.read(into: &space)
      guard count > 0 else { break }
      try reader.read(chunk.span.extracting(0..<count), changes: change, body)
    }
    try reader.finish(body)
    if let cut = reader.cut, isNoticed { StandardError.write("posturectl: \(cut.notice)\n") }
    return reader.marks
  }

  private func open() throws -> FileReader {
    guard path != "-" else {
      throw ProgramError(.usage, "found - for standard input, expected a file, which is read more than once")
    }
    do { return try FileReader(path: path) } catch { throw ProgramError(.noInput, error.message) }
  }
}
