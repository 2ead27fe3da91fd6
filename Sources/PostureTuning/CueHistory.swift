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
        cues.append(output.time)
        let start = Timestamp(microseconds: output.time.microseconds - leaning.microseconds)
        deviations.append(Deviation(start: start, end: output.time))
        isInDeviation = true
      case .reminded: cues.append(output.time)
      default: break
      }
    }
  }
}
