// SPDX-License-Identifier: MIT
import Foundation
import TestSupport
import Testing

/// Parts of a recording, settings that change on the way, its own pace, and golden files.
struct ReplayTimingTests {
  private let directory = TemporaryDirectory()

  private static func fixture(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/\(name)").path
  }

  private let trace = fixture("slouch-until-reminded.trace")
  private var golden: String { Self.fixture("slouch-until-reminded.events") }

  private func events(_ arguments: String...) throws -> [String] {
    let outcome = try run("posturectl", ["replay", trace] + arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return lines(outcome.output)
  }

  private func time(_ event: String) -> Int { Int(event.prefix { $0 != " " }) ?? -1 }

  @Test func aPartIsToldAsTheWholeTellsIt() throws {
    let all = try events()
    let part = try events("--from", "20s", "--to", "1 min")
    #expect(part == all.filter { (20_000_000...60_000_000).contains(time($0)) })
    #expect(!part.isEmpty && part.count < all.count)
    let rows = lines(try posturectl("replay", trace, "--estimates", "-", "--from", "20s", "--to", "20.1s").output)
    #expect(rows.count == 12 && rows[1].hasPrefix("20"))
    let whole = lines(try posturectl("replay", trace, "--estimates", "-").output)
    #expect(rows.dropFirst().allSatisfy { whole.contains($0) })
  }

  @Test func settingsChangeOnTheWay() throws {
    let late = try events(
      "--at", "10s", "detector.hold=20s", "detector.reminder=15s", "--at", "50s", "cues.mode=tracking")
    #expect(
      try events("--at", "50s", "cues.mode=tracking", "--at", "10s", "detector.hold=20s", "detector.reminder=15s")
        == late)
    let usual = try events().first { $0.contains(" deviated ") }
    let changed = late.first { $0.contains(" deviated ") }
    #expect(time(changed ?? "") - time(usual ?? "") == 10_000_000)
    #expect(late.filter { $0.contains(" reminded ") }.allSatisfy { time($0) < 50_000_000 })
  }

  @Test(arguments: [
    (["--at", "detector.hold=5s"], "--at: found 'detector.hold=5s', expected a time such as 600s before it"),
    (["--at", "5s"], "--at: found no settings after 5.0 s, expected KEY=VALUE"),
    (
      ["--at", "5s", "sensor.rate=50Hz"],
      "--at: found 'sensor.rate=50Hz', expected a setting that can change while the daemon runs"
    ),
  ]) func aWrongTimeOrSettingIsSaid(arguments: [String], message: String) throws {
    let outcome = try run("posturectl", ["replay", trace] + arguments)
    #expect(outcome.status == 64 && outcome.output == "" && outcome.errors == "posturectl: \(message)\n")
  }

  @Test(arguments: [
    ["--speed", "0"], ["--from", "5 s", "--to", "4 s"], ["--from", "-1 s"], ["--check", "x", "--json"],
  ])
  func wrongUseIs64(arguments: [String]) throws {
    #expect(try run("posturectl", ["replay", trace] + arguments).status == 64)
  }

  /// Two settings that agree with each other, and not with the defaults one by one.
  @Test func settingsThatBelongTogetherComeTogether() throws {
    #expect(
      try events("--at", "10s", "detector.enter=9deg", "detector.leave=5deg").contains { $0.contains(" deviated ") })
  }

  /// What is wrong beyond the end is nobody's concern.
  @Test func nothingIsReadBeyondTheEnd() throws {
    let broken = try directory.write(try contents(of: trace) + "garbage\n", to: "b.trace")
    #expect(try posturectl("replay", broken).status == 65)
    let part = try posturectl("replay", broken, "--to", "2s")
    #expect(part.status == 0)
    let never = try posturectl("replay", trace, "--reference", "first 30 s", "--to", "5s")
    #expect(never.status == 65 && never.errors.contains("--reference: found a recording"))
  }

  @Test func aLagTellsOfThePartThatWasAskedFor() throws {
    let rows = lines(
      try posturectl("replay", trace, "--estimates", "-", "--lag", "3", "--from", "10s", "--to", "12s").output)
    let times = rows.dropFirst().compactMap { Int($0.prefix { $0 != "," }) }
    #expect(times.count > 50 && times.allSatisfy { (10_000_000...12_000_000).contains($0) })
    // Without an end it goes on to the recording's.
    let open = lines(try posturectl("replay", trace, "--estimates", "-", "--lag", "3", "--from", "10s").output)
    #expect(open.count > 2 * rows.count && open.dropFirst().prefix(50) == rows.dropFirst().prefix(50))
  }

  /// Whoever looks on sees an event when its time has come, and not at the end.
  @Test func whatIsPacedIsSeenAsItComes() throws {
    let replay = try Running("posturectl", ["replay", trace, "--speed", "20"])
    try waitUntil("the first event") { try replay.output.contains(" calibrated ") }
    #expect(replay.isRunning)
    replay.signal(SIGTERM)
    _ = try replay.wait()
  }

  @Test func itTakesItsTime() throws {
    let start = ContinuousClock.now
    #expect(try events("--speed", "100", "--to", "30 s") == events("--to", "30 s"))
    #expect(ContinuousClock.now - start >= .milliseconds(290))
  }

  @Test func aGoldenFileIsComparedWith() throws {
    let right = try posturectl("replay", trace, "--check", golden)
    #expect(right.status == 0 && right.output == "" && right.errors.contains(" samples, "))
    let wrong = try posturectl("replay", trace, "--check", golden, "--set", "detector.hold=11s")
    #expect(wrong.status == 1 && wrong.output == "")
    #expect(wrong.errors.hasPrefix("\(trace): not what \(golden) says (- expected, + found)\n- "))
    #expect(wrong.errors.contains("\n+ "))
    // A golden file without a checksum asks for none.
    let own = directory.file("g")
    #expect(try posturectl("replay", trace, "--events", own).status == 0)
    #expect(try posturectl("replay", trace, "--check", own).status == 0)
    let shorter = try directory.write(lines(try contents(of: own)).dropLast().joined(separator: "\n"), to: "s")
    #expect(try posturectl("replay", trace, "--check", shorter).status == 1)
    #expect(try posturectl("replay", trace, "--check", directory.file("none")).status == 66)
  }
}
