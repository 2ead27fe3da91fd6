// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureCore
import PostureFormats

struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Record every sample from now on as a trace; Ctrl-C ends it.",
    discussion: """
      It begins some seconds before now, with what the daemon knows by then, so that a replay decides as the daemon does \
      from now on. A compressed one is replayed through a pipe: 'zcat x.trace.gz | posturectl replay -'. How many samples \
      it holds is said on standard error. A second Ctrl-C ends it at once.
      """)

  /// The programs that can stand between.
  enum Compression: String, EnumerableFlag {
    case gzip, zstd

    static func help(for value: Compression) -> ArgumentHelp? { "Compress it with the program \(value.rawValue)." }

    var suffix: String { self == .gzip ? ".gz" : ".zst" }
  }

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "File to write, which must be a new one; - for standard output. Without it, standard output where that is no terminal, and a name from the date where it is.",
      valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("End after so long, by the times of the samples; 1 s to a year.", valueName: "time"))
  var duration: TimeArgument?

  @Flag var compression: Compression?

  @Option(help: ArgumentHelp("Path of the daemon's socket.", valueName: "path"))
  var socket = Configuration().socket.path

  @Flag(help: "Say at the end as JSON how many samples it holds.")
  var json = false

  func validate() throws {
    if let duration, !Request.recordings.contains(duration.interval.seconds) {
      throw ValidationError("--duration takes 1 s to a year.")
    }
  }

  func run() throws {
    try reporting {
      var daemon = try Connection(path: socket)
      let length = duration.map { #","for_s":\#($0.interval.seconds)"# } ?? ""
      _ = try daemon.answer(RecordMessage.self, to: #"{"class":"record"\#(length)}"#)
      var file = try TraceFile.create(chosenPath(), compression)
      // Not before: opening a pipe may wait for its reader, and is not to be finished.
      var end = RecordingEnd()
      let recorded: RecordedMessage?
      do {
        recorded = try receive(from: &daemon, into: &file, until: &end)
      } catch RecordingEnd.Failure.blocked {
        // It stays as it is: closing would wait for a program that cannot write either.
        throw ProgramError(.inputOutput, "\(file.name) takes nothing: it ends within the recording")
      } catch {
        end.close()
        // What came before the error is whole.
        try file.close()
        throw error
      }
      end.close()
      let (name, bytes) = (file.name, file.bytes)
      try file.close()
      guard let recorded else {
        throw ProgramError(.unavailable, "the daemon hung up: \(name) ends with the last sample that came")
      }
      report(recorded, name, bytes)
    }
  }

  /// Another one with every second.
  private func chosenPath() -> String {
    if let output { return output }
    guard Terminal.isTerminal(1) else { return "-" }
    return "posture-\(WallClock.date().filter { $0 != ":" }).trace\(compression?.suffix ?? "")"
  }

  /// Until the daemon says that it was all; nil where it hangs up before.
  private func receive(
    from daemon: inout Connection, into file: inout TraceFile, until end: inout RecordingEnd
  ) throws -> RecordedMessage? {
    while true {
      try end.look(&daemon)
      let line: String?
      do { line = try daemon.next(timeout: RecordingEnd.attention) } catch UnixSocketError.timedOut {
        if end.hasWaited(Connection.patience) { return nil }
        continue
      }
      guard let line else { return nil }
      if let part = JSONLine.decode(TracePartMessage.self, from: line) {
        try file.write(part.text, asking: &daemon, until: &end)
      } else if let recorded = JSONLine.decode(RecordedMessage.self, from: line) {
        return recorded
      } else if let error = JSONLine.decode(ErrorMessage.self, from: line) {
        throw ProgramError(error)
      }
    }
  }

  private func report(_ recorded: RecordedMessage, _ name: String, _ bytes: Int) {
    guard !json else { return StandardError.write(JSONLine.encode(recorded) + "\n") }
    var text = "\(name): " + counted(recorded.samples, "sample")
    text += ", \(Decimal.text(recorded.duration_s, places: 1)) s, \(bytes) bytes"
    if compression != nil { text += " before compression" }
    if recorded.lost > 0 { text += ", \(recorded.lost) missing" }
    switch recorded.ended_by {
    case .time, .request: break
    case .sensor: text += "; another sensor was found"
    case .source: text += "; the source is over"
    case .daemon: text += "; the daemon ended"
    }
    StandardError.write(text + "\n")
  }
}
