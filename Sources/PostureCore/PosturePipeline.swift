// SPDX-License-Identifier: MIT

/// Samples in, decisions out: the whole algorithm, the same in the daemon, in a replay and in a benchmark.
///
/// A pure function of the samples and commands it is given, in their order: no clock, no randomness, no hardware. It
/// allocates nothing. Its two parts can also be run apart: what the first says does not depend on the second.
package struct PosturePipeline: Sendable {
  private var estimator: UpEstimator
  private var judge: PostureJudge
  private var estimate = UpEstimate()

  package init(_ parameters: Parameters = Parameters()) {
    estimator = UpEstimator(parameters.upEstimator)
    judge = PostureJudge(parameters)
  }

  /// What is taken off the acceleration of every sample.
  package var accelerometer: AccelerometerCalibration { estimator.accelerometer }
  /// The gyroscope's bias as known now, rad/s, sensor frame.
  package var bias: AngularVelocity { estimator.filter.bias }
  /// The gyroscope's bias has been learnt.
  package var isSettled: Bool { estimator.filter.isSettled }
  /// Standard deviation of up.
  package var uncertainty: Angle { estimator.filter.uncertainty }
  /// Why up is what it is.
  package var condition: TiltFilter.Condition { estimator.filter.condition }
  /// What a later look back needs of this moment.
  package var moment: Moment { estimator.filter.moment }
  /// The reference posture in use.
  package var reference: ReferencePosture? { judge.reference }
  package func reference(_ name: ReferenceName) -> ReferencePosture? { judge.reference(name) }
  /// A reference posture that is another than it was, each once; a replay finds the same by itself.
  package mutating func takeChangedReference() -> ChangedReference? { judge.takeChangedReference() }
  /// What the last sample came to before it was decided upon.
  package var point: TrackPoint { judge.point }
  package var circumstances: Circumstances { judge.circumstances }
  /// Samples dropped because their time was not after the one before.
  package var outOfOrder: UInt64 { estimator.outOfOrder }

  /// Judges by other parameters from the next sample on: what is known and counted stays.
  ///
  /// The filter and the monitor keep theirs, because what they know was learnt with them.
  package mutating func configure(_ parameters: Parameters) {
    estimator.configure(largestUncertainty: parameters.largestUncertainty)
    judge.configure(parameters)
  }

  package mutating func perform(_ command: Command, at time: Timestamp) {
    if case .calibrateAccelerometer(let accelerometer) = command {
      correct(with: accelerometer, at: time)
    } else {
      judge.perform(command, at: time)
    }
  }

  private mutating func correct(with accelerometer: AccelerometerCalibration, at time: Timestamp) {
    guard accelerometer != estimator.accelerometer else { return }
    judge.correct(from: estimator.accelerometer, to: accelerometer, at: time)
    estimator.correct(with: accelerometer)
  }

  /// Makes the mean posture of the coming window the reference, still or not: for a recording known to begin upright.
  package mutating func takeReference(over window: Interval, from time: Timestamp) {
    judge.takeReference(over: window, from: time)
  }

  /// Takes the next sample, as it was measured; nil where its time is not after the last one's, and it was dropped.
  package mutating func process(_ measured: InertialSample) -> Output? {
    var output = Output()
    return process(measured, into: &output) ? output : nil
  }

  /// The same, written over an earlier output: an output is long to be copied for every sample.
  ///
  /// - Returns: false where the sample was dropped; the output is the one before then.
  package mutating func process(_ measured: InertialSample, into output: inout Output) -> Bool {
    guard estimator.update(measured, into: &estimate) else { return false }
    judge.update(estimate, into: &output)
    return true
  }
}
