// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureCore
import PostureFormats

struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Show the reference postures, choose one, keep or forget one.",
    subcommands: [
      ShowReferenceCommand.self, UseReferenceCommand.self, KeepReferenceCommand.self, ForgetReferenceCommand.self,
    ],
    defaultSubcommand: ShowReferenceCommand.self)
}

/// The name of a reference posture, as an argument.
struct ReferenceArgument: ExpressibleByArgument {
  let name: ReferenceName

  init?(argument: String) {
    guard let name = ReferenceName(name: argument) else { return nil }
    self.name = name
  }

  static var allValueStrings: [String] { ReferenceName.allCases.map(\.name) }
}

struct ShowReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show which reference postures are known, and which is used.")

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let (status, line) = try daemon.answer(StatusMessage.self, to: "status")
      if connection.json { return try printLine(line) }
      let lines = status.references.map { $0 + ($0 == status.reference ? ", in use" : "") }
      try printLine(lines.isEmpty ? "none yet: posturectl calibrate" : lines.joined(separator: "\n"))
      if status.worn_differently {
        try printLine("The device seems to sit otherwise: 'posturectl calibrate', or 'posturectl reference keep'.")
      }
    }
  }
}

struct UseReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "use", abstract: "Judge by this reference posture from now on.")

  @Argument(help: ArgumentHelp("Which one.", valueName: "name"))
  var name: ReferenceArgument

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let (status, _) = try daemon.answer(StatusMessage.self, to: "status")
      let name = name.name.name
      // Before the first sample nobody knows which there are, and the daemon says what is amiss.
      guard status.time_us == nil || status.references.contains(name) else {
        let known = status.references.joined(separator: ", ")
        throw ProgramError(
          .temporaryFailure,
          "found no reference posture \(name), expected \(known.isEmpty ? "one" : known): "
            + "'posturectl calibrate --name \(name)' takes it")
      }
      let (_, line) = try daemon.answer(
        DoneMessage.self, to: #"{"class":"use-reference","reference":"\#(name)"}"#)
      if connection.json { try printLine(line) }
    }
  }
}

struct KeepReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keep", abstract: "Say that the device sits as it did when the reference posture was taken.")

  @OptionGroup var connection: ConnectionOptions

  func run() throws { try ask("keep-reference", connection) }
}

struct ForgetReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "forget", abstract: "Forget a reference posture.")

  @Argument(help: ArgumentHelp("Which one.", valueName: "name"))
  var name: ReferenceArgument

  @OptionGroup var connection: ConnectionOptions

  func run() throws { try ask(#"{"class":"forget-reference","reference":"\#(name.name.name)"}"#, connection) }
}

private func ask(_ request: String, _ connection: ConnectionOptions) throws {
  try reporting {
    var daemon = try Connection(connection)
    let (_, line) = try daemon.answer(DoneMessage.self, to: request)
    if connection.json { try printLine(line) }
  }
}
