// SPDX-License-Identifier: MIT

/// What the wearer or a client asks of the pipeline; recorded in a trace, so that a replay asks it again.
package enum Command: BitwiseCopyable, Sendable, Equatable {
  /// Take a reference posture now: the named one, or the one in use; with a bend forward after it, which shows where
  /// forward is.
  case takeReference(ReferenceName?, isBending: Bool)
  /// Know this reference posture, taken earlier; nil forgets it.
  case setReference(ReferenceName, KeptReference?)
  /// Use this one from now on.
  case useReference(ReferenceName)
  /// The device sits as it did when the reference posture in use was taken.
  case keepReference
  /// Correct the acceleration of every sample so, from the next one on.
  case calibrateAccelerometer(AccelerometerCalibration)
  case setMode(Mode)
  /// Quiet hours begin or end.
  case setQuiet(Bool)
  /// A paced session begins or ends: nothing is judged meanwhile, whatever silence holds beside it.
  case setSession(Bool)
  /// Play this now, whatever silence holds: the wearer asked for it.
  case play(Cue.Kind)
  /// Tell the wearer, who has sat for so long, that a break would be good; not in quiet hours, a silence or a session.
  /// Whether in tracking mode, whoever asks for it decides.
  case suggestBreak(sitting: Interval)
  case silence(Silence, for: Interval)
  /// Ends a silence before its time.
  case resume
  /// The exposure at the start of a piece of a recording, in millionths of what brings a cue.
  case assumeExposure(Int32)
  /// A cue before the start of a piece of a recording, so long ago: it counts among those of an hour.
  case assumeCue(since: Interval)
  /// A deviation at the start of a piece of a recording: its last cue so long ago, after so many reminders.
  case assumeDeviation(sinceCue: Interval, reminders: UInt8)

  package static var calibrate: Command { .takeReference(nil, isBending: false) }
}

/// Whether cues are given.
package enum Mode: UInt8, BitwiseCopyable, Sendable {
  /// The motor says what it has to say.
  case training
  /// Everything is judged and counted, and the motor is silent.
  case tracking
}

/// A time without cues that ends by itself.
package enum Silence: UInt8, BitwiseCopyable, Sendable {
  /// The posture is judged and counted on.
  case snooze
  /// Nothing is judged: the wearer does something in which posture does not count.
  case pause
}
