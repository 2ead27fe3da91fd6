// SPDX-License-Identifier: MIT
import PostureCore
import PostureHistory

/// What posture is at a moment at which it counts.
enum Posture: String, Sendable {
  case upright, forward, backward, left, right
}

/// Seconds of a run, as they add up to what a history keeps of them.
struct RunLedger: Sendable {
  private(set) var entries: [HistoryEntry] = []
  private var minute: MinuteRecord?
  private var absence: AbsenceRecord?
  private var exposure = 0.0
  private var flexion = 0.0
  private var lateral = 0.0
  private var movement = 0.0

  /// A second, of which each is told once and in order.
  struct Second {
    var context = Context.still
    /// Nil where posture does not count.
    var posture: Posture?
    var flexion = 0.0
    var lateral = 0.0
    /// 1 is what brings a cue.
    var exposure = 0.0
    /// mg.
    var movement = 0.0
    var isSilent = false
    var block = Block.plain
  }

  mutating func add(_ second: Second, at time: Int) {
    if minute?.minute != time / 60 {
      finishMinute()
      minute = MinuteRecord(minute: time / 60)
      minute?.block = second.block
    }
    minute?.contexts.add(second.context)
    if second.context != .offBody, second.context != .transport { movement += second.movement }
    guard let posture = second.posture else { return }
    minute?.postures.add(posture)
    if second.isSilent { minute?.silent += 10 }
    exposure += second.exposure
    flexion += second.flexion
    lateral += second.lateral
  }

  mutating func add(_ entry: HistoryEntry) { entries.append(entry) }

  mutating func finish() {
    finishMinute()
    finishAbsence()
  }

  private mutating func finishMinute() {
    guard var record = minute else { return }
    minute = nil
    let judged = Double(record.postures.judged) / 10
    if judged > 0 {
      record.exposure = Int((exposure / judged * 1000).rounded())
      record.flexion = Int((flexion / judged * 10).rounded())
      record.lateral = Int((lateral / judged * 10).rounded())
    }
    let worn = Double(record.contexts.worn) / 10
    if worn > 0 { record.movement = Int((movement / worn).rounded()) }
    (exposure, flexion, lateral, movement) = (0, 0, 0, 0)
    guard record.isWorth else {
      if absence == nil { absence = AbsenceRecord(minute: record.minute, minutes: 0) }
      absence?.minutes += 1
      return
    }
    finishAbsence()
    entries.append(.minute(record))
  }

  private mutating func finishAbsence() {
    if let absence { entries.append(.absence(absence)) }
    absence = nil
  }
}

extension MinuteRecord.Contexts {
  /// A second of it.
  fileprivate mutating func add(_ context: Context) {
    switch context {
    case .still: still += 10
    case .bending: bending += 10
    case .moving: moving += 10
    case .walking: walking += 10
    case .lying: lying += 10
    case .transport: transport += 10
    case .offBody: offBody += 10
    }
  }
}

extension MinuteRecord.Postures {
  /// A second of it.
  fileprivate mutating func add(_ posture: Posture) {
    switch posture {
    case .upright: upright += 10
    case .forward: forward += 10
    case .backward: backward += 10
    case .left: left += 10
    case .right: right += 10
    }
  }
}
