// SPDX-License-Identifier: MIT
import Foundation
import PostureCore
import PostureFormats
import PostureSimulation
import Testing

/// The labels of the fixtures that have some, held to the golden events.
struct LabelTests {
  static let labelled = Fixture.all.filter { FileManager.default.fileExists(atPath: path($0)) }

  private static func path(_ fixture: Fixture) -> String { TraceLabels.path(beside: fixture.trace.path) }

  private func labels(_ fixture: Fixture) throws -> TraceLabels {
    try TraceLabels([UInt8](try Data(contentsOf: URL(filePath: Self.path(fixture)))), source: fixture.name)
  }

  private func events(_ fixture: Fixture) throws -> [[Substring]] { ShownEvents(try fixture.golden()).lines }

  @Test func someFixturesHaveLabels() throws {
    let words = try Self.labelled.flatMap { try labels($0).labels.map(\.word.text) }
    #expect(Set(words) == ["deviation", "walking", "false-cue"])
    #expect(Self.labelled.count == 7)
  }

  @Test(arguments: labelled) func everyDeviationHasItsCueAndThereIsNoOther(fixture: Fixture) throws {
    let deviations = try labels(fixture).spans(.deviation)
    let cues = try events(fixture).filter { $0.contains("cue=nudge") || $0.contains("cue=reminder") }
    let times = cues.compactMap { Int64($0[0]) }
    for deviation in deviations {
      let span = deviation.start.microseconds...deviation.end.microseconds
      #expect(times.contains { span.contains($0) })
    }
    for time in times {
      #expect(deviations.contains { ($0.start.microseconds...$0.end.microseconds).contains(time) })
    }
  }

  /// Within a second: it ends where the wearer has come upright, or walks.
  @Test(arguments: labelled) func everyDeviationEndsAsTheGoldenOneDoes(fixture: Fixture) throws {
    let ends = try events(fixture).filter { $0[1] == "recovered" }.compactMap { Int64($0[0]) }
    let deviations = try labels(fixture).spans(.deviation)
    for end in ends {
      #expect(deviations.contains { abs($0.end.microseconds - end) < 1_000_000 })
    }
    #expect(ends.count == deviations.count || fixture.name == Scenario.stairs.name)
  }
}
