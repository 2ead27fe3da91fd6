// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// What the daemon would do, for `--check`.
enum CheckReport {
  static func text(_ settings: Settings, _ source: SourceChoice, _ speed: Pace, record: String?) -> String {
    let configuration = settings.configuration
    let sensor = configuration.sensor
    let detector = configuration.pipeline.detector
    let socket = configuration.socket
    var lines = [
      "configuration: " + (settings.path ?? "none, built-in defaults"),
      source.summary(configuration),
      "sampling: \(Decimal.text(source.rate(configuration), places: 1)) Hz, speed \(speed)",
      "range: \(sensor.accelerationRange) g, \(sensor.angularVelocityRange) dps",
      "motor: " + motor(configuration.motor, source),
      "reference: " + reference(configuration.pipeline),
      "detector: enter \(degrees(detector.enter)), leave \(degrees(detector.leave)), hold \(seconds(detector.hold)), "
        + "reminder \(seconds(detector.reminder))",
      "socket: \(socket.path), mode 0\(String(socket.mode, radix: 8)), group \(socket.group ?? "the process's own")",
    ]
    if let record { lines.append("record: \(record)") }
    lines.append("nothing was touched")
    return lines.joined(separator: "\n")
  }

  private static func motor(_ motor: Configuration.Motor, _ source: SourceChoice) -> String {
    guard source.isHardware else { return "simulated" }
    guard let line = motor.line else { return "none: cues are not felt" }
    return "line \(line) of \(motor.chip ?? "the chip that has it")" + (motor.isActiveLow ? ", active low" : "")
  }

  private static func reference(_ pipeline: PosturePipeline.Parameters) -> String {
    let window = "\(seconds(pipeline.calibration.window)) of holding still"
    let when = pipeline.isReferenceAutomatic ? "automatic, the first \(window)" : "on request, \(window)"
    return "\(when); forward is \(pipeline.calibration.forwardAxis?.name ?? "auto")"
  }

  private static func degrees(_ angle: Angle) -> String { "\(Decimal.text(angle.degrees, places: 1)) deg" }
  private static func seconds(_ interval: Interval) -> String { "\(Decimal.text(interval.seconds, places: 1)) s" }
}
