// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

@testable import PosturePlots

struct PlotTrackTests {
  @Test func aSlouchIsGatheredWithItsCuesAndItsReasons() throws {
    let track = try track(of: "slouch-until-reminded")
    #expect(track.range == 0...109_780_000)
    #expect(track.slots.count == 10_979 && track.slots.length == 10_000)
    #expect(track.events.map(\.name) == ["calibrated", "nudge", "reminder 1", "well done"])
    #expect(track.events.map(\.kind) == [.other, .cue, .cue, .cue])
    #expect(track.events[1].time == 26_520_000)
    #expect(track.events[1].explanation?.hasPrefix("You leaned 25.4 degrees forward, beyond your limit of 15") == true)
    #expect(track.postures.all.map(\.value) == [.unknown, .upright, .leaning, .deviated, .upright])
    #expect(track.limits.all.map(\.value.flexion.enter) == [.degrees(15)])
    // Until it ends, from where it was known to be a lean: its mean was over the limit somewhat later than it was.
    #expect((76_000_000...78_900_000).contains(track.leaning))
    let before = track.slots.quantities[PlotTrack.flexion].extremes(0..<400)
    #expect(before == nil, "without a reference posture there is no tilt")
    let held = try #require(track.slots.quantities[PlotTrack.flexion].extremes(3000..<8000))
    #expect((23.0 * 50...25 * 50).contains(Double(held.low)) && (25.0 * 50...27 * 50).contains(Double(held.high)))
  }

  /// Two pulses of 150 ms with as long between them, at the cue and not before.
  @Test func theMotorIsOnAsItsPatternsSay() throws {
    let track = try track(of: "slouch-until-reminded")
    let on = track.motor.all.filter(\.value).map { $0.start...$0.end }
    #expect(on.count == 8, "one acknowledgement, a nudge of two, a reminder of three, a praise of two")
    #expect(on[1...2] == [26_520_000...26_670_000, 26_820_000...26_970_000])
  }

  @Test func aSilenceIsGatheredWithItsReason() throws {
    let silent = try track(of: "lying-down").events.filter { $0.kind == .silent }
    #expect(silent.map(\.name) == ["silent: lying"])
    #expect(silent[0].explanation?.contains("you were lying down, and rest is no bad posture") == true)
  }

  @Test func aPartIsGatheredAsTheWholeTellsIt() throws {
    let whole = try track(of: "slouch-until-reminded")
    let part = try track(of: "slouch-until-reminded") {
      $0.window = Interval.seconds(20)...Interval.seconds(60)
    }
    #expect(part.range == 20_000_000...60_000_000)
    #expect(
      part.events == whole.events.filter { (20_000_000...60_000_000).contains($0.time) } && part.events.count == 1)
    #expect(part.slots.quantities[0].low == Array(whole.slots.quantities[0].low[2000...6000]))
    #expect(part.start == whole.start)
  }

  /// Limits that change on the way are shown from there on.
  @Test func limitsAreThoseInForce() throws {
    let track = try track(of: "slouch-until-reminded") {
      $0.timed = [(.seconds(30), [TraceSetting(key: "detector.enter", value: "30 deg")])]
    }
    #expect(track.limits.all.map(\.value.flexion.enter) == [.degrees(15), .degrees(30)])
    #expect(track.limits.all.map(\.start) == [0, 30_000_000])
  }

  @Test func aGapHasNoCurve() throws {
    let track = try track(of: "gap")
    let gap = try #require(track.events.first { $0.name == "gap" })
    let slot = Int(gap.time / track.slots.length)
    #expect(track.slots.quantities[PlotTrack.exposure].extremes(slot - 10..<slot) == nil)
    #expect(track.slots.quantities[PlotTrack.exposure].extremes(slot..<slot + 1) != nil)
  }

  /// The same events as the replay tells, each one.
  @Test(arguments: try fixtureNames()) func noEventIsLost(name: String) throws {
    let golden = try fixtureText(name + ".events").split(separator: "\n").filter { !$0.hasPrefix("#") }
    let track = try track(of: name)
    let start = track.start.microseconds
    #expect(track.events.map { "\($0.time + start)" } == golden.map { String($0.prefix { $0 != " " }) })
    #expect(track.eventsLeftOut == 0)
  }
}
