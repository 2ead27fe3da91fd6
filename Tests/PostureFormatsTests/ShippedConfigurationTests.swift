// SPDX-License-Identifier: MIT
import Foundation
import PostureFormats
import Testing

/// `systemd/postured.conf` explains every setting: with its default behind a `#`, as an example behind `# `, or in
/// force.
struct ShippedConfigurationTests {
  private static let text = shipped("postured.conf")

  private static func shipped(_ name: String) -> String {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "systemd").appending(path: name)
    return (try? String(contentsOf: url, encoding: .utf8)) ?? ""
  }

  /// The lines that match, each split into what stands before the key, the key and its value.
  private var settings: [(mark: Substring, name: String, value: String)] {
    Self.text.matches(of: /(?m)^(#? ?)([a-z]+\.[a-z-]+): (.+)$/).map { ($0.1, String($0.2), String($0.3)) }
  }

  private func read(_ lines: [String]) throws -> Configuration {
    var reader = ConfigurationReader()
    reader.read(file: Array(lines.joined(separator: "\n").utf8), named: "postured.conf")
    return try reader.result()
  }

  @Test func itNamesEverySettingOnceAndInOrder() {
    #expect(settings.map(\.name) == Setting.all.map(\.name))
    #expect(settings.count == 87)
  }

  @Test func theManualNamesEverySettingOnceAndInOrder() {
    let named = Self.shipped("man/postured.conf.5").matches(of: /(?m)^\.It Cm ([a-z]+\.[a-z-]+)$/)
    #expect(named.map { String($0.1) } == Setting.all.map(\.name))
  }

  @Test func whatIsBehindAHashIsTheDefault() throws {
    // The process's own group is what the unit makes it.
    let defaults = settings.filter { $0.mark == "#" && $0.name != "socket.group" }
    #expect(defaults.count == 76)
    for setting in defaults {
      #expect(try read(["\(setting.name): \(setting.value)"]) == Configuration(), "\(setting)")
    }
    #expect(try read(defaults.map { "\($0.name): \($0.value)" }) == Configuration())
  }

  @Test func whatIsBehindAHashAndABlankIsAnExampleWithoutDefault() throws {
    let examples = settings.filter { $0.mark == "# " }
    #expect(
      examples.map(\.name) == [
        "sensor.identity", "sensor.interrupt-line", "sensor.interrupt-chip", "motor.chip", "motor.pwm", "button.line",
        "button.chip",
      ])
    for setting in examples {
      let beside = setting.name == "sensor.identity" ? "sensor.model: mpu-6500" : ""
      let without = try read([beside])
      #expect(try read(["\(setting.name): \(setting.value)", beside]) != without, "\(setting)")
    }
  }

  @Test func asItIsShippedItIsRight() throws {
    var expected = Configuration()
    expected.sensor.bus = "/dev/i2c-1"
    expected.motor.line = "GPIO17"
    expected.socket.changeGroup = "postured-control"
    #expect(try read([Self.text]) == expected)
    #expect(settings.filter { $0.mark.isEmpty }.count == 3)
  }
}
