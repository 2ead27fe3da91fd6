// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// One recording through the whole pipeline by one set of settings, as a replay takes it.
package struct TraceRun: Sendable {
  private var options = Replay.Options()
  /// Of the trace, as far as it has been read.
  private var settings: [TraceSetting]
  private let isRaw: Bool
  private var pipeline: PosturePipeline
  private var output = PosturePipeline.Output()
  package private(set) var history = CueHistory()

  /// - Parameters:
  ///   - overruling: what holds whatever the trace says.
  ///   - opening: of the trace.
  package init(_ overruling: [TraceSetting], of opening: TraceOpening) throws(InputError) {
    options.settings = overruling
    settings = opening.settings
    isRaw = opening.isRaw
    pipeline = PosturePipeline(try Self.parameters(options, settings, isRaw: isRaw))
  }

  private static func parameters(
    _ options: Replay.Options, _ settings: [TraceSetting], isRaw: Bool
  ) throws(InputError) -> PosturePipeline.Parameters {
    var parameters = try options.parameters(with: settings)
    if !isRaw { parameters.acceptComputedSamples() }
    return parameters
  }

  /// From the next sample on the trace is judged so.
  package mutating func change(_ changes: [TraceSetting]) throws(InputError) {
    settings = settings.replaced(by: changes)
    pipeline.configure(try Self.parameters(options, settings, isRaw: isRaw))
  }

  package mutating func take(_ measurement: Measurement) {
    if let command = measurement.command { pipeline.perform(command, at: measurement.sample.time) }
    if pipeline.process(measurement.sample, into: &output) { history.take(output) }
  }
}
