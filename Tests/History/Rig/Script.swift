// SPDX-License-Identifier: MIT
import PostureHistory

/// What the rig stores, minute after minute: known beforehand, so that what is found can be compared with it.
///
/// As much as of a restless day: a cue every eighth minute, of which it is learnt in the next one what came of it.
struct Script {
  /// 2026-11-27T12:00:00Z; each run begins a day after the one before.
  private static let begin = 1_795_780_800

  let run: Int

  var began: Int { Self.begin + run * 86_400 }
  var record: RunRecord { RunRecord(began: began, clock: .confirmed, source: "rig", version: "0.0.0") }

  /// What is stored when a minute has ended.
  func entries(of minute: Int) -> [HistoryEntry] {
    var entries: [HistoryEntry] = []
    if minute == 0 { entries.append(.settings(SettingsRecord(at: 0, text: "detector.enter: \(number(0) % 40) deg\n"))) }
    entries.append(.minute(record(of: minute)))
    if minute % 8 == 0 { entries.append(.cue(cue(of: minute, outcome: nil))) }
    if minute % 8 == 1 { entries.append(.cue(cue(of: minute - 1, outcome: .corrected))) }
    if minute % 40 == 7 {
      entries.append(.happening(HappeningRecord(at: minute * 600 + 3, event: "mode-set", word: "tracking")))
    }
    if minute % 100 == 5 {
      entries.append(.fault(FaultRecord(minute: minute, fault: "no-acknowledge", count: number(minute) % 9)))
    }
    return entries
  }

  func record(of minute: Int) -> MinuteRecord {
    var record = MinuteRecord(minute: minute)
    let number = number(minute)
    record.contexts.still = 600 - number % 200
    record.contexts.moving = number % 200
    record.postures.upright = record.contexts.still - number % 97
    record.postures.forward = number % 97
    record.exposure = number % 1000
    record.flexion = number % 300 - 50
    record.lateral = number % 120 - 60
    record.movement = number % 30
    return record
  }

  private func cue(of minute: Int, outcome: CueRecord.Outcome?) -> CueRecord {
    var cue = CueRecord(at: minute * 600 + 300, kind: .nudge, leaning: number(minute) % 3000)
    cue.lean = "forward"
    cue.flexion = number(minute) % 300
    cue.lateral = -4
    cue.outcome = outcome
    cue.response = outcome.map { _ in 45 }
    return cue
  }

  /// Never the same twice within a run, and small.
  private func number(_ minute: Int) -> Int { (minute + 1) * (2 * run + 7919) % 1_000_003 }

  /// What is wrong with what a file holds of this run; nil where it is what so many minutes have stored.
  func difference(_ reader: borrowing HistoryReader, minutes: [MinuteRecord]) throws(DatabaseError) -> String? {
    var cues: [Int: CueRecord] = [:]
    var (happenings, faults, settings): ([HappeningRecord], [FaultRecord], [SettingsRecord]) = ([], [], [])
    for minute in minutes.indices {
      guard minutes[minute] == record(of: minute) else { return "minute \(minute): found \(minutes[minute])" }
      for entry in entries(of: minute) {
        switch entry {
        case .cue(let record): cues[record.at] = record
        case .happening(let record): happenings.append(record)
        case .fault(let record): faults.append(record)
        case .settings(let record): settings.append(record)
        default: break
        }
      }
    }
    if try reader.cues(of: run) != cues.values.sorted(by: { $0.at < $1.at }) {
      return "its cues are not those of its minutes"
    }
    if try reader.happenings(of: run) != happenings { return "what happened is not that of its minutes" }
    if try reader.faults(of: run) != faults { return "its faults are not those of its minutes" }
    if try reader.settings(of: run) != settings { return "its settings are not those of its minutes" }
    return nil
  }
}
