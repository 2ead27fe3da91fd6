// SPDX-License-Identifier: MIT
// Members are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// Answers `settings`: what is in force, and where it comes from.
package struct SettingsMessage: Message, Equatable {
  package struct Entry: Codable, Sendable, Equatable {
    package var name: String
    /// As a line of the configuration has it; missing where nothing is set and there is no default.
    package var value: String?
    /// `FILE:LINE`, the option it was given by, or `default`.
    package var source: String
    /// What it will be after a restart, where it has changed since the start.
    package var after_restart: String?

    package init(name: String, value: String?, source: String) {
      self.name = name
      self.value = value
      self.source = source
    }
  }

  package static let messageClass = "settings"
  /// Of what nobody has set.
  package static let defaultSource = "default"
  /// Read last, in this order.
  package var files: [String]
  package var settings: [Entry]

  package init(files: [String], settings: [Entry]) {
    self.files = files
    self.settings = settings
  }
}
