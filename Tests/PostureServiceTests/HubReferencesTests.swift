// SPDX-License-Identifier: MIT
import Drivers
import LinuxIO
import PostureCore
import PostureFormats
import PostureSimulation
import TestSupport
import Testing

@testable import PostureService

/// What of the reference postures lasts, from the request to the file and back.
struct HubReferencesTests {
  private let directory = TemporaryDirectory()
  private var store: ReferenceStore { ReferenceStore(path: directory.file("r")) }

  private func keeper() -> ReferenceKeeper { ReferenceKeeper(store: store, date: { "2026-11-22T03:39:07Z" }) }

  private func run(_ body: (ServerBench, Client) async throws -> Void) async throws {
    try await ServerBench.run(keeper: keeper()) { bench in
      bench.publishRunning()
      try await body(bench, try Client.greeted(bench.path))
    }
  }

  /// What a loop gives that is told commands at these seconds.
  private func sampled(
    _ scenario: Scenario = .upright, for seconds: Double, kept: Kept = Kept(),
    _ commands: [(at: Double, command: Command)] = []
  ) -> [Frame] {
    let bench = LoopBench(scenario, settings: batched, kept: kept)
    var frames: [Frame] = []
    func go(to seconds: Double) {
      frames += bench.frames(for: .seconds(seconds) - Interval(microseconds: bench.clock.now() - LoopBench.start))
    }
    for (at, command) in commands {
      go(to: at)
      #expect(bench.service.send(command))
    }
    go(to: seconds)
    return frames
  }

  private var stored: ReferencesRecord? { if case .record(let record) = store.load() { record } else { nil } }

  @Test func oneThatCameByItselfIsNotStored() async throws {
    try await run { bench, client in
      let frames = sampled(for: 20)
      #expect(frames.events.map(\.event) == ["calibrated"])
      bench.publish(frames)
      let status = try client.status()
      #expect(status.has_reference && status.references == ["sitting"] && status.reference == "sitting")
      #expect(directory.names == [])
    }
  }

  @Test func whatIsAskedForIsStoredWithItsNameUsedAndForgotten() async throws {
    try await run { bench, client in
      let frames = sampled(
        for: 45,
        [
          (20, .takeReference(.car, isBending: false)), (26, .takeReference(nil, isBending: false)),
          (32, .takeReference(.standing, isBending: false)), (36, .useReference(.car)),
          (38, .setReference(.standing, nil)),
        ])
      func publish(until seconds: Double, from earlier: Double) {
        // A command goes with the samples of a batch, which are a little older.
        func time(_ seconds: Double) -> Int64 { LoopBench.start + Int64((seconds - 0.2) * 1e6) }
        bench.publish(frames.filter { (time(earlier)..<time(seconds)).contains($0.time) })
      }
      publish(until: 25, from: 0)
      _ = try client.status()
      #expect(stored?.entries.keys.sorted { $0.rawValue < $1.rawValue } == [.car] && stored?.inUse == .car)
      let first = try #require(stored?.entries[.car]?.reference)
      // Without a name it is the one in use.
      publish(until: 31, from: 25)
      _ = try client.status()
      #expect(stored?.entries.count == 1 && stored?.entries[.car]?.reference != first)
      publish(until: 36, from: 31)
      _ = try client.status()
      #expect(stored?.entries.count == 2 && stored?.inUse == .standing)
      #expect(stored?.entries[.standing]?.taken == "2026-11-22T03:39:07Z")
      publish(until: 38, from: 36)
      _ = try client.status()
      #expect(stored?.inUse == .car && stored?.entries.count == 2)
      publish(until: 45, from: 38)
      let status = try client.status()
      #expect(stored?.inUse == .car && stored?.entries.keys.map { $0 } == [.car])
      // The one that came by itself is known until the end.
      #expect(status.references == ["sitting", "car"] && status.reference == "car")
    }
  }

  /// A new daemon judges by what the one before was told, and takes none by itself.
  @Test func aRestartJudgesByIt() async throws {
    try await run { bench, client in
      bench.publish(sampled(for: 24, [(15, .takeReference(.standing, isBending: false))]))
      _ = try client.status()
    }
    let kept = try #require(stored)
    #expect(kept.inUse == .standing && kept.entries.count == 1)
    let second = keeper()
    let frames = sampled(.slowSlouch, for: 45, kept: Kept(references: second.kept))
    #expect(
      frames.prefix(2).map(\.measurement.command).compactMap { $0 } == [
        .setReference(.standing, try #require(kept.entries[.standing]).reference), .useReference(.standing),
      ])
    #expect(frames.events.map(\.event) == ["reference-used", "deviated"])
    #expect(frames.allSatisfy { $0.reference == nil })
    try await ServerBench.run(keeper: second) { bench in
      bench.publishRunning()
      bench.publish(frames)
      let status = try Client.greeted(bench.path).status()
      #expect(status.has_reference && status.reference == "standing" && status.references == ["standing"])
      #expect(status.deviations == 1)
      #expect(bench.log.count(of: "notice: reference: kept standing of 2026-11-22T03:39:07Z; standing in use") == 1)
    }
    #expect(stored == kept)
  }

  /// The last one was forgotten: there is nothing to use, and nothing is refused for it.
  @Test func aRestartAfterAllWereForgottenTakesOneByItself() async throws {
    try await run { bench, client in
      bench.publish(
        sampled(for: 24, [(15, .takeReference(.standing, isBending: false)), (22, .setReference(.standing, nil))]))
      _ = try client.status()
    }
    #expect(stored?.entries.isEmpty == true)
    #expect(sampled(for: 20, kept: Kept(references: keeper().kept)).events.map(\.event) == ["calibrated"])
  }

  /// What upright reads is another direction in corrected samples.
  @Test func thoseThatAnAccelerometersCalibrationMovesAreStoredAnew() async throws {
    try await run { bench, client in
      let frames = sampled(
        for: 30,
        [
          (15, .takeReference(.car, isBending: false)), (20, .takeReference(.standing, isBending: false)),
          (26, .calibrateAccelerometer(someCalibration)),
        ])
      let moment = try #require(frames.firstIndex { $0.accelerometer == someCalibration })
      bench.publish(frames[..<moment])
      _ = try client.status()
      let before = try #require(stored)
      bench.publish(frames[moment...])
      _ = try client.status()
      let after = try #require(stored)
      #expect(after.entries.count == 2 && after.inUse == .standing)
      for name in [.car, .standing] as [ReferenceName] {
        let (old, new) = (try #require(before.entries[name]?.reference), try #require(after.entries[name]?.reference))
        #expect(old != new)
        // By some hundredths of a radian, as the calibration says.
        #expect((old.up.x - new.up.x).magnitude < 100_000_000)
      }
      // The one that came by itself is moved and not stored.
      #expect(after.entries[.sitting] == nil)
      #expect(Set(frames[moment...].prefix(3).compactMap(\.reference?.name)) == [.sitting, .standing, .car])
    }
  }

  /// The service side is far behind just then.
  @Test func oneThatFindsNoRoomIsToldWithTheNextSample() throws {
    let calibrated = try #require(LoopBench(.upright).frames(for: .seconds(20)).time(of: "calibrated"))
    let bench = LoopBench(.upright, capacity: 4)
    while bench.clock.now() < calibrated + 80_000 { #expect(bench.turn()) }
    while bench.service.receive() != nil {}
    let frames = bench.frames(for: .milliseconds(40))
    #expect(frames.map { $0.reference?.name } == [.sitting] + Array(repeating: nil, count: frames.count - 1))
  }
}
