// SPDX-License-Identifier: MIT
import PostureCore

extension Command {
  private static let calibrateWord = "calibrate"
  /// Also the key of the header's line.
  static let accelerometerWord = "acceleration-calibration"
  /// In place of a calibration: there is none from now on.
  private static let none = "none"

  /// The words with which a command in a trace begins.
  package static let words = [calibrateWord, accelerometerWord]

  /// As a trace writes it.
  package var text: String {
    switch self {
    case .takeReference: Self.calibrateWord
    case .calibrateAccelerometer(.identity): "\(Self.accelerometerWord) \(Self.none)"
    case .calibrateAccelerometer(let calibration): "\(Self.accelerometerWord) \(calibration.text)"
    case .setReference, .useReference, .keepReference, .setMode, .setQuiet, .silence, .resume, .assumeExposure: "todo"
    }
  }

  /// Nil where the text is no command.
  package init?(text: some StringProtocol) {
    if text == Self.calibrateWord {
      self = .calibrate
    } else if text == "\(Self.accelerometerWord) \(Self.none)" {
      self = .calibrateAccelerometer(.identity)
    } else if text.hasPrefix(Self.accelerometerWord + " "),
      let calibration = AccelerometerCalibration(text: text.dropFirst(Self.accelerometerWord.count + 1))
    {
      self = .calibrateAccelerometer(calibration)
    } else {
      return nil
    }
  }
}
