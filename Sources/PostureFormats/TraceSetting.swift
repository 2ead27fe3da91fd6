// SPDX-License-Identifier: MIT

/// A setting that decisions depend on, as a trace's header holds it: `# set detector.hold: 5 s`.
package struct TraceSetting: Sendable, Equatable {
  /// Before the setting's own name in a header.
  static let prefix = "set "

  package let key: String
  package let value: String

  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }

  /// The ones that make another pipeline than the built-in defaults do.
  package static func decisive(_ assigned: [TraceSetting]) -> [TraceSetting] {
    let usual = Configuration().pipeline
    return assigned.filter { setting in
      var configuration = Configuration()
      return Setting.named(setting.key)?.apply(setting.value, &configuration) == nil && configuration.pipeline != usual
    }
  }
}
