// SPDX-License-Identifier: MIT
import ArgumentParser
import PostureFormats

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show how the wearer, the sensor and the daemon are.")

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let (status, line) = try daemon.answer(StatusMessage.self, to: "status")
      try printLine(connection.json ? line : Self.text(status, daemon.greeting))
    }
  }

  private static func text(_ status: StatusMessage, _ version: VersionMessage) -> String {
    let posture =
      status.state != "running" && status.state != "degraded"
      ? "unknown: no samples"
      : status.has_reference
        ? "\(status.posture), flexion \(degrees(status.flexion_deg)), lateral \(degrees(status.lateral_deg)), "
          + "total \(degrees(status.total_deg))"
        : status.is_calibrating ? "taking the reference posture: hold still" : "unknown: no reference posture yet"
    let rate = status.measured_rate_hz.map { " at \($0) Hz" } ?? ""
    var rows = [
      ("posture", posture),
      ("context", status.context ?? "-"),
      ("cues", cues(status)),
      ("worn", worn(status)),
      ("sitting", sitting(status)),
      ("reference", reference(status)),
      ("sensor", sensor(status)),
      (
        "samples",
        "\(status.samples)\(rate), \(status.samples_missing) missing, \(status.lost) lost, "
          + counted(status.faults, "fault") + faults(status)
      ),
    ]
    if let uncertainty = status.uncertainty_deg {
      let why = status.levelling_after.map { ", levelling after: \($0)" } ?? ""
      rows.append(("uncertainty", "\(Decimal.text(uncertainty, places: 2)) deg\(why)"))
    }
    if let bias = status.gyroscope_bias_dps {
      let known = status.gyroscope_bias_known == false ? ", not known yet" : ""
      rows.append(
        ("gyroscope", "bias " + bias.map { Decimal.text($0, places: 2) }.joined(separator: ", ") + " dps" + known))
    }
    rows.append(("accelerometer", accelerometer(status)))
    let motor = !status.has_motor ? "none" : status.motor_on ? "on" : "off"
    let cutOffs = status.motor_cut_offs > 0 ? ", cut off " + counted(status.motor_cut_offs, "time") : ""
    rows.append(("motor", motor + cutOffs + (status.motor_fault.map { ": \($0)" } ?? "")))
    rows.append(("source", status.source))
    rows.append(
      (
        "daemon",
        "\(version.program) \(version.version), up \(Decimal.text(status.uptime_s, places: 0)) s, "
          + counted(UInt64(max(0, status.clients)), "client") + ", "
          + (status.is_realtime ? "real-time" : "ordinary scheduling")
      ))
    return rows.map { $0.0.padded(to: 15) + $0.1 }.joined(separator: "\n")
  }

  private static func cues(_ status: StatusMessage) -> String {
    var text =
      status.cue_mode + ", " + counted(status.deviations, "deviation") + ", " + counted(status.reminders, "reminder")
    if status.suppressed > 0 {
      let reasons = status.suppressed_counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      text += ", \(status.suppressed) suppressed (" + reasons.joined(separator: ", ") + ")"
    }
    if let silence = status.silence {
      text += "; \(silence) for \(Decimal.text(status.silence_left_s ?? 0, places: 0)) s yet"
    }
    if let session = status.session { text += "; session: \(session)" }
    return text + (status.is_quiet ? "; quiet hours" : "")
  }

  private static func worn(_ status: StatusMessage) -> String {
    func seconds(_ value: Double) -> String { "\(Decimal.text(value, places: 0)) s" }
    return "\(seconds(status.worn_s)), judged \(seconds(status.judged_s)), leaning \(seconds(status.leaning_s))"
  }

  private static func sitting(_ status: StatusMessage) -> String {
    guard let seconds = status.sitting_s else { return "-" }
    guard seconds >= 60 else { return "not for a minute yet" }
    return "for \(Decimal.text(seconds / 60, places: 0)) min without a break"
  }

  private static func reference(_ status: StatusMessage) -> String {
    guard !status.references.isEmpty else { return "none" }
    let others = status.references.filter { $0 != status.reference }
    let beside = others.isEmpty ? "" : ", also known: " + others.joined(separator: ", ")
    let doubt = "; the device seems to sit otherwise: 'posturectl calibrate', or 'posturectl reference keep'"
    return status.reference + beside + (status.worn_differently ? doubt : "")
  }

  private static func sensor(_ status: StatusMessage) -> String {
    let name = [status.sensor ?? "not found yet", status.address.map { "at \($0)" }, status.mode]
    let since = Decimal.text(status.state_since_s, places: 0)
    return name.compactMap { $0 }.joined(separator: " ") + ", \(status.state) for \(since) s"
      + (status.fault.map { ": \($0)" } ?? "")
  }

  private static func accelerometer(_ status: StatusMessage) -> String {
    if let fault = status.calibration_fault { return "not calibrated: \(fault)" }
    guard status.accelerometer_calibrated || status.calibration_taken != nil else { return "not calibrated" }
    let taken = status.calibration_taken.map { " \($0)" } ?? ""
    let residual = status.calibration_residual_mg.map { ", residual \(Decimal.text($0, places: 2)) mg" } ?? ""
    return "calibrated\(taken)\(residual)" + (status.accelerometer_calibrated ? "" : ", from the first sample on")
  }

  private static func faults(_ status: StatusMessage) -> String {
    guard !status.fault_counts.isEmpty else { return "" }
    let counts = status.fault_counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    return " (" + counts.joined(separator: ", ") + ")"
  }
}
