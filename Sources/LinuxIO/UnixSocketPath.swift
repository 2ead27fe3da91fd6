// SPDX-License-Identifier: MIT
import Glibc

/// What is known about the path of a Unix socket.
package enum UnixSocketPath {
  /// `sun_path` has 108 bytes, one of which ends the text (unix(7)).
  package static let maximumLength = 107

  package enum State: Equatable, Sendable {
    /// There is nothing at the path.
    case absent
    /// A socket that nobody listens on: left behind, and safe to remove.
    case dead
    /// A process listens.
    case alive
    /// A file of another kind, or a link; not ours to remove.
    case notASocket
  }

  /// Looks whether somebody answers at the path, by connecting and hanging up at once.
  ///
  /// Two processes that look at the same time may both see a dead socket: whoever must be alone needs a lock besides.
  package static func probe(_ path: String) throws(SystemError) -> State {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return .absent }
      throw .last("look at \(path)")
    }
    guard status.st_mode & S_IFMT == S_IFSOCK else { return .notASocket }
    guard let address = UnixSocketAddress(path: path) else {
      throw SystemError(call: "connect to \(path)", number: ENAMETOOLONG)
    }
    let descriptor = try FileDescriptor.unixSocket(SOCK_STREAM, nonBlocking: true)
    if address.connect(descriptor) { return .alive }
    switch errno {
    // A full queue of callers, or a listener of another type: somebody is there.
    case EAGAIN, EPROTOTYPE: return .alive
    case ECONNREFUSED: return .dead
    case ENOENT: return .absent
    default: throw .last("connect to \(path)")
    }
  }
}
