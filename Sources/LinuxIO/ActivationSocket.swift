// SPDX-License-Identifier: MIT
import Glibc

/// The listening socket that a service manager has made and hands over (sd_listen_fds(3)): `LISTEN_FDS` descriptors from
/// 3 on, for the process that `LISTEN_PID` names.
package enum ActivationSocket {
  /// SD_LISTEN_FDS_START.
  private static let first: Int32 = 3

  /// What is wrong with what was handed over.
  package struct Mismatch: Error, Equatable {
    package let message: String
  }

  /// The descriptor, which no child gets; nil where none was handed to this process.
  ///
  /// The variables are gone afterwards, so that no child takes them for its own. Nothing else may look at the
  /// environment meanwhile.
  package static func take() throws(Mismatch) -> Int32? {
    let (process, count) = (Environment.value("LISTEN_PID"), Environment.value("LISTEN_FDS"))
    for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsafe unsetenv(name) }
    guard let count, let process, process == String(getpid()) else { return nil }
    guard count == "1" else {
      throw Mismatch(message: "found \(count) sockets from the service manager, expected one")
    }
    guard fcntl(first, F_SETFD, FD_CLOEXEC) == 0 else {
      throw Mismatch(message: "found no descriptor \(first), expected a socket from the service manager")
    }
    guard option(SO_DOMAIN) == AF_UNIX, option(SO_TYPE) == Int32(SOCK_STREAM.rawValue), option(SO_ACCEPTCONN) == 1
    else {
      throw Mismatch(message: "found something else from the service manager, expected a listening Unix stream socket")
    }
    return first
  }

  /// Nil for what is no socket.
  private static func option(_ name: Int32) -> Int32? {
    var value: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return unsafe getsockopt(first, SOL_SOCKET, name, &value, &size) == 0 ? value : nil
  }
}
