// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// The configuration in force, and where it came from.
struct Settings {
  static let usualPath = "/etc/postured/postured.conf"

  var configuration: Configuration
  /// Nil where there is no file: the built-in defaults.
  var path: String?
  /// What a recording has to say of them.
  var decisive: [TraceSetting] = []

  /// A trace that is played is judged by what its header says, and by the configuration where it says nothing.
  mutating func adopt(_ settings: [TraceSetting]) throws {
    var reader = ConfigurationReader(configuration)
    reader.set(settings)
    configuration.pipeline = try reader.result().pipeline
    decisive = decisive.filter { own in !settings.contains { $0.key == own.key } } + settings
  }

  /// - Parameter scenario: its own settings, which overrule the file's.
  static func load(_ path: String?, socket: String?, scenario: [TraceSetting] = []) throws -> Settings {
    var reader = ConfigurationReader()
    let found = try path ?? (FileAttributes.exists(usualPath) ? usualPath : nil)
    if let found {
      do {
        var file = try FileReader(path: found)
        reader.read(file: try file.read(atMost: ConfigurationReader.longestFile + 1), named: found)
      } catch {
        throw ProgramError(.noInput, error.message)
      }
    }
    reader.set(scenario)
    var configuration = try reader.result()
    if let socket {
      guard (1...Configuration.Socket.longestPath).contains(socket.utf8.count) else {
        throw ProgramError(
          .usage,
          "--socket: found a path of \(socket.utf8.count) bytes, expected 1 to \(Configuration.Socket.longestPath)")
      }
      configuration.socket.path = socket
    }
    // A scenario's own are said even where they are the defaults today.
    let decisive = TraceSetting.decisive(reader.assigned.filter { !scenario.contains($0) }) + scenario
    return Settings(configuration: configuration, path: found, decisive: decisive)
  }
}
