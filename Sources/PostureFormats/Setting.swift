// SPDX-License-Identifier: MIT
import PostureCore

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
  private init(
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
  ]

  static func named(_ name: String) -> Setting? { all.first { $0.name == name } }

  /// The name among all settings that takes the fewest edits to reach, where that is few.
  package static func nearest(to name: String) -> String? {
    let ranked = all.map { (name: $0.name, edits: editDistance(name, $0.name)) }
    guard let best = ranked.min(by: { $0.edits < $1.edits }), best.edits <= 4 else { return nil }
    return best.name
  }

  private static func isWord(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  /// A chip by its name or its path, and a number: what `PWMSelector` of LinuxIO takes.
  private static func isPWMChannel(_ text: String) -> Bool {
    guard isWord(text), let colon = text.lastIndex(of: ":"), UInt32(text[text.index(after: colon)...]) != nil else {
      return false
    }
    let chip = text[..<colon]
    return chip.hasPrefix("/") || chip.hasPrefix("pwmchip") && !chip.contains("/")
  }

  /// One of an enumeration's words, or `auto` for none of them in particular.
  private static func word<Word: RawRepresentable & CaseIterable & Sendable>(
    _ name: String, _ words: Word.Type, _ set: @escaping @Sendable (inout Configuration, Word?) -> Void
  ) -> Setting where Word.RawValue == String {
    Setting(name, "auto, " + words.allCases.map(\.rawValue).joined(separator: ", ")) { text, configuration in
      let word = Word(rawValue: text)
      guard word != nil || text == "auto" else { return false }
      set(&configuration, word)
      return true
    }
  }

  /// `0x68`, two hexadecimal digits.
  private static func byte(
    _ name: String, _ range: ClosedRange<UInt8>, orAuto: Bool,
    _ set: @escaping @Sendable (inout Configuration, UInt8?) -> Void
  ) -> Setting {
    let expected = "0x" + hexadecimal(range.lowerBound) + " to 0x" + hexadecimal(range.upperBound)
    return Setting(name, orAuto ? "auto or " + expected : expected) { text, configuration in
      if orAuto && text == "auto" {
        set(&configuration, nil)
        return true
      }
      guard text.utf8.count == 4, text.hasPrefix("0x"), !text.contains("+"),
        let value = UInt8(text.dropFirst(2), radix: 16), range.contains(value)
      else { return false }
      set(&configuration, value)
      return true
    }
  }

  private static func text(
    _ name: String, _ expected: String, _ isValid: @escaping @Sendable (String) -> Bool,
    _ set: @escaping @Sendable (inout Configuration, String) -> Void
  ) -> Setting {
    Setting(name, expected) { text, configuration in
      guard isValid(text) else { return false }
      set(&configuration, text)
      return true
    }
  }

  private static func yesNo(_ name: String, _ set: @escaping @Sendable (inout Configuration, Bool) -> Void) -> Setting {
    Setting(name, "yes or no") { text, configuration in
      guard text == "yes" || text == "no" else { return false }
      set(&configuration, text == "yes")
      return true
    }
  }

  private static func quantity(
    _ name: String, _ unit: String, _ range: ClosedRange<Double>,
    _ set: @escaping @Sendable (inout Configuration, Double) -> Void
  ) -> Setting {
    Setting(name, "\(plain(range.lowerBound)) to \(plain(range.upperBound)) \(unit)") { text, configuration in
      guard let quantity = Quantity(text), quantity.unit == unit, range.contains(quantity.value) else { return false }
      set(&configuration, quantity.value)
      return true
    }
  }

  private static func angle(
    _ name: String, _ range: ClosedRange<Double>, _ set: @escaping @Sendable (inout Configuration, Angle) -> Void
  ) -> Setting {
    quantity(name, "deg", range) { set(&$0, .degrees($1)) }
  }

  private static func time(
    _ name: String, _ range: ClosedRange<Double>, _ set: @escaping @Sendable (inout Configuration, Interval) -> Void
  ) -> Setting {
    Setting(name, "\(plain(range.lowerBound)) s to \(plain(range.upperBound)) s, as s, ms or min") {
      text, configuration in
      // Compared as whole microseconds: 0.2 s is not below 0.2 s.
      let allowed = Interval.seconds(range.lowerBound)...Interval.seconds(range.upperBound)
      guard let quantity = Quantity(text), let interval = Interval(quantity), allowed.contains(interval) else {
        return false
      }
      set(&configuration, interval)
      return true
    }
  }

  /// The same, or `never`.
  private static func timeOrNever(
    _ name: String, _ range: ClosedRange<Double>, _ set: @escaping @Sendable (inout Configuration, Interval?) -> Void
  ) -> Setting {
    let timed = time(name, range) { set(&$0, $1) }
    return Setting(name, "never, or \(timed.expected)") { text, configuration in
      guard text == "never" else { return timed.apply(text, &configuration) == nil }
      set(&configuration, nil)
      return true
    }
  }

  private static func whole(
    _ name: String, _ range: ClosedRange<Int>, _ set: @escaping @Sendable (inout Configuration, Int) -> Void
  ) -> Setting {
    Setting(name, "a whole number from \(range.lowerBound) to \(range.upperBound)") { text, configuration in
      guard let value = Int(text), range.contains(value), String(value) == text else { return false }
      set(&configuration, value)
      return true
    }
  }

  /// One of the core's words.
  private static func named<Word: Named & Sendable>(
    _ name: String, _ words: Word.Type, _ set: @escaping @Sendable (inout Configuration, Word) -> Void
  ) -> Setting {
    Setting(name, words.allCases.map(\.name).joined(separator: " or ")) { text, configuration in
      guard let word = Word(name: text) else { return false }
      set(&configuration, word)
      return true
    }
  }

  private static func hours(
    _ name: String, _ set: @escaping @Sendable (inout Configuration, DayHours?) -> Void
  ) -> Setting {
    Setting(name, "none, or hours of the day such as 22:00-07:00, parted by commas") { text, configuration in
      let hours = DayHours(text: text)
      guard hours != nil || text == "none" else { return false }
      set(&configuration, hours)
      return true
    }
  }

  private static func choice(
    _ name: String, _ unit: String, _ choices: [Int], _ set: @escaping @Sendable (inout Configuration, Int) -> Void
  ) -> Setting {
    let expected = choices.map { "\($0) \(unit)" }.joined(separator: ", ")
    return Setting(name, "one of \(expected)") { text, configuration in
      guard let quantity = Quantity(text), quantity.unit == unit,
        let chosen = choices.first(where: { Double($0) == quantity.value })
      else { return false }
      set(&configuration, chosen)
      return true
    }
  }

  private static func plain(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : String(value)
  }
}

/// Two digits, in capitals.
package func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return digits.count == 1 ? "0" + digits : digits
}

/// Levenshtein's distance: insertions, deletions and replacements of one byte each.
private func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.utf8.prefix(100)), Array(b.utf8))
  var row = Array(0...b.count)
  for i in a.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}
