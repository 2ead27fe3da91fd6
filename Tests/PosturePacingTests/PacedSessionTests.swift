// SPDX-License-Identifier: MIT
import PostureCore
import PosturePacing
import Testing

struct PacedSessionTests {
  private func session(_ steps: [SessionStep]) throws -> PacedSession {
    PacedSession(try SessionPlan(title: "t", steps: steps))
  }

  /// What happens at which time, 100 samples a second.
  private func run(
    _ session: inout PacedSession, from: Double = 0, to end: Double, moving: (Double) -> Bool = { _ in false }
  ) -> [(seconds: Double, action: PacedSession.Action)] {
    var told: [(Double, PacedSession.Action)] = []
    for tick in Int((from * 100).rounded())..<Int((end * 100).rounded()) {
      let seconds = Double(tick) / 100
      let shake = moving(seconds) ? (tick % 2 == 0 ? 3.0 : -3) : 0
      for action in session.take(force(shake), at: at(seconds)) { told.append((seconds, action)) }
      if case .end? = told.last?.1 { break }
    }
    return told
  }

  @Test func stepsFollowEachOther() throws {
    var session = try session([step(2), step(3, .tense), step(1.5, nil)])
    #expect(session.step == nil)
    let told = run(&session, from: 100, to: 110)
    let end = SessionOutcome(
      title: "t", began: at(100), planned: .seconds(6.5), lasted: .seconds(6.5), stepsDone: 3, steps: 3,
      ending: .finished)
    #expect(told.map(\.action) == [.begin(0), .begin(1), .begin(2), .end(end)])
    #expect(told.map(\.seconds) == [100, 102, 105, 106.5])
  }

  @Test func itTellsWhereItIs() throws {
    var session = try session([step(2), step(3)])
    _ = run(&session, to: 3.01)
    #expect(session.step == 1 && session.elapsed == .seconds(3) && session.left == .seconds(2))
  }

  @Test func stillnessAndMovementAreSeenStepByStep() throws {
    var session = try session([step(10, check: .still), step(10), step(10, check: .moving), step(5, check: .still)])
    let told = run(&session, to: 40) { ((5.5..<25).contains($0)) }
    let checks = told.compactMap { told -> (Int, SessionCheck)? in
      guard case .checked(let step, let check) = told.action else { return nil }
      return (step, check)
    }
    #expect(checks.map(\.0) == [0, 2, 3])
    #expect(checks.map(\.1.check) == [.still, .moving, .still])
    #expect(checks.allSatisfy { $0.1.counted == ($0.0 == 3 ? 4 : 9) || $0.1.counted == ($0.0 == 3 ? 5 : 10) })
    #expect(checks[0].1.kept == 5 && checks[2].1.kept == checks[2].1.counted)
    #expect((5...6).contains(checks[1].1.kept))
    guard case .end(let outcome)? = told.last?.action else {
      Issue.record("it does not end")
      return
    }
    let counted = checks[0].1.counted + checks[2].1.counted
    #expect(outcome.still == Double(checks[0].1.kept + checks[2].1.kept) / Double(counted))
    #expect(outcome.moved == checks[1].1.share)
  }

  /// A cue of its own is not movement, however long it shakes.
  @Test func theMotorIsNotTheWearer() throws {
    var session = try session([step(7, .tense, check: .still)])
    session.expectShaking(from: at(0), latency: .milliseconds(250), length: .milliseconds(860))
    let told = run(&session, to: 8) { $0 < 1.2 }
    guard case .checked(0, let check)? = told.dropFirst().first?.action else {
      Issue.record("it is not checked")
      return
    }
    #expect(check.counted == 5 && check.kept == 5)
  }

  /// Shaken throughout, or shorter than what can be judged: that is said, and is no zero.
  @Test func whatCannotBeJudgedHasNoShare() throws {
    var session = try session([step(1, check: .still), step(1)])
    session.expectShaking(from: at(0), latency: .zero, length: .seconds(5))
    let told = run(&session, to: 3)
    #expect(told.map(\.action).contains(.checked(0, SessionCheck(.still))))
    guard case .end(let outcome)? = told.last?.action else {
      Issue.record("it does not end")
      return
    }
    #expect(outcome.still == nil && outcome.moved == nil && outcome.ending == .finished)
  }

  @Test func itIsStopped() throws {
    var session = try session([step(10, check: .still), step(10, check: .still)])
    _ = run(&session, from: 50, to: 65)
    let outcome = session.end(.stopped)
    #expect(outcome.stepsDone == 1 && outcome.ending == .stopped && outcome.began == at(50))
    #expect((outcome.lasted - .seconds(14.99)).microseconds == 0 && outcome.planned == .seconds(20))
    // What was seen of the step that was broken off counts.
    #expect(outcome.still == 1)
  }

  @Test func aHiccupIsEnduredAndALossIsNot() throws {
    var session = try session([step(5), step(5), step(20)])
    _ = run(&session, to: 1)
    // Whole steps may go by in it; each is told of, so that nobody waits for it.
    #expect(session.take(force(), at: at(10.5)) == [.begin(1), .begin(2)])
    #expect(session.take(force(), at: at(20.5)) == [])
    let actions = session.take(force(), at: at(30.6))
    guard case .end(let outcome)? = actions.first else {
      Issue.record("it goes on")
      return
    }
    #expect(actions.count == 1 && outcome.ending == .sensorLost && outcome.stepsDone == 2)
    #expect(outcome.lasted == .seconds(20.5))
  }

  @Test func withoutASampleItHasNotBegun() throws {
    var session = try session([step(5)])
    let outcome = session.end(.sensorLost)
    #expect(outcome.began == nil && outcome.lasted == .zero && outcome.stepsDone == 0)
  }

  /// Whatever the steps and the intervals between samples: every step once, in order and in time, and one end.
  @Test(arguments: 0..<100 as Range<UInt64>) func everyStepComesOnceAndInTime(seed: UInt64) throws {
    var random = SeededRandom(seed)
    let steps = try (0..<Int.random(in: 1...40, using: &random)).map { _ in
      try step(
        Double.random(in: 1...9, using: &random), check: [nil, .still, .moving].randomElement(using: &random) ?? nil)
    }
    var session = try session(steps)
    var (time, begun, ended) = (1_000_000.0, [(Int, Double)](), [SessionOutcome]())
    let start = time
    while ended.isEmpty {
      for action in session.take(force(), at: at(time)) {
        switch action {
        case .begin(let index): begun.append((index, time))
        case .checked(let index, let check):
          #expect(steps[index].check == check.check && check.kept <= check.counted)
          #expect(check.counted <= Int(steps[index].length.seconds))
        case .end(let outcome): ended.append(outcome)
        }
      }
      time += .random(in: 0.005...0.3, using: &random)
    }
    #expect(begun.map(\.0) == Array(0..<steps.count))
    var due = start
    for (index, when) in begun {
      #expect(when >= due - 1e-4 && when < due + 0.31)
      due += steps[index].length.seconds
    }
    #expect(ended.first?.ending == .finished && ended.first?.stepsDone == steps.count)
    #expect(ended.first?.lasted == session.plan.length)
  }
}
