// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats

/// Options of every command that asks the daemon.
struct ConnectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Path of the daemon's socket.", valueName: "path"))
  var socket = Configuration().socket.path

  @Flag(help: "Print the daemon's JSON as it is.")
  var json = false
}

/// A conversation with the daemon.
struct Connection: ~Copyable {
  /// The daemon answers in milliseconds; this long means that it hangs.
  static let patience = 3000

  private var client: UnixSocketClient
  let greeting: VersionMessage

  init(_ options: ConnectionOptions) throws { try self.init(path: options.socket) }

  init(path: String) throws {
    var client = try UnixSocketClient(path: path)
    guard let line = try client.readLine(timeoutMilliseconds: Self.patience) else { throw UnixSocketError.disconnected }
    if let error = JSONLine.decode(ErrorMessage.self, from: line) {
      throw ProgramError(.unavailable, "the daemon refuses: \(error.message)")
    }
    guard let greeting = JSONLine.decode(VersionMessage.self, from: line) else {
      throw ProgramError(.unavailable, "\(path) is answered by something else than postured")
    }
    guard greeting.protocol == Version.socketProtocol else {
      throw ProgramError(
        .unavailable, "the daemon speaks protocol \(greeting.protocol), this posturectl \(Version.socketProtocol)")
    }
    self.client = client
    self.greeting = greeting
  }

  mutating func ask(_ request: String) throws { try client.send(line: request) }

  /// The next line; nil when the daemon has hung up.
  mutating func next(timeout: Int? = nil) throws -> String? { try client.readLine(timeoutMilliseconds: timeout) }

  /// Asks, and returns the answer with its line; an error message of the daemon is thrown.
  ///
  /// - Parameters:
  ///   - skipping: a class of messages that may still come before the answer.
  ///   - patience: milliseconds; longer where the daemon has something to do.
  mutating func answer<M: Message>(
    _ type: M.Type, to request: String, skipping: String? = nil, patience: Int = Self.patience
  ) throws -> (message: M, line: String) {
    try ask(request)
    var received: String?
    repeat {
      received = try next(timeout: patience)
    } while received.map { JSONLine.messageClass(of: $0) == skipping && skipping != nil } ?? false
    guard let line = received else { throw UnixSocketError.disconnected }
    if let error = JSONLine.decode(ErrorMessage.self, from: line) { throw ProgramError(error) }
    guard let message = JSONLine.decode(type, from: line) else {
      throw ProgramError(.unavailable, "the daemon answered something else: \(InputError.quote(line))")
    }
    return (message, line)
  }
}

extension ProgramError {
  /// What the daemon refused.
  init(_ error: ErrorMessage) {
    self.init(error.code == ErrorMessage.notPermitted ? .notPermitted : .unavailable, error.message)
  }
}
