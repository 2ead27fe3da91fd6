// SPDX-License-Identifier: MIT

/// The second stage of the pipeline: the tilt against the wearer's reference posture, and what the wearer is about.
///
/// Of what is decided later it needs to know only when the motor shakes it.
package struct SituationDetector: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    package var references: References.Parameters
    package var context: ContextDetector.Parameters
  }

  private var parameters: Parameters
  private var contextDetector: ContextDetector
  private(set) var references: References
  /// The motor shakes the sensor until then.
  private var shakenUntil = Timestamp(microseconds: .min)

  package init(_ parameters: Parameters) {
    self.parameters = parameters
    contextDetector = ContextDetector(parameters.context)
    references = References(parameters.references)
  }

  /// It has moved as only a living body does, within the last seconds.
  var isAlive: Bool { contextDetector.isAlive }

  mutating func configure(_ parameters: Parameters) {
    self.parameters = parameters
    contextDetector.configure(parameters.context)
    references.configure(parameters.references)
  }

  /// The motor's own shaking tells nothing of the wearer: what was known before it holds meanwhile.
  package mutating func expectShaking(until end: Timestamp) { shakenUntil = end }

  package mutating func take(_ name: ReferenceName?, isBending: Bool, at time: Timestamp) {
    references.take(name, isBending: isBending, at: time)
  }

  /// Makes the mean posture of the coming window the reference, still or not.
  package mutating func take(over window: Interval, from time: Timestamp) { references.take(over: window, from: time) }

  package mutating func set(_ name: ReferenceName, to kept: KeptReference?) { references.set(name, to: kept) }

  /// False where there is none of that name.
  package mutating func use(_ name: ReferenceName) -> Bool { references.use(name) }

  /// Whether nothing is taken for a reference posture by itself.
  package mutating func hold(_ isHeld: Bool) { references.hold(isHeld) }

  /// The device sits as it did.
  package mutating func keep() { references.keep() }

  /// What is known of the reference postures is corrected as the samples are.
  package mutating func correct(_ change: (Direction) -> Direction?, at time: Timestamp) {
    references.correct(change, at: time)
  }

  mutating func takeChangedReference() -> ChangedReference? { references.takeChange() }

  /// Takes what the next sample shows, writes what it means over an earlier situation, and adds what happened.
  @inline(__always)
  package mutating func update(
    _ estimate: UpEstimate, into situation: inout Situation, _ kinds: inout EventKinds
  ) {
    let (time, up) = (estimate.sample.time, estimate.up)
    situation.begin(at: time)
    var isGap = false
    if let finding = estimate.finding {
      if case .gap = finding { isGap = true }
      situation.isAnew = isGap
      kinds.append(Event.Kind(finding))
    }
    // Three arctangents: told again only where another reference posture counts.
    situation.tilt = tilt(of: up)
    updateContext(estimate, &situation, &kinds)
    if let outcome = up == nil || isGap ? references.interrupt() : calibrate(estimate) {
      note(outcome, &situation, &kinds)
      tellAgain(up, &situation)
    }
    if let up { adapt(to: up, &situation, &kinds) }
    situation.isDoubted = references.isDoubted
    situation.isAlive = contextDetector.isAlive
    situation.isUncertain = estimate.isUncertain
  }

  /// Against the reference posture in use; nil without one.
  @inline(__always)  // A call would be given a copy of everything.
  private func tilt(of up: Direction?) -> Tilt? {
    guard let up, let posture = references.posture else { return nil }
    return posture.tilt(of: up)
  }

  @inline(never)
  private mutating func tellAgain(_ up: Direction?, _ situation: inout Situation) { situation.tilt = tilt(of: up) }

  @inline(__always)
  private mutating func updateContext(_ estimate: UpEstimate, _ situation: inout Situation, _ kinds: inout EventKinds) {
    let before = contextDetector.context
    situation.context = before
    guard estimate.sample.time >= shakenUntil, !estimate.isFrozen else { return }
    let context = contextDetector.update(estimate.sample, up: estimate.up, tilt: situation.tilt)
    situation.context = context
    if context == .offBody && before != .offBody {
      kinds.append(.takenOff(since: parameters.context.life.patience ?? .zero))
    } else if before == .offBody && context != .offBody {
      kinds.append(.putOn)
      references.putOn()
      situation.isAnew = true
    }
  }

  @inline(__always)
  private mutating func calibrate(_ estimate: UpEstimate) -> References.Outcome? {
    guard let up = estimate.up else { return nil }
    let isWorn = contextDetector.hasShownLife && contextDetector.context != .offBody
    return references.update(up, isSettled: estimate.isSettled, isWorn: isWorn, at: estimate.sample.time)
  }

  private func note(_ outcome: References.Outcome, _ situation: inout Situation, _ kinds: inout EventKinds) {
    switch outcome {
    case .taken(let name, let posture):
      situation.isAnew = true
      kinds.append(.calibrated(name, forward: posture.forwardAxis))
      situation.cue = Cue(.acknowledgement)
    case .refused(let refusal):
      kinds.append(.calibrationRefused(refusal))
      situation.cue = Cue(.refusal)
    case .bendAwaited:
      kinds.append(.bendAwaited)
      situation.cue = Cue(.bend)
    }
  }

  /// Which reference posture counts, and whether it can be believed.
  @inline(__always)
  private mutating func adapt(to up: Direction, _ situation: inout Situation, _ kinds: inout EventKinds) {
    if let name = references.choose(up, situation.context, at: situation.time) {
      situation.isAnew = true
      kinds.append(.referenceUsed(name))
      tellAgain(up, &situation)
    }
    guard let tilt = situation.tilt else { return }
    switch references.check(tilt, situation.context, isAlive: contextDetector.isAlive, at: situation.time) {
    case .wornDifferently:
      kinds.append(.wornDifferently)
      situation.isQuestionDue = true
    case .wornAsBefore: kinds.append(.wornAsBefore)
    case nil: break
    }
  }
}

/// What the wearer is about with one sample.
package struct Situation: BitwiseCopyable, Sendable {
  package private(set) var time = Timestamp(microseconds: 0)
  /// Nil without a reference posture or without up.
  package var tilt: Tilt?
  package var context = Context.still
  /// The device seems to sit otherwise than when the reference posture was taken.
  package var isDoubted = false
  /// It has moved as only a living body does, within the last seconds.
  package var isAlive = false
  package var isUncertain = false
  /// What was counted of the posture before is void.
  package var isAnew = false
  /// The wearer is to be asked how the device sits.
  package var isQuestionDue = false
  /// To be played now.
  package var cue: Cue?

  /// Of no sample yet, to be written over.
  package init() {}

  fileprivate mutating func begin(at time: Timestamp) {
    self.time = time
    isAnew = false
    isQuestionDue = false
    cue = nil
  }
}

extension PosturePipeline.Parameters {
  package var situation: SituationDetector.Parameters {
    SituationDetector.Parameters(references: references, context: context)
  }
}
