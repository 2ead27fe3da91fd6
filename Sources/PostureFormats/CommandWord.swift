// SPDX-License-Identifier: MIT
import PostureCore

/// The word with which a command in a trace begins.
package enum CommandWord: String, CaseIterable {
  case calibrate
  /// Also the key of the header's line.
  case accelerometer = "acceleration-calibration"
  case reference
  case noReference = "no-reference"
  case useReference = "use-reference"
  case keepReference = "keep-reference"
  case mode, quiet, session, play, snooze, pause, resume, exposure, cue, deviation
  case suggestBreak = "suggest-break"

  /// What a remark of a trace with it looks like, for error messages.
  var expected: String {
    func remark(_ rest: String) -> String { "'#! TIME_US \(rawValue)\(rest)'" }
    return switch self {
    case .calibrate: remark(" [\(Self.anyReference)] [bending]")
    case .accelerometer: "\(remark(" none")) or such as '\(AccelerometerCalibration.example)' after it"
    case .reference: "such as \(remark(" sitting \(KeptReference.example)")), two directions at right angles"
    case .noReference, .useReference: remark(" \(Self.anyReference)")
    case .keepReference, .resume: remark("")
    case .mode: remark(" " + Mode.allCases.map(\.name).joined(separator: "|"))
    case .quiet, .session: remark(" yes|no")
    case .play: remark(" " + Cue.Kind.allCases.map(\.name).joined(separator: "|"))
    case .snooze, .pause: "\(remark(" N us")), at most a year"
    case .exposure: remark(" N ppm")
    case .cue, .suggestBreak: "\(remark(" N us")), at most a year"
    case .deviation: "\(remark(" N us R")), at most a year, and at most 255 reminders"
    }
  }

  private static var anyReference: String { ReferenceName.allCases.map(\.name).joined(separator: "|") }
}
