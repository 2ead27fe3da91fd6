// SPDX-License-Identifier: MIT
import Foundation
import PostureFormats
import TestSupport
import Testing

/// A recording whose output takes nothing can be ended all the same.
struct BlockedRecordingTests {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("s") }
  private var fifo: String { directory.file("fifo") }

  /// By a shell, which knows of its end even where a compressor lives on.
  private func record(_ compression: String = "") throws -> Running {
    // The test's own thread may block it, and a program inherits that.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    let record = "'\(try program("posturectl"))' record -o '\(fifo)' --socket '\(socket)' \(compression)"
    let (process, status) = (directory.file("process"), directory.file("status"))
    return try Running(
      path: "/bin/bash", ["-c", "\(record) & echo $! >'\(process)'; wait $!; echo $? >'\(status)'"])
  }

  private func number(in name: String) -> Int32? {
    (try? contents(of: directory.file(name))).flatMap { Int32($0.dropLast()) }
  }

  private func terminate() throws { try kill(#require(number(in: "process")), SIGTERM) }

  private var status: Int32? { number(in: "status") }

  /// Of a program that the signal has ended, as a shell has it.
  private static let terminated = 128 + SIGTERM

  /// Runs it into a pipe that is full, and whose reader sleeps.
  private func blocked(_ compression: String = "", _ body: () throws -> Void) throws -> Outcome {
    let wearer = try daemon(socket, "--simulate", "--speed", "100")
    try waitUntil("samples") { try wearer.errors.contains(" sampling\n") }
    try #require(mkfifo(fifo, 0o600) == 0)
    let reader = open(fifo, O_RDONLY | O_NONBLOCK)
    let recording: Running
    do {
      defer { close(reader) }
      // F_SETPIPE_SZ (linux/fcntl.h) and FIONREAD, which Swift cannot import.
      try #require(reader >= 0 && fcntl(reader, 1031, 4096) == 4096)
      recording = try record(compression)
      var (held, before): (CInt, CInt) = (0, -1)
      try waitUntil("a full pipe") {
        (before, held) = (held, 0)
        usleep(50_000)
        return ioctl(reader, 0x541B, &held) == 0 && held > 0 && held == before
      }
      try body()
      #expect(wearer.isRunning)
    }
    return try recording.wait()
  }

  @Test func whileTheOutputIsOpenedAnySignalEndsIt() throws {
    try #require(mkfifo(fifo, 0o600) == 0)
    let daemon = try FalseDaemon(socket, says: JSONLine.encode(RecordMessage(sensor: nil, rate_hz: nil)) + "\n")
    let recording = try record()
    try waitUntil("the request") { daemon.request != "" && number(in: "process") != nil }
    try terminate()
    try waitUntil("its end") { status != nil }
    #expect(status == Self.terminated)
    #expect(try recording.wait().status == 0)
  }

  @Test func oneSignalEndsItWithinASecond() throws {
    let outcome = try blocked {
      try terminate()
      try waitUntil("its end") { status != nil }
    }
    #expect(status == 74)
    #expect(outcome.errors == "posturectl: \(fifo) takes nothing: it ends within the recording\n")
  }

  @Test(arguments: ["", "--gzip"]) func aSecondSignalEndsItAtOnce(compression: String) throws {
    _ = try blocked(compression) {
      try waitUntil("its end") {
        try terminate()
        return status != nil
      }
    }
    #expect(status == Self.terminated)
  }
}
