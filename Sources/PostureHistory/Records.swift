// SPDX-License-Identifier: MIT

/// The daemon from a start to its end.
package struct RunRecord: Sendable, Equatable {
  /// How sure it is when the run began.
  package enum Clock: String, Sendable, CaseIterable {
    /// The system's clock, which nothing has confirmed: a Pi has no battery to keep one.
    case unconfirmed
    /// A clock that was set from outside, before or during the run.
    case confirmed
  }

  /// From 1, in the order in which they were.
  package var id: Int
  /// Seconds since 1970; nil while the system's clock cannot be meant.
  package var began: Int?
  package var clock: Clock
  /// `simulated`, `trace` or `i2c`.
  package var source: String
  package var sensor: String?
  /// Of the daemon.
  package var version: String

  package init(
    id: Int = 0, began: Int?, clock: Clock = .unconfirmed, source: String, sensor: String? = nil, version: String
  ) {
    self.id = id
    self.began = began
    self.clock = clock
    self.source = source
    self.sensor = sensor
    self.version = version
  }
}

/// Minutes of a run through which nobody wore the device.
package struct AbsenceRecord: Sendable, Equatable {
  /// The first of them.
  package var minute: Int
  package var minutes: Int

  package init(minute: Int, minutes: Int) {
    self.minute = minute
    self.minutes = minutes
  }
}

/// A cue of posture, or one that was due and not given, and what came of it.
package struct CueRecord: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case nudge, reminder
    /// None was given, for the reason.
    case suppressed
  }

  package enum Outcome: String, Sendable, CaseIterable {
    /// The wearer came upright.
    case corrected
    /// The next cue of the same deviation came first.
    case ignored
    /// The wearer went on to something in which posture does not count.
    case ended
  }

  /// Tenths of a second since the run began.
  package var at: Int
  package var kind: Kind
  /// `forward`, `backward`, `left` or `right`.
  package var lean: String?
  /// Tenths of a degree.
  package var flexion: Int?
  package var lateral: Int?
  /// How long the wearer had been leaning, tenths of a second.
  package var leaning: Int
  /// Why none was given.
  package var reason: String?
  /// Nil while nothing has come of it yet, and for one that was not given.
  package var outcome: Outcome?
  /// From the cue to its outcome, tenths of a second.
  package var response: Int?

  package init(at: Int, kind: Kind, leaning: Int) {
    self.at = at
    self.kind = kind
    self.leaning = leaning
  }
}

/// Something else that happened: a calibration, a mode, a silence, a break.
package struct HappeningRecord: Sendable, Equatable {
  /// Tenths of a second since the run began.
  package var at: Int
  /// As the event is called everywhere: `calibrated`, `mode-set`.
  package var event: String
  /// What it is about: a reference posture, a mode, why something was refused.
  package var word: String?
  /// How long it lasts or lasted, whole seconds.
  package var seconds: Int?

  package init(at: Int, event: String, word: String? = nil, seconds: Int? = nil) {
    self.at = at
    self.event = event
    self.word = word
    self.seconds = seconds
  }
}

/// How often the sensor failed in one way, within a minute.
package struct FaultRecord: Sendable, Equatable {
  package var minute: Int
  package var fault: String
  package var count: Int

  package init(minute: Int, fault: String, count: Int) {
    self.minute = minute
    self.fault = fault
    self.count = count
  }
}

/// A paced session that was run.
package struct SessionRecord: Sendable, Equatable {
  /// When it began, tenths of a second since the run did.
  package var at: Int
  package var title: String
  /// Seconds.
  package var planned: Int
  package var lasted: Int
  package var stepsDone: Int
  package var steps: Int
  /// Percent of the time in which stillness was asked for, and kept; nil where none was.
  package var still: Int?
  /// The same of movement.
  package var moved: Int?
  /// `finished`, `stopped`, `sensor-lost`.
  package var ending: String

  package init(
    at: Int, title: String, planned: Int, lasted: Int, stepsDone: Int, steps: Int, still: Int? = nil,
    moved: Int? = nil, ending: String
  ) {
    self.at = at
    self.title = title
    self.planned = planned
    self.lasted = lasted
    self.stepsDone = stepsDone
    self.steps = steps
    self.still = still
    self.moved = moved
    self.ending = ending
  }
}

/// The settings that were in force from a moment on.
package struct SettingsRecord: Sendable, Equatable {
  /// Tenths of a second since the run began.
  package var at: Int
  /// Those that are not the defaults, as lines `key: value`.
  package var text: String

  package init(at: Int, text: String) {
    self.at = at
    self.text = text
  }
}

/// What is to be stored. One with the key of an earlier one takes its place.
package enum HistoryEntry: Sendable, Equatable {
  case minute(MinuteRecord)
  case absence(AbsenceRecord)
  case cue(CueRecord)
  case happening(HappeningRecord)
  case fault(FaultRecord)
  case session(SessionRecord)
  case settings(SettingsRecord)
}
