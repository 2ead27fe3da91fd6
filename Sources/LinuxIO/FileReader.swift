// SPDX-License-Identifier: MIT
import Glibc

/// Reads a file, or standard input, piece by piece.
package struct FileReader: ~Copyable {
  /// For messages: the path, or `standard input`.
  package let name: String
  private let descriptor: FileDescriptor

  /// - Parameter path: `-` is standard input.
  package init(path: String) throws(SystemError) {
    if path == "-" {
      name = "standard input"
      descriptor = try FileDescriptor.duplicate(STDIN_FILENO)
    } else {
      name = path
      descriptor = try FileDescriptor.open(path: path, flags: O_RDONLY | O_NOCTTY)
    }
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

  /// Everything that is left.
  /// - Parameter limit: in bytes; more is an error, EFBIG.
  package mutating func readAll(limit: Int) throws(SystemError) -> [UInt8] {
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      var span = chunk.mutableSpan
      let count = try read(into: &span)
      if count == 0 { return all }
      all += chunk[..<count]
      guard all.count <= limit else { throw SystemError(call: "read \(name)", number: EFBIG) }
    }
  }
}
