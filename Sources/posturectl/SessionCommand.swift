// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats
import PosturePacing

struct SessionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "session", abstract: "Be led through a paced session: muscle relaxation, or movement.",
    discussion: """
      The motor says when a step begins; the words are shown here. The posture is not judged meanwhile. The daemon runs \
      it, so that it goes on when this program is gone.
      """,
    subcommands: [
      SessionRunCommand.self, SessionStopCommand.self, SessionStatusCommand.self, SessionListCommand.self,
      SessionShowCommand.self, SessionCheckCommand.self,
    ])
}

struct SessionRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Begin a session, and show its words; Ctrl-C stops it.",
    discussion: """
      On a terminal with a countdown; elsewhere a line a step. Where the connection breaks, the session goes on: \
      'posturectl session status --follow' shows it again, 'posturectl session stop' ends it.
      """)

  @OptionGroup var file: SessionOptions
  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try reporting {
      let session = try file.read()
      var daemon = try Connection(connection)
      var show = try SessionShow(isJSON: connection.json)
      let hasMotor = try daemon.answer(StatusMessage.self, to: "status").message.has_motor
      try show.note(session, hasMotor: hasMotor)
      // Before it begins: a Ctrl-C from here on stops it.
      var interruption = Interruption(hangup: false)
      let begun = try Self.begin(session.plan, &daemon)
      try show.take(begun)
      try SessionFollower.follow(&daemon, &show, stoppedBy: &interruption)
      try show.close()
    }
  }

  /// - Returns: the line that says that it has begun.
  private static func begin(_ plan: SessionPlan, _ daemon: inout Connection) throws -> String {
    let requests = plan.requests
    for request in requests.dropLast() { _ = try daemon.answer(DoneMessage.self, to: request) }
    return try daemon.answer(SessionMessage.self, to: requests.last ?? "session").line
  }
}

struct SessionStopCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "stop", abstract: "End the session that runs.")

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let (_, line) = try daemon.answer(DoneMessage.self, to: "session-stop")
      if connection.json { try printLine(line) }
    }
  }
}

struct SessionStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show how far the session has come that runs.")

  @Flag(help: "Go on until it ends; Ctrl-C ends this program alone.")
  var follow = false

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let request = #"{"class":"session-status","follow":\#(follow)}"#
      let (session, line) = try daemon.answer(SessionMessage.self, to: request)
      var show = try SessionShow(isJSON: connection.json)
      try show.take(line)
      if follow, session.is_running { try SessionFollower.follow(&daemon, &show) }
      try show.close()
    }
  }
}
