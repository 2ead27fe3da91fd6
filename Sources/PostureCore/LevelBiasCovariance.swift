// SPDX-License-Identifier: MIT

/// How far a level and a gyroscope bias may be off, and how the one tells of the other: the covariance of a Kalman
/// filter.
///
/// The state is a small turn of the level, rad, in the almost still frame, and an error of the bias, rad/s, in the
/// sensor frame. Measurements are scalar, so that nothing is inverted but a number.
package struct LevelBiasCovariance: BitwiseCopyable, Sendable {
  /// What a measurement moves the state by.
  package struct Correction: BitwiseCopyable, Sendable {
    /// rad, almost still frame.
    package var level = Vector3<UnitLength>.zero
    /// rad/s, sensor frame.
    package var bias = AngularVelocity.zero

    package static func += (a: inout Correction, b: Correction) {
      a.level += b.level
      a.bias += b.bias
    }
  }

  private var level: Matrix3  // rad²
  private var cross = Matrix3.zero  // level by bias, rad²/s
  private var bias: Matrix3  // (rad/s)²

  /// No level yet, and a bias with this standard deviation on each axis, rad/s.
  package init(bias: Double) {
    level = .zero
    self.bias = .diagonal(bias * bias)
  }

  /// The variance of the bias, all axes together, (rad/s)².
  package var biasVariance: Double { bias.trace }

  /// The variance of the bias along `axis` (a unit vector, sensor frame), (rad/s)².
  @inline(__always)
  package func biasVariance(along axis: Vector3<UnitLength>) -> Double { axis.dot(bias.apply(to: axis)) }

  /// The variance of the level's turn about `axis` (a unit vector), rad².
  package func levelVariance(about axis: Vector3<UnitLength>) -> Double { axis.dot(level.apply(to: axis)) }

  /// Another level, known with this variance on each axis, rad²; nothing ties it to the bias.
  package mutating func beginLevel(variance: Double) {
    level = .diagonal(variance)
    cross = .zero
  }

  /// The bias is less certain by this variance on each axis, (rad/s)².
  package mutating func doubtBias(variance: Double) { bias += .diagonal(variance) }

  /// Time passes: a bias of b turns the level by `turning` b, and wanders by this variance.
  package mutating func advance(turning: Matrix3, biasVariance: Double) {
    let across = turning * cross.transposed
    level += across + across.transposed + turning * bias * turning.transposed
    cross += turning * bias
    bias += .diagonal(biasVariance)
  }

  /// The level's turn about `axis` (a unit vector) is measured to be `innovation` more than the state says.
  package mutating func observeLevel(
    about axis: Vector3<UnitLength>, innovation: Double, variance: Double
  ) -> Correction {
    let gain = level.apply(to: axis)
    let biasGain: AngularVelocity = cross.transposedApply(to: axis).reinterpreted()
    return correct(gain, biasGain, by: innovation, variance: axis.dot(gain) + variance)
  }

  /// The bias along `axis` (a unit vector) is measured to be `innovation` more than the state says.
  package mutating func observeBias(
    along axis: Vector3<UnitLength>, innovation: Double, variance: Double
  ) -> Correction {
    let gain: AngularVelocity = bias.apply(to: axis).reinterpreted()
    return correct(cross.apply(to: axis), gain, by: innovation, variance: axis.dot(gain) + variance)
  }

  /// Takes the covariances of level and bias with what is measured, and the variance of the innovation.
  private mutating func correct(
    _ levelGain: Vector3<UnitLength>, _ biasGain: AngularVelocity, by innovation: Double, variance: Double
  ) -> Correction {
    let scale = 1 / variance
    level -= .outer(levelGain, levelGain) * scale
    cross -= .outer(levelGain, biasGain) * scale
    bias -= .outer(biasGain, biasGain) * scale
    return Correction(level: levelGain * (scale * innovation), bias: biasGain * (scale * innovation))
  }
}
