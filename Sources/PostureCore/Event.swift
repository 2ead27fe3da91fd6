// SPDX-License-Identifier: MIT

/// Something that happened to the wearer or to the sensor, with what was known of the wearer at that moment.
package struct Event: BitwiseCopyable, Sendable {
  package enum Kind: BitwiseCopyable, Sendable {
    /// A reference posture was taken; its forward is a sensor axis, or nil where a bend forward showed it.
    case calibrated(ReferenceName, forward: SensorAxis?)
    case calibrationRefused(ReferenceCalibration.Refusal)
    /// Upright is known; the wearer is to bend forward now.
    case bendAwaited
    /// Another reference posture is used from now on.
    case referenceUsed(ReferenceName)
    /// The device was put on otherwise than when the reference posture was taken, as it seems.
    case wornDifferently
    /// As it did then, after all.
    case wornAsBefore
    /// A deviation began; the motor nudges, unless there is a reason not to.
    case deviated(leaning: Interval, suppressed: Suppression?)
    /// The deviation lasts; the motor reminds.
    case reminded(leaning: Interval, number: UInt8)
    /// Upright again; praised where it followed a cue.
    case recovered(leaning: Interval, isPraised: Bool)
    /// Nobody can tell any more: the wearer walks, lies, has taken it off.
    case ended(leaning: Interval, by: Context)
    /// A lean would have brought a cue, but for the reason.
    case suppressed(leaning: Interval, by: Suppression)
    /// Nobody has worn it for so long already.
    case takenOff(since: Interval)
    case putOn
    case modeSet(Mode)
    /// Quiet hours began or ended.
    case quietSet(Bool)
    case silenced(Silence, for: Interval)
    /// A silence ended, by itself or because it was asked to.
    case unsilenced
    /// A paced session began or ended.
    case sessionSet(Bool)
    /// What was asked to be played is played.
    case played(Cue.Kind)
    /// The wearer has sat for so long, and the motor says so.
    case breakSuggested(sitting: Interval)
    /// No sample came for so long.
    case gap(Interval)
    /// The sensor repeats itself: nothing is decided on it.
    case frozen
    case resumed
    /// A value stood at the end of the sensor's range.
    case saturated
  }

  package var time: Timestamp
  package var kind: Kind
  /// Nil while there is no reference posture or no estimate.
  package var tilt: Tilt?
  /// The direction whose limit is exceeded by most, or comes nearest to it.
  package var lean: Lean?
  package var context: Context
  /// How near a cue was, 0 to 1.
  package var exposure: Double

  package init(
    time: Timestamp, kind: Kind, tilt: Tilt?, lean: Lean? = nil, context: Context = .still, exposure: Double = 0
  ) {
    self.time = time
    self.kind = kind
    self.tilt = tilt
    self.lean = lean
    self.context = context
    self.exposure = exposure
  }
}

/// What one sample can cause, in order: what was asked for with it, the end of a silence, a finding of the monitor, of
/// the context, a calibration's end, how the device is worn, a decision of the detector.
///
/// Kinds alone, because the rest is the sample's: an output is copied with every sample.
package struct EventKinds: BitwiseCopyable, Sendable {
  static var capacity: Int { 8 }

  private var kinds = InlineArray<8, Event.Kind?>(repeating: nil)
  package private(set) var count = 0

  package init() {}

  package mutating func append(_ kind: Event.Kind) {
    precondition(count < Self.capacity, "one sample causes at most eight events")
    kinds[count] = kind
    count += 1
  }

  package mutating func removeAll() { count = 0 }

  package subscript(index: Int) -> Event.Kind {
    guard index < count, let kind = kinds[index] else { preconditionFailure("event index out of range") }
    return kind
  }
}

extension Event.Kind {
  init(_ finding: SampleMonitor.Finding) {
    switch finding {
    case .gap(let interval): self = .gap(interval)
    case .frozen: self = .frozen
    case .resumed: self = .resumed
    case .saturated: self = .saturated
    }
  }
}
