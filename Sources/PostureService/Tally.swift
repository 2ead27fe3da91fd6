// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// What has been counted of the wearer since the start, and the last decisions about cues.
struct Tally: Sendable {
  /// Decisions that are remembered.
  static let mostDecisions = 50
  /// Microseconds; a longer pause between two samples is a gap, of which nothing is known.
  private static let longestInterval: Int64 = 250_000

  /// In seconds.
  struct Time: Sendable, Equatable {
    var worn = 0.0
    /// Worn in a context in which posture counts, with a reference posture.
    var judged = 0.0
    /// Judged, and beyond a limit.
    var leaning = 0.0

    static func += (a: inout Time, b: Time) {
      a.worn += b.worn
      a.judged += b.judged
      a.leaning += b.leaning
    }
  }

  private(set) var deviations: UInt64 = 0
  private(set) var reminders: UInt64 = 0
  /// By kind.
  private(set) var cues: [String: UInt64] = [:]
  private(set) var suppressed: [String: UInt64] = [:]
  private(set) var time = Time()
  /// Since the last sign of life: not counted where it turns out that nobody wore the device by then.
  private var pending = Time()
  private var last: Timestamp?
  /// The last one at the end.
  private(set) var decisions: [Decision] = []

  /// A cue or a suppressed one, and the limits of its time.
  struct Decision: Sendable {
    let event: EventRecord
    let detector: DeviationDetector.Parameters
  }

  mutating func take(_ output: PosturePipeline.Output, _ circumstances: Circumstances) {
    defer { last = output.time }
    // In a moving vehicle nobody can tell whether it is worn.
    guard output.context != .offBody && output.context != .transport else {
      pending = Time()
      return
    }
    if let last, (output.time - last).microseconds <= Self.longestInterval {
      let interval = (output.time - last).seconds
      pending.worn += interval
      if output.posture != .unknown && output.context.isJudged {
        pending.judged += interval
        if output.posture != .upright { pending.leaning += interval }
      }
    }
    if circumstances.isAlive {
      time += pending
      pending = Time()
    }
  }

  mutating func take(_ event: Event, _ record: EventRecord, _ detector: DeviationDetector.Parameters) {
    // What a session plays, the wearer has asked for.
    if case .played = event.kind { return }
    if let cue = record.cue { cues[cue, default: 0] += 1 }
    switch event.kind {
    case .deviated: deviations += 1
    case .reminded: reminders += 1
    case .suppressed: break
    default: return
    }
    if let reason = record.suppressed { suppressed[reason, default: 0] += 1 }
    if decisions.count == Self.mostDecisions { decisions.removeFirst() }
    decisions.append(Decision(event: record, detector: detector))
  }
}
