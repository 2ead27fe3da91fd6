// SPDX-License-Identifier: MIT
import Glibc

/// A connection to a Unix stream socket over which lines of text go both ways.
package struct UnixSocketClient: ~Copyable {
  /// The most bytes of a line that is read, so that a faulty server cannot fill the memory.
  package static let lineLimit = 1 << 20
  /// How long the other end may take to accept the connection, or to take what is sent, before it counts as stuck.
  package static let sendTimeoutSeconds = 5
  private static let chunk = 16 << 10

  private let descriptor: FileDescriptor
  /// What was received; the bytes before `taken` have been handed out.
  private var received: [UInt8]
  private var taken = 0

  package init(path: String) throws(UnixSocketError) {
    guard let address = UnixSocketAddress(path: path) else { throw .unusablePath(path) }
    let descriptor = try Self.socket()
    // It bounds connecting as well (net/unix/af_unix.c, unix_stream_connect), which waits where the listener's queue is
    // full.
    var timeout = timeval(tv_sec: Self.sendTimeoutSeconds, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    guard unsafe setsockopt(descriptor.raw, SOL_SOCKET, SO_SNDTIMEO, &timeout, size) == 0 else {
      throw .system(.last("set the timeout of \(path)"))
    }
    guard address.connect(descriptor) else { throw UnixSocketError(path: path, number: errno) }
    self.descriptor = descriptor
    received = []
  }

  /// Sends the line and its end.
  /// - Parameter line: without a newline.
  package mutating func send(line: String) throws(UnixSocketError) {
    precondition(!line.utf8.contains(UInt8(ascii: "\n")), "a line has no newline inside")
    let bytes = Array(line.utf8) + [UInt8(ascii: "\n")]
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
        return unsafe Glibc.send(descriptor.raw, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
      }
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        throw Self.failure("send")
      }
    }
  }

  /// The next line, without its newline. Bytes that are no UTF-8 are replaced by U+FFFD.
  /// - Parameter timeoutMilliseconds: for the whole line; nil waits for ever.
  /// - Returns: nil where the other end has closed the connection after a whole line.
  package mutating func readLine(timeoutMilliseconds: Int?) throws(UnixSocketError) -> String? {
    let deadline = timeoutMilliseconds.map { SystemClock().now() + Int64($0) * 1000 }
    var scanned = taken
    while true {
      if let end = received[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { taken = end + 1 }
        guard end - taken <= Self.lineLimit else { throw .lineTooLong(limit: Self.lineLimit) }
        return String(decoding: received[taken..<end], as: UTF8.self)
      }
      guard received.count - taken <= Self.lineLimit else { throw .lineTooLong(limit: Self.lineLimit) }
      received.removeFirst(taken)
      taken = 0
      scanned = received.count
      try waitForInput(until: deadline)
      guard try receive() else {
        guard received.isEmpty else { throw .disconnected }
        return nil
      }
    }
  }

  /// Appends what has arrived; false at the end of the stream.
  private mutating func receive() throws(UnixSocketError) -> Bool {
    let held = received.count
    received.append(contentsOf: repeatElement(0, count: Self.chunk))
    let count = unsafe received.withUnsafeMutableBytes { buffer in
      unsafe recv(descriptor.raw, buffer.baseAddress.map { unsafe $0 + held }, Self.chunk, 0)
    }
    let number = errno
    received.removeLast(Self.chunk - max(0, count))
    guard count < 0 else { return count > 0 }
    guard number == EINTR else { throw Self.failure("receive", number) }
    return true
  }

  private func waitForInput(until deadline: Int64?) throws(UnixSocketError) {
    while true {
      var timeout: Int32 = -1
      if let deadline {
        // Rounded up, so that the last fraction of a millisecond is not spent in a loop.
        let left = (deadline - SystemClock().now() + 999) / 1000
        timeout = Int32(clamping: max(0, left))
      }
      var waited = pollfd(fd: descriptor.raw, events: Int16(POLLIN), revents: 0)
      let ready = unsafe poll(&waited, 1, timeout)
      if ready > 0 { return }
      if ready == 0 { throw .timedOut }
      guard errno == EINTR else { throw Self.failure("poll") }
    }
  }

  private static func socket() throws(UnixSocketError) -> FileDescriptor {
    do throws(SystemError) {
      return try FileDescriptor.unixSocket(SOCK_STREAM)
    } catch {
      throw .system(error)
    }
  }

  private static func failure(_ call: String, _ number: Int32 = errno) -> UnixSocketError {
    switch number {
    case EPIPE, ECONNRESET: .disconnected
    case EAGAIN: .timedOut
    default: .system(SystemError(call: call, number: number))
    }
  }
}
