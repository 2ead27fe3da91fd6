// SPDX-License-Identifier: MIT

/// Something that happened to the wearer or to the sensor, with the tilt at that moment.
package struct Event: BitwiseCopyable, Sendable {
  package enum Kind: BitwiseCopyable, Sendable {
    /// A reference posture was taken; its forward is a sensor axis, or nil where a bend forward showed it.
    case calibrated(forward: SensorAxis?)
    case calibrationRefused(ReferenceCalibration.Refusal)
    /// A deviation began; the motor nudges.
    case deviated(leaning: Interval)
    /// The deviation lasts; the motor reminds.
    case reminded(leaning: Interval)
    case recovered(leaning: Interval)
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

  package init(time: Timestamp, kind: Kind, tilt: Tilt?) {
    self.time = time
    self.kind = kind
    self.tilt = tilt
  }
}

/// What one sample can cause, in order: a finding of the monitor, a calibration's end, a decision of the detector.
///
/// Kinds alone, because time and tilt are the sample's: an output is copied with every sample.
struct EventKinds: BitwiseCopyable, Sendable {
  private var first: Event.Kind?
  private var second: Event.Kind?
  private var third: Event.Kind?
  private(set) var count = 0

  mutating func append(_ kind: Event.Kind) {
    switch count {
    case 0: first = kind
    case 1: second = kind
    case 2: third = kind
    default: preconditionFailure("one sample causes at most three events")
    }
    count += 1
  }

  subscript(index: Int) -> Event.Kind {
    switch (index, first, second, third) {
    case (0, let kind?, _, _), (1, _, let kind?, _), (2, _, _, let kind?): return kind
    default: preconditionFailure("event index out of range")
    }
  }
}
