// SPDX-License-Identifier: MIT
import Foundation
import PostureFormats
import TestSupport
import Testing

/// Hardware that is configured and not there: it is waited for, and said.
struct HardwareTests {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("s") }
  private let absent = "sensor.bus: /dev/i2c-99\nmotor.line: no-such-line\n"
  private let advice =
    "there is no /dev/i2c-99: enable I2C with dtparam=i2c_arm=on in /boot/firmware/config.txt, load the module i2c-dev, "
    + "and see ls /dev/i2c-*"

  private func status() throws -> StatusMessage {
    let line = lines(try posturectl("status", "--json", "--socket", socket).output).first ?? ""
    return try #require(JSONLine.decode(StatusMessage.self, from: line), "\(line)")
  }

  @Test func aDaemonWithoutItsBusStartsAndWaits() throws {
    let file = try directory.write(absent, to: "c")
    let daemon = try daemon(socket, "--config", file, "--record", directory.file("r"))
    try waitUntil("the third try") { try status().faults >= 3 }
    let lost = try status()
    #expect(lost.state == "lost" && lost.fault == advice && lost.source == "i2c")
    #expect(Set(lost.fault_counts.keys) == ["no-adapter"] && lost.fault_counts["no-adapter"] == lost.faults)
    #expect(lost.sensor == nil && lost.address == nil && lost.mode == nil && lost.rate_hz == nil)
    #expect(lost.samples == 0 && lost.posture == "unknown" && !lost.has_reference)
    #expect(lost.has_motor && !lost.motor_on && lost.motor_fault?.contains("gpioinfo") == true)

    let rows = lines(try posturectl("status", "--socket", socket).output)
    #expect(rows.first == "posture        unknown: no samples")
    let sensor = try #require(rows.first { $0.hasPrefix("sensor ") })
    #expect(sensor.hasPrefix("sensor         not found yet, lost for ") && sensor.hasSuffix(" s: \(advice)"))
    #expect(rows.contains { $0.hasPrefix("samples        0, 0 missing, 0 lost, ") && $0.hasSuffix(" no-adapter)") })
    #expect(rows.contains { $0.hasPrefix("motor          off: there is no such line: ") })
    #expect(
      try posturectl("calibrate", "--socket", socket)
        == Outcome(status: 69, output: "", errors: "posturectl: calibrate: the sensor is lost\n"))

    #expect(daemon.isRunning)
    daemon.signal(SIGTERM)
    let outcome = try daemon.wait()
    #expect(outcome.status == 0)
    // However often it is tried, it is said once.
    #expect(outcome.errors.components(separatedBy: advice).count == 2)
    #expect(outcome.errors.components(separatedBy: "motor: there is no such line").count == 2)
    #expect(outcome.errors.hasSuffix(" ended, motor off\n"))
    #expect(directory.names == ["c", "r"])
    #expect(try contents(of: directory.file("r")) == "")
  }

  @Test func aBusByNameIsNamedInItsAdvice() throws {
    let file = try directory.write("sensor.bus: no such adapter\n", to: "c")
    let daemon = try daemon(socket, "--config", file)
    try waitUntil("the loss") { try status().state == "lost" }
    #expect(try status().fault?.hasPrefix("there is no no such adapter: enable I2C") == true)
    #expect(try !status().has_motor)
    daemon.signal(SIGINT)
    #expect(try daemon.wait().status == 0)
  }

  @Test func whatIsNoAdapterIsSaid() throws {
    let file = try directory.write("sensor.bus: /dev/null\n", to: "c")
    let daemon = try daemon(socket, "--config", file)
    try waitUntil("the loss") { try status().state == "lost" }
    #expect(try status().fault == "/dev/null is not an I2C adapter")
    #expect(daemon.isRunning)
  }

  /// The line of the data-ready pin is opened after the bus.
  @Test func aDaemonThatWaitsForAPinWaitsForItsBusFirst() throws {
    let file = try directory.write(
      absent + "sensor.mode: data-ready\nsensor.interrupt-line: GPIO27\nbutton.line: GPIO22\n", to: "c")
    let daemon = try daemon(socket, "--config", file)
    try waitUntil("the loss") { try status().faults >= 2 }
    #expect(try status().fault == advice)
    try waitUntil("the button") { try daemon.errors.contains(" error button: ") }
    daemon.signal(SIGTERM)
    #expect(try daemon.wait().status == 0)
  }

  @Test func switchingNoMotorOffIsDone() throws {
    for settings in ["", "sensor.bus: /dev/i2c-99\n", "button.line: GPIO22\n"] {
      let file = try directory.write(settings, to: "c")
      #expect(
        try postured("--motor-off", "--config", file, "--socket", socket)
          == Outcome(status: 0, output: "", errors: ""))
    }
    #expect(directory.names == ["c"])
  }

  @Test(arguments: [
    ("motor.line: no-such-line\n", "GPIO"), ("motor.line: 3\nmotor.chip: no-such-chip\n", "chip"),
    ("motor.pwm: pwmchip99:0\n", "pwmchip99"),
  ]) func aMotorThatIsNotThereCannotBeSwitchedOff(settings: String, named: String) throws {
    let file = try directory.write(settings, to: "c")
    let outcome = try postured("--motor-off", "--config", file)
    #expect(outcome.status == 69 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("postured: motor: ") && outcome.errors.contains(named))
    #expect(lines(outcome.errors).count == 1)
  }

  @Test func checkingSwitchesNothing() throws {
    let file = try directory.write("motor.line: no-such-line\n", to: "c")
    let outcome = try postured("--check", "--motor-off", "--config", file)
    #expect(outcome.status == 0 && outcome.output.hasSuffix("\nnothing was touched\n"))
  }

  @Test func aWrongConfigurationSwitchesNothing() throws {
    let file = try directory.write("motor.line: 3\n", to: "c")
    #expect(try postured("--motor-off", "--config", file).status == 78)
    #expect(try postured("--motor-off", "--config", directory.file("none")).status == 66)
  }
}

