// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import PostureFormats
import Testing

/// A client of the status socket on plain system calls; every wait is bounded.
final class Client {
  enum Failure: Error {
    case cannotConnect(Int32)
    case timedOut
    case unfinishedLine(String)
  }

  private let raw: Int32
  private var received: [UInt8] = []

  init(_ path: String) throws {
    raw = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var timeout = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(raw, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafeBytes(of: address) {
      connect(raw, $0.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
    let number = errno
    guard result == 0 else { throw Failure.cannotConnect(number) }
  }

  /// Connects and takes the greeting.
  static func greeted(_ path: String) throws -> Client {
    let client = try Client(path)
    #expect(try client.line() == JSONLine.encode(VersionMessage()))
    return client
  }

  deinit { close(raw) }

  /// False where the other end has hung up, or takes nothing for a minute.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.send(raw, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Sends no more, and still reads.
  func finish() { shutdown(raw, Int32(SHUT_WR)) }

  /// The next line; nil at the end of the stream. Checks what holds for every line of the protocol.
  func line(within milliseconds: Int64 = 60_000) throws -> String? {
    let deadline = SystemClock().now() + milliseconds * 1000
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: received[..<end], as: UTF8.self)
        received.removeFirst(end + 1)
        #expect(line.hasPrefix("{\"class\":\"") && line.hasSuffix("}"), "\(line)")
        // Inside of a string a quotation mark is escaped.
        #expect(!line.replacing("\\\"", with: "").contains("\":null"), "\(line)")
        return line
      }
      guard try receive(until: deadline) else {
        guard received.isEmpty else { throw Failure.unfinishedLine(String(decoding: received, as: UTF8.self)) }
        return nil
      }
    }
  }

  /// All lines up to the end of the stream.
  func remainingLines() throws -> [String] {
    var lines: [String] = []
    while let line = try line() { lines.append(line) }
    return lines
  }

  /// Sends a request and takes one line.
  func ask(_ request: String) throws -> String {
    send(request + "\n")
    return try #require(try line(), "closed after \(request)")
  }

  func ask<M: Message>(_ request: String, for type: M.Type) throws -> M {
    let answer = try ask(request)
    return try #require(JSONLine.decode(type, from: answer), "\(answer)")
  }

  /// The next line, which is of that class.
  func message<M: Message>(_ type: M.Type) throws -> M {
    let line = try #require(try line())
    return try #require(JSONLine.decode(type, from: line), "\(line)")
  }

  func status() throws -> StatusMessage { try ask("status", for: StatusMessage.self) }

  /// Whether nothing more has come for so long.
  func isSilent(for milliseconds: Int64) throws -> Bool {
    do {
      _ = try line(within: milliseconds)
      return false
    } catch Failure.timedOut { return true }
  }

  /// False at the end of the stream.
  private func receive(until deadline: Int64) throws -> Bool {
    var waited = pollfd(fd: raw, events: Int16(POLLIN), revents: 0)
    let left = max(0, (deadline - SystemClock().now() + 999) / 1000)
    let ready = poll(&waited, 1, Int32(left))
    if ready < 0 && errno == EINTR { return true }
    guard ready > 0 else { throw Failure.timedOut }
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = recv(raw, &chunk, chunk.count, 0)
    // A server that closes with requests unread resets the connection (af_unix.c, unix_release_sock).
    guard count > 0 else { return false }
    received += chunk[..<count]
    return true
  }
}
