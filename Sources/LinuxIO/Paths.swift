// SPDX-License-Identifier: MIT
import Glibc

/// The paths that match a pattern of `glob(7)`, in the order of the alphabet; none where a directory is missing.
func paths(matching pattern: String) throws(SystemError) -> [String] {
  var found = unsafe glob_t()
  defer { unsafe globfree(&found) }
  // It stops where the function says so: at a directory that cannot be read, though it is there.
  let result = unsafe glob(pattern, 0, { _, number in number == ENOENT || number == ENOTDIR ? 0 : 1 }, &found)
  if result == GLOB_NOMATCH { return [] }
  guard result == 0 else { throw SystemError(call: "list \(pattern)", number: EIO) }
  return unsafe (0..<Int(found.gl_pathc)).compactMap { index in
    unsafe found.gl_pathv[index].map { unsafe String(cString: $0) }
  }
}

/// Files by where they lie.
package enum Paths {
  /// The files of a directory whose names end so, in the order of the alphabet; none where there is no such directory.
  package static func files(in directory: String, endingIn suffix: String) throws(SystemError) -> [String] {
    try paths(matching: "\(escaped(directory))/*\(suffix)")
  }

  /// The files whose paths begin so, in the order of the alphabet.
  package static func files(beginningWith path: String) throws(SystemError) -> [String] {
    try paths(matching: "\(escaped(path))*")
  }

  private static func escaped(_ path: String) -> String {
    // What glob(7) takes for more than itself.
    let special: Set<Character> = ["*", "?", "[", "]", "\\"]
    return path.map { special.contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  /// Where this program lies; nil where the system does not say.
  package static var program: String? {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe buffer.baseAddress.map { unsafe readlink("/proc/self/exe", $0, buffer.count) } ?? -1
    }
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}
