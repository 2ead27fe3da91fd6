// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureCore
import PostureFormats

struct MarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mark", abstract: "Say something of this moment, into what is recorded.",
    discussion: """
      'false-cue' says that the last cue should not have come, 'missed-cue' that one should have come just now; any other \
      word may be said too. Where nothing is being recorded, 'posturectl save' keeps it within a minute. \
      'posturectl labels' makes labels of it.
      """)

  @Argument(help: "false-cue, missed-cue, or a word of lowercase letters, digits and hyphens.")
  var word: WordArgument

  @Option(
    help: ArgumentHelp(
      "How much of what has just been it is about, 1 s to 60 min; by default from the last cue, or a minute.",
      valueName: "time"))
  var last: MarkedLength?

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let member = last.map { #","last_s":\#($0.interval.seconds)"# } ?? ""
      let request = #"{"class":"mark","word":"\#(word.word.text)"\#(member)}"#
      let (_, line) = try daemon.answer(DoneMessage.self, to: request)
      if connection.json { try printLine(line) }
    }
  }
}

/// The word of a label, as an argument.
struct WordArgument: ExpressibleByArgument {
  let word: LabelWord

  init?(argument: String) {
    guard let word = LabelWord(argument) else { return nil }
    self.word = word
  }
}

/// A length of time as settings write it.
struct MarkedLength: ExpressibleByArgument {
  let interval: Interval

  init?(argument: String) {
    guard let quantity = Quantity(argument), let interval = Interval(quantity), TraceMark.lengths.contains(interval)
    else { return nil }
    self.interval = interval
  }
}
