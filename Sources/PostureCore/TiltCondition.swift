// SPDX-License-Identifier: MIT

extension TiltFilter {
  /// Why an estimate is what it is.
  package struct Condition: BitwiseCopyable, Sendable, Equatable {
    /// What the level has begun anew after, while it is a mean of less than one time constant.
    package enum Beginning: BitwiseCopyable, Sendable {
      /// The first sample.
      case started
      /// A gap, or a sensor that stood still.
      case interrupted
      /// A turn between two samples that was too large to follow.
      case turnedTooFar
      /// An angular velocity at the end of its range.
      case saturated
      /// A bias newly learnt, that had turned the level far.
      case biasChanged
    }

    /// Nil once a time constant has passed.
    package var levellingAfter: Beginning?
    /// The gyroscope's bias is known.
    package var isBiasKnown: Bool
    /// Without one a change of posture shows late.
    package var hasGyroscope: Bool
  }
}
