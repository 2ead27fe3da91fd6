// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// One recording through the whole pipeline by one set of settings, as a replay takes it.
package struct TraceRun: Sendable {
  private var settings: DaySettings
  private var pipeline: PosturePipeline
  private var output = PosturePipeline.Output()
  package private(set) var history = CueHistory()

  /// - Parameters:
  ///   - overruling: what holds whatever the trace says.
  ///   - opening: of the trace.
  package init(_ overruling: [TraceSetting], of opening: TraceOpening) throws(InputError) {
    settings = DaySettings(overruling, of: opening)
    pipeline = PosturePipeline(try settings.parameters())
  }

  /// From the next sample on the trace is judged so.
  package mutating func change(_ changes: [TraceSetting]) throws(InputError) {
    settings.change(changes)
    pipeline.configure(try settings.parameters())
  }

  package mutating func take(_ measurement: Measurement) {
    if let command = measurement.command { pipeline.perform(command, at: measurement.sample.time) }
    if pipeline.process(measurement.sample, into: &output) { history.take(output) }
  }
}
