// SPDX-License-Identifier: MIT
import Glibc

/// A new directory under /tmp, whose name is short enough for a socket, removed with all that is in it at the end of its
/// life.
package final class TemporaryDirectory: Sendable {
  package let path: String

  package init() {
    var template = Array("/tmp/posture-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("\(Failure(of: "mkdtemp"))") }
    path = String(decoding: template.dropLast().map { UInt8($0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// What is in it, in the order of the alphabet.
  package var names: [String] { Self.names(in: path).sorted() }

  /// A file with that text, and the directories before it.
  ///
  /// - Returns: its path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    let parts = name.split(separator: "/")
    for count in 1..<max(parts.count, 1) { mkdir(file(parts[..<count].joined(separator: "/")), 0o700) }
    guard let stream = fopen(file(name), "we") else { throw Failure(of: file(name)) }
    let bytes = Array(text.utf8)
    let written = fwrite(bytes, 1, bytes.count, stream)
    guard fclose(stream) == 0, written == bytes.count else { throw Failure(of: file(name)) }
    return file(name)
  }

  private struct Failure: Error, CustomStringConvertible {
    let description: String

    init(of path: String) { description = "\(path): \(String(cString: strerror(errno)))" }
  }

  private static func names(in path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  private static func remove(_ path: String) {
    for name in names(in: path) where unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
    rmdir(path)
  }
}
