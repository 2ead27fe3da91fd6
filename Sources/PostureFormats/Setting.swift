// SPDX-License-Identifier: MIT
import PostureCore
import PosturePacing
import PostureProgramme

/// One line of the configuration: its name, what it takes, and where it goes.
package struct Setting: Sendable {
  package let name: String
  /// What a value must look like, for error messages.
  package let expected: String
  /// Nil where the text is such a value.
  let apply: @Sendable (String, inout Configuration) -> Mismatch?

  /// What is wrong with a value.
  package struct Mismatch: Error, Sendable, Equatable {
    package var found: String
    package var expected: String

    /// The whole value is none.
    init(_ text: String, expected: String) {
      found = text.isEmpty ? "nothing" : InputError.quote(text)
      self.expected = expected
    }

    /// A part of it is none.
    init(found: String, expected: String) {
      self.found = found
      self.expected = expected
    }
  }

  /// - Parameter apply: false where the text is no such value.
  init(
    _ name: String, _ expected: String, _ apply: @escaping @Sendable (String, inout Configuration) -> Bool
  ) {
    self.name = name
    self.expected = expected
    self.apply = { apply($0, &$1) ? nil : Mismatch($0, expected: expected) }
  }

  /// One of the patterns.
  private init(
    _ name: String, _ set: @escaping @Sendable (inout HapticPatterns, HapticPattern) -> Void
  ) {
    self.name = name
    expected = HapticPattern.expected
    apply = { text, configuration in
      do throws(Mismatch) {
        set(&configuration.pipeline.patterns, try HapticPattern(text: text))
        return nil
      } catch { return error }
    }
  }

  /// All settings, in the order of the shipped `postured.conf`.
  package static let all: [Setting] = [
    text(
      "socket.path", "an absolute path of at most \(Configuration.Socket.longestPath) bytes",
      { $0.hasPrefix("/") && $0.utf8.count <= Configuration.Socket.longestPath }, { $0.socket.path = $1 }),
    text("socket.group", "the name of a group", isWord) { $0.socket.group = $1 },
    text("socket.change-group", "the name of a group", isWord) { $0.socket.changeGroup = $1 },
    Setting("socket.mode", "an octal file mode from 0600 to 0666") { text, configuration in
      guard text.utf8.count == 4, text.hasPrefix("0"), let mode = UInt32(text, radix: 8), mode & 0o600 == 0o600,
        mode & ~0o666 == 0
      else { return false }
      configuration.socket.mode = mode
      return true
    },
    text(
      "sensor.bus", "the path or the name of an I2C adapter, such as /dev/i2c-1", { !$0.isEmpty },
      { $0.sensor.bus = $1 }
    ),
    word("sensor.model", Configuration.Sensor.Model.self) { $0.sensor.model = $1 },
    byte("sensor.address", 0x08...0x77, orAuto: true) { $0.sensor.address = $1 },
    byte("sensor.identity", 0x00...0xFF, orAuto: false) { $0.sensor.identity = $1 },
    Setting("sensor.mode", Configuration.Sensor.Mode.allCases.map(\.rawValue).joined(separator: ", ")) {
      text, configuration in
      guard let mode = Configuration.Sensor.Mode(rawValue: text) else { return false }
      configuration.sensor.mode = mode
      return true
    },
    time("sensor.batch", 0.02...0.5) {
      $0.sensor.batch = $1
      $0.pipeline.motorLatency = $1 + .milliseconds(150)
    },
    text("sensor.interrupt-line", "a GPIO line's name or offset", isWord) { $0.sensor.interruptLine = $1 },
    text("sensor.interrupt-chip", "a GPIO chip's label or path", isWord) { $0.sensor.interruptChip = $1 },
    quantity("sensor.rate", "Hz", 20...500) { $0.sensor.rate = $1 },
    choice("sensor.acceleration-range", "g", [2, 4, 8, 16]) { $0.sensor.accelerationRange = $1 },
    choice("sensor.angular-velocity-range", "dps", [250, 500, 1000, 2000]) { $0.sensor.angularVelocityRange = $1 },
    text("sensor.calibration", "an absolute path", { $0.hasPrefix("/") }, { $0.sensor.calibration = $1 }),
    Setting("mount.forward", "auto, x, -x, y, -y, z or -z") { text, configuration in
      let axis = SensorAxis(name: text)
      guard axis != nil || text == "auto" else { return false }
      configuration.pipeline.references.calibration.forwardAxis = axis
      return true
    },
    text("motor.line", "a GPIO line's name or offset", isWord) { $0.motor.line = $1 },
    text("motor.chip", "a GPIO chip's label or path", isWord) { $0.motor.chip = $1 },
    yesNo("motor.active-low") { $0.motor.isActiveLow = $1 },
    text("motor.pwm", "a PWM channel, such as pwmchip0:0", isPWMChannel) { $0.motor.pwm = $1 },
    quantity("motor.strength", "%", 10...100) { $0.motor.strength = UInt8($1.rounded()) },
    Setting("haptics.nudge") { $0.nudge = $1 },
    Setting("haptics.reminder") { $0.reminder = $1 },
    Setting("haptics.well-done") { $0.wellDone = $1 },
    Setting("haptics.acknowledgement") { $0.acknowledgement = $1 },
    Setting("haptics.refusal") { $0.refusal = $1 },
    Setting("haptics.bend") { $0.bend = $1 },
    Setting("haptics.question") { $0.question = $1 },
    Setting("haptics.paused") { $0.paused = $1 },
    Setting("haptics.resumed") { $0.resumed = $1 },
    Setting("haptics.break") { $0.breakReminder = $1 },
    Setting("haptics.step") { $0.step = $1 },
    Setting("haptics.tense") { $0.tense = $1 },
    Setting("haptics.release") { $0.release = $1 },
    Setting("haptics.finish") { $0.finish = $1 },
    text("button.line", "a GPIO line's name or offset", isWord) { $0.button.line = $1 },
    text("button.chip", "a GPIO chip's label or path", isWord) { $0.button.chip = $1 },
    yesNo("button.active-low") { $0.button.isActiveLow = $1 },
    time("filter.time-constant", 0.2...30) { $0.pipeline.filter.timeConstant = $1 },
    time("filter.time-constant-without-gyroscope", 0.05...30) { $0.pipeline.filter.timeConstantWithoutGyroscope = $1 },
    time("filter.sensor-delay", 0...0.1) { $0.pipeline.filter.sensorDelay = $1 },
    yesNo("reference.automatic") { $0.pipeline.references.isAutomatic = $1 },
    time("reference.window", 0.5...60) { $0.pipeline.references.calibration.window = $1 },
    angle("reference.sway", 0.5...30) { $0.pipeline.references.calibration.sway = $1 },
    text("reference.file", "an absolute path", { $0.hasPrefix("/") }, { $0.reference.file = $1 }),
    yesNo("reference.choose") { $0.pipeline.references.isChosen = $1 },
    timeOrNever("context.off-body-after", 10...3600) { $0.pipeline.context.life.patience = $1 },
    named("detector.trigger", Trigger.self) { $0.pipeline.detector.trigger = $1 },
    angle("detector.enter", 1...90) { $0.pipeline.detector.limits.flexion.enter = $1 },
    angle("detector.leave", 0.5...90) { $0.pipeline.detector.limits.flexion.leave = $1 },
    angle("detector.enter-sideways", 1...90) { $0.pipeline.detector.limits.lateral.enter = $1 },
    angle("detector.leave-sideways", 0.5...90) { $0.pipeline.detector.limits.lateral.leave = $1 },
    angle("detector.enter-backward", 1...90) { $0.pipeline.detector.limits.backward.enter = $1 },
    angle("detector.leave-backward", 0.5...90) { $0.pipeline.detector.limits.backward.leave = $1 },
    time("detector.hold", 0...3600) { $0.pipeline.detector.hold = $1 },
    time("detector.holding-time", 1...3600) { $0.pipeline.detector.exposure.holdingTime = $1 },
    time("detector.shortest-holding-time", 1...3600) { $0.pipeline.detector.exposure.shortestHoldingTime = $1 },
    time("detector.recovery", 1...3600) { $0.pipeline.detector.exposure.recovery = $1 },
    time("detector.reminder", 1...86400) { $0.pipeline.detector.reminder = $1 },
    whole("detector.most-reminders", 0...100) { $0.pipeline.detector.mostReminders = $1 },
    named("cues.mode", Mode.self) { $0.pipeline.gate.mode = $1 },
    hours("cues.training-hours") { $0.cues.trainingHours = $1 },
    hours("cues.quiet-hours") { $0.cues.quietHours = $1 },
    time("cues.snooze", 1...86400) { $0.cues.snooze = $1 },
    time("cues.pause", 1...86400) { $0.cues.pause = $1 },
    time("cues.refractory", 0...3600) { $0.pipeline.gate.refractory = $1 },
    whole("cues.most-per-hour", 1...CueGate.largestPerHour) { $0.pipeline.gate.mostPerHour = $1 },
    quantity("cues.intensity", "%", 10...100) { $0.pipeline.gate.intensity = UInt8($1.rounded()) },
    quantity("cues.escalation", "%", 0...100) { $0.pipeline.gate.escalation = UInt8($1.rounded()) },
    quantity("cues.strongest", "%", 10...100) { $0.pipeline.gate.strongest = UInt8($1.rounded()) },
    timeOrNever("cues.praise-within", 1...3600) { $0.pipeline.praiseWithin = $1 },
    timeOrNever("breaks.after", 60...86400) { $0.breaks.after = $1 },
    time("breaks.again", 60...86400) { $0.breaks.again = $1 },
    whole("breaks.most", 1...20) { $0.breaks.most = $1 },
    time("breaks.movement", 10...300) { $0.breaks.movement = $1 },
    text(
      "recording.directory", "none or an absolute path", { $0 == "none" || $0.hasPrefix("/") },
      { $0.recording.directory = $1 == "none" ? nil : $1 }),
    time("recording.file-length", 60...86400) { $0.recording.fileLength = $1 },
    quantity("recording.budget", "MB", 10...1_000_000) { $0.recording.budget = Int(($1 * 1e6).rounded()) },
    days("recording.age", 1...3650) { $0.recording.age = $1 },
    text(
      "history.file", "none or an absolute path", { $0 == "none" || $0.hasPrefix("/") },
      { $0.history.file = $1 == "none" ? nil : $1 }),
    days("history.keep", 1...3650) { $0.history.days = $1 },
    yesNo("programme.enabled") { $0.programme.isEnabled = $1 },
    minutes("programme.shortest", Rules.possibleMinutes) { $0.programme.shortest = $1 },
    minutes("programme.longest", Rules.possibleMinutes) { $0.programme.longest = $1 },
    quantity("programme.goal", "%", 50...95) { $0.programme.goal = Int($1.rounded()) },
    Setting("log.level", Configuration.Log.Level.allCases.map(\.rawValue).joined(separator: ", ")) {
      text, configuration in
      guard let level = Configuration.Log.Level(rawValue: text) else { return false }
      configuration.log.level = level
      return true
    },
  ]

  package static func named(_ name: String) -> Setting? { all.first { $0.name == name } }
}
