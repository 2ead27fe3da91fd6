// SPDX-License-Identifier: MIT

/// Samples in, decisions out: the whole algorithm, the same in the daemon, in a replay and in a benchmark.
///
/// A pure function of the samples and commands it is given, in their order: no clock, no randomness, no hardware. It
/// allocates nothing.
package struct PosturePipeline: Sendable {
  /// How long a motor that was on goes on shaking.
  private static var runDown: Interval { .milliseconds(150) }

  private var parameters: Parameters
  private var monitor: SampleMonitor
  private var filter: TiltFilter
  private var contextDetector: ContextDetector
  private var detector: DeviationDetector
  private var gate: CueGate
  private var references: References
  private var correction = AccelerometerCalibration.identity.correction
  /// What is taken off the acceleration of every sample.
  package private(set) var accelerometer = AccelerometerCalibration.identity
  /// Of what was asked for, until the next sample.
  private var asked: (kind: Event.Kind, cue: Cue)?
  /// The device is doubted, and the wearer has not been asked yet.
  private var isQuestionOwed = false
  /// The motor shakes the sensor until then.
  private var shakenUntil = Timestamp(microseconds: .min)

  package init(_ parameters: Parameters = Parameters()) {
    self.parameters = parameters
    monitor = SampleMonitor(parameters.monitor)
    filter = TiltFilter(parameters.filter)
    contextDetector = ContextDetector(parameters.context)
    detector = DeviationDetector(parameters.detector)
    gate = CueGate(parameters.gate)
    references = References(parameters.references)
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
  /// The reference posture in use.
  package var reference: ReferencePosture? { references.posture }
  package func reference(_ name: ReferenceName) -> ReferencePosture? { references[name] }
  /// A reference posture that is another than it was, each once; a replay finds the same by itself.
  package mutating func takeChangedReference() -> ChangedReference? { references.takeChange() }
  package var circumstances: Circumstances {
    Circumstances(
      mode: gate.mode, isQuiet: gate.isQuiet, silence: gate.silence, silenceEnd: gate.silenceEnd,
      reference: references.inUse, knowsSitting: references[.sitting] != nil,
      knowsStanding: references[.standing] != nil, knowsCar: references[.car] != nil,
      isCalibrating: references.isCalibrating, isDoubted: references.isDoubted, isAlive: contextDetector.isAlive)
  }
  /// Samples dropped because their time was not after the one before.
  package var outOfOrder: UInt64 { monitor.outOfOrder }

  /// Judges by other parameters from the next sample on: what is known and counted stays.
  ///
  /// The filter and the monitor keep theirs, because what they know was learnt with them.
  package mutating func configure(_ parameters: Parameters) {
    self.parameters = parameters
    contextDetector.configure(parameters.context)
    detector.configure(parameters.detector)
    gate.configure(parameters.gate)
    references.configure(parameters.references)
  }

  package mutating func perform(_ command: Command, at time: Timestamp) {
    switch command {
    case .takeReference(let name, let isBending): references.take(name, isBending: isBending, at: time)
    case .setReference(let name, let kept):
      references.set(name, to: kept)
      if name == references.inUse { detector.reset() }
    case .useReference(let name): use(name)
    case .keepReference:
      if references.isDoubted { asked = (.wornAsBefore, Cue(.acknowledgement)) }
      references.keep()
    case .calibrateAccelerometer(let accelerometer): correct(with: accelerometer, at: time)
    case .setMode(let mode):
      guard gate.mode != mode else { return }
      gate.set(mode)
      let cue = Cue(mode == .training ? .resumed : .paused, intensity: gate.isQuiet ? 0 : 100)
      asked = (.modeSet(mode), cue)
    case .setQuiet(let isQuiet):
      guard gate.isQuiet != isQuiet else { return }
      gate.isQuiet = isQuiet
      // Quiet hours begin and end without a cue.
      asked = (.quietSet(isQuiet), Cue(.acknowledgement, intensity: 0))
    case .silence(let kind, let length):
      gate.silence(kind, until: time + length)
      if kind == .pause { detector.reset() }
      asked = (.silenced(kind, for: length), Cue(.paused))
    case .resume:
      guard gate.silence != nil else { return }
      gate.resume()
      asked = (.unsilenced, Cue(.resumed))
    case .assumeExposure(let millionths): detector.assume(exposure: Double(millionths) * 1e-6)
    case .assumeDeviation(let sinceCue, let reminders):
      let cue = Timestamp(microseconds: time.microseconds - sinceCue.microseconds)
      detector.assume(lastCue: cue, reminders: Int(reminders), at: time)
      gate.note(at: cue)
    }
  }

  private mutating func use(_ name: ReferenceName) {
    guard name != references.inUse || references.posture == nil else { return }
    guard references.use(name) else {
      asked = (.calibrationRefused(.unknown), Cue(.refusal))
      return
    }
    detector.reset()
    asked = (.referenceUsed(name), Cue(.acknowledgement))
  }

  /// The estimate of up begins anew, and what is known of the reference postures is corrected as the samples are.
  private mutating func correct(with accelerometer: AccelerometerCalibration, at time: Timestamp) {
    guard accelerometer != self.accelerometer else { return }
    let (earlier, wasCalibrated) = (correction, self.accelerometer != .identity)
    self.accelerometer = accelerometer
    let correction = accelerometer.correction
    self.correction = correction
    filter.interrupt()
    // What it was counting was told by the other up.
    detector.reset()
    references.correct({ correction.direction(of: $0, by: earlier, isCalibrated: wasCalibrated) }, at: time)
  }

  /// Makes the mean posture of the coming window the reference, still or not: for a recording known to begin upright.
  package mutating func takeReference(over window: Interval, from time: Timestamp) {
    references.take(over: window, from: time)
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
    guard monitor.accepts(measured) else { return false }
    let time = measured.time
    output.kinds.removeAll()
    var cue: Cue?
    if let asked {
      output.kinds.append(asked.kind)
      if asked.cue.intensity > 0 { cue = asked.cue }
      self.asked = nil
    }
    if gate.expire(at: time) {
      output.kinds.append(.unsilenced)
      // Where the motor stays silent all the same, it does not say that it is silent no longer.
      if gate.mode == .training && !gate.isQuiet { cue = Cue(.resumed) }
    }
    let finding = monitor.update(measured)
    var sample = measured
    sample.acceleration = correction.apply(to: measured.acceleration)
    // A stuck sensor looks like perfect rest: it must teach the filter nothing.
    if case .frozen = finding { filter.interrupt() }
    let up = monitor.isFrozen ? nil : filter.update(sample)
    var isGap = false
    if let finding {
      if case .gap = finding { isGap = true }
      if isGap { detector.reset() }
      output.kinds.append(Event.Kind(finding))
    }
    // Three arctangents: told again only where another reference posture counts.
    var tilt = tilt(of: up)
    let context = updateContext(sample, up, tilt, &output.kinds)
    let outcome = up == nil || isGap ? references.interrupt() : calibrate(with: up, at: time)
    if let outcome {
      cue = note(outcome, &output.kinds)
      tilt = self.tilt(of: up)
    }
    if let up { cue = adapt(to: up, &tilt, context, &output.kinds, at: time) ?? cue }
    if let tilt, gate.silence != .pause {
      // What stands in the way of a cue is looked for only where one may be due: on most samples it is not.
      let obstacle = detector.isCounting ? obstacle(at: time) : nil
      if let decision = detector.update(tilt, context, obstacle: obstacle, at: time) {
        cue = take(decision, &output.kinds, at: time) ?? cue
      }
    } else {
      detector.reset()
    }
    if let cue { shakenUntil = time + parameters.motorLatency + parameters.patterns[cue.kind].length + Self.runDown }
    output.time = time
    output.up = up
    output.tilt = tilt
    output.context = context
    output.posture = detector.posture
    output.exposure = detector.exposure(at: time)
    output.cue = cue
    output.lean = nil
    if output.kinds.count > 0, let tilt { output.lean = parameters.detector.limits.lean(of: tilt) }
    return true
  }

  /// Against the reference posture in use; nil without one.
  private func tilt(of up: Direction?) -> Tilt? {
    guard let up, let posture = references.posture else { return nil }
    return posture.tilt(of: up)
  }

  /// The motor's own shaking tells nothing of the wearer: what was known before it holds meanwhile.
  private mutating func updateContext(
    _ sample: InertialSample, _ up: Direction?, _ tilt: Tilt?, _ kinds: inout EventKinds
  ) -> Context {
    let before = contextDetector.context
    guard sample.time >= shakenUntil, !monitor.isFrozen else { return before }
    let context = contextDetector.update(sample, up: up, tilt: tilt)
    if context == .offBody && before != .offBody {
      kinds.append(.takenOff(since: parameters.context.life.patience ?? .zero))
    } else if before == .offBody && context != .offBody {
      kinds.append(.putOn)
      references.putOn()
      detector.reset()
    }
    return context
  }

  private mutating func calibrate(with up: Direction?, at time: Timestamp) -> References.Outcome? {
    guard let up else { return nil }
    let isWorn = contextDetector.hasShownLife && contextDetector.context != .offBody
    return references.update(up, isSettled: filter.isSettled, isWorn: isWorn, at: time)
  }

  private mutating func note(_ outcome: References.Outcome, _ kinds: inout EventKinds) -> Cue {
    switch outcome {
    case .taken(let name, let posture):
      detector.reset()
      kinds.append(.calibrated(name, forward: posture.forwardAxis))
      return Cue(.acknowledgement)
    case .refused(let refusal):
      kinds.append(.calibrationRefused(refusal))
      return Cue(.refusal)
    case .bendAwaited:
      kinds.append(.bendAwaited)
      return Cue(.bend)
    }
  }

  /// Which reference posture counts, and whether it can be believed.
  private mutating func adapt(
    to up: Direction, _ tilt: inout Tilt?, _ context: Context, _ kinds: inout EventKinds, at time: Timestamp
  ) -> Cue? {
    if let name = references.choose(up, context, at: time) {
      detector.reset()
      kinds.append(.referenceUsed(name))
      tilt = self.tilt(of: up)
    }
    guard let tilt else { return nil }
    switch references.check(tilt, context, isAlive: contextDetector.isAlive, at: time) {
    case .wornDifferently:
      kinds.append(.wornDifferently)
      isQuestionOwed = true
    case .wornAsBefore: kinds.append(.wornAsBefore)
    case nil: break
    }
    if !references.isDoubted { isQuestionOwed = false }
    // Asked once, as soon as a cue may be given.
    guard isQuestionOwed, gate.obstacle(at: time) == nil else { return nil }
    isQuestionOwed = false
    return Cue(.question)
  }

  /// Why no cue may be given now, beside the context.
  private mutating func obstacle(at time: Timestamp) -> Suppression? {
    if references.isDoubted { return .wornDifferently }
    if let obstacle = gate.obstacle(at: time) { return obstacle }
    if !contextDetector.isAlive { return .offBody }
    return filter.uncertainty > parameters.largestUncertainty ? .uncertain : nil
  }

  private mutating func take(
    _ decision: DeviationDetector.Decision, _ kinds: inout EventKinds, at time: Timestamp
  ) -> Cue? {
    switch decision {
    case .deviated(let leaning, let reason):
      kinds.append(.deviated(leaning: leaning, suppressed: reason))
      guard reason == nil else { return nil }
      gate.note(at: time)
      return Cue(.nudge, intensity: gate.intensity(after: 0))
    case .reminded(let leaning, let number):
      kinds.append(.reminded(leaning: leaning, number: UInt8(min(number, 255))))
      gate.note(at: time)
      return Cue(.reminder, intensity: gate.intensity(after: number))
    case .recovered(let leaning, let sinceCue):
      var isPraised = false
      if let within = parameters.praiseWithin, let sinceCue, sinceCue <= within {
        isPraised = gate.mode == .training && !gate.isQuiet && gate.silence == nil
      }
      kinds.append(.recovered(leaning: leaning, isPraised: isPraised))
      return isPraised ? Cue(.wellDone) : nil
    case .ended(let leaning, let context): kinds.append(.ended(leaning: leaning, by: context))
    case .suppressed(let leaning, let reason): kinds.append(.suppressed(leaning: leaning, by: reason))
    }
    return nil
  }
}
