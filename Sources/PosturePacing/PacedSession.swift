// SPDX-License-Identifier: MIT
import PostureCore

/// A paced session while it runs: samples in, what is to be said out.
///
/// The samples' times are its clock, so that it runs on simulated time as well. Each step ends when the steps up to it
/// have taken as long as they should: being late with one does not delay the next.
package struct PacedSession: Sendable {
  package enum Action: Sendable, Equatable {
    /// The step of that index begins.
    case begin(Int)
    /// What was seen of a step that is over.
    case checked(Int, SessionCheck)
    case end(SessionOutcome)
  }

  /// Between two samples. A bus that hangs for a moment ends no session; a sensor that has gone does.
  package static let patience = Interval.seconds(10)
  /// How long a motor that was on goes on shaking.
  private static let runDown = Interval.milliseconds(150)

  package let plan: SessionPlan
  /// When its first sample was.
  package private(set) var began: Timestamp?
  /// The index of the step that runs; nil before the first sample and at the end.
  package private(set) var step: Int?
  private var stepEnd = Timestamp(microseconds: 0)
  private var last = Timestamp(microseconds: 0)
  private var shakenUntil = Timestamp(microseconds: .min)
  private var meter = StillnessMeter()
  private var stillness = SessionCheck(.still)
  private var movement = SessionCheck(.moving)
  private var stepsDone = 0

  package init(_ plan: SessionPlan) { self.plan = plan }

  /// How long it has run, and how long the step still takes.
  package var elapsed: Interval { began.map { last - $0 } ?? .zero }
  package var left: Interval { step == nil ? .zero : max(.zero, stepEnd - last) }

  /// The motor begins to play something of that length with this sample, or up to so much later.
  package mutating func expectShaking(from time: Timestamp, latency: Interval, length: Interval) {
    shakenUntil = max(shakenUntil, time + latency + length + Self.runDown)
  }

  /// Takes the next sample; nothing more after `end`.
  ///
  /// - Parameters:
  ///   - force: m/s², of whatever frame.
  ///   - isWorn: the sensor shows signs of life: a table keeps still better than anybody.
  package mutating func take(_ force: Acceleration, isWorn: Bool = true, at time: Timestamp) -> [Action] {
    guard let began else {
      self.began = time
      last = time
      var actions: [Action] = []
      enter(0, at: time, &actions)
      return actions
    }
    guard time - last <= Self.patience else { return [.end(end(.sensorLost))] }
    last = time
    var actions: [Action] = []
    while let step, time >= stepEnd {
      leave(step, &actions)
      guard step + 1 < plan.steps.count else {
        self.step = nil
        last = began + plan.length
        return actions + [.end(outcome(.finished))]
      }
      enter(step + 1, at: stepEnd, &actions)
    }
    meter.take(force, counts: isWorn && time >= shakenUntil, at: time)
    return actions
  }

  /// It ends before its time.
  package mutating func end(_ ending: SessionOutcome.Ending) -> SessionOutcome {
    if let step, let check = check(of: step) { add(check) }
    step = nil
    return outcome(ending)
  }

  private mutating func enter(_ index: Int, at time: Timestamp, _ actions: inout [Action]) {
    step = index
    stepEnd = time + plan.steps[index].length
    meter = StillnessMeter()
    actions.append(.begin(index))
  }

  private mutating func leave(_ index: Int, _ actions: inout [Action]) {
    stepsDone += 1
    guard let check = check(of: index) else { return }
    add(check)
    actions.append(.checked(index, check))
  }

  /// Nil where it asked for nothing.
  private func check(of index: Int) -> SessionCheck? {
    guard let asked = plan.steps[index].check else { return nil }
    let kept = asked == .still ? meter.still : meter.counted - meter.still
    return SessionCheck(asked, counted: meter.counted, kept: kept)
  }

  private mutating func add(_ check: SessionCheck) {
    switch check.check {
    case .still: stillness.add(check)
    case .moving: movement.add(check)
    }
  }

  private func outcome(_ ending: SessionOutcome.Ending) -> SessionOutcome {
    SessionOutcome(
      title: plan.title, began: began, planned: plan.length, lasted: elapsed, stepsDone: stepsDone,
      steps: plan.steps.count, still: stillness.share, moved: movement.share, ending: ending)
  }
}
