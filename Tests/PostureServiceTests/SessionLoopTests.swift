// SPDX-License-Identifier: MIT
import Drivers
import PostureCore
import PosturePacing
import PostureSimulation
import Testing

@testable import PostureService

/// A session through the sampling loop, with a motor that shakes the sensor, in simulated time.
struct SessionLoopTests {
  private struct Told {
    var actions: [PacedSession.Action] = []
    var frames: [Frame] = []
    /// When the motor began to run.
    var starts: [Int64] = []

    var checks: [SessionCheck] {
      actions.compactMap { action in
        if case .checked(_, let check) = action { check } else { nil }
      }
    }

    /// From each of the frames to the motor.
    func delays(after frames: [Frame]) -> [Int64?] {
      frames.map { frame in starts.first { $0 >= frame.time }.map { $0 - frame.time } }
    }
  }

  /// Runs the session after ten seconds, in which the commands are performed.
  private func run(_ steps: [SessionStep], _ wearer: SimulatedWearer, before commands: [Command] = []) throws -> Told {
    var sensor = SimulatedSensorParameters()
    sensor.motorShake = 1
    let loop = LoopBench(wearer, sensor, capacity: 1024, settings: batched)
    for command in commands { #expect(loop.service.send(command)) }
    _ = loop.frames(for: .seconds(10))
    let plan = try SessionPlan(title: "t", steps: steps)
    var (runner, told) = (SessionRunner(), Told())
    runner.begin(plan, at: 0)
    for _ in 0..<Int(plan.length.seconds * 10) + 30 {
      runner.pass { loop.service.send($0) }
      for (time, publication) in loop.run(for: .milliseconds(100)) {
        if publication.motorIsOn == true { told.starts.append(time) }
        guard let frame = publication.frame else { continue }
        told.frames.append(frame)
        told.actions += runner.take(frame, .holding, at: 0)
      }
    }
    return told
  }

  private func steps() throws -> [SessionStep] {
    try [(7, .tense), (30, .release), (7, .tense), (30, .release)].map { seconds, cue in
      try SessionStep(.seconds(seconds), cue: cue, check: .still, words: "w")
    }
  }

  private func script(_ steps: (Activity, Double)...) -> Script { Script(steps.map { Step($0, for: .seconds($1)) }) }

  /// Each cue is felt within a batch or two of its step, whatever else is silent, and is no movement of the wearer's.
  @Test(
    arguments: [[], [.setQuiet(true)], [.setMode(.tracking)], [.silence(.pause, for: .seconds(3600))]] as [[Command]])
  func itsCuesAreFeltAndNotTakenForMovement(commands: [Command]) throws {
    let told = try run(steps(), SimulatedWearer(script((.upright, 100)), seed: 3), before: commands)
    #expect(told.frames.compactMap(\.output.cue?.kind) == [.tense, .release, .tense, .release, .finish])
    let played = told.frames.filter { $0.output.cue != nil }
    #expect(told.delays(after: played).allSatisfy { ($0 ?? .max) < 150_000 })
    // From the step to the sample that brings its cue: to the service side and back.
    let began = try #require(told.frames.first).time
    for (frame, due) in zip(played, [0, 7, 37, 44, 74] as [Int64]) {
      #expect((0..<350_000).contains(frame.time - began - due * 1_000_000))
    }
    #expect(told.checks.count == 4 && told.checks.allSatisfy { $0.kept == $0.counted })
    #expect(told.checks.map(\.counted).allSatisfy { $0 >= 5 } && told.checks[1].counted >= 27)
    #expect(told.frames.contains { $0.circumstances.isInSession })
    #expect(told.frames.last?.circumstances.isInSession == false)
  }

  /// Who walks about in it is not still, motor or not.
  @Test func whoWalksIsNotStill() throws {
    let told = try run(steps(), SimulatedWearer(script((.upright, 9), (.walk, 100)), seed: 4))
    #expect(told.checks.count == 4 && told.checks.allSatisfy { $0.kept == 0 && $0.counted >= 5 })
  }

  /// A slouch in it is nobody's business, and one after it is.
  @Test func nothingIsJudgedMeanwhile() throws {
    let wearer = SimulatedWearer(script((.upright, 12), (.slouch(to: .degrees(30), over: .seconds(2)), 200)), seed: 5)
    let told = try run(steps(), wearer)
    #expect(!told.frames.events.contains { ["deviated", "suppressed"].contains($0.event) })
    #expect(told.frames.filter { $0.circumstances.isInSession }.allSatisfy { $0.output.posture == .unknown })
  }
}
