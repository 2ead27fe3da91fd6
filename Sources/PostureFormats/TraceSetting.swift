// SPDX-License-Identifier: MIT
import PostureCore

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

  /// One that a trace may say.
  ///
  /// - Parameter whileRunning: among the rows, where only what a pipeline can exchange may change.
  init(_ key: String, _ value: String, whileRunning: Bool, source: String, line: Int) throws(InputError) {
    guard let known = Setting.named(key) else {
      let nearest = Setting.nearest(to: key).map { "a known setting, such as \($0)" } ?? "a known setting"
      throw InputError(
        source: source, line: line, found: "unknown setting \(InputError.quote(key))", expected: nearest)
    }
    var configuration = Configuration()
    if let mismatch = known.apply(value, &configuration) {
      throw InputError(source: source, line: line, key: key, found: mismatch.found, expected: mismatch.expected)
    }
    guard Self.isOnlyForDecisions(configuration) else {
      throw InputError(
        source: source, line: line, key: key, found: "it in a trace", expected: "a setting that decisions depend on")
    }
    guard known.isLive || !whileRunning else {
      throw InputError(
        source: source, line: line, key: key, found: "it among the rows",
        expected: "a setting that can change while the daemon runs")
    }
    self.init(key: key, value: value)
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

extension TraceSetting {
  /// It changes what is known of the wearer, not only what is decided about it.
  ///
  /// False for a default, whatever it is the default of.
  package var changesWhatIsKnown: Bool {
    var configuration = Configuration()
    let usual = configuration.pipeline
    guard Setting.named(key)?.apply(value, &configuration) == nil else { return false }
    configuration.pipeline.decide(as: usual)
    return configuration.pipeline != usual
  }
}

extension [TraceSetting] {
  /// These, but where others say something else.
  package func replaced(by others: [TraceSetting]) -> [TraceSetting] {
    filter { own in !others.contains { $0.key == own.key } } + others
  }

  /// What makes others of these: what they set otherwise, and the default of what they set no more.
  package func changes(to others: [TraceSetting]) -> [TraceSetting] {
    let set = others.filter { !contains($0) }
    let unset = filter { own in !others.contains { $0.key == own.key } }
    return set
      + unset.compactMap { own in
        Setting.named(own.key)?.usual.map { TraceSetting(key: own.key, value: $0) }
      }
  }
}
