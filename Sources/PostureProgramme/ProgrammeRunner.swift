// SPDX-License-Identifier: MIT
import PostureCore

/// Leads through a day's plan, minute by minute of judged wear: whenever the wearer wears it, and for as long as it takes.
///
/// The mode is set where a block begins. Whoever changes it by hand is obeyed until the next one begins; the rest of the
/// block goes by and counts as plain wear. Training waits while the motor has to be silent.
package struct ProgrammeRunner: Sendable {
  package enum Stage: Sendable, Equatable {
    /// The device has just been put on, or the wearer sits down to something.
    case before
    case probe
    /// A session, from 1.
    case training(Int)
    /// From one session to the next.
    case between
    case done
  }

  private struct Block: Sendable {
    let stage: Stage
    /// Of judged wear; the last has no end.
    let seconds: Int

    var part: Part {
      switch stage {
      case .probe: .probe
      case .training: .training
      case .before, .between, .done: .plain
      }
    }

    var mode: Mode { part == .training ? .training : .tracking }
  }

  /// Seconds of judged wear before the first block of a day: putting it on, and taking a reference posture.
  package static let settling = 300
  /// Seconds of judged wear between two sessions: muscles rest, and the second one is not the first one's end.
  package static let rest = 1800
  private static let minute = 60

  package let plan: Plan
  /// What has been done of it so far.
  package private(set) var today: ProgrammeDay
  /// What the present minute is for.
  package private(set) var part = Part.plain
  private let blocks: [Block]
  private var index = 0
  private var passed = 0

  /// - Parameter today: what of the day is over, after a restart.
  package init(_ plan: Plan, today: ProgrammeDay) {
    self.plan = plan
    self.today = today
    var blocks = [Block(stage: .before, seconds: Self.settling)]
    if let probe = plan.probe { blocks.append(Block(stage: .probe, seconds: probe)) }
    for session in 1...plan.sessions {
      if session > 1 { blocks.append(Block(stage: .between, seconds: Self.rest)) }
      blocks.append(Block(stage: .training(session), seconds: plan.sessionSeconds))
    }
    blocks.append(Block(stage: .done, seconds: .max))
    self.blocks = blocks
    skip()
  }

  package var stage: Stage { blocks[index].stage }
  /// What the present block is done in.
  package var mode: Mode { blocks[index].mode }
  /// The plan is silent about posture for now, and a probe measures nothing that a cue could disturb.
  package var isIdle: Bool { stage != .probe && blocks[index].part == .plain }
  /// Seconds of judged wear that are left of the present block; nil of the last one.
  package var left: Int? { stage == .done ? nil : max(0, blocks[index].seconds - passed) }

  /// The day begins, or goes on after a restart.
  ///
  /// - Returns: the mode that is to be set.
  package mutating func begin() -> Mode {
    part = blocks[index].part
    return mode
  }

  /// A minute is over.
  ///
  /// - Parameters:
  ///   - minute: its part is the one that it was told to be.
  ///   - mode: the one that is set.
  /// - Returns: the one that is to be set; nil while the block goes on.
  package mutating func take(_ minute: ProgrammeMinute, mode: Mode) -> Mode? {
    today.add(minute)
    let block = blocks[index]
    let isObeyed = mode != block.mode
    if isObeyed || minute.wasKept { passed += (minute.judged + 5) / 10 }
    guard passed >= block.seconds else {
      part = isObeyed ? .plain : block.part
      return nil
    }
    index += 1
    passed = 0
    return begin()
  }

  /// Without what it was longer than was asked for: it ends with a minute.
  private func asked(of session: Int) -> Int {
    let rest = session % plan.sessionSeconds
    return session > plan.sessionSeconds && rest < Self.minute ? session - rest : session
  }

  /// Goes to where the day has got to.
  private mutating func skip() {
    passed = min(today.judged, Self.settling)
    guard passed == Self.settling else { return }
    let done = today.training.sessions.reduce(0) { $0 + asked(of: $1) }
    let (sessions, rest) = (min(done / plan.sessionSeconds, plan.sessions), done % plan.sessionSeconds)
    let hasBegun = sessions < plan.sessions && rest > 0
    if done > 0 {
      let wanted: Stage =
        sessions == plan.sessions ? .done : hasBegun || sessions == 0 ? .training(sessions + 1) : .between
      index = blocks.indices.filter { blocks[$0].stage == wanted }[wanted == .between ? sessions - 1 : 0]
      passed = hasBegun ? rest : wanted == .between ? today.training.rested : 0
      if wanted == .between, passed >= Self.rest { (index, passed) = (index + 1, 0) }
    } else if let probe = plan.probe {
      index = today.probe.judged >= probe ? 2 : 1
      passed = index == 1 ? today.probe.judged : 0
    } else {
      index = 1
      passed = 0
    }
  }
}
