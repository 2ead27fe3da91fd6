// SPDX-License-Identifier: MIT
import PostureCore

/// Whether cues were to be felt in a minute, as the programme has it.
package enum Block: Int, Sendable, CaseIterable {
  /// Of no programme.
  case plain
  /// A training session: cues are given.
  case training
  /// A probe: no cues, to see what has been learnt.
  case probe
}

/// A minute of a run: what the wearer was about, and how. Of what is missing from it nothing is known.
///
/// Times are in tenths of a second, so that a minute takes few bytes: what sums up to it in parts is exact.
package struct MinuteRecord: Sendable, Equatable {
  /// Tenths of a second by context.
  package struct Contexts: Sendable, Equatable {
    package var still = 0
    package var bending = 0
    package var moving = 0
    package var walking = 0
    package var lying = 0
    package var transport = 0
    package var offBody = 0

    package init() {}

    /// Nobody can tell whether it is worn in a vehicle.
    package var worn: Int { still + bending + moving + walking + lying }
    package var all: Int { worn + transport + offBody }
  }

  /// Tenths of a second in which posture counted and was known, by what it was.
  package struct Postures: Sendable, Equatable {
    package var upright = 0
    package var forward = 0
    package var backward = 0
    package var left = 0
    package var right = 0

    package init() {}

    package var beyond: Int { forward + backward + left + right }
    package var judged: Int { upright + beyond }
  }

  /// Minutes since the run began.
  package var minute: Int
  package var contexts = Contexts()
  package var postures = Postures()
  /// Tenths of a second of the judged in which no cue could be given: tracking, quiet hours, a silence.
  package var silent = 0
  /// Mean over the judged time, thousandths of what brings a cue.
  package var exposure = 0
  /// Means over the judged time, tenths of a degree; nil where nothing was judged.
  package var flexion: Int?
  package var lateral: Int?
  /// Mean amplitude deviation over the worn time, mg: see `Movement`.
  package var movement = 0
  package var block = Block.plain

  package init(minute: Int) { self.minute = minute }

  /// Something is to be told of it beyond that nobody wore the device.
  package var isWorth: Bool { contexts.worn > 0 || contexts.transport > 0 }
}
