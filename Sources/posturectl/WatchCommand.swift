// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Show the wearer's posture live; Ctrl-C ends it.",
    discussion: "On a terminal a picture that moves; elsewhere a line for each message.")

  @OptionGroup var connection: ConnectionOptions

  @Option(help: ArgumentHelp("Messages a second, 0.1 to 100.", valueName: "hz"))
  var rate = Request.defaultWatchRate

  @Option(help: ArgumentHelp("End after so many seconds.", valueName: "s"))
  var seconds: Double?

  func validate() throws {
    guard Request.watchRates.contains(rate) else { throw ValidationError("--rate takes 0.1 to 100.") }
    if let seconds, !(0...31_536_000).contains(seconds) { throw ValidationError("--seconds takes 0 to a year.") }
  }

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let status = try daemon.answer(StatusMessage.self, to: "status").message
      let (watch, line) = try daemon.answer(
        WatchMessage.self, to: #"{"class":"watch","rate_hz":\#(rate)}"#)
      var output = try FileWriter(path: "-")
      if connection.json { try output.write(line + "\n") }
      let isLive = !connection.json && Terminal.isTerminal(1)
      var screen = WatchScreen(daemon.greeting, status, watch)
      let end = seconds.map { SystemClock().now() + Int64($0 * 1e6) }
      while let line = try nextLine(&daemon, until: end) {
        if connection.json {
          try output.write(line + "\n")
        } else if let tilt = JSONLine.decode(TiltMessage.self, from: line) {
          try output.write(
            isLive ? screen.picture(tilt, width: Terminal.width(1) ?? 80) : WatchScreen.line(tilt) + "\n")
        } else if let event = JSONLine.decode(EventRecord.self, from: line) {
          screen.note(event)
          if !isLive { try output.write("event " + event.text + "\n") }
        }
        try output.flush()
      }
      try output.close()
      if let end, SystemClock().now() < end {
        throw ProgramError(.unavailable, "the daemon hung up before the time was over")
      }
    }
  }

  /// Nil at the end of the stream or of the time asked for.
  private func nextLine(_ daemon: inout Connection, until end: Int64?) throws -> String? {
    guard let end else { return try daemon.next() }
    let left = end - SystemClock().now()
    guard left > 0 else { return nil }
    do {
      return try daemon.next(timeout: Int(left / 1000) + 1)
    } catch UnixSocketError.timedOut {
      return nil
    }
  }
}
