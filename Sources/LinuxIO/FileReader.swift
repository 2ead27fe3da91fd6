// SPDX-License-Identifier: MIT
import Glibc

/// Reads a file, or standard input, piece by piece.
package struct FileReader: ~Copyable, Sendable {
  /// For messages: the path, or `standard input`.
  package let name: String
  private let descriptor: FileDescriptor

  /// - Parameter path: `-` is standard input.
  package init(path: String) throws(SystemError) {
    descriptor = try Self.open(path)
    name = path == "-" ? "standard input" : path
  }

  /// Opening a directory succeeds, reading it would not: it is refused here.
  private static func open(_ path: String) throws(SystemError) -> FileDescriptor {
    if path == "-" { return try FileDescriptor.duplicate(STDIN_FILENO) }
    let descriptor = try FileDescriptor.open(path: path, flags: O_RDONLY | O_NOCTTY)
    var status = stat()
    guard unsafe fstat(descriptor.raw, &status) == 0 else { throw .last("look at \(path)") }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw SystemError(call: "open \(path)", number: EISDIR) }
    return descriptor
  }

  /// Reads the next piece: what is there, at most as many bytes as the span holds.
  /// - Returns: how many bytes; 0 at the end.
  package mutating func read(into bytes: inout MutableSpan<UInt8>) throws(SystemError) -> Int {
    do throws(SystemError) {
      return try descriptor.read(into: &bytes)
    } catch {
      throw SystemError(call: "read \(name)", number: error.number)
    }
  }

  /// What is left, but at most so many bytes.
  package mutating func read(atMost limit: Int) throws(SystemError) -> [UInt8] {
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    while all.count < limit {
      var span = chunk.mutableSpan
      let count = try read(into: &span)
      if count == 0 { break }
      all += chunk[..<min(count, limit - all.count)]
    }
    return all
  }
}
