// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

/// What a setting says arrives where it belongs, and a wrong name finds the right one.
struct SettingValueTests {
  private func configuration(_ lines: String...) throws -> Configuration {
    var reader = ConfigurationReader()
    reader.read(file: Array(lines.joined(separator: "\n").utf8), named: "f")
    return try reader.result()
  }

  @Test func valuesArriveWhereTheyBelong() throws {
    var reader = ConfigurationReader()
    reader.read(
      file: Array(
        """
        socket.path: /a
        socket.group: g
        socket.change-group: c
        socket.mode: 0600
        sensor.bus: /dev/i2c-3
        sensor.model: lsm6ds3tr-c
        sensor.address: 0x6b
        sensor.identity: 0x6A
        sensor.mode: data-ready
        sensor.batch: 60 ms
        sensor.interrupt-line: 27
        sensor.interrupt-chip: /dev/gpiochip4
        sensor.rate: 50 Hz
        sensor.acceleration-range: 8 g
        sensor.angular-velocity-range: 1000 dps
        mount.forward: -z
        motor.line: 17
        motor.chip: pinctrl-rp1
        motor.active-low: yes
        motor.strength: 62.5 %
        button.line: 22
        button.chip: pinctrl-bcm2711
        button.active-low: no
        filter.time-constant: 2 s
        reference.automatic: no
        reference.window: 4 s
        reference.sway: 5 deg
        reference.choose: yes
        context.off-body-after: 45 s
        detector.trigger: hold
        detector.enter: 20 deg
        detector.leave: 12 deg
        detector.enter-sideways: 11 deg
        detector.leave-sideways: 7 deg
        detector.enter-backward: 25 deg
        detector.leave-backward: 16 deg
        detector.hold: 7 s
        detector.holding-time: 5 min
        detector.shortest-holding-time: 50 s
        detector.recovery: 90 s
        detector.reminder: 2 min
        detector.most-reminders: 5
        cues.mode: tracking
        cues.training-hours: 09:00-17:00
        cues.quiet-hours: 22:00-07:00, 12:00-13:00
        cues.snooze: 5 min
        cues.pause: 45 min
        cues.refractory: 30 s
        cues.most-per-hour: 6
        cues.intensity: 49.6 %
        cues.escalation: 20 %
        cues.strongest: 90 %
        cues.praise-within: 8 s
        recording.directory: /r
        recording.file-length: 30 min
        recording.budget: 250.5 MB
        recording.age: 30 days
        log.level: notice
        """.utf8), named: "f")
    var expected = Configuration()
    expected.log.level = .notice
    expected.recording.directory = "/r"
    expected.recording.fileLength = .seconds(1800)
    expected.recording.budget = 250_500_000
    expected.recording.age = 30
    expected.socket.path = "/a"
    expected.socket.group = "g"
    expected.socket.changeGroup = "c"
    expected.socket.mode = 0o600
    expected.sensor.bus = "/dev/i2c-3"
    expected.sensor.model = .lsm6ds3trc
    expected.sensor.address = 0x6B
    expected.sensor.identity = 0x6A
    expected.sensor.mode = .dataReady
    expected.sensor.batch = .milliseconds(60)
    expected.sensor.interruptLine = "27"
    expected.sensor.interruptChip = "/dev/gpiochip4"
    expected.sensor.rate = 50
    expected.sensor.accelerationRange = 8
    expected.sensor.angularVelocityRange = 1000
    expected.motor.line = "17"
    expected.motor.chip = "pinctrl-rp1"
    expected.motor.isActiveLow = true
    expected.motor.strength = 63
    expected.button.line = "22"
    expected.button.chip = "pinctrl-bcm2711"
    expected.button.isActiveLow = false
    expected.pipeline.filter.timeConstant = .seconds(2)
    expected.pipeline.references.isAutomatic = false
    expected.pipeline.references.isChosen = true
    expected.pipeline.references.calibration.forwardAxis = .minusZ
    expected.pipeline.references.calibration.window = .seconds(4)
    expected.pipeline.references.calibration.sway = .degrees(5)
    expected.pipeline.context.life.patience = .seconds(45)
    expected.pipeline.detector.trigger = .hold
    expected.pipeline.motorLatency = expected.sensor.batch + .milliseconds(150)
    expected.pipeline.detector.limits.flexion = .init(enter: .degrees(20), leave: .degrees(12))
    expected.pipeline.detector.limits.lateral = .init(enter: .degrees(11), leave: .degrees(7))
    expected.pipeline.detector.limits.backward = .init(enter: .degrees(25), leave: .degrees(16))
    expected.pipeline.detector.hold = .seconds(7)
    expected.pipeline.detector.exposure.holdingTime = .seconds(300)
    expected.pipeline.detector.exposure.shortestHoldingTime = .seconds(50)
    expected.pipeline.detector.exposure.recovery = .seconds(90)
    expected.pipeline.detector.reminder = .seconds(120)
    expected.pipeline.detector.mostReminders = 5
    expected.cues.trainingHours = DayHours(text: "09:00-17:00")
    expected.cues.quietHours = DayHours(text: "22:00-07:00,12:00-13:00")
    expected.cues.snooze = .seconds(300)
    expected.cues.pause = .seconds(2700)
    expected.pipeline.gate.mode = .tracking
    expected.pipeline.gate.refractory = .seconds(30)
    expected.pipeline.gate.mostPerHour = 6
    expected.pipeline.gate.intensity = 50
    expected.pipeline.gate.escalation = 20
    expected.pipeline.gate.strongest = 90
    expected.pipeline.praiseWithin = .seconds(8)
    #expect(try reader.result() == expected)
  }

