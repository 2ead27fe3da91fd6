// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// The settings that hold now, those that wait for a restart, and by which of them each sample was judged.
package struct SettingsInForce: Sendable {
  /// What came of other settings.
  struct Change: Sendable, Equatable {
    /// As `key: value`, in the order of the shipped file.
    var live: [String] = []
    var waiting: [String] = []
  }

  /// Judgements that are remembered, for what was sampled by them.
  private static let mostNumbers: UInt32 = 256

  /// The configuration that holds.
  private(set) var configuration: Configuration
  /// As they were read last, in force or not.
  private var read: Settings
  /// What of the last read ones holds, by name: the rest holds as it was read at the start.
  private let atStart: Settings
  /// Computed samples are judged with some patience less.
  private let isComputed: Bool
  /// By their numbers, for recordings.
  private var decisive: [UInt32: [TraceSetting]]
  private var number: UInt32
  /// Not yet on its way to the sampling thread.
  private var pending: Judgement?
  /// Of a trace that is played, one for each of its changes.
  package private(set) var played: [Judgement] = []

  /// - Parameters:
  ///   - played: what a trace changes on its way, one after another.
  ///   - isComputed: the samples are no chip's integers.
  /// - Throws: where a change contradicts what holds by then.
  package init(
    _ settings: Settings = Settings(), played: [[TraceSetting]] = [], isComputed: Bool = false
  ) throws(ConfigurationErrors) {
    configuration = settings.configuration
    read = settings
    atStart = settings
    self.isComputed = isComputed
    decisive = [0: settings.decisive]
    number = 0
    var reader = ConfigurationReader(settings.configuration)
    for changes in played {
      decisive[number + 1] = decisive(number).replaced(by: changes)
      number += 1
      reader.set(changes, from: "the trace")
      self.played.append(Judgement(number: number, parameters: try parameters(of: reader.result())))
    }
  }

  private func parameters(of configuration: Configuration) -> PosturePipeline.Parameters {
    var parameters = configuration.pipeline
    if isComputed { parameters.acceptComputedSamples() }
    return parameters
  }

  /// What a recording has to say of samples with the judgement of a number.
  func decisive(_ number: UInt32) -> [TraceSetting] { decisive[number] ?? [] }

  /// Other settings: what can, holds from now on.
  mutating func adopt(_ new: Settings) -> Change {
    var change = Change()
    for setting in Setting.all {
      let (old, new) = (value(of: setting, in: read), value(of: setting, in: new))
      if setting.isLive {
        if old != new { change.live.append("\(setting.name): \(new ?? "none")") }
      } else if value(of: setting, in: atStart) != new {
        change.waiting.append("\(setting.name): \(new ?? "none")")
      }
    }
    var next = new.configuration
    next.socket = configuration.socket
    next.sensor = configuration.sensor
    next.motor = configuration.motor
    next.button = configuration.button
    next.reference = configuration.reference
    next.pipeline.filter = configuration.pipeline.filter
    next.pipeline.motorLatency = configuration.pipeline.motorLatency
    read = new
    let hasChanged = next.pipeline != configuration.pipeline
    configuration = next
    guard hasChanged else { return change }
    number += 1
    decisive[number] =
      new.decisive.filter { Setting.named($0.key)?.isLive == true }
      + atStart.decisive.filter { Setting.named($0.key)?.isLive == false }
    // Far more than a minute of memory and a recording can name.
    decisive = decisive.filter { $0.key &+ Self.mostNumbers > number }
    pending = Judgement(number: number, parameters: parameters(of: next))
    return change
  }

  /// - Parameter send: false where there is no room, and it is to be sent again.
  mutating func pass(_ send: (Judgement) -> Bool) {
    if let judgement = pending, send(judgement) { pending = nil }
  }

  /// Every setting, in the order of the shipped file.
  var message: SettingsMessage {
    SettingsMessage(
      files: read.files,
      settings: Setting.all.map { setting in
        let holding = setting.isLive ? read : atStart
        var entry = SettingsMessage.Entry(
          name: setting.name, value: value(of: setting, in: holding), source: source(of: setting, in: holding))
        if !setting.isLive, value(of: setting, in: read) != entry.value {
          entry.after_restart = value(of: setting, in: read) ?? "none"
        }
        return entry
      })
  }

  private func value(of setting: Setting, in settings: Settings) -> String? {
    settings.assigned.last { $0.setting.key == setting.name }?.setting.value ?? setting.usual
  }

  private func source(of setting: Setting, in settings: Settings) -> String {
    settings.assigned.last { $0.setting.key == setting.name }?.source ?? SettingsMessage.defaultSource
  }
}
