// SPDX-License-Identifier: MIT
import PostureCore

/// What came of a paced session, to be kept.
package struct SessionOutcome: Sendable, Equatable {
  package enum Ending: String, Sendable, CaseIterable {
    case finished
    /// Somebody has ended it, or the daemon has ended.
    case stopped
    /// No samples came any more, and without them the motor says nothing.
    case sensorLost = "sensor-lost"
  }

  package var title: String
  /// With its first sample; nil where none came.
  package var began: Timestamp?
  package var planned: Interval
  package var lasted: Interval
  package var stepsDone: Int
  package var steps: Int
  /// Of the seconds in which stillness was asked for and could be judged, 0 to 1; nil where there were none.
  package var still: Double?
  /// The same of movement.
  package var moved: Double?
  package var ending: Ending

  package init(
    title: String, began: Timestamp?, planned: Interval, lasted: Interval, stepsDone: Int, steps: Int,
    still: Double? = nil, moved: Double? = nil, ending: Ending
  ) {
    self.title = title
    self.began = began
    self.planned = planned
    self.lasted = lasted
    self.stepsDone = stepsDone
    self.steps = steps
    self.still = still
    self.moved = moved
    self.ending = ending
  }
}

/// What the sensor saw of a step that asked for something.
package struct SessionCheck: Sendable, Equatable {
  package var check: SessionStep.Check
  /// Whole seconds that could be judged, and those that were as the step asked.
  package var counted: Int
  package var kept: Int

  package init(_ check: SessionStep.Check, counted: Int = 0, kept: Int = 0) {
    self.check = check
    self.counted = counted
    self.kept = kept
  }

  /// 0 to 1; nil where nothing could be judged.
  package var share: Double? { counted > 0 ? Double(kept) / Double(counted) : nil }

  mutating func add(_ other: SessionCheck) {
    counted += other.counted
    kept += other.kept
  }
}
