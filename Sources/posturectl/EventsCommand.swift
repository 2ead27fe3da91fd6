// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats

struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Tell what has happened since the daemon's start, an event a line with its number.",
    discussion: "The last 1000 are remembered; how many of those asked for are not is said on standard error.")

  @Option(help: ArgumentHelp("Only events after the one of that number.", valueName: "n"))
  var since: UInt64 = 0

  @Flag(help: "Go on with those to come; Ctrl-C ends it.")
  var follow = false

  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    guard Request.eventNumbers.contains(Double(since)) else { throw ValidationError("--since takes 0 to 2^53.") }
  }

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      try daemon.ask(#"{"class":"events","since":\#(since),"follow":\#(follow)}"#)
      var output = try FileWriter(path: "-")
      var isPast = true
      while let line = try daemon.next(timeout: isPast ? Connection.patience : nil) {
        if let error = JSONLine.decode(ErrorMessage.self, from: line) {
          throw ProgramError(error)
        }
        if connection.json { try output.write(line + "\n") }
        if let event = JSONLine.decode(EventMessage.self, from: line), !connection.json {
          try output.write("\(event.event_number) \(event.record.text)\n")
        }
        if let end = JSONLine.decode(EventsMessage.self, from: line) {
          isPast = false
          if end.forgotten > 0 && !connection.json {
            StandardError.write("posturectl: \(counted(end.forgotten, "event")) before these are forgotten\n")
          }
          guard follow else { return try output.close() }
        }
        if !isPast { try output.flush() }
      }
      try output.close()
      if !follow { throw ProgramError(.unavailable, "the daemon hung up") }
    }
  }
}
