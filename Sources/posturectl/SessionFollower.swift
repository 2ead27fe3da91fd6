// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// Shows a session as it goes, until it is over.
enum SessionFollower {
  /// Between two looks at the clock and at what the user wants, in milliseconds.
  private static let attention = 200
  /// What comes so soon after the first signal is the same once more: timeout(1) sends its own twice, in microseconds.
  private static let echo: Int64 = 100_000

  /// - Parameter interruption: a first one stops the session, a second one ends the program.
  static func follow(
    _ daemon: inout Connection, _ show: inout SessionShow, stoppedBy interruption: inout Interruption
  ) throws {
    var asked: Int64?
    var isImpatient = false
    while !show.isOver {
      if asked == nil, interruption.hasCome() {
        try daemon.ask("session-stop")
        asked = SystemClock().now()
      } else if let asked, !isImpatient, SystemClock().now() - asked > echo {
        interruption.becomeImpatient()
        isImpatient = true
      }
      try step(&daemon, &show)
    }
  }

  /// The program's end is not the session's.
  static func follow(_ daemon: inout Connection, _ show: inout SessionShow) throws {
    while !show.isOver { try step(&daemon, &show) }
  }

  private static func step(_ daemon: inout Connection, _ show: inout SessionShow) throws {
    do {
      guard let line = try daemon.next(timeout: attention) else {
        throw ProgramError(
          .unavailable, "the daemon hung up: the session is over, unless 'posturectl session status' says otherwise")
      }
      try show.take(line)
    } catch UnixSocketError.timedOut { try show.pass() }
  }
}
