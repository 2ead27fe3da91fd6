// SPDX-License-Identifier: MIT

/// What is said of a setting that nobody has set.
extension Setting {
  /// The default as a line of the configuration has it; nil where there is none.
  package var usual: String? { Self.usual[name] }

  /// What is wrong with a value by itself; nil where nothing is.
  package func mismatch(of value: String) -> Mismatch? {
    var configuration = Configuration()
    return apply(value, &configuration)
  }

  /// It is in force from a reload on; the others from the next start, because what they are about has begun with them.
  package var isLive: Bool {
    let group = name.prefix { $0 != "." }
    return !["socket", "sensor", "motor", "button", "filter"].contains(group)
      && !["reference.file", "history.file"].contains(name)
  }

  private static let usual: [String: String] = [
    "socket.path": "/run/postured/postured.sock",
    "socket.mode": "0660",
    "sensor.model": "auto",
    "sensor.address": "auto",
    "sensor.mode": "fifo",
    "sensor.batch": "100 ms",
    "sensor.rate": "100 Hz",
    "sensor.acceleration-range": "4 g",
    "sensor.angular-velocity-range": "500 dps",
    "sensor.calibration": "/var/lib/postured/accelerometer.calibration",
    "mount.forward": "auto",
    "motor.active-low": "no",
    "motor.strength": "100 %",
    "haptics.nudge": "pulse 150 ms, gap 150 ms, pulse 150 ms",
    "haptics.reminder": "pulse 150 ms, gap 150 ms, pulse 150 ms, gap 150 ms, pulse 150 ms",
    "haptics.well-done": "ramp 300 ms 20 % to 60 %, gap 150 ms, pulse 80 ms 60 %",
    "haptics.acknowledgement": "pulse 80 ms",
    "haptics.refusal": "pulse 600 ms 50 %",
    "haptics.bend": "pulse 80 ms, gap 120 ms, pulse 400 ms",
    "haptics.question": "pulse 80 ms, gap 80 ms, pulse 80 ms, gap 80 ms, pulse 80 ms, gap 80 ms, pulse 80 ms",
    "haptics.paused": "ramp 800 ms 100 % to 20 %",
    "haptics.resumed": "ramp 800 ms 20 % to 100 %",
    "haptics.break": "pulse 500 ms 40 %, gap 700 ms, pulse 500 ms 40 %",
    "haptics.step": "pulse 250 ms",
    "haptics.tense": "ramp 500 ms 30 % to 100 %, gap 60 ms, pulse 300 ms",
    "haptics.release": "pulse 300 ms, gap 60 ms, ramp 500 ms 100 % to 30 %",
    "haptics.finish": "pulse 400 ms, gap 300 ms, pulse 400 ms, gap 300 ms, pulse 400 ms",
    "button.active-low": "yes",
    "filter.time-constant": "3 s",
    "filter.time-constant-without-gyroscope": "0.7 s",
    "filter.sensor-delay": "4 ms",
    "reference.automatic": "yes",
    "reference.window": "3 s",
    "reference.sway": "4 deg",
    "reference.file": "/var/lib/postured/references",
    "reference.choose": "no",
    "context.off-body-after": "20 s",
    "detector.trigger": "exposure",
    "detector.enter": "15 deg",
    "detector.leave": "10 deg",
    "detector.enter-sideways": "12 deg",
    "detector.leave-sideways": "8 deg",
    "detector.enter-backward": "20 deg",
    "detector.leave-backward": "15 deg",
    "detector.hold": "10 s",
    "detector.holding-time": "4 min",
    "detector.shortest-holding-time": "60 s",
    "detector.recovery": "60 s",
    "detector.reminder": "60 s",
    "detector.most-reminders": "3",
    "cues.mode": "training",
    "cues.training-hours": "none",
    "cues.quiet-hours": "none",
    "cues.snooze": "10 min",
    "cues.pause": "30 min",
    "cues.refractory": "20 s",
    "cues.most-per-hour": "12",
    "cues.intensity": "70 %",
    "cues.escalation": "15 %",
    "cues.strongest": "100 %",
    "cues.praise-within": "20 s",
    "breaks.after": "30 min",
    "breaks.again": "15 min",
    "breaks.most": "2",
    "breaks.movement": "2 min",
    "recording.directory": "none",
    "recording.file-length": "60 min",
    "recording.budget": "1000 MB",
    "recording.age": "never",
    "history.file": Configuration.History.usualPath,
    "history.keep": "730 days",
    "programme.enabled": "no",
    "programme.shortest": "5 min",
    "programme.longest": "60 min",
    "programme.goal": "80 %",
    "log.level": "info",
  ]
}
