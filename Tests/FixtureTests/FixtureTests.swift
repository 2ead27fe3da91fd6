// SPDX-License-Identifier: MIT
import Foundation
import PostureCore
import PostureFormats
import PostureSimulation
import Testing

@Suite struct FixtureTests {
  @Test func everyScenarioHasAFixture() {
    #expect(Fixture.all.map(\.name) == Scenario.allCases.map(\.name).sorted())
  }

  /// The events, and the checksum over every bit of every estimate, are those of the golden file.
  @Test(arguments: Fixture.all) func replayMatchesTheGolden(fixture: Fixture) throws {
    let replay = try fixture.replayed()
    let text = String(decoding: replay.events, as: UTF8.self) + replay.summary.checksumLine
    #expect(try text == fixture.golden())
  }

  @Test(arguments: Fixture.all) func showsWhatItSays(fixture: Fixture) throws {
    let replay = try fixture.replayed()
    let shows = try #require(replay.header?.shows)
    let events = ShownEvents(String(decoding: replay.events, as: UTF8.self))
    for phrase in ShownEvents.phrases(of: shows) {
      // Nil, for a phrase that is none, is no truth either.
      #expect(events.bearOut(phrase) == true, "\(phrase)")
    }
  }

  /// What befell the sensor is what the scenario makes befall it, and nothing was late or dropped.
  @Test(arguments: Fixture.all) func tellsOfNoOtherFault(fixture: Fixture) throws {
    let remarks = String(decoding: try fixture.bytes(), as: UTF8.self).split(separator: "\n")
      .filter { $0.hasPrefix("#!") }.map { $0.split(separator: " ") }
    let faults = remarks.filter { $0[2] == "fault" }.map { $0[3] }
    let reasons = Set(remarks.filter { $0[2] == "lost" }.map { $0[4] })
    #expect(reasons.isSubset(of: faults))
    let expected: Substring? =
      switch fixture.name {
      case Scenario.gap.name: "no-acknowledge"
      case Scenario.stuck.name: "frozen-data"
      default: nil
      }
    #expect(faults.first == expected && remarks.isEmpty == (expected == nil))
  }

  @Test func phrasesCanBeWrong() {
    let events = ShownEvents("1 deviated lean=left cue=nudge\n2 recovered\n# 3 samples\n")
    #expect(events.bearOut("one deviation to the left") == true)
    #expect(events.bearOut("recovery") == true)
    for wrong in ["no cue", "one deviation forward", "one reminder", "one gap", "frozen, then resumed", "saturation"] {
      #expect(events.bearOut(wrong) == false, "\(wrong)")
    }
    #expect(events.bearOut("all is well") == nil)
  }

  /// A decision depends on differences of time, not on where the clock started.
  @Test(arguments: Fixture.all) func startOfTheClockChangesNothing(fixture: Fixture) throws {
    var reader = TraceReader(source: fixture.name)
    var pipeline = PosturePipeline()
    var summary = ReplaySummary()
    let bytes = try fixture.bytes()
    let shift = Interval(microseconds: 987_654_321_012_345)
    func process(_ measurement: PostureCore.Measurement) {
      var sample = measurement.sample
      sample.time = sample.time + shift
      summary.include(pipeline.process(sample)?.up)
      summary.samples += 1
    }
    try reader.read(bytes.span) { process($0) }
    try reader.finish { process($0) }
    #expect(try fixture.golden().hasSuffix(summary.checksumLine))
  }

  /// While the sensor stands still nothing is known, and a look back knows no more.
  @Test func aLookBackTellsNothingOfAStuckSensor() throws {
    let stuck = try #require(Fixture.all.first { $0.name == Scenario.stuck.name })
    var options = Replay.Options()
    options.wantsEstimates = true
    options.lag = .seconds(1)
    var replay = Replay(source: stuck.name, options)
    let bytes = try stuck.bytes()
    try replay.read(bytes.span)
    try replay.finish()
    let times = String(decoding: replay.estimates, as: UTF8.self).split(separator: "\n").dropFirst()
      .compactMap { $0.split(separator: ",").first.flatMap { Int($0) } }
    #expect(times.contains { $0 > 19_500_000 && $0 < 20_810_000 })
    #expect(times.contains { $0 > 26_210_000 })
    #expect(!times.contains { $0 >= 20_810_000 && $0 < 26_200_000 })
  }

  @Test(arguments: Fixture.all) func isOfUsefulLength(fixture: Fixture) throws {
    let duration = try fixture.replayed().summary.duration
    #expect((20...120).contains(duration))
  }

  /// The daemon, recording the same scenario today, on this machine, writes the very bytes of the fixture.
  @Test(arguments: Scenario.allCases) func daemonRecordsTheSameBytes(scenario: Scenario) throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "postured-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let recorded = directory.appending(path: "new.trace")
    let daemon = Process()
    daemon.executableURL = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "postured")
    daemon.arguments = [
      "--scenario", scenario.name, "--speed", "max", "--record", recorded.path, "--socket",
      directory.appending(path: "s").path,
    ]
    daemon.standardError = FileHandle.nullDevice
    try daemon.run()
    daemon.waitUntilExit()
    #expect(daemon.terminationStatus == 0)
    let fixture = Fixture(name: scenario.name)
    #expect(try Data(contentsOf: recorded) == Data(contentsOf: fixture.trace))
  }
}
