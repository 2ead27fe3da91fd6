// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// A new file of a trace, compressed or not.
struct TraceFile: ~Copyable {
  private var plain: FileWriter?
  private var compressed: CompressedWriter?
  /// For messages.
  let name: String
  /// Of the trace, before it is compressed.
  private(set) var bytes = 0

  private init(_ plain: consuming FileWriter?, _ compressed: consuming CompressedWriter?, name: String) {
    self.plain = consume plain
    self.compressed = consume compressed
    self.name = name
  }

  // No throwing initializer: see `ReplayRun`.
  static func create(_ path: String, _ compression: RecordCommand.Compression?) throws -> TraceFile {
    let name = path == "-" ? "standard output" : path
    do throws(SystemError) {
      guard let compression else {
        return TraceFile(try FileWriter(path: path, mustBeNew: true), nil, name: name)
      }
      return TraceFile(nil, try CompressedWriter(path: path, through: compression.rawValue), name: name)
    } catch {
      throw ProgramError(.cannotCreate, error.message)
    }
  }

  /// Piece by piece, so that it never waits for the output alone.
  mutating func write(_ text: String, asking daemon: inout Connection, until end: inout RecordingEnd) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let start = SystemClock().now()
      while try !isReady() {
        try end.look(&daemon)
        try end.endure(since: start)
      }
      let piece = rest.prefix(FileWriter.readySize)
      try write(piece.span)
      rest = rest.dropFirst(piece.count)
    }
  }

  private func isReady() throws(FileWriter.Failure) -> Bool {
    let attention = Int32(RecordingEnd.attention)
    if let isReady = try plain?.isReady(within: attention) { return isReady }
    return try compressed?.isReady(within: attention) ?? true
  }

  private mutating func write(_ bytes: borrowing Span<UInt8>) throws(FileWriter.Failure) {
    try plain?.write(bytes)
    try compressed?.write(bytes)
    // Whoever reads along, and a kill, find it there.
    try plain?.flush()
    try compressed?.flush()
    self.bytes += bytes.count
  }

  consuming func close() throws(FileWriter.Failure) {
    try plain.take()?.close()
    try compressed.take()?.close()
  }
}
