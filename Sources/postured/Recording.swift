// SPDX-License-Identifier: MIT
import LinuxIO
import PostureCore
import PostureFormats

/// A recording that is played as if it were the sensor: the whole of it, and so checked before it begins.
struct Recording {
  /// Between two samples of a recording that is played as it was.
  private static let longestGap = Interval.seconds(86_400)

  let path: String
  /// The line that the recording's end has cut: all before it is played.
  private(set) var cut: CutLine?
  /// Nil for a plain CSV file.
  private(set) var header: TraceHeader?
  private(set) var measurements: [Measurement] = []
  /// Of the settings, after so many samples.
  private(set) var changes: [(sample: Int, settings: [TraceSetting])] = []

  init(_ path: String) throws {
    self.path = path
    var input: FileReader
    do { input = try FileReader(path: path) } catch { throw ProgramError(.noInput, error.message) }
    var reader = TraceReader(source: path == "-" ? "standard input" : path)
    var chunk = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      var space = chunk.mutableSpan
      let count = try input.read(into: &space)
      guard count > 0 else { break }
      try reader.read(chunk.span.extracting(0..<count)) {
        changes.append((measurements.count, $0))
      } _: {
        measurements.append($0)
      }
    }
    try reader.finish { measurements.append($0) }
    header = reader.header
    cut = reader.cut
    for (earlier, later) in zip(measurements, measurements.dropFirst())
    where later.sample.time - earlier.sample.time > Self.longestGap {
      throw InputError(
        source: reader.source, found: "a gap of more than a day after time \(earlier.sample.time.microseconds)",
        expected: "a recording that can be played")
    }
  }
}
