// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// The settings of a trace as they change while it is read, and those that overrule them.
struct DaySettings: Sendable {
  private var options = Replay.Options()
  /// Of the trace, as far as it has been read.
  private var settings: [TraceSetting]
  private let isRaw: Bool

  /// - Parameter overruling: what holds whatever the trace says.
  init(_ overruling: [TraceSetting], of opening: TraceOpening) {
    options.settings = overruling
    settings = opening.settings
    isRaw = opening.isRaw
  }

  mutating func change(_ changes: [TraceSetting]) { settings = settings.replaced(by: changes) }

  func parameters() throws(InputError) -> PosturePipeline.Parameters {
    var parameters = try options.parameters(with: settings)
    if !isRaw { parameters.acceptComputedSamples() }
    return parameters
  }
}