  @Test func aChannelArrivesWhereItBelongs() throws {
    var expected = Configuration()
    expected.motor.pwm = "pwmchip0:1"
    #expect(try configuration("motor.pwm: pwmchip0:1") == expected)
  }

  /// "auto" takes back what an earlier source said.
  @Test func autoTakesBack() throws {
    var reader = ConfigurationReader()
    reader.read(file: Array("sensor.model: bmi160\nsensor.address: 0x69\n".utf8), named: "f")
    reader.set("sensor.model=auto")
    reader.set("sensor.address=auto")
    #expect(try reader.result() == Configuration())
  }

  /// "none" takes back too; "never" is no default, but a choice.
  @Test func noneAndNeverAreSaid() throws {
    var reader = ConfigurationReader()
    reader.read(file: Array("cues.quiet-hours: 22:00-07:00\ncues.training-hours: 09:00-17:00\n".utf8), named: "f")
    for name in ["cues.quiet-hours", "cues.training-hours"] { reader.set("\(name)=none") }
    for name in ["context.off-body-after", "cues.praise-within"] { reader.set("\(name)=never") }
    var expected = Configuration()
    expected.pipeline.context.life.patience = nil
    expected.pipeline.praiseWithin = nil
    #expect(try reader.result() == expected)
  }

  @Test(arguments: [
    ("detector.hld", "detector.hold"), ("Detector.Enter", "detector.enter"), ("motor.lines", "motor.line"),
    ("sensor.adress", "sensor.address"), ("motor.pwn", "motor.pwm"), ("sensor.interuptline", "sensor.interrupt-line"),
    ("reference.windw", "reference.window"), ("detectorhold", "detector.hold"), ("haptic.nudge", "haptics.nudge"),
    ("haptics.pause", "haptics.paused"),
    ("detector.enter-sidewards", "detector.enter-sideways"), ("cue.mode", "cues.mode"),
    ("cues.quiet-hour", "cues.quiet-hours"),
  ]) func theNearestNameIsFound(name: String, nearest: String) {
    #expect(Setting.nearest(to: name) == nearest)
  }

  @Test(arguments: ["", "x", "colour", "completely-different.thing", String(repeating: "a", count: 10_000)])
  func whatIsFarFromAllHasNoNearest(name: String) {
    #expect(Setting.nearest(to: name) == nil)
  }
}
