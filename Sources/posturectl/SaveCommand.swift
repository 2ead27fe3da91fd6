// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureCore
import PostureFormats

struct SaveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "save", abstract: "Write the last samples as a trace, while the daemon still remembers them.",
    discussion: "The daemon always keeps the last 60 s: save what has just happened, and replay it.")

  @Option(help: ArgumentHelp("How much of it, 1 s to 60 s.", valueName: "time"))
  var last = SavedLength(seconds: Request.saved.upperBound)

  @Option(name: [.short, .long], help: ArgumentHelp("File to write, which must be a new one.", valueName: "file"))
  var output: String?

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      try daemon.ask(#"{"class":"save","last_s":\#(last.seconds)}"#)
      let path = output ?? "posture-\(WallClock.date().filter { $0 != ":" }).trace"
      do {
        try receive(from: &daemon, into: path)
      } catch let error as Unfinished {
        // Half a trace would look like a whole one, and stand in the way of the next try.
        _ = try FileAttributes.remove(path)
        throw error.reason
      }
    }
  }

  /// What went wrong after the file had been made.
  private struct Unfinished: Error {
    let reason: any Error
  }

  private func receive(from daemon: inout Connection, into path: String) throws {
    // Made with the first piece, so that a refusal leaves no file.
    var file: FileWriter?
    do {
      while let line = try daemon.next(timeout: Connection.patience) {
        if connection.json { try printLine(line) }
        if let error = JSONLine.decode(ErrorMessage.self, from: line) {
          throw ProgramError(error)
        }
        if let part = JSONLine.decode(TracePartMessage.self, from: line) {
          if file == nil { file = try Self.create(path) }
          try file?.write(Array(part.text.utf8).span)
        }
        if let saved = JSONLine.decode(SavedMessage.self, from: line) {
          try file.take()?.close()
          if !connection.json { try printLine("\(path): \(counted(UInt64(max(0, saved.samples)), "sample"))") }
          return
        }
      }
      throw ProgramError(.unavailable, "the daemon hung up")
    } catch {
      if file != nil { throw Unfinished(reason: error) }
      throw error
    }
  }

  private static func create(_ path: String) throws -> FileWriter {
    do { return try FileWriter(path: path, mustBeNew: true) } catch {
      throw ProgramError(.cannotCreate, error.message)
    }
  }
}

/// A length of time as settings write it.
struct SavedLength: ExpressibleByArgument {
  let seconds: Double

  init(seconds: Double) { self.seconds = seconds }

  init?(argument: String) {
    guard let quantity = Quantity(argument), let interval = Interval(quantity), Request.saved.contains(interval.seconds)
    else { return nil }
    seconds = interval.seconds
  }

  var defaultValueDescription: String { "60 s" }
}
