// SPDX-License-Identifier: MIT
import Glibc

/// Tells systemd how the service is doing: sd_notify(3) and sd_watchdog_enabled(3), without libsystemd.
///
/// Outside of systemd there is no socket, and every call does nothing. The protocol is one datagram of `NAME=value`
/// lines to the socket in `$NOTIFY_SOCKET`; systemd promises to keep it stable.
package final class ServiceNotifier: Sendable {
  /// Within this time systemd wants a `watchdog()`, in microseconds; nil where it watches nobody, or another process.
  /// Half of it is a good period.
  package let watchdogInterval: Int64?
  private let address: UnixSocketAddress?
  private let descriptor: FileDescriptor?

  /// - Parameters:
  ///   - socket: `$NOTIFY_SOCKET`: a path, or an abstract name after `@`.
  ///   - watchdogMicroseconds: `$WATCHDOG_USEC`.
  ///   - watchdogProcess: `$WATCHDOG_PID`.
  ///   - process: this process.
  /// - Throws: EINVAL for values that systemd would not set, EAFNOSUPPORT for a socket of another family.
  package init(
    socket: String?, watchdogMicroseconds: String?, watchdogProcess: String?, process: Int32 = getpid()
  ) throws(SystemError) {
    watchdogInterval = try Self.interval(watchdogMicroseconds, watchdogProcess, process)
    guard let socket, !socket.isEmpty else {
      address = nil
      descriptor = nil
      return
    }
    guard socket.hasPrefix("/") || socket.hasPrefix("@") else {
      throw SystemError(call: "NOTIFY_SOCKET=\(socket)", number: EAFNOSUPPORT)
    }
    address =
      socket.hasPrefix("@") ? UnixSocketAddress(abstract: String(socket.dropFirst())) : UnixSocketAddress(path: socket)
    guard address != nil else { throw SystemError(call: "NOTIFY_SOCKET=\(socket)", number: EINVAL) }
    descriptor = try FileDescriptor.unixSocket(SOCK_DGRAM)
  }

  /// With the variables that systemd has set.
  package static func fromEnvironment() throws(SystemError) -> ServiceNotifier {
    try ServiceNotifier(
      socket: Environment.value("NOTIFY_SOCKET"), watchdogMicroseconds: Environment.value("WATCHDOG_USEC"),
      watchdogProcess: Environment.value("WATCHDOG_PID"))
  }

  /// The start is over.
  package func ready(status: String) throws(SystemError) { try notify("READY=1\n\(Self.assignment(status))") }

  /// One line for `systemctl status`.
  package func status(_ text: String) throws(SystemError) { try notify(Self.assignment(text)) }

  /// The service is alive; only to be called where that has just been seen.
  package func watchdog() throws(SystemError) { try notify("WATCHDOG=1") }

  /// The service has begun to end.
  package func stopping() throws(SystemError) { try notify("STOPPING=1") }

  private func notify(_ message: String) throws(SystemError) {
    // There are both, or neither.
    guard let address else { return }
    let bytes = Array(message.utf8)
    while true {
      guard address.send(bytes.span, from: descriptor!) < 0 else { return }
      guard errno == EINTR else { throw .last("notify systemd") }
    }
  }

  /// A newline would begin another assignment.
  private static func assignment(_ status: String) -> String {
    "STATUS=" + String(status.map { $0.isNewline ? " " : $0 })
  }

  private static func interval(
    _ microseconds: String?, _ watched: String?, _ process: Int32
  ) throws(SystemError) -> Int64? {
    guard let microseconds else { return nil }
    guard let interval = Int64(microseconds), interval > 0 else {
      throw SystemError(call: "WATCHDOG_USEC=\(microseconds)", number: EINVAL)
    }
    guard let watched else { return interval }
    guard let watched = Int32(watched), watched > 0 else {
      throw SystemError(call: "WATCHDOG_PID=\(watched)", number: EINVAL)
    }
    return watched == process ? interval : nil
  }
}
