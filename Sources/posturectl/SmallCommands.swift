// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats

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
