// SPDX-License-Identifier: MIT

/// A day as the programme sees it. Times are whole seconds of judged wear: posture counted and was known.
package struct ProgrammeDay: Sendable, Equatable {
  package struct Training: Sendable, Equatable {
    /// What was planned; nil where nobody wrote it down, and then what the rules plan for that day.
    package var planned: Int?
    /// While cues could be felt: of each session, which a rest parts from the one before.
    package var sessions: [Int]
    package var upright: Int
    /// Since the last minute of it, where there was one.
    package var rested: Int

    package var done: Int { sessions.reduce(0, +) }

    /// - Parameter done: in one session.
    package init(planned: Int? = nil, done: Int = 0, upright: Int = 0, rested: Int = 0) {
      self.planned = planned
      sessions = done > 0 ? [done] : []
      self.upright = upright
      self.rested = rested
    }
  }

  /// Before the training of the day, without cues.
  package struct Probe: Sendable, Equatable {
    package var judged: Int
    package var upright: Int

    package init(judged: Int = 0, upright: Int = 0) {
      self.judged = judged
      self.upright = upright
    }
  }

  /// Consecutive days have consecutive numbers; which is the first does not matter.
  package var number: Int
  package var worn: Int
  package var judged: Int
  package var training: Training
  package var probe: Probe
  package var cues: Int
  /// Those after which the wearer came upright within 20 s.
  package var corrected: Int

  package init(
    _ number: Int, worn: Int = 0, judged: Int = 0, training: Training = Training(), probe: Probe = Probe(),
    cues: Int = 0, corrected: Int = 0
  ) {
    self.number = number
    self.worn = worn
    self.judged = judged
    self.training = training
    self.probe = probe
    self.cues = cues
    self.corrected = corrected
  }
}
