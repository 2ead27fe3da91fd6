// SPDX-License-Identifier: MIT

/// The first stage of the pipeline: what can be believed of a sample, and which way is up.
///
/// Nothing that is decided later comes back to it: of one recording and one set of its parameters it says the same,
/// whatever else is set.
package struct UpEstimator: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    package var monitor: SampleMonitor.Parameters
    package var filter: TiltFilter.Parameters
    /// Up counts as uncertain while its standard deviation is greater.
    package var largestUncertainty: Angle
  }

  private var largestUncertainty: Angle
  private var monitor: SampleMonitor
  private(set) var filter: TiltFilter
  private var correction = AccelerometerCalibration.identity.correction
  /// What is taken off the acceleration of every sample.
  package private(set) var accelerometer = AccelerometerCalibration.identity

  package init(_ parameters: Parameters) {
    largestUncertainty = parameters.largestUncertainty
    monitor = SampleMonitor(parameters.monitor)
    filter = TiltFilter(parameters.filter)
  }

  /// What a later look back needs of this moment.
  package var moment: Moment { filter.moment }
  /// Standard deviation of up.
  package var uncertainty: Angle { filter.uncertainty }
  /// Samples dropped because their time was not after the one before.
  var outOfOrder: UInt64 { monitor.outOfOrder }

  /// Only what counts as uncertain can change: the rest was learnt with the parameters it was made with.
  package mutating func configure(largestUncertainty: Angle) { self.largestUncertainty = largestUncertainty }

  /// The acceleration is corrected so from now on, and the estimate of up begins anew.
  package mutating func correct(with accelerometer: AccelerometerCalibration) {
    self.accelerometer = accelerometer
    correction = accelerometer.correction
    filter.interrupt()
  }

  /// Takes the next sample, as it was measured, and writes what it shows over an earlier estimate.
  ///
  /// - Returns: false where its time is not after the last one's, and it was dropped.
  @inline(__always)
  package mutating func update(_ measured: InertialSample, into estimate: inout UpEstimate) -> Bool {
    guard monitor.accepts(measured) else { return false }
    estimate.sample = measured
    estimate.sample.acceleration = correction.apply(to: measured.acceleration)
    estimate.finding = monitor.update(measured)
    // A stuck sensor looks like perfect rest: it must teach the filter nothing.
    if case .frozen = estimate.finding { filter.interrupt() }
    estimate.isFrozen = monitor.isFrozen
    estimate.up = monitor.isFrozen ? nil : filter.update(estimate.sample)
    estimate.isSettled = filter.isSettled
    estimate.isUncertain = filter.isUncertain(beyond: largestUncertainty)
    return true
  }

  /// The same for samples that follow each other, from an index of the estimates on: one call from outside for many.
  ///
  /// - Returns: how many were taken; one that was dropped is the last that was looked at.
  @_lifetime(estimates: copy estimates)
  package mutating func update(
    _ samples: borrowing Span<InertialSample>, into estimates: inout MutableSpan<UpEstimate>, from first: Int
  ) -> Int {
    for index in samples.indices {
      guard update(samples[index], into: &estimates[first + index]) else { return index }
    }
    return samples.count
  }
}

/// What one sample shows by itself.
package struct UpEstimate: BitwiseCopyable, Sendable {
  /// Corrected by the accelerometer's calibration.
  package var sample = InertialSample(
    time: Timestamp(microseconds: 0), acceleration: .zero, angularVelocity: .zero)
  /// Up in the sensor frame; nil while unknown.
  package var up: Direction?
  package var finding: SampleMonitor.Finding?
  package var isFrozen = false
  /// The gyroscope's bias is known well enough to take a reference posture by.
  package var isSettled = false
  /// The standard deviation of up is greater than allowed.
  package var isUncertain = false

  /// Of no sample yet, to be written over.
  package init() {}
}

extension PosturePipeline.Parameters {
  package var upEstimator: UpEstimator.Parameters {
    UpEstimator.Parameters(monitor: monitor, filter: filter, largestUncertainty: largestUncertainty)
  }
}
