// SPDX-License-Identifier: MIT
// Members are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PostureCore
import PosturePacing

/// Answers `session` and `session-status`: what runs, and how far it has come.
package struct SessionMessage: Message, Equatable {
  package static let messageClass = "session"
  package var is_running: Bool
  package var title: String?
  /// How many.
  package var steps: Int?
  package var length_s: Double?
  /// From 1; none before the first sample.
  package var step: Int?
  package var step_left_s: Double?
  package var elapsed_s: Double?
  package var words: String?

  /// - Parameter session: nil where none runs.
  package init(_ session: PacedSession?) {
    is_running = session != nil
    guard let session else { return }
    title = session.plan.title
    steps = session.plan.steps.count
    length_s = session.plan.length.seconds.rounded(places: 1)
    elapsed_s = session.elapsed.seconds.rounded(places: 1)
    guard let index = session.step else { return }
    step = index + 1
    step_left_s = session.left.seconds.rounded(places: 1)
    words = session.plan.steps[index].words
  }
}

/// A step of the session begins.
package struct SessionStepMessage: Message, Equatable {
  package static let messageClass = "session-step"

  /// A step as a request has it too.
  package struct Step: Codable, Sendable, Equatable {
    package var for_s: Double
    /// None for one that begins silently.
    package var cue: String?
    /// `still` or `moving`, where the sensor is to look.
    package var check: String?
    package var words: String

    package init(_ step: SessionStep) {
      for_s = step.length.seconds.rounded(places: 6)
      cue = step.cue?.name
      check = step.check?.rawValue
      words = step.words
    }
  }

  /// From 1.
  package var number: Int
  /// How many there are.
  package var steps: Int
  package var step: Step
  package var time_us: Int64

  package init(_ index: Int, of plan: SessionPlan, at time: Timestamp) {
    number = index + 1
    steps = plan.steps.count
    step = Step(plan.steps[index])
    time_us = time.microseconds
  }
}

/// What the sensor saw of a step that asked for stillness or movement.
package struct SessionCheckMessage: Message, Equatable {
  package static let messageClass = "session-check"
  /// Of the step, from 1.
  package var number: Int
  package var check: String
  /// Of the seconds that could be judged, 0 to 1; none where there were none.
  package var share: Double?
  /// Whole seconds that could be judged: not those in which the motor shakes.
  package var counted_s: Int

  package init(_ index: Int, _ outcome: SessionCheck) {
    number = index + 1
    check = outcome.check.rawValue
    share = outcome.share?.rounded(places: 2)
    counted_s = outcome.counted
  }
}

/// The session is over.
package struct SessionEndedMessage: Message, Equatable {
  package static let messageClass = "session-ended"
  package var title: String
  /// `finished`, `stopped` or `sensor-lost`.
  package var ended_by: String
  package var length_s: Double
  package var elapsed_s: Double
  package var steps: Int
  package var steps_done: Int
  /// Of what was asked for and could be judged, 0 to 1.
  package var still_share: Double?
  package var moved_share: Double?

  package init(_ outcome: SessionOutcome) {
    title = outcome.title
    ended_by = outcome.ending.rawValue
    length_s = outcome.planned.seconds.rounded(places: 1)
    elapsed_s = outcome.lasted.seconds.rounded(places: 1)
    steps = outcome.steps
    steps_done = outcome.stepsDone
    still_share = outcome.still?.rounded(places: 2)
    moved_share = outcome.moved?.rounded(places: 2)
  }
}
