// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// One recording through many sets of settings that differ only in what is decided: which way is up, and what the
/// wearer is about, are computed once.
///
/// The motor shakes the sensor where it did on the recorded day, whatever cues the settings give: what is known of the
/// wearer is that of the day.
package struct SharedRun: Sendable {
  /// Points that all settings take one after another: small enough for a processor's own memory, 80 KiB.
  static let block = 2048

  private var day: DaySettings
  private var trials: [Trial]
  private var pipeline: PosturePipeline
  private var output = PosturePipeline.Output()
  private var track: [TrackPoint] = []

  private struct Trial: Sendable {
    var settings: DaySettings
    var decider: CueDecider
    /// Nil from where its settings contradict the recording's.
    var cues: [Timestamp]? = []

    mutating func follow(_ track: borrowing Span<TrackPoint>) {
      var index = 0
      while cues != nil, let cue = decider.follow(track, from: &index) { cues?.append(cue) }
    }
  }

  /// - Parameters:
  ///   - overruling: for each set of settings, what holds whatever the trace says; of what is known of the wearer all
  ///     set the same and leave the same to the trace.
  ///   - opening: of the trace.
  package init(_ overruling: [[TraceSetting]], of opening: TraceOpening) throws(InputError) {
    precondition(!overruling.isEmpty, "there is something to try")
    day = DaySettings([], of: opening)
    trials = []
    for settings in overruling {
      let settings = DaySettings(settings, of: opening)
      trials.append(Trial(settings: settings, decider: CueDecider(try settings.parameters().cues)))
    }
    pipeline = PosturePipeline(try Self.parameters(trials[0].settings, day))
    track.reserveCapacity(Self.block)
  }

  /// What is known of the wearer as the settings say, and decided as on the day.
  private static func parameters(
    _ settings: DaySettings, _ day: DaySettings
  ) throws(InputError) -> PosturePipeline.Parameters {
    var parameters = try settings.parameters()
    parameters.decide(as: try day.parameters())
    return parameters
  }

  /// From the next sample on the trace is judged so.
  package mutating func change(_ changes: [TraceSetting]) throws(InputError) {
    flush()
    day.change(changes)
    for index in trials.indices {
      trials[index].settings.change(changes)
      do throws(InputError) {
        trials[index].decider.configure(try trials[index].settings.parameters().cues)
      } catch { trials[index].cues = nil }
    }
    guard let front = trials.first(where: { $0.cues != nil }) else { return }
    pipeline.configure(try Self.parameters(front.settings, day))
  }

  package mutating func take(_ measurement: Measurement) {
    let time = measurement.sample.time
    if let command = measurement.command {
      perform(command, at: time)
      pipeline.perform(command, at: time)
    }
    guard pipeline.process(measurement.sample, into: &output) else { return }
    track.append(pipeline.point)
    if track.count == Self.block { flush() }
  }

  /// When each set of settings gave cues, nil for one that contradicts what the recording sets; the recording is over.
  package mutating func finish() -> [[Timestamp]?] {
    flush()
    return trials.map(\.cues)
  }

  /// What of a command is decided about; that counting begins anew, the points say.
  private mutating func perform(_ command: Command, at time: Timestamp) {
    switch command {
    case .takeReference, .setReference, .useReference, .keepReference, .calibrateAccelerometer: return
    case .setMode, .setQuiet, .setSession, .play, .suggestBreak, .silence, .resume, .assumeExposure, .assumeCue,
      .assumeDeviation:
      break
    }
    flush()
    for index in trials.indices { trials[index].decider.perform(command, at: time) }
  }

  private mutating func flush() {
    // Out of the way, so that the trials can be changed meanwhile.
    var points: [TrackPoint] = []
    swap(&points, &track)
    for number in trials.indices { trials[number].follow(points.span) }
    points.removeAll(keepingCapacity: true)
    swap(&points, &track)
  }
}
