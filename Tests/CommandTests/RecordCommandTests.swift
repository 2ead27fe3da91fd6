// SPDX-License-Identifier: MIT
import Foundation
import PostureFormats
import TestSupport
import Testing

/// A live recording of a running daemon.
struct RecordCommandTests {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("s") }

  /// Twenty times as fast as the world, and without an end.
  private func wearer() throws -> Running {
    let wearer = try daemon(socket, "--simulate", "--speed", "20")
    try waitUntil("a reference posture") { try wearer.errors.contains(" calibrated ") }
    return wearer
  }

  private func record(_ arguments: String...) throws -> Outcome {
    try run("posturectl", ["record", "--socket", socket] + arguments)
  }

  private func rows(_ text: String) -> Int { lines(text).count { !$0.hasPrefix("#") && !$0.hasPrefix("time") } }

  @Test func itEndsAfterItsTimeAndIsATrace() throws {
    let wearer = try wearer()
    let piped = try record("--duration", "5 s")
    #expect(piped.status == 0 && piped.output.hasPrefix("# posture-trace: 1\n# title: Recorded from "))
    let rows = rows(piped.output)
    #expect(rows >= 500)
    let shown = "standard output: \(rows) samples, [0-9.]+ s, \(piped.output.utf8.count) bytes\n"
    #expect(try piped.errors.wholeMatch(of: Regex(shown)) != nil, "\(piped.errors)")

    let path = directory.file("t")
    #expect(try record("--duration", "1 s", "-o", path, "--json").errors.hasPrefix("{\"class\":\"recorded\""))
    let first = try contents(of: path)
    let again = try record("--duration", "1 s", "-o", path)
    #expect(again.status == 73 && again.errors == "posturectl: open \(path): File exists\n")
    #expect(try contents(of: path) == first && wearer.isRunning)
    let replay = try posturectl("replay", path)
    #expect(replay.status == 0 && !replay.errors.contains("found"))
    #expect(try record("--duration", "500 ms").status == 64)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func whoEndsItGetsAWholeLastRow(signal: Int32) throws {
    let wearer = try wearer()
    let path = directory.file("t")
    let recording = try Running("posturectl", ["record", "-o", path, "--socket", socket])
    try waitUntil("some rows") {
      try FileManager.default.fileExists(atPath: path) && rows(contents(of: path)) > 600
    }
    recording.signal(signal)
    let outcome = try recording.wait()
    #expect(outcome.status == 0 && outcome.output == "")
    let text = try contents(of: path)
    #expect(text.hasSuffix("\n") && outcome.errors.hasPrefix("\(path): \(rows(text)) samples, "), "\(outcome.errors)")
    #expect(wearer.isRunning)
  }

  @Test func aCompressedOneIsReplayedThroughAPipe() throws {
    let wearer = try wearer()
    let path = directory.file("t.gz")
    let outcome = try record("--duration", "5 s", "--gzip", "-o", path)
    #expect(outcome.status == 0 && outcome.errors.contains(" bytes before compression\n"), "\(outcome.errors)")
    let command = "zcat '\(path)' | '\(try program("posturectl"))' replay - >/dev/null"
    let shell = try Running(path: "/bin/bash", ["-o", "pipefail", "-c", command]).wait()
    let samples = outcome.errors.split(separator: " ")[1]
    #expect(shell.status == 0 && shell.errors.hasPrefix("\(samples) samples, "), "\(shell.errors)")
    #expect(wearer.isRunning)
  }

  /// What had come before the kill is a whole file all the same.
  @Test func aKilledOneLeavesAWholeCompressedFile() throws {
    let wearer = try wearer()
    let path = directory.file("t.gz")
    let recording = try Running("posturectl", ["record", "--gzip", "-o", path, "--socket", socket])
    try waitUntil("the file") { FileManager.default.fileExists(atPath: path) }
    // The program holds back what it has: a second of the daemon's time has gone into it, and is not in the file yet.
    #expect(try record("--duration", "1 s", "-o", directory.file("other")).status == 0)
    recording.signal(SIGKILL)
    #expect(try recording.wait().status == -SIGKILL)
    try waitUntil("a whole file") { try Running(path: "/bin/gzip", ["-t", path]).wait().status == 0 }
    #expect(try rows(Running(path: "/bin/zcat", [path]).wait().output) > 100)
    #expect(wearer.isRunning)
  }

  @Test func withoutItsProgramNothingIsLeft() throws {
    let wearer = try wearer()
    let path = directory.file("t.gz")
    let arguments = "record --gzip -o '\(path)' --socket '\(socket)'"
    let outcome = try Running(path: "/bin/bash", ["-c", "PATH=/nowhere '\(try program("posturectl"))' \(arguments)"])
      .wait()
    #expect(outcome.status == 73 && outcome.errors == "posturectl: run gzip: No such file or directory\n")
    #expect(!FileManager.default.fileExists(atPath: path) && wearer.isRunning)
  }

  @Test func aDaemonThatHangsUpIsToldOf() throws {
    let part = TracePartMessage(text: "# posture-trace: 1\n")
    let message = JSONLine.encode(RecordMessage(sensor: nil, rate_hz: nil)) + "\n" + JSONLine.encode(part) + "\n"
    let daemon = try FalseDaemon(socket, says: message)
    let outcome = try record()
    #expect(outcome.status == 69 && outcome.output == part.text)
    #expect(outcome.errors == "posturectl: the daemon hung up: standard output ends with the last sample that came\n")
    #expect(daemon.request == "{\"class\":\"record\"}\n")
  }

  /// The clock goes on meanwhile.
  @Test func onATerminalItNamesTheFileThatThereIs() throws {
    let wearer = try wearer()
    let terminal = try PseudoTerminal()
    let command =
      "cd '\(directory.path)' && exec '\(try program("posturectl"))' record --duration '30 s' --socket '\(socket)'"
    let outcome = try Running(path: "/bin/bash", ["-c", command], output: terminal.handle).wait()
    let name = try #require(directory.names.first { $0.hasPrefix("posture-") })
    #expect(outcome.status == 0 && outcome.errors.hasPrefix("\(name): "), "\(outcome.errors) for \(name)")
    #expect(wearer.isRunning)
  }

  /// As without compression.
  @Test(arguments: ["", "--gzip"]) func whoseReaderHasHadEnoughEndsSilently(compression: String) throws {
    let wearer = try daemon(socket, "--simulate", "--speed", "400")
    try waitUntil("samples") { try wearer.errors.contains(" sampling\n") }
    let record = "'\(try program("posturectl"))' record \(compression) --socket '\(socket)'"
    let shell = try Running(path: "/bin/bash", ["-o", "pipefail", "-c", "\(record) | head -c 1 >/dev/null"]).wait()
    #expect(shell.status == 0 && shell.errors == "", "\(shell.errors)")
    #expect(wearer.isRunning)
  }

  @Test func aCompressorThatFailsIsToldOfWithItsStatus() throws {
    let wearer = try wearer()
    let gzip = try directory.write("#!/bin/bash\ncat >/dev/null\nexit 3\n", to: "gzip")
    try #require(chmod(gzip, 0o755) == 0)
    let record = "'\(try program("posturectl"))' record --gzip --duration '1 s' --socket '\(socket)'"
    let shell = try Running(path: "/bin/bash", ["-c", "PATH='\(directory.path)':$PATH \(record)"]).wait()
    #expect(shell.status == 74 && shell.errors == "posturectl: gzip ended with status 3\n", "\(shell.errors)")
    #expect(wearer.isRunning)
  }
}
