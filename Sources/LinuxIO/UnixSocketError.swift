// SPDX-License-Identifier: MIT
import Glibc

/// Why a Unix socket could not be reached, or stopped answering.
package enum UnixSocketError: DescribedError, Equatable, Sendable {
  case notFound(path: String)
  /// The socket file is there, and nobody listens.
  case refused(path: String)
  case notPermitted(path: String)
  /// Empty, or longer than `UnixSocketPath.maximumLength`.
  case unusablePath(String)
  /// No whole line came, or the other end took none, in time.
  case timedOut
  /// The other end sent more than a line may have.
  case lineTooLong(limit: Int)
  /// The other end hung up in the middle of a line, or before it had read ours.
  case disconnected
  case system(SystemError)

  init(path: String, number: Int32) {
    self =
      switch number {
      case ENOENT, ENOTDIR: .notFound(path: path)
      case ECONNREFUSED: .refused(path: path)
      case EACCES, EPERM: .notPermitted(path: path)
      case EAGAIN: .timedOut
      default: .system(SystemError(call: "connect to \(path)", number: number))
      }
  }

  package var message: String {
    switch self {
    case .notFound(let path): "\(path) does not exist: is postured running?"
    case .refused(let path): "nobody answers at \(path): postured has stopped"
    case .notPermitted(let path): "\(path) may not be used: add the user to the group of the socket"
    case .unusablePath(let path):
      "the socket path has \(path.utf8.count) bytes, and may have 1 to \(UnixSocketPath.maximumLength): \(path)"
    case .timedOut: "no answer in time"
    case .lineTooLong(let limit): "the answer has a line of more than \(limit) bytes"
    case .disconnected: "the other end hung up"
    case .system(let error): error.message
    }
  }
}
