// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// An event as a picture shows it.
package struct PlotEvent: Sendable, Equatable {
  package enum Kind: String, Sendable {
    /// The motor spoke of posture.
    case cue
    /// It would have, but for a reason.
    case silent
    case other
  }

  /// Since the recording's first sample, microseconds.
  package var time: Int64
  package var kind: Kind
  /// Two words or three.
  package var name: String
  /// What happened, in words.
  package var sentence: String
  /// Of a cue and of a silence, why.
  package var explanation: String?
  /// Degrees.
  package var flexion: Double?
  package var lateral: Double?

  init(_ event: Event, after elapsed: Interval, detector: DeviationDetector.Parameters) {
    let record = EventRecord(event)
    time = elapsed.microseconds
    sentence = record.sentence
    (flexion, lateral) = (record.flexion_deg, record.lateral_deg)
    if let cue = record.cue {
      kind = .cue
      name = Self.words(cue) + (record.number.map { " \($0)" } ?? "")
    } else if let suppressed = record.suppressed {
      kind = .silent
      name = "silent: \(Self.words(suppressed))"
    } else {
      kind = .other
      name = Self.words(record.event)
    }
    if record.leaning_s != nil, record.lean != nil {
      explanation = WhyMessage(record, number: 1, ago_s: 0, detector: detector).explanation
    }
  }

  private static func words(_ name: String) -> String {
    String(name.map { $0 == "-" ? " " : $0 })
  }
}
