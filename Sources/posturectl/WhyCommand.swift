// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats

struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Tell what a cue was for, or why one that was due was not given.")

  @Argument(help: "1 for the last cue or suppressed cue, 2 for the one before, and so on.")
  var number = 1

  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    guard Request.decisions.contains(number) else {
      throw ValidationError("number: found \(number), expected 1 to \(Request.decisions.upperBound)")
    }
  }

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let (why, line) = try daemon.answer(WhyMessage.self, to: #"{"class":"why","number":\#(number)}"#)
      let ago = why.ago_s.map { "\(Decimal.text($0, places: 0)) s ago: " } ?? ""
      try printLine(connection.json ? line : ago + why.explanation)
    }
  }
}
