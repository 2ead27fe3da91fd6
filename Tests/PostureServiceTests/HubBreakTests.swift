// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

/// Long sitting is noticed on the service side, and told through the sampling thread.
struct HubBreakTests {
  /// A second apart, sitting still.
  private func frames(_ seconds: Range<Int>) -> [Frame] {
    seconds.map { second in
      var frame = Recorded.frames[2000]
      frame.output.time = Timestamp(microseconds: Int64(second) * 1_000_000)
      frame.output.context = .still
      frame.output.cue = nil
      frame.circumstances.isAlive = true
      return frame
    }
  }

  private func settings(_ assignments: String...) throws -> Settings {
    var sources = Settings.Sources()
    sources.file = "/dev/null"
    sources.options = assignments
    return try Settings(from: sources)
  }

  @Test func aBreakIsSuggestedByACommand() async throws {
    try await ServerBench.run(settings: try settings("breaks.after=100 s", "breaks.again=60 s")) { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      bench.publish(frames(0..<100))
      #expect(try client.status().sitting_s == 99)
      #expect(bench.command() == nil)
      bench.publish(frames(100..<300))
      #expect(try client.status().sitting_s == 299)
      #expect(bench.command() == .suggestBreak(sitting: .seconds(100)))
      #expect(bench.command() == .suggestBreak(sitting: .seconds(160)))
      #expect(bench.command() == nil)
    }
  }

  @Test func neverIsNever() async throws {
    try await ServerBench.run(settings: try settings("breaks.after=never")) { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      bench.publish(frames(0..<4000))
      #expect(try client.status().sitting_s == 3999)
      #expect(bench.command() == nil)
    }
  }
}
