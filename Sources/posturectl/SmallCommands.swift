// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats

struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "why", abstract: "Tell what the last cue was for.")

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let (why, line) = try daemon.answer(WhyMessage.self, to: "why")
      let ago = why.ago_s.map { "\(Decimal.text($0, places: 0)) s ago: " } ?? ""
      try printLine(connection.json ? line : ago + why.explanation)
    }
  }
}

struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Show the versions of this program and of the daemon, where one runs.")

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try reporting {
      if !connection.json { try printLine("posturectl \(Version.program)") }
      var daemon: Connection
      do {
        daemon = try Connection(connection)
      } catch UnixSocketError.notFound where !connection.json {
        return try printLine("no daemon on \(connection.socket)")
      }
      let (version, line) = try daemon.answer(VersionMessage.self, to: "version")
      try printLine(
        connection.json ? line : "\(version.program) \(version.version), socket protocol \(version.protocol)")
    }
  }
}
