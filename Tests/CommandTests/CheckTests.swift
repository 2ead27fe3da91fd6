import TestSupport
// SPDX-License-Identifier: MIT
import Testing

/// `postured --check`: what would be done, and nothing of it.
struct CheckTests {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("s") }

  /// The report's line that begins so, for a configuration and options.
  private func line(_ start: String, _ configuration: String, _ options: String...) throws -> String? {
    let file = try directory.write(configuration, to: "c")
    let outcome = try run("postured", ["--check", "--config", file] + options)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    return lines(outcome.output).first { $0.hasPrefix(start) }
  }

  @Test func checkingTouchesNothing() throws {
    let file = try directory.write(
      "motor.line: GPIO17\nsensor.bus: /dev/i2c-99\ndetector.hold: 7 s\n"
        + "sensor.calibration: \(directory.file("kept"))\nreference.file: \(directory.file("references"))\n"
        + "history.file: \(directory.file("history.db"))\nhistory.keep: 400 days\n",
      to: "c")
    let outcome = try postured("--check", "--config", file, "--socket", socket, "--record", directory.file("r"))
    #expect(
      outcome
        == Outcome(
          status: 0,
          output: """
            configuration: \(file)
            source: any known sensor on /dev/i2c-99
            sampling: 100.0 Hz, or the chip's next, from its FIFO every 100 ms, speed 1
            range: 4 g, 500 dps
            accelerometer: not calibrated, there is no \(directory.file("kept"))
            motor: line GPIO17 of the chip that has it, strength 100 %
            button: none
            reference: automatic, the first 3.0 s of holding still; forward is auto
            references: there is no \(directory.file("references"))
            limits: forward 15.0 deg, back 10.0 deg, sideways 12.0 deg, back 8.0 deg, backward 20.0 deg, back 15.0 deg
            trigger: exposure, 240.0 s at 20 deg to 60.0 s at 60 deg, reminder 60.0 s, at most 3
            socket: \(socket), mode 0660, group the process's own; changed by root, the process's user
            history: \(directory.file("history.db")), 400 days
            record: \(directory.file("r"))
            nothing was touched

            """, errors: ""))
    #expect(directory.names == ["c"])
  }

  @Test func checkingNamesTheSimulatedSource() throws {
    let wearer = try postured("--check", "--simulate", "--seed", "5", "--socket", socket).output
    #expect(wearer.contains("\nsource: simulated wearer, seed 5, through a simulated MPU-6050\n"))
    #expect(wearer.contains("\nmotor: simulated\n") && wearer.contains("\nbutton: none\n"))
    #expect(wearer.contains("\nsocket: \(socket), "))
    let scene = try postured("--check", "--scenario", "walking", "--speed", "max").output
    #expect(scene.contains("\nsource: simulated scenario 'walking', 60 s, through a simulated MPU-6050\n"))
    #expect(scene.contains(" ms, speed max\n"))
    #expect(directory.names.isEmpty)
    #expect(
      try line("source", "sensor.model: lsm6ds3tr-c\n", "--simulate")
        == "source: simulated wearer, seed 1, through a simulated LSM6DS3TR-C")
  }

  @Test(arguments: [
    ("", "source: any known sensor on /dev/i2c-99"),
    ("sensor.address: 0x1d\n", "source: any known sensor at 0x1D on /dev/i2c-99"),
    ("sensor.model: bmi160\n", "source: BMI160 on /dev/i2c-99"),
    (
      "sensor.model: icm-20602\nsensor.identity: 0xaf\nsensor.address: 0x69\n",
      "source: ICM-20602 that calls itself 0xAF at 0x69 on /dev/i2c-99"
    ),
  ]) func itSaysWhatIsLookedFor(settings: String, expected: String) throws {
    #expect(try line("source", "sensor.bus: /dev/i2c-99\n" + settings) == expected)
  }

  @Test(arguments: [
    ("sensor.batch: 50 ms\n", "100.0 Hz, or the chip's next, from its FIFO every 50 ms"),
    ("sensor.mode: polled\nsensor.rate: 62.5 Hz\n", "62.5 Hz, polled"),
    (
      "sensor.mode: data-ready\nsensor.interrupt-line: GPIO27\n",
      "100.0 Hz, or the chip's next, on each edge of line GPIO27"
    ),
  ]) func itSaysHowSamplesAreFetched(settings: String, expected: String) throws {
    #expect(try line("sampling", "sensor.bus: /dev/i2c-99\n" + settings) == "sampling: \(expected), speed 1")
    // There is no line beside a simulated bus.
    let simulated = settings.contains("data-ready") ? "100.0 Hz, polled" : expected
    #expect(try line("sampling", settings, "--simulate") == "sampling: \(simulated), speed 1")
  }

  @Test(arguments: [
    ("", "none: cues are not felt"),
    ("motor.line: 17\nmotor.chip: c\nmotor.active-low: yes\n", "line 17 of c, strength 100 %, active low"),
    ("motor.pwm: pwmchip0:1\nmotor.strength: 60 %\n", "PWM channel pwmchip0:1, strength 60 %"),
  ]) func itSaysWhatDrivesTheMotor(settings: String, expected: String) throws {
    #expect(try line("motor", "sensor.bus: /dev/i2c-99\n" + settings) == "motor: \(expected)")
    #expect(try line("motor", settings, "--simulate") == "motor: simulated")
  }

  @Test(arguments: [
    ("button.line: GPIO22\n", "line GPIO22 of the chip that has it, active low"),
    ("button.line: 22\nbutton.chip: c\nbutton.active-low: no\n", "line 22 of c"),
  ]) func itSaysWhichButton(settings: String, expected: String) throws {
    #expect(try line("button", "sensor.bus: /dev/i2c-99\n" + settings) == "button: \(expected)")
    #expect(try line("button", settings, "--simulate") == "button: none")
  }

  @Test func aTraceIsSampledAsItWas() throws {
    let trace = try Recording.path()
    #expect(try line("sampling", "", "--trace", trace) == "sampling: 100.0 Hz, as recorded, speed 1")
    let row = "timestamp_us,ax,ay,az,gx,gy,gz\n0,0,0,9.8,0,0,0\n"
    let one = try directory.write(row, to: "1")
    #expect(try line("sampling", "", "--trace", one) == "sampling: as recorded, speed 1")
    let two = try directory.write(row + "16000,0,0,9.8,0,0,0\n", to: "2")
    #expect(try line("sampling", "", "--trace", two) == "sampling: 62.5 Hz, as recorded, speed 1")
  }
}
