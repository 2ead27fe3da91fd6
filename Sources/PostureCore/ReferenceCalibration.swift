// SPDX-License-Identifier: MIT

/// Takes the reference posture: the mean of up over a window in which the wearer holds still.
package struct ReferenceCalibration: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// How long to hold still. Shorter is quicker, longer averages sway away.
    package var window = Interval.seconds(3)
    /// How far up may stray within the window.
    package var sway = Angle.degrees(4)
    /// How long to wait for the gyroscope bias before giving up.
    package var patience = Interval.seconds(10)
    package var forwardAxis: SensorAxis?

    package init() {}
  }

  /// Why a reference was refused.
  package enum Refusal: BitwiseCopyable, Sendable {
    /// Up strayed by more than the sway allowed.
    case moving
    /// The gyroscope bias did not become known in time.
    case unsettled
    /// The samples stopped, froze or said nothing.
    case noEstimate
    /// The sensor axis configured as forward stands almost upright.
    case forwardAxisVertical
    /// No bend forward followed that shows where forward is.
    case noBend
    /// There is no reference posture of that name.
    case unknown
  }

  package enum Result: Sendable {
    case taken(ReferencePosture)
    case refused(Refusal)
  }

  private let parameters: Parameters
  private let isStillnessRequired: Bool
  private let requested: Timestamp
  private var begun: Timestamp?
  private var first: Direction?
  private var sum = Vector3<UnitLength>.zero

  /// - Parameter requiringStillness: false takes whatever mean the window gives, for a recording whose start is known
  ///   to be upright.
  package init(_ parameters: Parameters, requiringStillness: Bool, at time: Timestamp) {
    self.parameters = parameters
    isStillnessRequired = requiringStillness
    requested = time
  }

  /// The same, of what comes from now on.
  package func begunAnew(at time: Timestamp) -> ReferenceCalibration {
    ReferenceCalibration(parameters, requiringStillness: isStillnessRequired, at: time)
  }

  /// Takes the next estimate of up; returns how it ended, once it has.
  package mutating func update(_ up: Direction?, isSettled: Bool, at time: Timestamp) -> Result? {
    if isStillnessRequired && !isSettled {
      return time - requested > parameters.patience ? .refused(.unsettled) : nil
    }
    guard let up else { return isStillnessRequired ? .refused(.noEstimate) : nil }
    let begun = begun ?? time
    self.begun = begun
    sum += up
    if let first {
      // |up - first| is the chord: 2 sin(angle / 2), the angle itself for angles this small.
      if isStillnessRequired && (up - first).length > parameters.sway.radians { return .refused(.moving) }
    } else {
      first = up
    }
    guard time - begun >= parameters.window else { return nil }
    guard let mean = sum.direction else { return .refused(.noEstimate) }
    guard let reference = ReferencePosture(up: mean, forwardAxis: parameters.forwardAxis) else {
      return .refused(.forwardAxisVertical)
    }
    return .taken(reference)
  }
}
