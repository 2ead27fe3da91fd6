// SPDX-License-Identifier: MIT
import Foundation
import TestSupport
import Testing

func contents(of path: String) throws -> String {
  String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
}

func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

/// The programs, which stand beside the test bundle or, where a helper runs it, above the first argument.
func program(_ name: String) throws -> String {
  let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  for start in [own, CommandLine.arguments[0]] {
    var directory = URL(fileURLWithPath: start).deletingLastPathComponent()
    while directory.path != "/" {
      let path = directory.appendingPathComponent(name).path
      var isDirectory: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue { return path }
      directory.deleteLastPathComponent()
    }
  }
  throw Failure("no \(name) beside \(own)")
}

struct Failure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// How a program ended and what it said.
struct Outcome: Equatable {
  /// The exit status; a signal's number made negative.
  var status: Int32
  var output: String
  var errors: String
}

/// Waits until the condition holds; a machine that is busy with other tests may take its time.
func waitUntil(_ what: String, seconds: Double = 60, _ condition: () throws -> Bool) throws {
  let end = ContinuousClock.now + .seconds(seconds)
  while try !condition() {
    guard ContinuousClock.now < end else { throw Failure("waited in vain for \(what)") }
    usleep(2000)
  }
}

/// A program that runs; it is killed at the end of the value's life, so that no test leaves one behind.
final class Running {
  /// A program that has not ended by then hangs.
  private static let patience = 60.0

  private let process = Process()
  private let directory = TemporaryDirectory()

  /// Its output goes to files: pipes that nobody reads would stop it.
  convenience init(_ name: String, _ arguments: [String], input: String? = nil, output: FileHandle? = nil) throws {
    try self.init(path: program(name), arguments, input: input, output: output)
  }

  /// Any program, by its path.
  init(path: String, _ arguments: [String], input: String? = nil, output: FileHandle? = nil) throws {
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    // The crash of a program is its status, not a report of half a minute.
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    process.standardInput = FileHandle(forReadingAtPath: input ?? "/dev/null")
    // The file is there either way.
    let file = try handle("output")
    process.standardOutput = output ?? file
    process.standardError = try handle("errors")
    try process.run()
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  private func handle(_ name: String) throws -> FileHandle {
    _ = try directory.write("", to: name)
    guard let handle = FileHandle(forWritingAtPath: directory.file(name)) else { throw Failure("no \(name)") }
    return handle
  }

  var isRunning: Bool { process.isRunning }
  var output: String { get throws { try contents(of: directory.file("output")) } }
  var errors: String { get throws { try contents(of: directory.file("errors")) } }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  func wait() throws -> Outcome {
    let end = ContinuousClock.now + .seconds(Self.patience)
    while process.isRunning {
      guard ContinuousClock.now < end else {
        signal(SIGKILL)
        throw Failure("\(process.arguments ?? []) hangs; it said: \(try errors)")
      }
      usleep(1000)
    }
    let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return Outcome(status: status, output: try output, errors: try errors)
  }
}

func run(_ name: String, _ arguments: [String], input: String? = nil) throws -> Outcome {
  try Running(name, arguments, input: input).wait()
}

func posturectl(_ arguments: String..., input: String? = nil) throws -> Outcome {
  try run("posturectl", arguments, input: input)
}

func postured(_ arguments: String...) throws -> Outcome { try run("postured", arguments) }

/// A daemon that listens already.
func daemon(_ socket: String, _ arguments: String...) throws -> Running {
  let daemon = try Running("postured", arguments + ["--socket", socket])
  try waitUntil("the daemon to listen") {
    guard daemon.isRunning else { throw Failure("the daemon has ended: \(try daemon.errors)") }
    return try daemon.errors.contains("listening on \(socket)")
  }
  return daemon
}

/// The lines of a text, without the empty one at its end.
func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
