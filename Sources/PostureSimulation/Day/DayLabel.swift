// SPDX-License-Identifier: MIT
import PostureCore

/// What a wearer truly does at a time of a simulated day.
package enum DayLabel: String, CaseIterable, Sendable, BitwiseCopyable {
  case desk, standing, meal, phone, walking, stairs, reaching, bending, lying, car, offBody, handling

  /// The trunk is held for its own sake, so that a deviation means something.
  package var isPosture: Bool {
    switch self {
    case .desk, .standing, .meal, .phone: true
    case .walking, .stairs, .reaching, .bending, .lying, .car, .offBody, .handling: false
    }
  }

  /// The sensor is on the body and stays there.
  package var isWorn: Bool { self != .offBody && self != .handling }
}

/// A stretch of a day under one label; it includes its start and not its end.
package struct DaySpan: BitwiseCopyable, Sendable, Equatable {
  package let label: DayLabel
  package let start: Timestamp
  package let end: Timestamp

  package init(label: DayLabel, start: Timestamp, end: Timestamp) {
    self.label = label
    self.start = start
    self.end = end
  }
}
