// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// The configuration, and where each of its settings comes from.
package struct Settings: Sendable {
  package static let usualPath = "/etc/postured/postured.conf"

  /// From where settings are read, the later overruling the earlier: a file, what lies in the directory beside it,
  /// a scenario, and the command line.
  package struct Sources: Sendable {
    /// Nil for the usual path, where that exists.
    package var file: String?
    /// A scenario's own.
    package var scenario: [TraceSetting] = []
    /// `KEY=VALUE`.
    package var options: [String] = []
    /// In place of `socket.path`.
    package var socket: String?

    package init() {}
  }

  package private(set) var configuration: Configuration
  /// What was read, in this order; none where the built-in defaults are all there is.
  package private(set) var files: [String]
  /// What was set, each once.
  package private(set) var assigned: [Assignment]
  /// What a recording has to say of them.
  package private(set) var decisive: [TraceSetting]

  /// Nothing is set.
  package init() {
    configuration = Configuration()
    files = []
    assigned = []
    decisive = []
  }

  /// - Throws: `ConfigurationErrors` with all that is wrong, `ProgramError` for a file that cannot be read.
  package init(from sources: Sources) throws {
    var reader = ConfigurationReader()
    files = try Self.files(sources.file)
    for file in files { try Self.read(file, into: &reader) }
    reader.set(sources.scenario, from: "the scenario")
    for option in sources.options { reader.set(option) }
    configuration = try reader.result()
    // A scenario's own are said even where they are the defaults today.
    let own = sources.scenario.filter { setting in reader.assigned.contains { $0.setting == setting } }
    decisive = TraceSetting.decisive(reader.assigned.filter { !own.contains($0.setting) }) + own
    assigned = reader.assigned
    if let socket = sources.socket {
      guard (1...Configuration.Socket.longestPath).contains(socket.utf8.count) else {
        throw ProgramError(
          .usage,
          "--socket: found a path of \(socket.utf8.count) bytes, expected 1 to \(Configuration.Socket.longestPath)")
      }
      configuration.socket.path = socket
      set([TraceSetting(key: "socket.path", value: socket)], from: "--socket")
    }
  }

  /// A trace that is played is judged by what its header says, and by the configuration where it says nothing.
  package mutating func adopt(_ settings: [TraceSetting]) throws {
    var reader = ConfigurationReader(configuration)
    reader.set(settings, from: "the trace")
    configuration.pipeline = try reader.result().pipeline
    decisive = decisive.replaced(by: settings)
    set(settings, from: "the trace")
  }

  private mutating func set(_ settings: [TraceSetting], from source: String) {
    assigned.removeAll { known in settings.contains { $0.key == known.setting.key } }
    assigned += settings.map { Assignment($0, from: source) }
  }

  /// The file, and every `*.conf` of the directory `FILE.d`, in the order of the alphabet.
  private static func files(_ file: String?) throws -> [String] {
    do throws(SystemError) {
      // Standard input has nothing beside it.
      if file == "-" { return ["-"] }
      let path = file ?? usualPath
      // One that was asked for must be there.
      let isThere = file != nil ? true : try FileAttributes.exists(path)
      return (isThere ? [path] : []) + (try Paths.files(in: path + ".d", endingIn: ".conf"))
    } catch {
      throw ProgramError(.noInput, error.message)
    }
  }

  private static func read(_ path: String, into reader: inout ConfigurationReader) throws {
    do throws(SystemError) {
      var file = try FileReader(path: path)
      reader.read(file: try file.read(atMost: ConfigurationReader.longestFile + 1), named: path)
    } catch {
      throw ProgramError(.noInput, error.message)
    }
  }
}
