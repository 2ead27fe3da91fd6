// SPDX-License-Identifier: MIT
import Foundation
import TestSupport
import Testing

/// Whose the socket is, and what happens to what is in its place.
struct SocketTests {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("s") }

  private func play() throws -> Outcome {
    try postured("--scenario", "brief-lean", "--speed", "max", "--socket", socket)
  }

  @Test(arguments: ["status", "watch", "calibrate", "why"]) func noDaemonIs69(command: String) throws {
    #expect(
      try posturectl(command, "--socket", socket)
        == Outcome(status: 69, output: "", errors: "posturectl: \(socket) does not exist: is postured running?\n"))
  }

  @Test func ofTheVersionsOneIsKnownWithoutADaemon() throws {
    let outcome = try posturectl("version", "--socket", socket)
    #expect(outcome.output.hasPrefix("posturectl "))
    #expect(outcome.output.hasSuffix("\nno daemon on \(socket)\n"))
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
    #expect(try posturectl("version", "--json", "--socket", socket).status == 69)
  }

  @Test func aDeadSocketIsToldAndReplaced() throws {
    let first = try daemon(socket, "--simulate")
    first.signal(SIGKILL)
    #expect(try first.wait().status == -SIGKILL)
    #expect(exists(socket))
    #expect(
      try posturectl("status", "--socket", socket)
        == Outcome(
          status: 69, output: "", errors: "posturectl: nobody answers at \(socket): postured has stopped\n"))
    #expect(try play().status == 0)
    #expect(!exists(socket))
  }

  @Test func anotherFileIsNotReplaced() throws {
    _ = try directory.write("mine", to: "s")
    let outcome = try play()
    #expect(outcome.status == 78)
    #expect(outcome.errors.hasSuffix("postured: socket.path: \(socket) exists and is no socket\n"))
    #expect(try contents(of: socket) == "mine")
  }

  @Test func aLiveDaemonGoesOnAndTheSecondRefuses() throws {
    let first = try daemon(socket, "--simulate")
    let second = try play()
    #expect(second.status == 69)
    #expect(second.errors.hasSuffix("postured: socket.path: another postured answers on \(socket)\n"))
    #expect(first.isRunning)
    #expect(try posturectl("status", "--socket", socket).status == 0)
  }

  @Test func theSecondDaemonLeavesTheRecordingOfTheFirstAlone() throws {
    let record = directory.file("r")
    let first = try daemon(socket, "--simulate", "--record", record)
    try waitUntil("samples") { try first.errors.contains(" sampling\n") }
    let second = try postured("--simulate", "--socket", socket, "--record", record)
    #expect([69, 73].contains(second.status))
    first.signal(SIGTERM)
    #expect(try first.wait().status == 0)
    #expect(try posturectl("replay", record).status == 0)
  }

  @Test func aDirectoryThatIsNotThereIs73() throws {
    let path = directory.file("no/s")
    let outcome = try postured("--simulate", "--socket", path)
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("postured: socket.path: cannot listen on \(path): "))
    #expect(outcome.errors.contains("No such file or directory"))
    #expect(!outcome.errors.contains("descriptor:ptr:"))
  }

  @Test func aPathTooLongIsRefused() throws {
    let longest = "/" + String(repeating: "x", count: 101)
    let long = longest + "x"
    #expect(
      try postured("--simulate", "--socket", long)
        == Outcome(status: 64, output: "", errors: "postured: --socket: found a path of 103 bytes, expected 1 to 102\n")
    )
    #expect(try postured("--check", "--socket", longest).status == 0)
    let file = try directory.write("socket.path: \(long)\n", to: "c")
    let outcome = try postured("--check", "--config", file)
    #expect(outcome.status == 78)
    #expect(outcome.errors.hasSuffix("expected an absolute path of at most 102 bytes\n"))
    #expect(try posturectl("status", "--socket", long + "x").status == 69)
  }

  @Test func aGroupThatDoesNotExistIs78() throws {
    let file = try directory.write("socket.group: no-such-group\n", to: "c")
    let outcome = try postured("--simulate", "--config", file, "--socket", socket)
    #expect(outcome.status == 78)
    #expect(outcome.errors.hasSuffix("postured: socket.group: there is no group 'no-such-group'\n"))
    #expect(directory.names == ["c"])
  }

  @Test func theSocketHasItsMode() throws {
    let file = try directory.write("socket.mode: 0600\n", to: "c")
    let running = try daemon(socket, "--simulate", "--config", file)
    let mode = try FileManager.default.attributesOfItem(atPath: socket)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(directory.names == ["c", "s"])
    #expect(running.isRunning)
  }
}
