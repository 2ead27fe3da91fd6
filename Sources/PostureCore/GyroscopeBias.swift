// SPDX-License-Identifier: MIT

/// The gyroscope's zero-rate offset, learnt at rest and in motion.
///
/// In the frame that the gyroscope carries along, gravity stands still; a bias that is still unknown turns that frame,
/// and gravity is seen to turn in it. So the mean specific force of one block is compared with that of the block
/// before, and a Kalman filter of the level and the bias learns from the turn between them. How much it believes a
/// block depends on how much the force scattered within it, and how unsteadily it changes from block to block, as a
/// bias does not make it: at rest a bias is known after two or three blocks, one of 20 deg/s on every axis after six,
/// in motion after a minute. There is no question of rest or motion to be decided, and a slow slouch teaches nothing
/// wrong: the accelerometer sees it too.
///
/// A turn about the vertical is not seen by the accelerometer. Where the angular velocity is steady, the wearer is
/// taken not to turn about it, give or take `swivel`. An error there tilts no upright estimate.
package struct GyroscopeBias: BitwiseCopyable, Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// Length of a block. Shorter learns a large bias sooner; longer is disturbed less by motion.
    package var block = Interval.seconds(1)
    /// Standard deviation of the bias on an axis before anything is known, rad/s. An MPU-6050 may have 20 deg/s
    /// (product specification PS-MPU-6000A-00, 6.1). Larger learns a large bias sooner, and is led astray more by
    /// motion at the start.
    package var initial = Angle.degrees(12).radians
    /// How far a bias wanders in a second, rad/s (in n seconds, the square root of n times as far). Larger follows
    /// temperature sooner, smaller averages longer.
    package var wander = Angle.degrees(0.02).radians
    /// Greatest bias on an axis that is believed, rad/s.
    package var largest = Angle.degrees(25).radians
    /// The angular velocity is steady where its standard deviation in a block is below this, rad/s.
    package var steady = Angle.degrees(1).radians
    /// How fast the wearer may turn about the vertical while it is steady, rad/s. Larger learns that axis later.
    package var swivel = Angle.degrees(0.7).radians
    /// What the mean specific force of a block at rest may be off by, m/s².
    package var restDeviation = 0.05
    /// Share of the scatter of the specific force within a block that its mean may be off by.
    package var scatterShare = 0.7
    /// A turn of the level of more than so many standard deviations is no bias but a fault, a knock or a saturated
    /// gyroscope: what the next block is compared with begins anew with what the accelerometer says.
    package var surprise = 5.0
    /// How much less certain the bias is after that, rad/s, and twice as much each time it happens again at once: so
    /// one that was learnt wrongly, or did change, is learnt after all.
    package var doubt = Angle.degrees(0.5).radians
    /// The bias counts as known below this standard deviation, all axes together, rad/s.
    package var known = Angle.degrees(1).radians

    package init() {}
  }

  /// What a block taught.
  package struct Correction: BitwiseCopyable, Sendable {
    /// How far the estimate moved, rad/s, sensor frame.
    package var change: AngularVelocity
    /// The block's mean specific force, m/s², in the almost still frame as it would be had the estimate been this one.
    package var force: Acceleration
    /// How fast the old estimate has turned the frame wrongly, on average over the block: rad/s, almost still frame.
    package var drift: AngularVelocity
  }

  /// Sums over the samples of a block. Forces are in the almost still frame, angular velocities in the sensor's.
  private struct Block: BitwiseCopyable, Sendable {
    var elapsed = 0.0
    var count = 0.0
    var force = Acceleration.zero
    var squaredForce = 0.0
    var rate = AngularVelocity.zero
    var squaredRate = 0.0
    var sensitivity = Matrix3.zero
    var sensitivityBefore = Matrix3.zero
  }

  /// rad/s, sensor frame.
  package private(set) var estimate = AngularVelocity.zero
  private var covariance: LevelBiasCovariance
  private var doubt: Double
  private let blockLength: Double
  private var block = Block()
  /// How far, in rad for each rad/s, a bias would have turned the frame since the middle of the block before: the
  /// integral of the frame's rotation over time, in s.
  private var sensitivity = Matrix3.zero
  /// Mean force of the block before, m/s², and the level as the Kalman filter has it, in the almost still frame.
  private var previous: (force: Acceleration, level: Direction)?
  /// How the mean force changed from the block before that to it, m/s².
  private var lastChange: Acceleration?

  package init(_ parameters: Parameters = Parameters()) {
    covariance = LevelBiasCovariance(bias: parameters.initial)
    doubt = parameters.doubt
    blockLength = parameters.block.seconds
  }

  var squaredDeviation: Double { covariance.biasVariance }
  /// Standard deviation of the estimate, all axes together, rad/s.
  package var deviation: Double { covariance.biasVariance.squareRoot() }

  /// Standard deviation of what of the estimate is across `up` (sensor frame), rad/s: that tilts, the rest does not.
  @inline(__always)  // A call would be given a copy of everything.
  package func deviation(across up: Direction) -> Double {
    max(0, covariance.biasVariance - covariance.biasVariance(along: up)).squareRoot()
  }

  /// Forgets what the next block would be compared with, not the estimate, which has wandered for so many seconds.
  package mutating func interrupt(for seconds: Double, _ parameters: Parameters) {
    covariance.doubtBias(variance: parameters.wander * parameters.wander * seconds)
    block = Block()
    sensitivity = .zero
    previous = nil
    lastChange = nil
  }

  /// Takes the next sample: its angular velocity as measured, its specific force in the almost still frame, and the
  /// rotation from the sensor to that frame, `interval` seconds after the sample before. True where a block ends with
  /// it: then `learn` is due.
  @inline(__always)
  package mutating func add(
    force: Acceleration, rate: AngularVelocity, frame: Matrix3, after interval: Double
  ) -> Bool {
    sensitivity += frame * interval
    block.elapsed += interval
    block.count += 1
    block.force += force
    block.squaredForce += force.squaredLength
    block.rate += rate
    block.squaredRate += rate.squaredLength
    block.sensitivity += sensitivity
    return block.elapsed >= blockLength
  }

  private var squaredGravity: Double { standardGravity * standardGravity }

  /// Learns from the block that is over, in the frame of its last sample; nil where it taught nothing.
  package mutating func learn(frame: Matrix3, _ parameters: Parameters) -> Correction? {
    let share = 1 / block.count
    let force = block.force * share
    let rate = block.rate * share
    let forceVariance = block.squaredForce * share - force.squaredLength
    let rateVariance = block.squaredRate * share - rate.squaredLength
    let middle = block.sensitivity * share
    let elapsed = block.elapsed
    let meanFrame = (sensitivity - block.sensitivityBefore) * (1 / elapsed)
    // From here on it counts from the middle of this block.
    sensitivity -= middle
    block = Block()
    block.sensitivityBefore = sensitivity

    guard let direction = force.direction else {
      interrupt(for: elapsed, parameters)
      return nil
    }
    let atRest =
      (parameters.restDeviation * parameters.restDeviation
        + parameters.scatterShare * parameters.scatterShare * max(0, forceVariance)) / squaredGravity
    guard let previous else {
      begin(force: force, direction: direction, variance: atRest)
      return nil
    }
    let explained = covariance.biasVariance * elapsed * elapsed
    covariance.advance(turning: middle, biasVariance: parameters.wander * parameters.wander * elapsed)
    // A bias turns the force steadily: what changes the change is the wearer, but for a bias that was just learnt.
    let change = force - previous.force
    let unsteady = lastChange.map { (change - $0).squaredLength } ?? 0
    lastChange = change
    let variance = atRest + max(0, unsteady * (1.0 / 3) / squaredGravity - explained)
    guard isExpected(turnFrom: previous.level, to: direction, variance: variance, parameters) else {
      covariance.doubtBias(variance: doubt * doubt)
      doubt = min(doubt * 2, parameters.initial)
      begin(force: force, direction: direction, variance: atRest)
      return nil
    }
    doubt = parameters.doubt
    var correction = observeLevel(from: previous.level, to: direction, variance: variance)
    if rateVariance < parameters.steady * parameters.steady, isBelievable(rate, parameters) {
      let up = frame.transposedApply(to: previous.level)
      let innovation = up.dot(rate - estimate) - up.dot(correction.bias)
      correction += covariance.observeBias(
        along: up, innovation: innovation, variance: parameters.swivel * parameters.swivel)
    }
    correction.bias = believable(estimate + correction.bias, parameters) - estimate
    estimate += correction.bias
    // What was measured in the middle of the block has been turned by the change since.
    let late = Rotation(turning: sensitivity.apply(to: correction.bias).reinterpreted())
    let level = previous.level + correction.level.cross(previous.level)
    self.previous = (late.apply(to: force), late.apply(to: level.direction ?? direction))
    return Correction(
      change: correction.bias, force: late.apply(to: force), drift: meanFrame.apply(to: correction.bias))
  }

  private mutating func begin(force: Acceleration, direction: Direction, variance: Double) {
    covariance.beginLevel(variance: variance)
    previous = (force, direction)
  }

  private func isExpected(
    turnFrom level: Direction, to direction: Direction, variance: Double, _ parameters: Parameters
  ) -> Bool {
    let turn: Vector3<UnitLength> = level.cross(direction)
    let axis = turn.direction ?? Direction(1, 0, 0)
    let expected = covariance.levelVariance(about: axis) + variance
    return level.dot(direction) > 0 && turn.squaredLength <= parameters.surprise * parameters.surprise * expected
  }

  /// The turn from the level to the direction of the force, about the two axes across it.
  private mutating func observeLevel(
    from level: Direction, to direction: Direction, variance: Double
  ) -> LevelBiasCovariance.Correction {
    let turn: Vector3<UnitLength> = level.cross(direction)
    let side = level.x.magnitude < 0.7 ? Direction(1, 0, 0) : Direction(0, 1, 0)
    let across: Vector3<UnitLength> = level.cross(side)
    guard let first = across.direction else { return LevelBiasCovariance.Correction() }
    let second: Vector3<UnitLength> = level.cross(first)
    var correction = covariance.observeLevel(about: first, innovation: first.dot(turn), variance: variance)
    let innovation = second.dot(turn) - second.dot(correction.level)
    correction += covariance.observeLevel(about: second, innovation: innovation, variance: variance)
    return correction
  }

  private func isBelievable(_ rate: AngularVelocity, _ parameters: Parameters) -> Bool {
    believable(rate, parameters) == rate
  }

  private func believable(_ rate: AngularVelocity, _ parameters: Parameters) -> AngularVelocity {
    let largest = parameters.largest
    return AngularVelocity(
      min(max(rate.x, -largest), largest), min(max(rate.y, -largest), largest), min(max(rate.z, -largest), largest))
  }
}
