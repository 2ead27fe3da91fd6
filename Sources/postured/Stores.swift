// SPDX-License-Identifier: MIT
import PostureFormats
import PostureService

/// The files in which what has been taken is kept over a restart; nil keeps none.
struct Stores {
  /// Of the accelerometer.
  let calibration: CalibrationStore?
  let references: ReferenceStore?
  /// A database of minutes, cues and sessions.
  let history: String?

  /// - Parameters:
  ///   - calibration: the option's file, in place of the one that the configuration names.
  ///   - references: likewise.
  ///   - history: likewise.
  init(
    _ source: SourceChoice, _ configuration: Configuration, calibration: String?, references: String?, history: String?
  ) throws {
    self.calibration = try Self.path("--calibration", calibration, source, configuration.sensor.calibration)
      .map(CalibrationStore.init)
    self.references = try Self.path("--references", references, source, configuration.reference.file)
      .map(ReferenceStore.init)
    self.history = try Self.path("--history", history, source, configuration.history.file)
  }

  private static func path(
    _ option: String, _ path: String?, _ source: SourceChoice, _ configured: String?
  ) throws -> String? {
    if case .trace = source {
      guard path == nil else {
        throw ProgramError(.usage, "\(option): found --trace beside it, expected a sensor: a trace has its own")
      }
      return nil
    }
    if let path, ["", "-"].contains(path) {
      throw ProgramError(.usage, "\(option): found \(InputError.quote(path)), expected a file")
    }
    // What is kept is a real sensor's: a simulated one must not write over it.
    return path ?? (source.isHardware ? configured : nil)
  }
}
