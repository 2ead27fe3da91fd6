// SPDX-License-Identifier: MIT

/// What the programme has a minute for.
package enum Part: Sendable, Equatable, CaseIterable {
  case plain, probe, training
}

/// A minute that is over. Times are tenths of a second.
package struct ProgrammeMinute: Sendable, Equatable {
  package var part: Part
  package var worn: Int
  package var judged: Int
  package var upright: Int
  /// Of the judged time, in which no cue could be given.
  package var silent: Int

  package init(_ part: Part, worn: Int, judged: Int, upright: Int, silent: Int) {
    self.part = part
    self.worn = worn
    self.judged = judged
    self.upright = upright
    self.silent = silent
  }

  /// It was what it was to be: a probe silent for nine tenths of it, a training for one tenth at most.
  package var wasKept: Bool {
    switch part {
    case .plain: true
    case .probe: silent * 10 >= judged * 9
    case .training: silent * 10 <= judged
    }
  }
}

extension ProgrammeDay {
  /// A training in which the motor had to be silent is none, and a probe with cues neither: both are plain wear.
  package mutating func add(_ minute: ProgrammeMinute) {
    func seconds(_ tenths: Int) -> Int { (tenths + 5) / 10 }
    worn += seconds(minute.worn)
    judged += seconds(minute.judged)
    let rested = training.rested
    if training.done > 0 { training.rested += seconds(minute.judged) }
    guard minute.wasKept else { return }
    switch minute.part {
    case .plain: break
    case .probe:
      probe.judged += seconds(minute.judged)
      probe.upright += seconds(minute.upright)
    case .training:
      if training.sessions.isEmpty || rested >= ProgrammeRunner.rest { training.sessions.append(0) }
      training.sessions[training.sessions.count - 1] += seconds(minute.judged)
      training.upright += seconds(minute.upright)
      training.rested = 0
    }
  }
}
