// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats

/// What a recording is judged by, and how it is read.
struct ReplaySettings: ParsableArguments {
  @Option(help: ArgumentHelp("Settings to replay with, in place of the built-in ones.", valueName: "file"))
  var config: String?

  @Option(
    name: .customLong("set"), help: ArgumentHelp("One setting, such as detector.hold=5s.", valueName: "key=value"))
  var settings: [String] = []

  @Option(
    help: ArgumentHelp(
      "Of a CSV file of another kind: which columns are what, and in which units: time=t[ms],ax=Acc X[g],...,gx=Gyr X[dps],...",
      valueName: "columns"))
  var columns: String?

  @Option(
    help: ArgumentHelp(
      "The part that counts as upright: 'first 3 s'. Without it, the first still window.", valueName: "part"))
  var reference: String?

  func options() throws -> Replay.Options {
    var options = Replay.Options()
    options.settings = try Self.assigned(config: config, settings)
    do { options.columns = try columns.map { text throws(InputError) in try CSVColumns(text) } } catch {
      throw ProgramError(.usage, error.description)
    }
    guard let reference else { return options }
    guard let part = ReferenceOption(reference) else {
      throw ProgramError(
        .usage,
        InputError(source: "--reference", found: InputError.quote(reference), expected: ReferenceOption.expected)
          .description)
    }
    options.reference = part
    return options
  }

  /// What a file of settings and then single ones say, where they do not contradict each other: that is told before a
  /// recording is opened.
  static func assigned(config: String?, _ settings: [String]) throws -> [TraceSetting] {
    var reader = ConfigurationReader()
    if let config {
      do {
        var file = try FileReader(path: config)
        reader.read(file: try file.read(atMost: ConfigurationReader.longestFile + 1), named: config)
      } catch {
        throw ProgramError(.noInput, error.message)
      }
    }
    for setting in settings { reader.set(setting) }
    _ = try reader.result()
    return reader.assigned.map(\.setting)
  }
}
