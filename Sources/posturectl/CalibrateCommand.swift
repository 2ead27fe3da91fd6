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

  @OptionGroup var connection: ConnectionOptions

  /// The daemon waits at most 10 s for the gyroscope, then takes its window of at most 60 s.
  private static let patience: Int64 = 75_000

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      // Watching first: the event cannot be missed.
      _ = try daemon.answer(WatchMessage.self, to: #"{"class":"watch","rate_hz":0.1}"#)
      try daemon.ask("calibrate")
      let end = SystemClock().now() + Self.patience * 1000
      while let line = try daemon.next(timeout: Int(max(0, end - SystemClock().now()) / 1000)) {
        if let error = JSONLine.decode(ErrorMessage.self, from: line) {
          throw ProgramError(.unavailable, error.message)
        }
        if let begun = JSONLine.decode(CalibrateMessage.self, from: line), !connection.json {
          try printLine("Hold still for \(Decimal.text(begun.window_s, places: 0)) s ...")
        }
        guard let event = JSONLine.decode(EventRecord.self, from: line) else { continue }
        if event.event == "calibrated" {
          try printLine(
            connection.json
              ? line : "Done: this is your reference posture. Forward is the sensor's \(event.forward ?? "?") axis.")
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

  private static func advice(for reason: String?) -> String {
    reason.flatMap { ReferenceCalibration.Refusal(name: $0)?.advice ?? $0 } ?? "no reason given"
  }
}
