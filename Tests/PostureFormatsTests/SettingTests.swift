// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct SettingTests {
  /// One setting, written down here again and not taken from the sources.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    /// Lines that its value needs beside it.
    var beside = ""
    /// The default written out, or nil where it is to have none.
    var usual: String?
    /// Other values, at the ends of the range.
    var good: [String]
    var bad: [String]
    var expected: String
    var testDescription: String { name }
  }

  private func configuration(_ lines: String...) throws -> Configuration {
    var reader = ConfigurationReader()
    reader.read(file: Array(lines.joined(separator: "\n").utf8), named: "f")
    return try reader.result()
  }

  @Test func everySettingIsHere() {
    #expect(Set(Self.cases.map(\.name)) == Set(Setting.all.map(\.name)))
    #expect(Setting.all.count == Self.cases.count)
  }

  @Test(arguments: cases) func itsDefaultChangesNothing(setting: Case) throws {
    guard let usual = setting.usual else { return }
    #expect(try configuration("\(setting.name): \(usual)") == Configuration())
  }

  @Test(arguments: cases) func everyOtherValueChangesIt(setting: Case) throws {
    let without = try configuration(setting.beside)
    for value in setting.good {
      #expect(try configuration("\(setting.name): \(value)", setting.beside) != without, "\(value)")
    }
  }

  @Test(arguments: cases) func aWrongValueIsRefusedInWholeWords(setting: Case) {
    for value in setting.bad {
      let shown = value.utf8.count > 60 ? "'\(value.prefix(60))'..." : "'\(value)'"
      let text = "f:1:\(setting.name.count + 3): \(setting.name): found \(shown), expected \(setting.expected)"
      let error = #expect(throws: ConfigurationErrors.self) { try configuration("\(setting.name): \(value)") }
      #expect(error?.description == text)
    }
  }

  @Test(arguments: cases) func noValueIsRefused(setting: Case) {
    for text in ["\(setting.name):", "\(setting.name): \t", "\(setting.name): # nothing"] {
      var reader = ConfigurationReader()
      reader.read(file: Array(text.utf8), named: "f")
      let error = #expect(throws: ConfigurationErrors.self) { try reader.result() }
      #expect(
        error?.description
          == "f:1:\(setting.name.count + 2): \(setting.name): found nothing, expected \(setting.expected)")
    }
  }
}
