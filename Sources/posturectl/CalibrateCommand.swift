// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureCore
import PostureFormats

struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate", abstract: "Make the posture you hold now the reference, or calibrate the sensor.",
    discussion: "Without a subcommand: sit or stand upright and hold still until it says that it is done.",
    subcommands: [PostureCalibrationCommand.self, SensorCalibrationCommand.self],
    defaultSubcommand: PostureCalibrationCommand.self)
}

struct PostureCalibrationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "posture", abstract: "Make the posture you hold now the reference.",
    discussion: "Sit or stand upright and hold still until it says that it is done.")

  @Option(help: ArgumentHelp("Which one: sitting, standing or car; by default the one in use.", valueName: "name"))
  var name: ReferenceArgument?

  @Flag(help: "Bend forward after it, which shows where forward is, however the sensor sits.")
  var bend = false

  @OptionGroup var connection: ConnectionOptions

  /// The daemon waits at most 10 s for the gyroscope, then takes its window of at most 60 s.
  private static let patience: Int64 = 100_000

  private var request: String {
    let name = name.map { #","reference":"\#($0.name.name)""# } ?? ""
    return #"{"class":"calibrate"\#(name)\#(bend ? #","bending":true"# : "")}"#
  }

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      // Watching first: the event cannot be missed.
      _ = try daemon.answer(WatchMessage.self, to: #"{"class":"watch","rate_hz":0.1}"#)
      try daemon.ask(request)
      let end = SystemClock().now() + Self.patience * 1000
      while let line = try daemon.next(timeout: Int(max(0, end - SystemClock().now()) / 1000)) {
        if let error = JSONLine.decode(ErrorMessage.self, from: line) {
          throw ProgramError(error)
        }
        if let begun = JSONLine.decode(CalibrateMessage.self, from: line), !connection.json {
          try printLine("Hold still for \(Decimal.text(begun.window_s, places: 0)) s ...")
        }
        guard let event = JSONLine.decode(EventRecord.self, from: line), isOfThis(event) else { continue }
        if event.event == "bend-awaited", !connection.json {
          try printLine("Now bend forward, by 20 degrees or more, and come back ...")
        }
        if event.event == "calibrated" {
          let forward = event.forward.map { $0 == "bend" ? "where you bent to" : "the sensor's \($0) axis" } ?? "?"
          try printLine(connection.json ? line : "Done: this is your reference posture. Forward is \(forward).")
          return
        }
        if event.event == "calibration-refused" {
          if connection.json { try printLine(line) }
          throw ProgramError(.temporaryFailure, "refused: \(Self.advice(for: event.reason))")
        }
      }
      throw ProgramError(.unavailable, "the daemon hung up")
    }
  }

  /// A watcher sees what others have asked for, too: another reference posture, or one that is not known.
  private func isOfThis(_ event: EventRecord) -> Bool {
    switch event.event {
    case "calibrated": name.map { $0.name.name == event.reference ?? $0.name.name } ?? true
    case "calibration-refused": event.reason != ReferenceCalibration.Refusal.unknown.name
    default: true
    }
  }

  private static func advice(for reason: String?) -> String {
    reason.flatMap { ReferenceCalibration.Refusal(name: $0)?.advice ?? $0 } ?? "no reason given"
  }
}
