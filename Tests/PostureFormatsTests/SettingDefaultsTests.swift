// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

/// What is said of settings that nobody has set, and when those that somebody has are in force.
struct SettingDefaultsTests {
  private func configuration(_ key: String, _ value: String) throws -> Configuration {
    var reader = ConfigurationReader()
    reader.set([TraceSetting(key: key, value: value)], from: "t")
    return try reader.result()
  }

  @Test func theUsualTextIsTheDefaultBitForBit() throws {
    let usual = Setting.all.compactMap { setting in setting.usual.map { (setting.name, $0) } }
    #expect(usual.count == 76)
    for (name, text) in usual { #expect(try configuration(name, text) == Configuration(), "\(name): \(text)") }
  }

  /// Without a default there is nothing in the configuration either.
  @Test func theOthersHaveNone() {
    #expect(
      Setting.all.filter { $0.usual == nil }.map(\.name) == [
        "socket.group", "socket.change-group", "sensor.bus", "sensor.identity", "sensor.interrupt-line",
        "sensor.interrupt-chip", "motor.line",
        "motor.chip", "motor.pwm", "button.line", "button.chip",
      ])
  }

  /// A live setting reaches nothing that has begun with another value: only what the hub and a pipeline can exchange.
  @Test(arguments: [
    ("detector.hold", "5 s"), ("detector.trigger", "hold"), ("detector.enter", "21 deg"), ("cues.mode", "tracking"),
    ("cues.quiet-hours", "22:00-07:00"), ("cues.pause", "5 min"), ("cues.most-per-hour", "3"),
    ("haptics.nudge", "pulse 100 ms"), ("reference.automatic", "no"), ("reference.window", "4 s"),
    ("context.off-body-after", "30 s"), ("mount.forward", "y"), ("cues.praise-within", "never"),
    ("breaks.after", "never"), ("breaks.movement", "60 s"),
    ("recording.directory", "/r"), ("recording.budget", "20 MB"),
  ]) func aLiveSettingReachesOnlyWhatCanBeExchanged(key: String, value: String) throws {
    #expect(Setting.all.first { $0.name == key }?.isLive == true)
    var changed = try configuration(key, value)
    #expect(changed != Configuration())
    changed.cues = Configuration().cues
    changed.recording = Configuration().recording
    changed.breaks = Configuration().breaks
    let filter = changed.pipeline.filter
    changed.pipeline = Configuration().pipeline
    changed.pipeline.filter = filter
    #expect(changed == Configuration())
  }

  @Test(arguments: [
    ("socket.path", "/tmp/s"), ("sensor.rate", "50 Hz"), ("sensor.batch", "50 ms"), ("motor.line", "GPIO17"),
    ("button.line", "GPIO22"), ("filter.time-constant", "2 s"), ("reference.file", "/tmp/r"),
  ]) func whatHasBegunWithAnotherValueIsNotLive(key: String, value: String) throws {
    #expect(Setting.all.first { $0.name == key }?.isLive == false)
    #expect(try configuration(key, value) != Configuration())
  }
}
