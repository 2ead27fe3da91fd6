// SPDX-License-Identifier: MIT
import PostureFormats

/// An accelerometer calibration as people read it.
enum CalibrationTexts {
  /// What was found, and how good it is.
  static func result(_ fit: FitMessage) -> String {
    var lines = ["    offset      scale"]
    for (axis, (offset, scale)) in zip(["x", "y", "z"], zip(fit.offset_mg, fit.scale_percent)) {
      lines.append(axis.padded(to: 2) + aligned(offset, 2, 8) + " mg" + aligned(scale, 2, 8) + " %")
    }
    lines.append(
      "residual before: \(mg(fit.residual_before_mg)) rms, \(mg(fit.worst_before_mg)) at worst; "
        + "after: \(mg(fit.residual_mg)) rms, \(mg(fit.worst_mg)) at worst")
    lines.append(
      "tilt before: up to \(Decimal.text(fit.tilt_error_before_deg, places: 2)) deg wrong; "
        + "after: about \(Decimal.text(fit.tilt_error_deg, places: 2)) deg")
    return lines.joined(separator: "\n")
  }

  static func applied(_ message: SensorCalibrationMessage) -> String {
    guard let path = message.path else {
      return
        "In force until the daemon ends: a simulated sensor keeps a calibration only with 'postured --calibration'."
    }
    return "In force, and stored in \(path)."
  }

  static func cleared(_ message: SensorCalibrationMessage) -> String {
    (message.was_cleared == false ? "There was none. " : "Removed. ") + stored(message)
  }

  /// What there is.
  static func stored(_ message: SensorCalibrationMessage) -> String {
    if let fault = message.fault { return "The accelerometer is not calibrated: \(fault)" }
    guard let offset = message.offset_ug, let scale = message.scale_ppm else {
      return "The accelerometer is not calibrated."
    }
    let inForce = message.is_calibrated ? "" : ": kept, and in force with the sensor's first sample"
    let offsets = offset.map { signed(Double($0) / 1000, 2) }.joined(separator: ", ")
    let scales = scale.map { signed(Double($0) / 10_000, 2) }.joined(separator: ", ")
    return """
      The accelerometer of the \(message.sensor ?? "?") is calibrated\(inForce).
      taken     \(message.taken ?? "?"), in \(message.poses ?? 0) poses
      offset    \(offsets) mg
      scale     \(scales) %
      residual  \(mg(message.residual_mg ?? 0)) rms, \(mg(message.worst_mg ?? 0)) at worst; \
      \(mg(message.residual_before_mg ?? 0)) rms without it
      file      \(message.path ?? "none, until the daemon ends")
      """
  }

  static func signed(_ value: Double, _ places: Int) -> String {
    let text = Decimal.text(value, places: places)
    return text.hasPrefix("-") ? text : "+" + text
  }

  private static func aligned(_ value: Double, _ places: Int, _ width: Int) -> String {
    let text = signed(value, places)
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func mg(_ value: Double) -> String { Decimal.text(value, places: 2) + " mg" }
}
