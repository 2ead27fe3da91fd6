// SPDX-License-Identifier: MIT

/// All of the pipeline but its first stage: what up means to the wearer, and what the motor says of it.
package struct PostureJudge: Sendable {
  /// How long a motor that was on goes on shaking.
  private static var runDown: Interval { .milliseconds(150) }

  private var parameters: PosturePipeline.Parameters
  private var detector: SituationDetector
  private var decider: CueDecider
  private var situation = Situation()
  /// What was counted is void since a command before the next sample, and before the last one.
  private var (beginsAnew, begunAnew) = (false, false)

  package init(_ parameters: PosturePipeline.Parameters) {
    self.parameters = parameters
    detector = SituationDetector(parameters.situation)
    decider = CueDecider(parameters.cues)
  }

  /// The reference posture in use.
  package var reference: ReferencePosture? { detector.references.posture }
  package func reference(_ name: ReferenceName) -> ReferencePosture? { detector.references[name] }
  package mutating func takeChangedReference() -> ChangedReference? { detector.takeChangedReference() }

  package var circumstances: Circumstances {
    let (gate, references) = (decider.gate, detector.references)
    return Circumstances(
      mode: gate.mode, isQuiet: gate.isQuiet, isInSession: gate.isInSession, silence: gate.silence,
      silenceEnd: gate.silenceEnd,
      reference: references.inUse, knowsSitting: references[.sitting] != nil,
      knowsStanding: references[.standing] != nil, knowsCar: references[.car] != nil,
      isCalibrating: references.isCalibrating, isDoubted: references.isDoubted, isAlive: detector.isAlive)
  }

  package mutating func configure(_ parameters: PosturePipeline.Parameters) {
    self.parameters = parameters
    detector.configure(parameters.situation)
    decider.configure(parameters.cues)
  }

  /// - Parameter command: any but a calibration of the accelerometer: see `correct`.
  package mutating func perform(_ command: Command, at time: Timestamp) {
    switch command {
    case .takeReference(let name, let isBending): detector.take(name, isBending: isBending, at: time)
    case .setReference(let name, let kept):
      detector.set(name, to: kept)
      if name == detector.references.inUse { beginAnew() }
    case .useReference(let name): use(name)
    case .keepReference:
      if detector.references.isDoubted { decider.answer(.wornAsBefore, Cue(.acknowledgement)) }
      detector.keep()
    case .setSession(let isInSession):
      detector.hold(isInSession)
      decider.perform(command, at: time)
    case .setMode, .setQuiet, .play, .suggestBreak, .silence, .resume, .assumeExposure, .assumeCue,
      .assumeDeviation:
      decider.perform(command, at: time)
    case .calibrateAccelerometer: preconditionFailure("a calibration is corrected for, from the one before")
    }
  }

  private mutating func use(_ name: ReferenceName) {
    guard name != detector.references.inUse || reference == nil else { return }
    guard detector.use(name) else {
      decider.answer(.calibrationRefused(.unknown), Cue(.refusal))
      return
    }
    beginAnew()
    decider.answer(.referenceUsed(name), Cue(.acknowledgement))
  }

  /// The acceleration is corrected otherwise from now on: what is known of the reference postures is corrected too.
  package mutating func correct(
    from earlier: AccelerometerCalibration, to later: AccelerometerCalibration, at time: Timestamp
  ) {
    let (before, after, wasCalibrated) = (earlier.correction, later.correction, earlier != .identity)
    // What it was counting was told by the other up.
    beginAnew()
    detector.correct({ after.direction(of: $0, by: before, isCalibrated: wasCalibrated) }, at: time)
  }

  package mutating func takeReference(over window: Interval, from time: Timestamp) {
    detector.take(over: window, from: time)
  }

  private mutating func beginAnew() {
    beginsAnew = true
    decider.beginAnew()
  }

  /// What the last sample came to, for who decides otherwise.
  package var point: TrackPoint { TrackPoint(situation, isAnew: begunAnew) }

  /// Takes what the next sample shows, and writes what is decided over an earlier output.
  ///
  /// - Returns: whether there is an event.
  @inline(__always) @discardableResult
  package mutating func update(_ estimate: UpEstimate, into output: inout PosturePipeline.Output) -> Bool {
    (begunAnew, beginsAnew) = (beginsAnew, false)
    let time = estimate.sample.time
    output.kinds.removeAll()
    let answer = decider.begin(at: time, &output.kinds)
    detector.update(estimate, into: &situation, &output.kinds)
    let cue = decider.update(situation, answer, &output.kinds)
    if let cue {
      let shaking = parameters.motorLatency + parameters.patterns[cue.kind].length + Self.runDown
      detector.expectShaking(until: time + shaking)
    }
    output.time = time
    output.up = estimate.up
    output.tilt = situation.tilt
    output.context = situation.context
    output.posture = decider.posture
    output.exposure = decider.exposure(at: time)
    output.cue = cue
    output.lean = nil
    guard output.kinds.count > 0 else { return false }
    if let tilt = situation.tilt { output.lean = parameters.detector.limits.lean(of: tilt) }
    return true
  }
}
