// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureCore
import PostureFormats

// Commands that change under what cues are given.

/// A length of time as settings write it.
struct SilenceLength: ExpressibleByArgument {
  let seconds: Double

  init?(argument: String) {
    guard let quantity = Quantity(argument), let interval = Interval(quantity),
      Request.silences.contains(interval.seconds)
    else { return nil }
    seconds = interval.seconds
  }
}

struct PauseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Judge no posture for a while: for what you do in which it does not count.",
    discussion: "It ends by itself, or with 'posturectl resume'.")

  @Argument(help: ArgumentHelp("How long, 1 s to 1440 min; by default what cues.pause says.", valueName: "time"))
  var length: SilenceLength?

  @OptionGroup var connection: ConnectionOptions

  func run() throws { try silence("pause", length, connection) }
}

struct SnoozeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snooze", abstract: "Give no cues for a while; the posture is judged and counted on.",
    discussion: "It ends by itself, or with 'posturectl resume'.")

  @Argument(help: ArgumentHelp("How long, 1 s to 1440 min; by default what cues.snooze says.", valueName: "time"))
  var length: SilenceLength?

  @OptionGroup var connection: ConnectionOptions

  func run() throws { try silence("snooze", length, connection) }
}

private func silence(_ name: String, _ length: SilenceLength?, _ connection: ConnectionOptions) throws {
  try reporting {
    let member = length.map { #","for_s":\#($0.seconds)"# } ?? ""
    var daemon = try Connection(connection)
    let (done, line) = try daemon.answer(DoneMessage.self, to: #"{"class":"\#(name)"\#(member)}"#)
    let length = Decimal.text(done.for_s ?? 0, places: 0)
    try printLine(connection.json ? line : "Silent for \(length) s, unless 'posturectl resume' ends it before.")
  }
}

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "End a pause or a snooze before its time.")

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let (_, line) = try daemon.answer(DoneMessage.self, to: "resume")
      if connection.json { try printLine(line) }
    }
  }
}

struct ModeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mode", abstract: "Choose between training, with cues, and tracking, without.")

  @Argument(help: ArgumentHelp("training or tracking", valueName: "mode"))
  var mode: String

  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    guard Mode(name: mode) != nil else {
      throw ValidationError("mode: found '\(mode)', expected training or tracking")
    }
  }

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let (_, line) = try daemon.answer(DoneMessage.self, to: #"{"class":"mode","mode":"\#(mode)"}"#)
      if connection.json { try printLine(line) }
    }
  }
}
