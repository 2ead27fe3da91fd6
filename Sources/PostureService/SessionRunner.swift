// SPDX-License-Identifier: MIT
import PostureCore
import PosturePacing

/// The paced session that runs, if one does, and what the sampling thread is still to be told of it.
struct SessionRunner: Sendable {
  private(set) var session: PacedSession?
  /// What comes of it is to be stored.
  private(set) var isKept = true
  /// In their order. No more than one cue: what waits behind a newer one is too late.
  private var owed: [Command] = []
  /// Of the last sample, or of the beginning, on the system's clock.
  private var lastSample: Int64 = 0

  mutating func begin(_ plan: SessionPlan, at now: Int64) {
    session = PacedSession(plan)
    isKept = true
    lastSample = now
    owed.append(.setSession(true))
  }

  /// What has been of it so far is to be forgotten: nothing of it can be told apart.
  mutating func forget() { isKept = false }

  /// - Parameters:
  ///   - judging: how the cues are felt, and how late.
  ///   - now: on the system's clock.
  mutating func take(
    _ frame: Frame, _ judging: PosturePipeline.Parameters, at now: Int64
  ) -> [PacedSession.Action] {
    guard session != nil else { return [] }
    lastSample = now
    let time = frame.output.time
    if let cue = frame.output.cue {
      session?.expectShaking(from: time, latency: judging.motorLatency, length: judging.patterns[cue.kind].length)
    }
    let isWorn = frame.circumstances.isAlive && frame.output.context != .offBody
    let actions = session?.take(frame.measurement.sample.acceleration, isWorn: isWorn, at: time) ?? []
    for action in actions {
      switch action {
      case .begin(let index): play(session?.plan.steps[index].cue)
      case .checked: break
      case .end(let outcome):
        if outcome.ending == .finished { play(.finish) }
        session = nil
        owed.append(.setSession(false))
      }
    }
    return actions
  }

  /// Ends it before its time; nil where none runs.
  mutating func end(_ ending: SessionOutcome.Ending) -> SessionOutcome? {
    guard let outcome = session?.end(ending) else { return nil }
    session = nil
    dropCues()
    owed.append(.setSession(false))
    return outcome
  }

  /// The sensor has given nothing for so long that it will not go on.
  func isOverdue(at now: Int64) -> Bool {
    session != nil && now - lastSample > PacedSession.patience.microseconds
  }

  /// - Parameter send: false where it was not taken, and is to be sent again.
  mutating func pass(_ send: (Command) -> Bool) {
    while let first = owed.first, send(first) { owed.removeFirst() }
  }

  private mutating func play(_ cue: Cue.Kind?) {
    dropCues()
    if let cue { owed.append(.play(cue)) }
  }

  private mutating func dropCues() {
    owed.removeAll { command in
      if case .play = command { true } else { false }
    }
  }
}
