// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureCore
import PostureFormats

struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Remove a part of the history, for good.",
    discussion: """
      What is forgotten is overwritten in the file. --last leaves what nobody could date, --all takes that too, and damaged \
      files that were set aside. Recordings are files of their own: remove them yourself. A copy that \
      you have made elsewhere is not touched.
      """)

  @Flag(help: "All of it.")
  var all = false

  @Option(help: ArgumentHelp("What was before that day: YYYY-MM-DD, today or yesterday.", valueName: "date"))
  var before: DateArgument?

  @Option(help: ArgumentHelp("What has just been, 1 min to 1440 min, as 90min.", valueName: "time"))
  var last: ForgottenLength?

  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    guard [all, before != nil, last != nil].count(where: { $0 }) == 1 else {
      throw ValidationError("found none or several of --all, --before and --last, expected one of them.")
    }
  }

  func run() throws {
    try reporting {
      var member = #""all":true"#
      if let last { member = #""last_s":\#(last.seconds)"# }
      if let before {
        guard before.date <= DateArgument.today else {
          throw ProgramError(
            .usage, "--before: found \(before.date.text), expected a day that has begun: --all forgets everything")
        }
        let (year, month, day) = before.date.parts
        guard let start = WallClock.start(ofDay: day, month: month, year: year) else {
          throw ProgramError(.usage, "--before: found \(before.date.text), which this machine cannot place in time")
        }
        member = #""before_s":\#(start)"#
      }
      var daemon = try Connection(connection)
      // The file is emptied of it before the answer comes, which on a card takes a while.
      let (_, line) = try daemon.answer(
        DoneMessage.self, to: #"{"class":"forget",\#(member)}"#, patience: Self.patience)
      if connection.json { try printLine(line) }
    }
  }

  private static let patience = 60_000
}

/// A length of time as settings write it.
struct ForgottenLength: ExpressibleByArgument {
  let seconds: Int

  init?(argument: String) {
    guard let quantity = Quantity(argument), let interval = Interval(quantity),
      Request.forgettable.contains(interval.seconds)
    else { return nil }
    seconds = Int(interval.seconds.rounded())
  }
}
