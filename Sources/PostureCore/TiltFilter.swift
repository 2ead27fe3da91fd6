// SPDX-License-Identifier: MIT

/// Estimates *up* in the sensor frame from accelerometer and gyroscope: a complementary filter on a vector.
///
/// The gyroscope, less its learnt bias, carries a frame along that keeps almost still in the world; its heading is
/// arbitrary and never needed. In that frame, and only there, the wearer's own accelerations average out, so the
/// specific force is turned into it and low-passed there: its direction is up (Laidig and Seel, "VQF", Information
/// Fusion 2023). Up is then turned back into the sensor frame, and on by what the sensor's delay has kept from us. Fast
/// changes come from the gyroscope, slow ones from the accelerometer; the border is the time constant.
///
/// Only + - * / and square root are used: the same bits on every machine.
package struct TiltFilter: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// Border between gyroscope and accelerometer. Smaller forgets gyroscope errors sooner and follows the wearer's
    /// accelerations more; larger the other way. About 3 s is best on the BROAD recordings (Laidig et al., Data 6(7),
    /// 2021).
    package var timeConstant = Interval.seconds(3)
    /// The same for a sensor without a gyroscope, where it is the delay of every change. Smaller follows sooner and
    /// shows more of the wearer's accelerations.
    package var timeConstantWithoutGyroscope = Interval.seconds(0.7)
    /// An angular velocity of exactly zero for this long is that of a sensor without a gyroscope.
    package var gyroscopeAbsentAfter = Interval.seconds(1)
    /// How late a sample is: the delay of the sensor's own low-pass and averaging, over which up is carried on with the
    /// last angular velocity. An MPU-6050 set to 42 Hz is 4.8 ms late (register map RM-MPU-6000A-00, 4.3); the sensor
    /// of the BROAD recordings 4.1 ms, as their optical reference shows. Too small lags in fast motion, too large
    /// overshoots: one millisecond is 0.1 degrees at 100 deg/s.
    package var sensorDelay = Interval.milliseconds(4)
    /// A longer interval between samples is a gap: what turned in it is unknown, and the estimate begins anew.
    package var longestInterval = Interval.milliseconds(250)
    /// A larger turn between two samples is as good as a gap; below pi, where the rotation is computed.
    package var largestTurn = Angle.degrees(90)
    /// After a saturated angular velocity the level counts as that of so many seconds: part of a turn may be missing.
    package var worthAfterSaturation = Interval.seconds(1)
    /// The level begins anew with the last block where a new bias means that the frame had turned by more than this
    /// since the level's samples were taken; below, the level is turned along.
    package var largestRelevelling = Angle.degrees(10)
    package var bias = GyroscopeBias.Parameters()
    package var uncertainty = LevelUncertainty.Parameters()

    package init() {}
  }

  /// Everything the filter knows: a copy of it goes on like the original.
  package struct State: BitwiseCopyable, Sendable {
    fileprivate var lastTime: Timestamp?
    fileprivate var isInterrupted = false
    fileprivate var lastRate = AngularVelocity.zero
    /// Sensor to the almost still frame.
    fileprivate var frame = Rotation.identity
    fileprivate var level: Level
    fileprivate var bias: GyroscopeBias
    fileprivate var uncertainty: LevelUncertainty
    fileprivate var withoutTurn = Interval.zero
    /// How fast the frame has turned wrongly until now, as this sample taught: rad/s, almost still frame.
    fileprivate var drift = AngularVelocity.zero
    fileprivate var beginning = Condition.Beginning.started
    /// Counts the new beginnings: frames and levels of different ones do not go together.
    fileprivate var beginnings: UInt32 = 0

    fileprivate init(_ parameters: Parameters) {
      level = Level(timeConstant: parameters.timeConstant)
      bias = GyroscopeBias(parameters.bias)
      uncertainty = LevelUncertainty(parameters.uncertainty)
    }
  }

  private let parameters: Parameters
  package private(set) var state: State

  /// Starts knowing nothing, or goes on from a state of a filter with the same parameters.
  package init(_ parameters: Parameters = Parameters(), from state: State? = nil) {
    self.parameters = parameters
    self.state = state ?? State(parameters)
  }

  /// The gyroscope's bias as known now, rad/s, sensor frame.
  package var bias: AngularVelocity { state.bias.estimate }
  /// The bias is known well enough to take a reference posture by.
  package var isSettled: Bool { state.bias.deviation < parameters.bias.known }

  /// Standard deviation of the estimate. The accelerometer's own offset is not in it: 10 mg are 0.6 degrees.
  @inline(__always)  // A call would be given a copy of the filter.
  package var uncertainty: Angle {
    let up = state.frame.inverse.apply(to: state.level.value).direction ?? Direction(0, 0, 1)
    return state.uncertainty.angle(biasDeviation: state.bias.deviation(across: up), over: state.level.delay)
  }

  /// The standard deviation is greater than so much.
  ///
  /// Most samples are far from it: then a bound tells it, which takes the whole bias for across up.
  @inline(__always)
  package func isUncertain(beyond limit: Angle) -> Bool {
    let squaredBound = state.uncertainty.squaredBound(
      squaredBiasDeviation: state.bias.squaredDeviation, over: state.level.delay)
    // The margin is more than rounding can take.
    return squaredBound > limit.radians * limit.radians * 0.999_999 && uncertainty > limit
  }

  /// Why the estimate is what it is.
  package var condition: Condition {
    Condition(
      levellingAfter: state.level.isStarting ? state.beginning : nil, isBiasKnown: isSettled,
      hasGyroscope: !isWithoutGyroscope)
  }

  /// Up in the sensor frame after this sample, or nil while there is no force to tell it by (free fall, a dead sensor).
  ///
  /// Samples come in order of time; one that does not is the caller's to drop.
  @inline(__always)
  package mutating func update(_ sample: InertialSample) -> Direction? {
    state.drift = .zero
    guard let lastTime = state.lastTime else { return begin(with: sample, after: .started) }
    let interval = sample.time - lastTime
    guard interval <= parameters.longestInterval, !state.isInterrupted else {
      return begin(with: sample, after: .interrupted)
    }
    precondition(interval > .zero, "samples come in order of time")
    let seconds = interval.seconds
    guard turnFrame(by: sample.angularVelocity, during: seconds) else {
      return begin(with: sample, after: .turnedTooFar)
    }
    state.lastTime = sample.time
    noteGyroscope(sample.angularVelocity, during: interval)
    if sample.isTurnSaturated { doubt() }
    let frame = state.frame.matrix
    let force = frame.apply(to: sample.acceleration)
    state.level.update(force, after: seconds)
    if state.bias.add(force: force, rate: sample.angularVelocity, frame: frame, after: seconds) {
      if let learnt = state.bias.learn(frame: frame, parameters.bias) { relevel(after: learnt) }
      state.uncertainty.update(
        state.level.value, delay: state.level.delay, after: parameters.bias.block, over: state.level.timeConstant,
        parameters.uncertainty)
    }
    return up(in: frame, turning: sample.angularVelocity)
  }

  /// What comes next does not follow from what came last: the estimate begins anew, the bias is kept.
  package mutating func interrupt() { state.isInterrupted = true }

  /// What a later look back needs of this moment: see `FixedLag`.
  package var moment: Moment {
    Moment(frame: predictedFrame, level: state.level.value, drift: state.drift, beginnings: state.beginnings)
  }

  private var isWithoutGyroscope: Bool { state.withoutTurn >= parameters.gyroscopeAbsentAfter }

  /// Up in the sensor frame, now that the sensor has turned on since the sample by its delay.
  @inline(__always)
  private func up(in frame: Matrix3, turning rate: AngularVelocity) -> Direction? {
    let up = frame.transposedApply(to: state.level.value)
    let turn = (rate - state.bias.estimate) * parameters.sensorDelay.seconds
    let change: Acceleration = up.cross(turn)
    return (up + change).direction
  }

  private var predictedFrame: Rotation {
    let turn = (state.lastRate - state.bias.estimate) * parameters.sensorDelay.seconds
    return state.frame * Rotation(turning: turn.reinterpreted())
  }

  private mutating func begin(with sample: InertialSample, after beginning: Condition.Beginning) -> Direction? {
    let gap = state.lastTime.map { sample.time - $0 } ?? .zero
    state.lastTime = sample.time
    state.isInterrupted = false
    state.lastRate = sample.angularVelocity
    state.beginning = beginning
    state.beginnings &+= 1
    state.bias.interrupt(for: gap.seconds, parameters.bias)
    state.level.begin(at: state.frame.apply(to: sample.acceleration), worth: 0)
    state.uncertainty.begin(at: parameters.uncertainty.start)
    return sample.acceleration.direction
  }

  /// Takes the mean of the rates at both ends as the rate between them. False where that turns by so much in one
  /// interval that nothing is known of the orientation any more.
  @inline(__always)
  private mutating func turnFrame(by rate: AngularVelocity, during interval: Double) -> Bool {
    let between = (state.lastRate + rate) * 0.5 - state.bias.estimate
    let turn: Vector3<UnitLength> = (between * interval).reinterpreted()
    guard turn.squaredLength < parameters.largestTurn.radians * parameters.largestTurn.radians else { return false }
    state.lastRate = rate
    state.frame = (state.frame * Rotation(turning: turn)).renormalised()
    return true
  }

  /// Without a gyroscope the frame does not turn with the sensor: the level then must follow sooner.
  @inline(__always)
  private mutating func noteGyroscope(_ rate: AngularVelocity, during interval: Interval) {
    if rate == .zero {
      guard !isWithoutGyroscope else { return }
      state.withoutTurn = state.withoutTurn + interval
    } else {
      guard state.withoutTurn > .zero else { return }
      state.withoutTurn = .zero
    }
    state.level.change(
      timeConstant: isWithoutGyroscope ? parameters.timeConstantWithoutGyroscope : parameters.timeConstant)
  }

  private mutating func doubt() {
    state.beginning = .saturated
    state.beginnings &+= 1
    state.bias.interrupt(for: 0, parameters.bias)
    state.level.doubt(worth: parameters.worthAfterSaturation.seconds)
    state.uncertainty.begin(at: parameters.uncertainty.afterSaturation)
  }

  /// Undoes what the bias was wrong by since the level's samples were taken.
  private mutating func relevel(after learnt: GyroscopeBias.Correction) {
    guard learnt.drift.length * state.level.delay <= parameters.largestRelevelling.radians else {
      state.beginning = .biasChanged
      state.beginnings &+= 1
      state.level.begin(at: learnt.force, worth: parameters.bias.block.seconds)
      state.uncertainty.begin(at: parameters.uncertainty.start)
      return
    }
    state.drift = learnt.drift
    state.level.turn(by: Rotation(turning: (learnt.drift * state.level.delay).reinterpreted()))
    state.uncertainty.turn(by: learnt.drift, after: parameters.bias.block)
  }
}
