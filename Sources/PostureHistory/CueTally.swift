// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// Follows each cue to what came of it, and tells of what else happened.
struct CueTally: Sendable {
  /// Nothing has come of it yet.
  private var open: CueRecord?

  /// - Parameter at: tenths of a second since the run began.
  mutating func take(_ event: Event, at time: Int, into entries: inout [HistoryEntry]) {
    let record = EventRecord(event)
    switch event.kind {
    case .deviated(_, nil):
      open = nil
      begin(.nudge, record, at: time, into: &entries)
    case .reminded:
      resolve(.ignored, at: time, into: &entries)
      begin(.reminder, record, at: time, into: &entries)
    case .deviated(_, .some), .suppressed:
      // What is corrected later is this lean, not one of before.
      if case .deviated = event.kind { open = nil }
      var cue = Self.cue(.suppressed, record, at: time)
      cue.reason = record.suppressed
      entries.append(.cue(cue))
    case .recovered: resolve(.corrected, at: time, into: &entries)
    case .ended: resolve(.ended, at: time, into: &entries)
    // Of what a session played, the session says enough.
    case .gap, .frozen, .resumed, .saturated, .bendAwaited, .played: break
    default:
      // These begin the judging anew: nobody learns what would have come of the cue.
      switch event.kind {
      case .sessionSet(true), .silenced(.pause, _), .calibrated, .referenceUsed, .takenOff, .putOn:
        resolve(.ended, at: time, into: &entries)
      default: break
      }
      entries.append(
        .happening(
          HappeningRecord(
            at: time, event: record.event,
            word: record.reference ?? record.reason ?? record.mode ?? record.silence,
            seconds: record.for_s.map { Int($0.rounded()) })))
    }
  }

  private mutating func begin(
    _ kind: CueRecord.Kind, _ record: EventRecord, at time: Int, into entries: inout [HistoryEntry]
  ) {
    let cue = Self.cue(kind, record, at: time)
    entries.append(.cue(cue))
    open = cue
  }

  private mutating func resolve(_ outcome: CueRecord.Outcome, at time: Int, into entries: inout [HistoryEntry]) {
    guard var cue = open else { return }
    open = nil
    cue.outcome = outcome
    cue.response = time - cue.at
    entries.append(.cue(cue))
  }

  private static func cue(_ kind: CueRecord.Kind, _ record: EventRecord, at time: Int) -> CueRecord {
    var cue = CueRecord(at: time, kind: kind, leaning: Int(((record.leaning_s ?? 0) * 10).rounded()))
    cue.lean = record.lean
    cue.flexion = record.flexion_deg.map { Int(($0 * 10).rounded()) }
    cue.lateral = record.lateral_deg.map { Int(($0 * 10).rounded()) }
    return cue
  }
}
