// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import TestSupport
import Testing

extension TemporaryDirectory {
  /// A link in the directory, to play a device that is something else.
  func link(_ name: String, to target: String) { symlink(target, file(name)) }

  /// The first line of a file: an attribute of sysfs holds no more, and takes every write from its start.
  func line(_ name: String) throws -> String {
    String(try contents(of: file(name)).prefix { $0 != "\n" })
  }
}

/// The ends of a new pipe; reading does not wait.
struct Pipe: ~Copyable {
  let reading: FileDescriptor
  let writing: FileDescriptor

  init() {
    var ends: [Int32] = [0, 0]
    precondition(pipe(&ends) == 0 && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0)
    reading = FileDescriptor(owning: ends[0])
    writing = FileDescriptor(owning: ends[1])
  }
}

/// A Unix socket bound by the test itself, without the code under test.
final class BoundSocket {
  let raw: Int32

  /// - Parameter name: a path, or an abstract name after a zero byte.
  init(_ type: __socket_type, name: String) {
    raw = socket(AF_UNIX, Int32(type.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name.utf8) }
    let length = socklen_t(2 + name.utf8.count + (name.hasPrefix("\0") ? 0 : 1))
    let bound = withUnsafeBytes(of: address) {
      bind(raw, $0.baseAddress!.assumingMemoryBound(to: sockaddr.self), length)
    }
    precondition(bound == 0, "bind: \(SystemError.text(of: errno))")
    if type == SOCK_STREAM { precondition(listen(raw, 4) == 0) }
  }

  deinit { close(raw) }

  /// The next caller; one must be waiting.
  func accept() -> FileDescriptor { FileDescriptor(owning: Glibc.accept(raw, nil, nil)) }

  /// The next datagram or nil where none is waiting.
  func receive() -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = recv(raw, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }
}

extension FileDescriptor {
  func write(text: String) throws { try write(Array(text.utf8).span) }

  /// At most 4096 bytes, as text.
  func readText() throws -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    var span = buffer.mutableSpan
    let count = try read(into: &span)
    return String(decoding: buffer[..<count], as: UTF8.self)
  }
}

func contents(of path: String) throws -> String {
  var reader = try FileReader(path: path)
  return String(decoding: try reader.read(atMost: 1 << 24), as: UTF8.self)
}

/// Whether the tests run under the address or the thread sanitizer.
let isSanitized = dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil
