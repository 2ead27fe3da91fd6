// SPDX-License-Identifier: MIT

/// Why a cue that was due was not given, or waits.
package enum Suppression: UInt8, BitwiseCopyable, Sendable {
  // What the wearer was about.
  case moving, walking, bending, lying, offBody, transport
  // What the wearer has asked for.
  case tracking, quiet, snoozed
  /// So many cues an hour are enough.
  case hourly
  /// The cue before it was too short ago.
  case refractory
  /// The tilt is not known well enough.
  case uncertain
  /// The device may sit otherwise than when the reference posture was taken.
  case wornDifferently

  package init?(_ context: Context) {
    switch context {
    case .still: return nil
    case .moving: self = .moving
    case .walking: self = .walking
    case .bending: self = .bending
    case .lying: self = .lying
    case .offBody: self = .offBody
    case .transport: self = .transport
    }
  }

  /// It passes by itself within seconds, and a cue that is due is worth waiting for it.
  package var isPassing: Bool {
    switch self {
    case .bending, .moving, .refractory, .uncertain, .offBody: true
    default: false
    }
  }
}
