// SPDX-License-Identifier: MIT
import Foundation
import PostureCore
import PostureFormats
import PostureSimulation
import TestSupport
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
    let events = ShownEvents(String(decoding: replay.events, as: UTF8.self), strengths: try fixture.strengths())
    for phrase in ShownEvents.phrases(of: shows) {
      // Nil, for a phrase that is none, is no truth either.
      #expect(events.bearOut(phrase) == true, "\(phrase)")
    }
  }

  /// What befell the sensor is what the scenario makes befall it, and nothing was late or dropped.
  @Test(arguments: Fixture.all) func tellsOfNoOtherFault(fixture: Fixture) throws {
    let remarks = try fixture.remarks()
    let faults = remarks.filter { $0[1] == "fault" }.map { $0[2] }
    let lost = remarks.filter { $0[1] == "lost" }
    #expect(Set(lost.map { $0[3] }).isSubset(of: faults))
    let expected: Substring? =
      switch fixture.name {
      case Scenario.gap.name, Scenario.uncertainUp.name: "no-acknowledge"
      case Scenario.stuck.name, Scenario.interruptedCalibration.name: "frozen-data"
      default: nil
      }
    #expect(faults.first == expected && (faults + lost.map { $0[3] }).isEmpty == (expected == nil))
  }

  /// The wearer asked for what the scenario has, when it has it, and for nothing else.
  @Test(arguments: Scenario.allCases) func holdsTheCommandsOfItsScenario(scenario: Scenario) throws {
    let asked = try Fixture(name: scenario.name).remarks().filter { $0[1] != "fault" && $0[1] != "lost" }
    #expect(
      asked.map { $0.joined(separator: " ") }
        == scenario.commands.map { "\($0.after.microseconds) \($0.command.text)" })
  }

  /// A decision depends on differences of time, not on where the clock started.
  @Test(arguments: Fixture.all) func startOfTheClockChangesNothing(fixture: Fixture) throws {
    var (measurements, pipeline) = try fixture.read()
    var summary = ReplaySummary()
    let shift = Interval(microseconds: 987_654_321_012_345)
    var kinds: [String] = []
    for measurement in measurements {
      var sample = measurement.sample
      sample.time = sample.time + shift
      if let command = measurement.command { pipeline.perform(command, at: sample.time) }
      let output = pipeline.process(sample)
      summary.include(output?.up)
      summary.samples += 1
      for index in 0..<(output?.eventCount ?? 0) {
        if let event = output?.event(index) { kinds.append(event.kind.name) }
      }
    }
    let golden = try fixture.golden()
    #expect(kinds == ShownEvents(golden).lines.map { String($0[1]) })
    #expect(golden.hasSuffix(summary.checksumLine))
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
    let directory = TemporaryDirectory()
    let recorded = directory.file("new.trace")
    let daemon = Process()
    daemon.executableURL = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "postured")
    daemon.arguments = [
      "--scenario", scenario.name, "--speed", "max", "--record", recorded, "--socket", directory.file("s"),
    ]
    daemon.standardError = FileHandle.nullDevice
    try daemon.run()
    daemon.waitUntilExit()
    #expect(daemon.terminationStatus == 0)
    let fixture = Fixture(name: scenario.name)
    #expect(try Data(contentsOf: URL(filePath: recorded)) == Data(contentsOf: fixture.trace))
  }
}
