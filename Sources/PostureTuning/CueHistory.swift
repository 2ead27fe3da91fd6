// SPDX-License-Identifier: MIT
import PostureCore

/// What a pipeline said to the wearer over a whole recording: its cues, and the deviations for which it gave them.
package struct CueHistory: Sendable, Equatable {
  package struct Deviation: Sendable, Equatable {
    /// When the wearer began to lean.
    package let start: Timestamp
    package fileprivate(set) var end: Timestamp
  }

  /// Of a deviation that began or lasts, in order.
  package private(set) var cues: [Timestamp] = []
  package private(set) var deviations: [Deviation] = []
  private var isInDeviation = false

  package init() {}

  /// Takes what the next sample gave.
  package mutating func take(_ output: PosturePipeline.Output) {
    if isInDeviation {
      deviations[deviations.count - 1].end = output.time
      isInDeviation = output.posture == .deviated
    }
    for index in 0..<output.eventCount {
      switch output.event(index).kind {
      case .deviated(let leaning, nil):
        take(cueAt: output.time, leaning)
      case .reminded(let leaning, _):
        take(cueAt: output.time, leaning)
      default: break
      }
    }
  }

  /// The first cue of a deviation is a reminder where that at its beginning was suppressed.
  private mutating func take(cueAt time: Timestamp, _ leaning: Interval) {
    cues.append(time)
    guard !isInDeviation else { return }
    let start = Timestamp(microseconds: time.microseconds - leaning.microseconds)
    deviations.append(Deviation(start: start, end: time))
    isInDeviation = true
  }
}
