// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import TestSupport
import Testing

struct UnixSocketTests {
  private let directory = TemporaryDirectory()
  private var path: String { directory.file("s") }

  private func connecting(_ path: String) -> UnixSocketError? {
    do throws(UnixSocketError) {
      _ = try UnixSocketClient(path: path)
      return nil
    } catch {
      return error
    }
  }

  @Test func linesGoBothWays() throws {
    let listener = BoundSocket(SOCK_STREAM, name: path)
    var client = try UnixSocketClient(path: path)
    let server = listener.accept()
    try client.send(line: "status")
    #expect(try server.readText() == "status\n")

    try server.write(text: "one\ntwo\n\nthr")
    #expect(try client.readLine(timeoutMilliseconds: 60_000) == "one")
    #expect(try client.readLine(timeoutMilliseconds: 0) == "two")
    #expect(try client.readLine(timeoutMilliseconds: 0) == "")
    // A line that is not whole is kept for the next attempt.
    #expect(throws: UnixSocketError.timedOut) { try client.readLine(timeoutMilliseconds: 20) }
    try server.write(text: "ee\n")
    #expect(try client.readLine(timeoutMilliseconds: nil) == "three")
  }

  @Test func theEndOfTheStreamIsNil() throws {
    let listener = BoundSocket(SOCK_STREAM, name: path)
    var client = try UnixSocketClient(path: path)
    try listener.accept().write(text: "bye\n")
    #expect(try client.readLine(timeoutMilliseconds: 60_000) == "bye")
    #expect(try client.readLine(timeoutMilliseconds: 60_000) == nil)
    #expect(try client.readLine(timeoutMilliseconds: 60_000) == nil)
  }

  @Test func anEndInsideALineIsAnError() throws {
    let listener = BoundSocket(SOCK_STREAM, name: path)
    var client = try UnixSocketClient(path: path)
    try listener.accept().write(text: "{\"version\":")
    #expect(throws: UnixSocketError.disconnected) { try client.readLine(timeoutMilliseconds: 60_000) }
  }

  @Test func sendingToNobodyIsAnErrorAndNoSignal() throws {
    let listener = BoundSocket(SOCK_STREAM, name: path)
    var client = try UnixSocketClient(path: path)
    _ = listener.accept()
    #expect(throws: UnixSocketError.disconnected) { try client.send(line: "status") }
  }

  @Test func aLineHasALimit() throws {
    let listener = BoundSocket(SOCK_STREAM, name: path)
    var client = try UnixSocketClient(path: path)
    let server = listener.accept()
    let longest = String(repeating: "x", count: UnixSocketClient.lineLimit)
    let writer = try RealtimeThread(name: "flood", priority: nil) {
      // It ends by an error, once the client has had enough and hung up.
      do { try server.write(text: longest + "\n" + longest + "x\n") } catch {}
    }
    #expect(try client.readLine(timeoutMilliseconds: 60_000) == longest)
    #expect(throws: UnixSocketError.lineTooLong(limit: 1 << 20)) { try client.readLine(timeoutMilliseconds: 60_000) }
    _ = consume client
    writer.join()
  }

  @Test func causesOfAFailedConnectionAreToldApart() throws {
    #expect(connecting(path) == .notFound(path: path))
    #expect(connecting(path)?.message == "\(path) does not exist: is postured running?")
    _ = BoundSocket(SOCK_STREAM, name: path)
    #expect(connecting(path) == .refused(path: path))
    #expect(UnixSocketError.notPermitted(path: path).message.contains("group of the socket"))
  }

  @Test func thePathHasALimit() throws {
    let longest = directory.file(String(repeating: "x", count: 107 - directory.path.utf8.count - 1))
    #expect(longest.utf8.count == UnixSocketPath.maximumLength)
    #expect(connecting(longest) == .notFound(path: longest))
    #expect(connecting(longest + "x") == .unusablePath(longest + "x"))
    #expect(connecting("") == .unusablePath(""))
    let listener = BoundSocket(SOCK_STREAM, name: longest)
    #expect(connecting(longest) == nil)
    _ = listener
  }

  @Test func aDeadSocketIsToldFromALiveOne() throws {
    #expect(try UnixSocketPath.probe(path) == .absent)
    do {
      let listener = BoundSocket(SOCK_STREAM, name: path)
      #expect(try UnixSocketPath.probe(path) == .alive)
      // The queue of callers fills up; the listener is alive all the same.
      for _ in 0..<8 { #expect(try UnixSocketPath.probe(path) == .alive) }
      _ = listener
    }
    #expect(try UnixSocketPath.probe(path) == .dead)
    #expect(try UnixSocketPath.probe("/etc/passwd") == .notASocket)
    directory.link("link", to: path)
    #expect(try UnixSocketPath.probe(directory.file("link")) == .notASocket)
    let other = BoundSocket(SOCK_DGRAM, name: directory.file("datagrams"))
    #expect(try UnixSocketPath.probe(directory.file("datagrams")) == .alive)
    _ = other
  }
}
