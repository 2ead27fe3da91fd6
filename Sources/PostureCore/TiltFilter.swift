// SPDX-License-Identifier: MIT

/// Estimates *up* in the sensor frame from accelerometer and gyroscope: a complementary filter on a vector.
///
/// The gyroscope, less its learnt bias, carries a frame along that keeps almost still in the world; its heading is
/// arbitrary and never needed. In that frame, and only there, the wearer's own accelerations average out, so the
/// specific force is turned into it and low-passed there: its direction is up (Laidig and Seel, "VQF", Information
/// Fusion 2023). Up is then turned back into the sensor frame. Fast changes come from the gyroscope, slow ones from the
/// accelerometer; the border is the time constant.
///
/// A start, a long gap, and a rest that corrects the bias begin anew with a plain mean, which becomes the low-pass
/// after one time constant. Only + - * / and square root are used: the same bits on every machine.
package struct TiltFilter: Sendable {
  package struct Parameters: Sendable, Equatable {
    /// Border between gyroscope and accelerometer. Smaller forgets gyroscope errors sooner and follows the wearer's
    /// accelerations more; larger the other way. About 3 s is best on the BROAD recordings (Laidig et al., Data 6(7),
    /// 2021).
    package var timeConstant = Interval.seconds(3)
    /// A longer interval between samples is a gap: what turned in it is unknown, and the estimate begins anew.
    package var longestInterval = Interval.milliseconds(250)
    /// A larger turn between two samples is as good as a gap; below pi, where the rotation is computed.
    package var largestTurn = Angle.degrees(90)
    /// A bias correction of more than this (rad/s) means that the frame had been turning: the estimate begins anew.
    package var levellingCorrection = Angle.degrees(0.2).radians
    package var bias = GyroscopeBias.Parameters()

    package init() {}
  }

  private let parameters: Parameters
  private var lastTime: Timestamp?
  private var lastRate = AngularVelocity.zero
  private var frame = Rotation.identity  // sensor to the almost inertial frame
  private var mean = Acceleration.zero
  private var meanLength = 0.0  // seconds in the mean
  private var isAveraging = true  // the mean is in force, not yet the low-pass
  private var lowPass: LowPass<MetresPerSecondSquared>
  private var gyroscopeBias: GyroscopeBias

  package init(_ parameters: Parameters = Parameters()) {
    self.parameters = parameters
    gyroscopeBias = GyroscopeBias(parameters.bias)
    lowPass = LowPass(timeConstant: parameters.timeConstant, at: .zero)
  }

  /// The gyroscope's bias as known now, rad/s, sensor frame.
  package var bias: AngularVelocity { gyroscopeBias.estimate }
  /// The bias has been learnt at rest at least once.
  package var isSettled: Bool { gyroscopeBias.observations > 0 }

  /// Up in the sensor frame after this sample, or nil while there is no force to tell it by (free fall, a dead sensor).
  ///
  /// Samples come in order of time; one that does not is the caller's to drop.
  package mutating func update(_ sample: InertialSample) -> Direction? {
    guard let lastTime, sample.time - lastTime <= parameters.longestInterval else {
      begin(with: sample)
      return sample.acceleration.direction
    }
    let interval = sample.time - lastTime
    precondition(interval > .zero, "samples come in order of time")
    guard turnFrame(by: sample.angularVelocity, during: interval.seconds) else {
      begin(with: sample)
      return sample.acceleration.direction
    }
    self.lastTime = sample.time
    average(frame.apply(to: sample.acceleration), during: interval.seconds)
    if let rest = gyroscopeBias.update(sample, after: interval) { correct(after: rest) }
    return up
  }

  /// What comes next does not follow from what came last: the estimate begins anew, the bias is kept.
  package mutating func interrupt() {
    lastTime = nil
    gyroscopeBias.interrupt()
  }

  private var up: Direction? {
    guard let direction = (isAveraging ? mean : lowPass.value).direction else { return nil }
    return frame.inverse.apply(to: direction)
  }

  private mutating func begin(with sample: InertialSample) {
    lastTime = sample.time
    lastRate = sample.angularVelocity
    gyroscopeBias.interrupt()
    level(with: sample.acceleration, worth: 0)
  }

  /// Starts the mean anew from a specific force in the sensor frame that stands for so many seconds.
  private mutating func level(with acceleration: Acceleration, worth length: Double) {
    isAveraging = true
    mean = frame.apply(to: acceleration)
    meanLength = length
  }

  /// Takes the mean of the rates at both ends as the rate between them. False where that turns by so much in one
  /// interval that nothing is known of the orientation any more.
  private mutating func turnFrame(by rate: AngularVelocity, during interval: Double) -> Bool {
    let between = (lastRate + rate) * 0.5 - gyroscopeBias.estimate
    let turn: Vector3<UnitLength> = (between * interval).reinterpreted()
    guard turn.squaredLength < parameters.largestTurn.radians * parameters.largestTurn.radians else { return false }
    lastRate = rate
    frame = (frame * Rotation(turning: turn)).renormalised()
    return true
  }

  private mutating func average(_ force: Acceleration, during interval: Double) {
    if isAveraging {
      meanLength += interval
      mean += (force - mean) * (interval / meanLength)
      if meanLength >= parameters.timeConstant.seconds {
        isAveraging = false
        lowPass.settle(at: mean)
      }
    } else {
      lowPass.update(force, after: interval)
    }
  }

  private mutating func correct(after rest: GyroscopeBias.Observation) {
    guard rest.change.length > parameters.levellingCorrection else { return }
    level(with: rest.acceleration, worth: parameters.bias.window.seconds)
  }
}
