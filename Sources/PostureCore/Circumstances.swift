// SPDX-License-Identifier: MIT

/// Under what a pipeline judges: beside its decisions, all there is to show of it.
package struct Circumstances: BitwiseCopyable, Sendable, Equatable {
  package var mode: Mode
  package var isQuiet: Bool
  /// A paced session runs: nothing is judged.
  package var isInSession: Bool
  /// Nil while there is none.
  package var silence: Silence?
  /// When a silence ends by itself.
  package var silenceEnd: Timestamp
  package var reference: ReferenceName
  package var knowsSitting: Bool
  package var knowsStanding: Bool
  package var knowsCar: Bool
  /// A reference posture is being taken.
  package var isCalibrating: Bool
  /// The device seems to sit otherwise than when the reference posture was taken.
  package var isDoubted: Bool
  /// It has moved as only a living body does, within the last seconds.
  package var isAlive: Bool

  package func knows(_ name: ReferenceName) -> Bool {
    switch name {
    case .sitting: knowsSitting
    case .standing: knowsStanding
    case .car: knowsCar
    }
  }
}
