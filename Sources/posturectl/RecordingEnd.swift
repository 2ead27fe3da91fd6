// SPDX-License-Identifier: MIT
import LinuxIO

/// The early end of a recording: the first signal asks the daemon for it, a second one ends the program at once.
struct RecordingEnd: ~Copyable {
  enum Failure: Error {
    /// The output takes nothing.
    case blocked
  }

  /// Between two looks at whether a signal has come, in milliseconds.
  static let attention = 200
  /// A reader that lives takes something within a second, in milliseconds.
  private static let patience = 1000

  /// What comes so soon after the first signal, in milliseconds, is the same once more: timeout(1) sends its own twice,
  /// to the program and to its group.
  private static let echo = 100

  private var interruption = Interruption()
  /// When the daemon was asked.
  private var asked: Int64?
  private var isImpatient = false

  /// Asks the daemon for the end where a signal has come, and makes way for a second one.
  mutating func look(_ daemon: inout Connection) throws {
    if asked == nil, interruption.hasCome() {
      try daemon.ask("stop")
      asked = SystemClock().now()
    } else if !isImpatient, hasWaited(Self.echo) {
      interruption.becomeImpatient()
      isImpatient = true
    }
  }

  /// So many milliseconds have gone by since the daemon was asked.
  func hasWaited(_ milliseconds: Int) -> Bool { hasWaited(milliseconds, since: .min) }

  /// Goes on waiting for an output that has taken nothing since then, unless the end was asked for.
  func endure(since start: Int64) throws {
    if hasWaited(Self.patience, since: start) { throw Failure.blocked }
  }

  /// What is left to do may be cut short.
  consuming func close() { interruption.end() }

  private func hasWaited(_ milliseconds: Int, since start: Int64) -> Bool {
    asked.map { SystemClock().now() - max($0, start) > Int64(milliseconds) * 1000 } ?? false
  }
}
