// SPDX-License-Identifier: MIT

/// The third stage of the pipeline: when a lean is a deviation, and whether the motor says so.
package struct CueDecider: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    package var detector: DeviationDetector.Parameters
    package var gate: CueGate.Parameters
    package var praiseWithin: Interval?
  }

  private var parameters: Parameters
  var detector: DeviationDetector
  var gate: CueGate
  /// Of what was asked for, until the next sample.
  private var asked: (kind: Event.Kind, cue: Cue)?
  /// The device is doubted, and the wearer has not been asked yet.
  private var isQuestionOwed = false

  package init(_ parameters: Parameters) {
    self.parameters = parameters
    detector = DeviationDetector(parameters.detector)
    gate = CueGate(parameters.gate)
  }

  package mutating func configure(_ parameters: Parameters) {
    self.parameters = parameters
    detector.configure(parameters.detector)
    gate.configure(parameters.gate)
  }

  package var posture: Posture { detector.posture }

  /// How near a cue is, 0 to 1.
  package func exposure(at time: Timestamp) -> Double { detector.exposure(at: time) }

  /// What was counted of the posture is void.
  package mutating func beginAnew() { detector.reset() }

  /// Tells of what was asked for with the next sample.
  package mutating func answer(_ kind: Event.Kind, _ cue: Cue) { asked = (kind, cue) }

  /// - Parameter command: one of how cues are given, or of what was counted.
  package mutating func perform(_ command: Command, at time: Timestamp) {
    switch command {
    case .setMode(let mode): set(mode)
    case .setQuiet(let isQuiet): set(isQuiet: isQuiet)
    case .setSession(let isInSession): set(isInSession: isInSession)
    case .play(let kind): answer(.played(kind), Cue(kind))
    case .suggestBreak(let sitting): suggestBreak(after: sitting)
    case .silence(let kind, let length): silence(kind, for: length, at: time)
    case .resume: resume()
    case .assumeExposure(let millionths): assume(exposure: Double(millionths) * 1e-6)
    case .assumeCue(let since): gate.note(at: Timestamp(microseconds: time.microseconds - since.microseconds))
    case .assumeDeviation(let sinceCue, let reminders):
      let cue = Timestamp(microseconds: time.microseconds - sinceCue.microseconds)
      detector.assume(lastCue: cue, reminders: Int(reminders), at: time)
    case .takeReference, .setReference, .useReference, .keepReference, .calibrateAccelerometer:
      preconditionFailure("a command of the reference postures or the sensor decides nothing")
    }
  }

  private mutating func set(_ mode: Mode) {
    guard gate.mode != mode else { return }
    gate.set(mode)
    // A session has cues of its own, which this one would be taken for.
    let isFelt = !gate.isQuiet && !gate.isInSession
    answer(.modeSet(mode), Cue(mode == .training ? .resumed : .paused, intensity: isFelt ? 100 : 0))
  }

  private mutating func set(isQuiet: Bool) {
    guard gate.isQuiet != isQuiet else { return }
    gate.isQuiet = isQuiet
    // Quiet hours begin and end without a cue.
    answer(.quietSet(isQuiet), Cue(.acknowledgement, intensity: 0))
  }

  private mutating func set(isInSession: Bool) {
    guard gate.isInSession != isInSession else { return }
    gate.isInSession = isInSession
    detector.reset()
    // Its steps have cues of their own.
    answer(.sessionSet(isInSession), Cue(.acknowledgement, intensity: 0))
  }

  private mutating func suggestBreak(after sitting: Interval) {
    guard gate.isOpenToBreaks else { return }
    answer(.breakSuggested(sitting: sitting), Cue(.breakReminder))
  }

  private mutating func silence(_ kind: Silence, for length: Interval, at time: Timestamp) {
    gate.silence(kind, until: time + length)
    if kind == .pause { detector.reset() }
    answer(.silenced(kind, for: length), Cue(.paused))
  }

  private mutating func resume() {
    guard gate.silence != nil else { return }
    gate.resume()
    answer(.unsilenced, Cue(.resumed))
  }

  /// What there was before, where a recording begins in the middle.
  private mutating func assume(exposure: Double) { detector.assume(exposure: exposure) }

  /// Begins with the next sample: adds what was asked for, and the end of a silence.
  ///
  /// - Returns: the cue that says so.
  @inline(__always)
  package mutating func begin(at time: Timestamp, _ kinds: inout EventKinds) -> Cue? {
    var cue = tellWhatWasAsked(&kinds)
    if gate.expire(at: time) {
      kinds.append(.unsilenced)
      // Where the motor stays silent all the same, it does not say that it is silent no longer.
      if gate.isOpen { cue = Cue(.resumed) }
    }
    return cue
  }

  /// Takes the situation of the sample that was begun with, and adds what is decided to what happened.
  ///
  /// - Parameter answer: the cue of its beginning.
  /// - Returns: the cue that is to be played now.
  @inline(__always)
  package mutating func update(_ situation: Situation, _ answer: Cue?, _ kinds: inout EventKinds) -> Cue? {
    let time = situation.time
    var cue = situation.cue ?? answer
    if situation.isAnew { detector.reset() }
    guard let tilt = situation.tilt else {
      detector.reset()
      return cue
    }
    if let question = question(of: situation) { cue = question }
    guard gate.silence != .pause, !gate.isInSession else {
      detector.reset()
      return cue
    }
    // What stands in the way of a cue is looked for only where one may be due: on most samples it is not.
    let obstacle = detector.isCounting ? obstacle(of: situation) : nil
    guard let decision = detector.update(tilt, situation.context, obstacle: obstacle, at: time) else { return cue }
    return take(decision, &kinds, at: time) ?? cue
  }

  private mutating func tellWhatWasAsked(_ kinds: inout EventKinds) -> Cue? {
    guard let asked else { return nil }
    self.asked = nil
    kinds.append(asked.kind)
    return asked.cue.intensity > 0 ? asked.cue : nil
  }

  /// Asked once, as soon as a cue may be given.
  private mutating func question(of situation: Situation) -> Cue? {
    if situation.isQuestionDue { isQuestionOwed = true }
    if !situation.isDoubted { isQuestionOwed = false }
    guard isQuestionOwed, gate.obstacle(at: situation.time) == nil else { return nil }
    isQuestionOwed = false
    return Cue(.question)
  }

  /// Why no cue may be given now, beside the context.
  @inline(__always)
  func obstacle(isDoubted: Bool, isAlive: Bool, isUncertain: Bool, at time: Timestamp) -> Suppression? {
    if isDoubted { return .wornDifferently }
    if let obstacle = gate.obstacle(at: time) { return obstacle }
    if !isAlive { return .offBody }
    return isUncertain ? .uncertain : nil
  }

  @inline(__always)
  private func obstacle(of situation: Situation) -> Suppression? {
    obstacle(
      isDoubted: situation.isDoubted, isAlive: situation.isAlive, isUncertain: situation.isUncertain,
      at: situation.time)
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
        isPraised = gate.isOpen
      }
      kinds.append(.recovered(leaning: leaning, isPraised: isPraised))
      return isPraised ? Cue(.wellDone) : nil
    case .ended(let leaning, let context): kinds.append(.ended(leaning: leaning, by: context))
    case .suppressed(let leaning, let reason): kinds.append(.suppressed(leaning: leaning, by: reason))
    }
    return nil
  }
}

extension PosturePipeline.Parameters {
  package var cues: CueDecider.Parameters {
    CueDecider.Parameters(detector: detector, gate: gate, praiseWithin: praiseWithin)
  }

  /// What is known of the wearer stays as it is; what only decisions and the motor depend on becomes that of others.
  package mutating func decide(as other: Self) {
    detector = other.detector
    gate = other.gate
    praiseWithin = other.praiseWithin
    motorLatency = other.motorLatency
    patterns = other.patterns
  }
}
