// SPDX-License-Identifier: MIT
import PostureCore
import PostureHistory
import PostureSimulation

/// Sitting as a model has it, second by second: upright for a while, then a lean, a cue when it has added up, and what
/// comes of it.
///
/// The time upright after a lean follows from its length and from the share that the day is to have, so that cues
/// change how often and how long, and the model's share stays what it is.
struct Sitting: Sendable {
  /// As the settings' defaults have it: `detector.holding-time`, `-shortest-holding-time`, `detector.recovery`, and so on.
  private static let (longestHold, shortestHold, recovery) = (240.0, 60.0, 60.0)
  private static let (reminderAfter, mostReminders, mostAnHour) = (60, 3, 12)
  /// Seconds: how long an ignored cue is waited for.
  private static let patience = 60

  private struct Lean: Sendable {
    let direction: Posture
    let angle: Double
    let began: Int
    var ends: Int
    var nextCue: Int?
    var reminders = 0
    var pending: CueRecord?
  }

  var draw: Draw
  private var lean: Lean?
  private var upright: Int?
  private var exposure = 0.0
  private var given: [Int] = []
  private var block = Block.plain

  /// Blocks in which cues can be given.
  private let loud: Set<Block>

  init(_ draw: Draw, loud: Set<Block>) {
    self.draw = draw
    self.loud = loud
  }

  /// A second of it, and what cue belongs to it, or what came of one.
  mutating func second(_ time: Int, _ wearing: Wearing, _ block: Block) -> (RunLedger.Second, CueRecord?) {
    var second = RunLedger.Second()
    second.block = block
    second.isSilent = !loud.contains(block)
    second.movement = 4 + draw.number(0, 8)
    var cue: CueRecord?
    if block != self.block {
      // Whoever learns that a session begins sits up.
      if block == .training { cue = end(time) }
      self.block = block
    }
    if let lean, time >= lean.ends {
      cue = finish(time, outcome: .corrected)
      upright = time + uprightAfter(time - lean.began, wearing.uprightShare)
    }
    // Nobody sits as if cast: a short move about every four minutes, in which posture does not count.
    if draw.chance(1 / 240.0) || (time % 97 < 4 && lean == nil && draw.chance(0.2)) {
      second.context = draw.chance(0.3) ? .bending : .moving
      second.movement = 60
      return (second, cue)
    }
    if lean == nil, time >= upright ?? time + 1 { begin(time) }
    if upright == nil { upright = time + draw.whole(240) }
    if let lean {
      exposure += 1 / Self.hold(lean.angle)
      second.posture = lean.direction
      tilt(&second, lean)
      cue = decide(time, wearing, block) ?? cue
    } else {
      exposure = max(0, exposure - 1 / Self.recovery)
      second.posture = .upright
      second.flexion = draw.number(-3, 6)
      second.lateral = draw.number(-3, 3)
    }
    second.exposure = exposure
    return (second, cue)
  }

  /// The wearer gets up: what came of a cue that waits for its answer.
  mutating func end(_ time: Int) -> CueRecord? {
    exposure = 0
    upright = nil
    return finish(time, outcome: .ended)
  }

  private mutating func begin(_ time: Int) {
    let number = draw.number(0, 1)
    let direction: Posture = number < 0.62 ? .forward : number < 0.78 ? .left : number < 0.9 ? .right : .backward
    let most = direction == .forward ? 38.0 : 24
    lean = Lean(
      direction: direction, angle: draw.logarithmic(direction == .backward ? 20 : 14, most), began: time,
      ends: time + length())
    upright = nil
  }

  /// Seconds that a lean takes by itself; with a session in mind, most are short.
  private mutating func length() -> Int {
    Int(block == .training && draw.chance(0.6) ? draw.logarithmic(5, 40) : draw.logarithmic(15, 700))
  }

  private static func hold(_ angle: Double) -> Double {
    max(shortestHold, min(longestHold, longestHold - (angle - 15) * 6))
  }

  private func tilt(_ second: inout RunLedger.Second, _ lean: Lean) {
    switch lean.direction {
    case .upright: break
    case .forward: second.flexion = lean.angle
    case .backward: second.flexion = -lean.angle
    case .left: second.lateral = lean.angle
    case .right: second.lateral = -lean.angle
    }
  }

  private mutating func uprightAfter(_ leaning: Int, _ share: Double) -> Int {
    max(5, Int(Double(leaning) * share / (1 - share) * draw.number(0.6, 1.4)))
  }

  private mutating func decide(_ time: Int, _ wearing: Wearing, _ block: Block) -> CueRecord? {
    guard var lean else { return nil }
    if var ignored = lean.pending, time * 10 - ignored.at >= Self.patience * 10 {
      ignored.outcome = .ignored
      ignored.response = Self.patience * 10
      lean.pending = nil
      lean.nextCue = lean.reminders < Self.mostReminders ? time + 1 : nil
      self.lean = lean
      return ignored
    }
    let isDue = lean.pending == nil && (lean.nextCue.map { time >= $0 } ?? (lean.reminders == 0 && exposure >= 1))
    guard isDue else { return nil }
    var cue = CueRecord(
      at: time * 10, kind: lean.nextCue == nil ? .nudge : .reminder, leaning: (time - lean.began) * 10)
    cue.lean = lean.direction.rawValue
    (cue.flexion, cue.lateral) = Self.tenths(lean)
    given.removeAll { $0 < time - 3600 }
    let reason = !loud.contains(block) ? "tracking" : given.count >= Self.mostAnHour ? "hourly-limit" : nil
    lean.reminders += 1
    if let reason {
      cue.kind = .suppressed
      cue.reason = reason
      lean.reminders = Self.mostReminders + 1
      lean.nextCue = nil
    } else {
      given.append(time)
      lean.pending = cue
      // Whoever does not follow sits as they would have.
      if draw.chance(wearing.answers) {
        lean.ends = time + Int(draw.logarithmic(2, 45))
      } else {
        lean.ends = max(lean.ends, time + Self.patience + 30)
      }
    }
    self.lean = lean
    return cue
  }

  private static func tenths(_ lean: Lean) -> (Int, Int) {
    let angle = Int((lean.angle * 10).rounded())
    return switch lean.direction {
    case .upright: (0, 0)
    case .forward: (angle, 0)
    case .backward: (-angle, 0)
    case .left: (0, angle)
    case .right: (0, -angle)
    }
  }

  private mutating func finish(_ time: Int, outcome: CueRecord.Outcome) -> CueRecord? {
    defer { lean = nil }
    if outcome == .corrected { exposure = min(exposure, 0.4) }
    guard var cue = lean?.pending else { return nil }
    cue.outcome = outcome
    cue.response = time * 10 - cue.at
    return cue
  }
}
