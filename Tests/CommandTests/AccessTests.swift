// SPDX-License-Identifier: MIT
import Foundation
import TestSupport
import Testing

/// Other users at the socket, by real processes: for which it takes root.
@Suite(.enabled(if: geteuid() == 0, "only root can be somebody else"))
struct AccessTests {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("s") }

  /// Of every Debian: any user and groups will do that are not the daemon's own.
  private static let nobody = "65534"
  /// The group `daemon`.
  private static let changers = "1"

  init() {
    // For strangers too.
    chmod(directory.path, 0o755)
  }

  /// Runs a copy that everybody may run.
  private func posturectl(_ arguments: [String], groups: String...) throws -> Outcome {
    let copy = directory.file("posturectl")
    if !exists(copy) { try FileManager.default.copyItem(atPath: program("posturectl"), toPath: copy) }
    let become = ["--reuid", Self.nobody, "--regid", Self.nobody]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
    process.arguments =
      become + (groups.isEmpty ? ["--clear-groups"] : ["--groups", groups.joined(separator: ",")]) + [copy] + arguments
      + ["--socket", socket]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    func text(_ pipe: Pipe) -> String {
      String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
    return Outcome(status: process.terminationStatus, output: text(output), errors: text(errors))
  }

  @Test func aStrangerAsksAMemberChangesAndNobodyElseComesIn() throws {
    let config = try directory.write("socket.mode: 0666\nsocket.change-group: daemon\n", to: "c")
    let daemon = try daemon(socket, "--simulate", "--config", config)
    let refusal = "not permitted: user 65534 may ask, but is not in the group daemon\n"
    #expect(try posturectl(["status"]).status == 0)
    #expect(
      try posturectl(["pause"]) == Outcome(status: 77, output: "", errors: "posturectl: pause: \(refusal)"))
    #expect(
      try posturectl(["mode", "tracking"], groups: "2", "3")
        == Outcome(status: 77, output: "", errors: "posturectl: mode: \(refusal)"))
    #expect(try posturectl(["calibrate", "sensor"]).status == 77)
    #expect(try posturectl(["pause"], groups: "2", Self.changers).status == 0)
    #expect(try posturectl(["mode", "tracking"], groups: Self.changers).status == 0)
    #expect(daemon.isRunning)
    // The socket's own mode comes first.
    #expect(chmod(socket, 0o660) == 0)
    let outcome = try posturectl(["status"], groups: Self.changers)
    #expect(outcome.status == 69 && outcome.errors.contains("\(socket) may not be used: "))
  }

  @Test func withoutSuchAGroupNobodyElseChangesAnything() throws {
    let config = try directory.write("socket.mode: 0666\nsocket.change-group: no-such-group\n", to: "c")
    let daemon = try daemon(socket, "--simulate", "--config", config)
    #expect(try daemon.errors.contains("socket.change-group: there is no group 'no-such-group'"))
    #expect(try posturectl(["pause"], groups: Self.changers).status == 77)
    #expect(try run("posturectl", ["pause", "--socket", socket]).status == 0)
  }
}
