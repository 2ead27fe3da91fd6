// SPDX-License-Identifier: MIT
import Drivers
import PostureCore
import PostureSimulation
import Testing

@testable import PostureService

/// From the sample at which a deviation is due to the motor's first edge, in simulated time.
struct CueLatencyTests {
  /// Microseconds, of the nudge and of the reminder.
  private func latencies(_ settings: SensorSettings, _ scenario: Scenario = .slouchUntilReminded) throws -> [Int64] {
    let bench = LoopBench(scenario, capacity: 1024, settings: settings)
    let frames = bench.frames(for: scenario.duration)
    let cues = frames.events.filter { ["deviated", "reminded"].contains($0.event) }
    #expect(cues.map(\.event) == ["deviated", "reminded"])
    return try cues.map { cue in
      let edge = (0..<bench.pin.edges.count).lazy.map { bench.pin.edges[$0] }.first {
        $0.isActive && $0.time.microseconds >= cue.time_us
      }
      return try #require(edge).time.microseconds - cue.time_us
    }
  }

  @Test(arguments: [20, 8, 2] as [Int64]) func polledItIsLessThan50Milliseconds(period: Int64) throws {
    var settings = settings
    settings.period = .milliseconds(period)
    for latency in try latencies(settings) { #expect((0..<50_000).contains(latency), "\(latency) us") }
  }

  /// A sample is read with its batch, at the latest a batch after it was taken.
  @Test(arguments: [20, 100, 500] as [Int64]) func fromTheFIFOItIsABatchAndLittleMore(batch: Int64) throws {
    var settings = batched
    settings.batch = .milliseconds(batch)
    for latency in try latencies(settings) {
      #expect((0..<batch * 1000 + 20_000).contains(latency), "\(latency) us")
    }
  }
}