/// The simulated wearer through every chip that can be named, and every way of fetching samples.
struct ModelTests {
  private let directory = TemporaryDirectory()

  /// Records the slow slouch; gives the lines of the trace.
  private func record(_ settings: String) throws -> [String] {
    let file = try directory.write(settings, to: "c")
    let outcome = try postured(
      "--config", file, "--scenario", "slow-slouch", "--speed", "max", "--record", directory.file("r"), "--socket",
      directory.file("s"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let announced = lines(outcome.errors).compactMap { $0.firstMatch(of: /info .* (calibrated|deviated|recovered)/)?.1 }
    #expect(announced == ["calibrated", "deviated", "recovered"])
    let replay = try posturectl("replay", directory.file("r"))
    #expect(lines(replay.output).map { $0.split(separator: " ")[1] } == ["calibrated", "deviated", "recovered"])
    return lines(try contents(of: directory.file("r")))
  }

  @Test(arguments: Configuration.Sensor.Model.allCases)
  func everyModelShowsTheSlouch(model: Configuration.Sensor.Model) throws {
    let lines = try record("sensor.model: \(model.rawValue)\n")
    #expect(lines.contains("# sensor: \(model.rawValue.uppercased())"))
    let hasGyroscope = model != .lis3dh && model != .adxl345
    #expect(lines.contains("# angular-velocity: none") == !hasGyroscope)
    let rows = lines.filter { !$0.hasPrefix("#") }.dropFirst()
    #expect(rows.allSatisfy { $0.hasSuffix(",0,0,0") } == !hasGyroscope)
    // 70 s of the chip's own rate next to 100 Hz, less its start.
    #expect((6500...7500).contains(rows.count))
    #expect(!lines.contains { $0.hasPrefix("#!") })
  }

  @Test(arguments: [
    "sensor.mode: polled\n", "sensor.mode: data-ready\nsensor.interrupt-line: GPIO27\n", "sensor.batch: 500 ms\n",
    "sensor.batch: 20 ms\nsensor.rate: 125 Hz\n", "sensor.rate: 20 Hz\n",
    "sensor.model: lis3dh\nsensor.mode: polled\nsensor.address: 0x19\n",
    "sensor.model: bmi160\nsensor.rate: 62.5 Hz\nsensor.identity: 0x00\n",
  ])
  func everyWayOfFetchingShowsTheSlouch(settings: String) throws {
    #expect(try !record(settings).contains { $0.hasPrefix("#!") })
  }
}
