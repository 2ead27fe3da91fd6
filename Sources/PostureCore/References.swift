// SPDX-License-Identifier: MIT

/// The reference postures: taken, kept, chosen, and doubted.
package struct References: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    package var calibration = ReferenceCalibration.Parameters()
    package var bend = BendCalibration.Parameters()
    package var check = WearingCheck.Parameters()
    package var choice = ReferenceChoice.Parameters()
    /// Without a reference posture, take one in the first still window.
    package var isAutomatic = true
    /// Use the nearest of several.
    package var isChosen = false

    package init() {}
  }

  /// How an asking for a reference posture went on.
  package enum Outcome: BitwiseCopyable, Sendable {
    case taken(ReferenceName, ReferencePosture)
    case refused(ReferenceCalibration.Refusal)
    /// Upright is known; a bend forward is to follow.
    case bendAwaited
  }

  /// What is being taken.
  private enum Stage: BitwiseCopyable, Sendable { case none, upright, bend }

  private var parameters: Parameters
  private var known = ReferenceSet() { didSet { posture = known[inUse] } }
  package private(set) var inUse = ReferenceName.sitting { didSet { posture = known[inUse] } }
  /// The one in use. Stored, because every sample asks for it.
  package private(set) var posture: ReferencePosture?
  private var name = ReferenceName.sitting
  private var calibration: ReferenceCalibration?
  private var bend: BendCalibration?
  /// Which of the two there is. Stored, because a look at a long optional copies it.
  private var stage = Stage.none
  private var isBendWanted = false
  private var isAsked = false
  private var isAutomaticPossible: Bool
  /// In a paced session: however the wearer sits or lies then, no reference posture comes of it by itself.
  private var isHeld = false
  /// Those that were asked for.
  private var lasting = NameSet()
  /// Those that have changed since somebody was told.
  private var changed = NameSet()
  private var check: WearingCheck
  private var choice: ReferenceChoice

  package init(_ parameters: Parameters = Parameters()) {
    self.parameters = parameters
    isAutomaticPossible = parameters.isAutomatic
    check = WearingCheck(parameters.check)
    choice = ReferenceChoice(parameters.choice)
  }

  /// Takes, and chooses, by these from now on; one that is being taken is taken as it was asked for.
  mutating func configure(_ parameters: Parameters) {
    if parameters.isAutomatic != self.parameters.isAutomatic { isAutomaticPossible = parameters.isAutomatic }
    self.parameters = parameters
  }

  package subscript(name: ReferenceName) -> ReferencePosture? { known[name] }
  package var isDoubted: Bool { check.state == .doubted }

  package var isCalibrating: Bool { stage != .none }

  package mutating func take(_ name: ReferenceName?, isBending: Bool, at time: Timestamp) {
    self.name = name ?? inUse
    isBendWanted = isBending
    isAsked = true
    var upright = parameters.calibration
    // The bend will show where forward is.
    if isBending { upright.forwardAxis = nil }
    begin(ReferenceCalibration(upright, requiringStillness: true, at: time))
  }

  package mutating func take(over window: Interval, from time: Timestamp) {
    var over = parameters.calibration
    over.window = window
    name = inUse
    isBendWanted = false
    isAsked = true
    begin(ReferenceCalibration(over, requiringStillness: false, at: time))
  }

  private mutating func begin(_ calibration: ReferenceCalibration) {
    self.calibration = calibration
    bend = nil
    stage = .upright
  }

  /// One that was taken earlier; whether the device still sits so has to be seen.
  package mutating func set(_ name: ReferenceName, to kept: KeptReference?) {
    known[name] = kept?.posture
    lasting[name] = kept != nil
    changed[name] = false
    if kept != nil { check.begin() } else if posture == nil { check.trust() }
  }

  /// False where there is none of that name.
  package mutating func use(_ name: ReferenceName) -> Bool {
    guard known[name] != nil else { return false }
    inUse = name
    return true
  }

  /// Nothing is taken, chosen or doubted by itself until it is told otherwise.
  package mutating func hold(_ isHeld: Bool) {
    self.isHeld = isHeld
    guard isHeld, !isAsked, stage == .upright else { return }
    calibration = nil
    stage = .none
  }

  /// The device sits as it did.
  package mutating func keep() { check.trust() }

  /// It has been put on again.
  package mutating func putOn() { if posture != nil { check.begin() } }

  /// The acceleration is corrected otherwise from now on: what up read then reads otherwise now.
  package mutating func correct(_ change: (Direction) -> Direction?, at time: Timestamp) {
    changed = known.names
    known.changeEach { posture in
      // As it would come back from a file.
      change(posture.up).flatMap { posture.moved(to: $0) }.map { KeptReference($0).posture }
    }
    if let calibration { begin(calibration.begunAnew(at: time)) }
    if bend != nil { begin(ReferenceCalibration(parameters.calibration, requiringStillness: true, at: time)) }
  }

  /// Nothing is known of up any more: what was asked for is refused.
  package mutating func interrupt() -> Outcome? {
    guard isCalibrating else { return nil }
    calibration = nil
    bend = nil
    stage = .none
    return isAsked ? .refused(.noEstimate) : nil
  }

  /// - Parameter isWorn: as far as can be told; one that comes by itself is not that of a table.
  @inline(__always)
  package mutating func update(
    _ up: Direction, isSettled: Bool, isWorn: Bool = true, at time: Timestamp
  ) -> Outcome? {
    // On most samples there is nothing to take, and nothing is looked at for it.
    guard isCalibrating || isAutomaticPossible && posture == nil && !isHeld else { return nil }
    return calibrate(by: up, isSettled: isSettled, isWorn: isWorn, at: time)
  }

  @inline(never)
  private mutating func calibrate(by up: Direction, isSettled: Bool, isWorn: Bool, at time: Timestamp) -> Outcome? {
    if stage == .bend {
      guard let result = bend?.update(up, at: time) else { return nil }
      bend = nil
      stage = .none
      return end(result)
    }
    if stage == .none {
      guard isSettled else { return nil }
      name = inUse
      isBendWanted = false
      isAsked = false
      begin(ReferenceCalibration(parameters.calibration, requiringStillness: true, at: time))
    }
    guard let result = calibration?.update(up, isSettled: isSettled, at: time) else { return nil }
    calibration = nil
    stage = .none
    if !isAsked && !isWorn { return nil }
    if isBendWanted, case .taken(let upright) = result {
      bend = BendCalibration(parameters.bend, from: upright, at: time)
      stage = .bend
      return .bendAwaited
    }
    return end(result)
  }

  private mutating func end(_ result: ReferenceCalibration.Result) -> Outcome? {
    switch result {
    case .taken(let taken):
      // As it will be when it comes back from a file.
      let posture = KeptReference(taken).posture
      known[name] = posture
      inUse = name
      lasting[name] = isAsked
      changed[name] = true
      check.trust()
      return .taken(name, posture)
    case .refused(let refusal):
      // An automatic one is tried again, silently: nobody asked. Only where trying again cannot help, it is said, once.
      if refusal == .forwardAxisVertical { isAutomaticPossible = false }
      return isAsked || refusal == .forwardAxisVertical ? .refused(refusal) : nil
    }
  }

  /// One that is another than it was, each once.
  package mutating func takeChange() -> ChangedReference? {
    guard let name = changed.takeFirst() else { return nil }
    return ChangedReference(name: name, reference: known[name].map { KeptReference($0) }, isAsked: lasting[name])
  }

  @inline(__always)
  package mutating func check(_ tilt: Tilt, _ context: Context, isAlive: Bool, at time: Timestamp) -> WearingCheck
    .Finding?
  {
    // How somebody lies in a session says nothing of how the device sits.
    isHeld ? nil : check.update(tilt, context, isAlive: isAlive, at: time)
  }

  /// - Returns: the one that is used from now on, where it has changed by itself.
  @inline(__always)
  package mutating func choose(_ up: Direction, _ context: Context, at time: Timestamp) -> ReferenceName? {
    guard parameters.isChosen, !isCalibrating, !isDoubted, !isHeld else { return nil }
    guard let chosen = choice.update(up, context, among: known, inUse: inUse, at: time) else { return nil }
    inUse = chosen
    return chosen
  }
}

/// Some of the names.
struct NameSet: BitwiseCopyable, Sendable {
  private var bits: UInt8 = 0

  subscript(name: ReferenceName) -> Bool {
    get { bits & (1 << name.rawValue) != 0 }
    set { bits = newValue ? bits | (1 << name.rawValue) : bits & ~(1 << name.rawValue) }
  }

  mutating func takeFirst() -> ReferenceName? {
    guard bits != 0, let name = ReferenceName(rawValue: UInt8(bits.trailingZeroBitCount)) else { return nil }
    self[name] = false
    return name
  }
}
