// SPDX-License-Identifier: MIT
import LinuxIO
import Logging
import NIOCore
import PostureCore
import PostureFormats
import PostureHistory
import PosturePacing

/// The hub's paced session, which goes on whoever has begun it, and its reminders of breaks.
extension Hub {
  /// A trace has its own.
  var suggestsBreaks: Bool { state.facts.source != "trace" }

  /// More steps of the session that the client is about to begin.
  func add(_ steps: [SessionStep], for channel: any Channel) {
    let client = ObjectIdentifier(channel)
    let count = (clients[client]?.draft.count ?? 0) + steps.count
    guard count <= SessionPlan.mostSteps else {
      clients[client]?.draft = []
      return refuse("session-steps: found \(count) steps, expected at most \(SessionPlan.mostSteps)", channel)
    }
    clients[client]?.draft += steps
    send(JSONLine.encode(DoneMessage(request: "session-steps")), to: channel)
  }

  func beginSession(_ title: String, for channel: any Channel) {
    let client = ObjectIdentifier(channel)
    let steps = clients[client]?.draft ?? []
    clients[client]?.draft = []
    if let running = paced.session { return refuse("session: one runs already: \(running.plan.title)", channel) }
    guard state.state.isSampling else { return refuse("session: the sensor is \(state.state.rawValue)", channel) }
    let plan: SessionPlan
    do throws(SessionFault) { plan = try SessionPlan(title: title, steps: steps) } catch {
      return refuse("session: found \(error.found), expected \(error.expected)", channel)
    }
    paced.begin(plan, at: SystemClock().now())
    clients[client]?.followsSession = true
    logger.notice("session: \(plan.title) begins: \(plan.steps.count) steps, \(plan.length.seconds) s")
    passPaced()
    send(JSONLine.encode(SessionMessage(paced.session)), to: channel)
  }

  func stopSession(for channel: any Channel) {
    guard paced.session != nil else { return refuse("session-stop: no session runs", channel) }
    send(JSONLine.encode(DoneMessage(request: "session-stop")), to: channel)
    endSession(.stopped)
  }

  func tellSession(to channel: any Channel, isFollowing: Bool) {
    send(JSONLine.encode(SessionMessage(paced.session)), to: channel)
    if isFollowing, paced.session != nil { clients[ObjectIdentifier(channel)]?.followsSession = true }
  }

  /// Takes what a sample brings of the session, and of long sitting.
  func goOnPacing(_ frame: Frame) {
    if paced.session != nil { goOnWithSession(frame) }
    guard suggestsBreaks else { return }
    let moment = BreakReminder.Moment(
      frame.output, frame.circumstances, isTrackingByPlan: programme.isIdle && !isTrackingChosen)
    switch breaks.take(moment) {
    case .due(let sitting)?:
      if !pass(.suggestBreak(sitting: sitting)) { logger.warning("breaks: too many commands at once") }
    case .taken(let after)?:
      // At the suggestion's time: it is of the same day.
      let time = history.tenths(at: Timestamp(microseconds: frame.output.time.microseconds - after.microseconds))
      history.take(
        HappeningRecord(at: time, event: HappeningRecord.breakTaken, seconds: Int(after.seconds.rounded())))
    case nil: break
    }
  }

  private func goOnWithSession(_ frame: Frame) {
    for action in paced.take(frame, settings.configuration.pipeline, at: SystemClock().now()) {
      switch action {
      case .begin(let index):
        guard let plan = paced.session?.plan else { break }
        tellFollowers(SessionStepMessage(index, of: plan, at: frame.output.time))
      case .checked(let index, let check): tellFollowers(SessionCheckMessage(index, check))
      case .end(let outcome): sessionEnded(outcome)
      }
    }
  }

  func passPaced() { paced.pass { pass($0) } }

  func endSession(_ ending: SessionOutcome.Ending) {
    guard let outcome = paced.end(ending) else { return }
    passPaced()
    sessionEnded(outcome)
  }

  private func sessionEnded(_ outcome: SessionOutcome) {
    logger.notice(
      "session: \(outcome.title): \(outcome.ending.rawValue) after \(outcome.stepsDone) of \(outcome.steps) steps")
    tellFollowers(SessionEndedMessage(outcome))
    for (key, client) in clients where client.followsSession {
      clients[key]?.followsSession = false
      if client.hasFinished { finishedAsking(client.channel) }
    }
    if paced.isKept, let began = outcome.began { history.take(SessionRecord(outcome, at: history.tenths(at: began))) }
  }

  private func tellFollowers(_ message: some Message) {
    let line = JSONLine.encode(message)
    for client in clients.values where client.followsSession { send(line, to: client.channel) }
  }

  private func refuse(_ message: String, _ channel: any Channel) {
    send(JSONLine.encode(ErrorMessage(message)), to: channel)
  }
}

extension SessionRecord {
  /// - Parameter at: when it began, in tenths of a second of the run.
  init(_ outcome: SessionOutcome, at: Int) {
    func seconds(_ length: Interval) -> Int { Int(length.seconds.rounded()) }
    func percent(_ share: Double?) -> Int? { share.map { Int(($0 * 100).rounded()) } }
    self.init(
      at: at, title: outcome.title, planned: seconds(outcome.planned), lasted: seconds(outcome.lasted),
      stepsDone: outcome.stepsDone, steps: outcome.steps, still: percent(outcome.still),
      moved: percent(outcome.moved), ending: outcome.ending.rawValue)
  }
}
