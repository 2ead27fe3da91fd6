// SPDX-License-Identifier: MIT

/// Samples in, decisions out: the whole algorithm, the same in the daemon, in a replay and in a benchmark.
///
/// A pure function of the samples and commands it is given, in their order: no clock, no randomness, no hardware. It
/// allocates nothing.
package struct PosturePipeline: Sendable {
  package struct Parameters: Sendable, Equatable {
    package var filter = TiltFilter.Parameters()
    package var calibration = ReferenceCalibration.Parameters()
    /// Without a reference posture, take one in the first still window.
    package var isReferenceAutomatic = true
    package var monitor = SampleMonitor.Parameters()
    package var context = ContextDetector.Parameters()
    package var detector = DeviationDetector.Parameters()

    package init() {}
  }

  package struct Output: BitwiseCopyable, Sendable {
    package var time: Timestamp
    /// Up in the sensor frame; nil while unknown.
    package var up: Direction?
    /// Nil without a reference posture or without up.
    package var tilt: Tilt?
    package var context: Context
    package var posture: Posture
    /// To be played now; it replaces one that is being played.
    package var cue: Cue?
    fileprivate var kinds: EventKinds

    package var eventCount: Int { kinds.count }
    /// The events of this sample, in order.
    package func event(_ index: Int) -> Event { Event(time: time, kind: kinds[index], tilt: tilt) }
  }

  private let parameters: Parameters
  private var monitor: SampleMonitor
  private var filter: TiltFilter
  private var contextDetector: ContextDetector
  private var detector: DeviationDetector
  private var calibration: ReferenceCalibration?
  private var isCalibrationAsked = false
  private var isAutomaticPossible: Bool
  package private(set) var reference: ReferencePosture?
  private var correction = AccelerometerCalibration.identity.correction
  /// What is taken off the acceleration of every sample.
  package private(set) var accelerometer = AccelerometerCalibration.identity

  package init(_ parameters: Parameters = Parameters()) {
    self.parameters = parameters
    monitor = SampleMonitor(parameters.monitor)
    filter = TiltFilter(parameters.filter)
    contextDetector = ContextDetector(parameters.context)
    detector = DeviationDetector(parameters.detector)
    isAutomaticPossible = parameters.isReferenceAutomatic
  }

  /// The gyroscope's bias as known now, rad/s, sensor frame.
  package var bias: AngularVelocity { filter.bias }
  /// The gyroscope's bias has been learnt.
  package var isSettled: Bool { filter.isSettled }
  /// Standard deviation of up.
  package var uncertainty: Angle { filter.uncertainty }
  /// Why up is what it is.
  package var condition: TiltFilter.Condition { filter.condition }
  /// What a later look back needs of this moment.
  package var moment: Moment { filter.moment }
  /// A reference posture is being taken.
  package var isCalibrating: Bool { calibration != nil }
  /// Samples dropped because their time was not after the one before.
  package var outOfOrder: UInt64 { monitor.outOfOrder }

  package mutating func perform(_ command: Command, at time: Timestamp) {
    switch command {
    case .takeReference:
      calibration = ReferenceCalibration(parameters.calibration, requiringStillness: true, at: time)
      isCalibrationAsked = true
    case .calibrateAccelerometer(let accelerometer): correct(with: accelerometer, at: time)
    case .setReference, .useReference, .keepReference, .setMode, .setQuiet, .silence, .resume, .assumeExposure: break
    }
  }

  /// The estimate of up begins anew, and what is known of the reference posture is corrected as the samples are.
  private mutating func correct(with accelerometer: AccelerometerCalibration, at time: Timestamp) {
    guard accelerometer != self.accelerometer else { return }
    let (earlier, wasCalibrated) = (correction, self.accelerometer != .identity)
    self.accelerometer = accelerometer
    correction = accelerometer.correction
    filter.interrupt()
    if let posture = reference {
      let up = correction.direction(of: posture.up, by: earlier, isCalibrated: wasCalibrated)
      // None where its forward axis is too steep now.
      reference = up.flatMap { posture.moved(to: $0) }
    }
    calibration = calibration?.begunAnew(at: time)
  }

  /// Makes the mean posture of the coming window the reference, still or not: for a recording known to begin upright.
  package mutating func takeReference(over window: Interval, from time: Timestamp) {
    var over = parameters.calibration
    over.window = window
    calibration = ReferenceCalibration(over, requiringStillness: false, at: time)
    isCalibrationAsked = true
  }

  /// Takes the next sample, as it was measured; nil where its time is not after the last one's, and it was dropped.
  package mutating func process(_ measured: InertialSample) -> Output? {
    guard monitor.accepts(measured) else { return nil }
    var kinds = EventKinds()
    let finding = monitor.update(measured)
    var sample = measured
    sample.acceleration = correction.apply(to: measured.acceleration)
    // A stuck sensor looks like perfect rest: it must teach the filter nothing.
    if case .frozen = finding { filter.interrupt() }
    let up = monitor.isFrozen ? nil : filter.update(sample)
    let context = contextDetector.update(sample)

    var isGap = false
    if case .gap = finding { isGap = true }
    let calibrated = up == nil || isGap ? interruptCalibration() : calibrate(with: up, at: sample.time)
    var cue: Cue?
    if case .calibrated = calibrated { cue = Cue(.acknowledgement) }
    let tilt = up.flatMap { reference?.tilt(of: $0) }

    if let finding {
      if isGap { detector.reset() }
      kinds.append(Event.Kind(finding))
    }
    if let calibrated { kinds.append(calibrated) }
    if let tilt {
      if let decision = detector.update(tilt, context, at: sample.time) {
        cue = Self.cue(for: decision) ?? cue
        kinds.append(Event.Kind(decision))
      }
    } else {
      detector.reset()
    }
    return Output(
      time: sample.time, up: up, tilt: tilt, context: context, posture: detector.posture, cue: cue, kinds: kinds)
  }

  private mutating func calibrate(with up: Direction?, at time: Timestamp) -> Event.Kind? {
    if calibration == nil {
      guard isAutomaticPossible, reference == nil, filter.isSettled else { return nil }
      calibration = ReferenceCalibration(parameters.calibration, requiringStillness: true, at: time)
      isCalibrationAsked = false
    }
    guard let result = calibration?.update(up, isSettled: filter.isSettled, at: time) else { return nil }
    calibration = nil
    switch result {
    case .taken(let posture):
      reference = posture
      detector.reset()
      return .calibrated(forward: posture.forwardAxis)
    case .refused(let refusal):
      // An automatic one is tried again, silently: nobody asked. Only where trying again cannot help, it is said, once.
      if refusal == .forwardAxisVertical { isAutomaticPossible = false }
      return isCalibrationAsked || refusal == .forwardAxisVertical ? .calibrationRefused(refusal) : nil
    }
  }

  private mutating func interruptCalibration() -> Event.Kind? {
    guard calibration != nil else { return nil }
    calibration = nil
    return isCalibrationAsked ? .calibrationRefused(.noEstimate) : nil
  }

  private static func cue(for decision: DeviationDetector.Decision) -> Cue? {
    switch decision {
    case .deviated: Cue(.nudge)
    case .reminded: Cue(.reminder)
    case .recovered: nil
    }
  }
}

extension Event.Kind {
  fileprivate init(_ finding: SampleMonitor.Finding) {
    switch finding {
    case .gap(let interval): self = .gap(interval)
    case .frozen: self = .frozen
    case .resumed: self = .resumed
    case .saturated: self = .saturated
    }
  }

  fileprivate init(_ decision: DeviationDetector.Decision) {
    switch decision {
    case .deviated(let leaning): self = .deviated(leaning: leaning)
    case .reminded(let leaning): self = .reminded(leaning: leaning)
    case .recovered(let leaning): self = .recovered(leaning: leaning)
    }
  }
}
