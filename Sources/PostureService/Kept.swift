// SPDX-License-Identifier: MIT
import Drivers
import PostureCore

/// All that the sampling thread begins with.
package struct Kept: BitwiseCopyable, Sendable {
  private var calibration: KeptCalibration?
  private var references: KeptReferences?

  package init(calibration: KeptCalibration? = nil, references: KeptReferences? = nil) {
    self.calibration = calibration
    self.references = references
  }

  /// What goes with the next sample, one command each, and the accelerometer's calibration first: what comes after it is
  /// told in corrected samples. Nil where all has been said.
  mutating func next(for sensor: SensorDescription) -> Command? {
    if let calibration = calibration.take(), calibration.isMeant(for: sensor) {
      return .calibrateAccelerometer(calibration.calibration)
    }
    return references?.next(for: sensor)
  }
}
