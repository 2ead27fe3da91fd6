// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import PostureService

/// What the daemon would do, for `--check`.
enum CheckReport {
  static func text(
    _ settings: Settings, _ source: SourceChoice, _ speed: Pace, _ stores: Stores, record: String?
  ) -> String {
    let configuration = settings.configuration
    let sensor = configuration.sensor
    let detector = configuration.pipeline.detector
    var lines = [
      "configuration: " + (settings.files.isEmpty ? "none, built-in defaults" : settings.files.joined(separator: ", ")),
      source.summary(configuration),
      "sampling: " + sampling(sensor, source) + ", speed \(speed)",
      "range: \(sensor.accelerationRange) g, \(sensor.angularVelocityRange) dps",
      "accelerometer: " + accelerometer(stores.calibration),
      "motor: " + motor(configuration.motor, source),
      "button: " + button(configuration.button, source),
      "reference: " + reference(configuration.pipeline),
      "references: " + references(stores.references),
      "limits: forward \(limit(detector.limits.flexion)), sideways \(limit(detector.limits.lateral)), "
        + "backward \(limit(detector.limits.backward))",
      "trigger: \(trigger(detector)), reminder \(seconds(detector.reminder)), at most \(detector.mostReminders)",
      "socket: " + access(configuration.socket),
    ]
    if let cut = source.recording?.cut { lines.append("warning: \(cut.notice)") }
    if let recording = recording(configuration.recording) { lines.append("recording: " + recording) }
    lines.append("history: " + history(stores.history, configuration.history))
    if let record { lines.append("record: \(record)") }
    lines.append("nothing was touched")
    return lines.joined(separator: "\n")
  }

  private static func recording(_ recording: Configuration.Recording) -> String? {
    guard let directory = recording.directory else { return nil }
    let age = recording.age.map { ", \($0) days" } ?? ""
    return
      "\(directory), a file every \(seconds(recording.fileLength)), at most \(recording.budget / 1_000_000) MB\(age)"
  }

  private static func history(_ path: String?, _ history: Configuration.History) -> String {
    path.map { "\($0), " + (history.days.map { "\($0) days" } ?? "for ever") } ?? "none is kept"
  }

  private static func access(_ socket: Configuration.Socket) -> String {
    let group = socket.group ?? "the process's own"
    let changing = socket.changeGroup.map { ", group \($0)" } ?? ""
    return
      "\(socket.path), mode 0\(String(socket.mode, radix: 8)), group \(group); changed by root, the process's user\(changing)"
  }

  private static func limit(_ limit: TiltLimits.Limit) -> String {
    "\(degrees(limit.enter)), back \(degrees(limit.leave))"
  }

  private static func trigger(_ detector: DeviationDetector.Parameters) -> String {
    switch detector.trigger {
    case .hold: "hold \(seconds(detector.hold))"
    case .exposure:
      "exposure, \(seconds(detector.exposure.holdingTime)) at 20 deg to "
        + "\(seconds(detector.exposure.shortestHoldingTime)) at 60 deg"
    }
  }

  private static func accelerometer(_ calibration: CalibrationStore?) -> String {
    guard let calibration else { return "no calibration is kept" }
    return switch calibration.load() {
    case .none: "not calibrated, there is no \(calibration.path)"
    case .record(let record):
      "\(calibration.path): \(record.sensor), calibrated \(record.taken), "
        + "residual \(Decimal.text(record.residual, places: 2)) mg"
    case .damaged(let why): "not calibrated: \(why)"
    }
  }

  private static func references(_ store: ReferenceStore?) -> String {
    guard let store else { return "none are kept" }
    switch store.load() {
    case .none: return "there is no \(store.path)"
    case .damaged(let why): return "none are kept: \(why)"
    case .record(let record):
      return ([record.sensor] + record.taken + ["\(record.inUse.name) in use"]).joined(separator: ", ")
    }
  }

  private static func motor(_ motor: Configuration.Motor, _ source: SourceChoice) -> String {
    guard source.isHardware else { return "simulated" }
    let details = ", strength \(motor.strength) %" + (motor.isActiveLow ? ", active low" : "")
    if let pwm = motor.pwm { return "PWM channel \(pwm)" + details }
    guard let line = motor.line else { return "none: cues are not felt" }
    return "line \(line) of \(motor.chip ?? "the chip that has it")" + details
  }

  private static func sampling(_ sensor: Configuration.Sensor, _ source: SourceChoice) -> String {
    if case .trace = source {
      return (source.rate.map { "\(Decimal.text($0, places: 1)) Hz, " } ?? "") + "as recorded"
    }
    let rate = "\(Decimal.text(sensor.rate, places: 1)) Hz"
    return switch sensor.mode {
    case .fifo:
      "\(rate), or the chip's next, from its FIFO every \(Decimal.text(sensor.batch.seconds * 1000, places: 0)) ms"
    case .dataReady where source.isHardware:
      "\(rate), or the chip's next, on each edge of line \(sensor.interruptLine ?? "-")"
    // There is no line beside a simulated bus.
    case .polled, .dataReady: "\(rate), polled"
    }
  }

  private static func button(_ button: Configuration.Button, _ source: SourceChoice) -> String {
    guard source.isHardware, let line = button.line else { return "none" }
    return "line \(line) of \(button.chip ?? "the chip that has it")" + (button.isActiveLow ? ", active low" : "")
  }

  private static func reference(_ pipeline: PosturePipeline.Parameters) -> String {
    let window = "\(seconds(pipeline.references.calibration.window)) of holding still"
    let when = pipeline.references.isAutomatic ? "automatic, the first \(window)" : "on request, \(window)"
    return "\(when); forward is \(pipeline.references.calibration.forwardAxis?.name ?? "auto")"
  }

  private static func degrees(_ angle: Angle) -> String { "\(Decimal.text(angle.degrees, places: 1)) deg" }
  private static func seconds(_ interval: Interval) -> String { "\(Decimal.text(interval.seconds, places: 1)) s" }
}
