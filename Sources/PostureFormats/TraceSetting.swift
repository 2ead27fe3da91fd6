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

  /// False where a setting reaches what a recording has no say in: sockets, lines, files.
  static func isOnlyForDecisions(_ configuration: Configuration) -> Bool {
    var rest = configuration
    rest.pipeline = Configuration().pipeline
    return rest == Configuration() || configuration.pipeline != Configuration().pipeline
  }

  /// The ones that make another pipeline than the built-in defaults do.
  package static func decisive(_ assigned: [Assignment]) -> [TraceSetting] {
    let usual = Configuration().pipeline
    return assigned.map(\.setting).filter { setting in
      var configuration = Configuration()
      return Setting.named(setting.key)?.apply(setting.value, &configuration) == nil && configuration.pipeline != usual
    }
  }
}
