// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats
import PosturePacing

/// Which session is meant.
struct SessionOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A file, whose path has a slash or ends in .session, or - for standard input; or the name of one that 'posturectl session list' shows.",
      valueName: "file|name"))
  var file: String

  @OptionGroup var shelf: SessionShelf

  func read() throws -> SessionFile {
    if file == "-" || file.contains("/") || file.hasSuffix(SessionShelf.suffix) {
      return try SessionShelf.read(file)
    }
    try shelf.requireDirectory()
    let path = "\(shelf.place)/\(file)\(SessionShelf.suffix)"
    guard try FileAttributes.exists(path) else {
      throw ProgramError(
        .noInput, "there is no session \(InputError.quote(file)) in \(shelf.place): see 'posturectl session list'")
    }
    return try SessionShelf.read(path)
  }
}

/// Where sessions lie that can be called by their names.
struct SessionShelf: ParsableArguments {
  static let suffix = ".session"

  @Option(
    help: ArgumentHelp(
      "Where sessions are looked for by their names; by default where the shipped ones are installed.",
      valueName: "path"))
  var directory: String?

  var place: String { directory ?? Self.installed }

  private static var installed: String {
    let bin = (Paths.program ?? "/usr/bin/posturectl").split(separator: "/").dropLast()
    return "/" + (bin.dropLast() + ["share", "postured", "sessions"]).joined(separator: "/")
  }

  /// At least one.
  func files() throws -> [String] {
    try requireDirectory()
    let files = try Paths.files(in: place, endingIn: Self.suffix)
    guard !files.isEmpty else {
      throw ProgramError(.noInput, "there are no sessions in \(place): no file there ends in \(Self.suffix)")
    }
    return files
  }

  func requireDirectory() throws {
    guard try FileAttributes.exists(place) else {
      throw ProgramError(
        .noInput, "there is no directory \(place): give the one that holds the sessions with --directory")
    }
  }

  static func read(_ path: String) throws -> SessionFile {
    let bytes: [UInt8]
    let name: String
    do {
      var reader = try FileReader(path: path)
      name = reader.name
      bytes = try reader.read(atMost: SessionFile.largest + 1)
    } catch { throw ProgramError(.noInput, error.message) }
    return try SessionFile(reading: bytes, named: name)
  }
}

struct SessionListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the sessions that can be called by their names.")

  @OptionGroup var shelf: SessionShelf

  @Flag(help: "Print a JSON object for each.")
  var json = false

  func run() throws {
    try reporting {
      let files = try shelf.files()
      try printLine(files.map { row(of: $0) }.joined(separator: "\n"))
    }
  }

  private func row(of path: String) -> String {
    let name = String((path.split(separator: "/").last ?? "").dropLast(SessionShelf.suffix.count))
    do {
      let file = try SessionShelf.read(path)
      return json
        ? JSONLine.encode(SessionFileMessage(file, name: name))
        : name.padded(to: 24) + SessionText.heading(file.plan)
    } catch {
      let fault = error as? InputError
      let reason = fault.map { "found \($0.found), expected \($0.expected)" } ?? "\(error)"
      if json { return JSONLine.encode(SessionFileMessage(name: name, fault: reason)) }
      let isEmpty = fault?.found == SessionFault.noSteps.found
      return name.padded(to: 24) + (isEmpty ? "empty: to be filled in" : "cannot be run: \(reason)")
    }
  }
}

struct SessionShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a session: its source, its notes and every step.")

  @OptionGroup var file: SessionOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try reporting {
      let session = try file.read()
      try printLine(json ? JSONLine.encode(SessionFileMessage(session)) : SessionText.whole(session))
    }
  }
}

struct SessionCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say whether a session's file is right, and if not where and why.")

  @OptionGroup var file: SessionOptions

  @Flag(help: "Print one JSON object; what is wrong stays on standard error.")
  var json = false

  func run() throws {
    try reporting {
      let session = try file.read()
      try printLine(json ? JSONLine.encode(SessionFileMessage(session)) : SessionText.heading(session.plan))
    }
  }
}
