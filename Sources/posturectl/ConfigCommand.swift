// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Show the settings in force, and where each comes from.",
    discussion: """
      A line is what the configuration takes; what has neither been set nor a default is behind a '#'. What has changed in
      the files since the start and needs a restart is said beside it.
      """)

  @Flag(help: "Only what has been set, or will be after a restart, and not the defaults.")
  var changed = false

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let (message, line) = try daemon.answer(SettingsMessage.self, to: "settings")
      if connection.json { return try printLine(line) }
      let shown = message.settings.filter {
        !changed || $0.source != SettingsMessage.defaultSource || $0.after_restart != nil
      }
      if !shown.isEmpty { try printLine(shown.map(Self.text).joined(separator: "\n")) }
    }
  }

  /// The remark begins in this column, or two after a long value.
  private static let remarkColumn = 60

  private static func text(_ entry: SettingsMessage.Entry) -> String {
    let setting = entry.value.map { "\(entry.name): \($0)" } ?? "# \(entry.name):"
    var remark = entry.source
    if let later = entry.after_restart { remark += "; after a restart: \(later)" }
    return (setting + "  ").padded(to: remarkColumn) + "# " + remark
  }
}
