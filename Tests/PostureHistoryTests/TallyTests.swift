// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@testable import PostureHistory

@Suite struct CueTallyTests {
  private let tilt = Tilt(flexion: .degrees(20), lateral: .degrees(-1.2), total: .degrees(20))

  private func told(_ kinds: [(Int, Event.Kind)]) -> [HistoryEntry] {
    var (tally, entries): (CueTally, [HistoryEntry]) = (CueTally(), [])
    for (time, kind) in kinds {
      let event = Event(
        time: Timestamp(microseconds: Int64(time) * 100_000), kind: kind, tilt: tilt, lean: .forward,
        context: .still, exposure: 1)
      tally.take(event, at: time, into: &entries)
    }
    return entries
  }

  /// The last state of each.
  private func cues(_ kinds: [(Int, Event.Kind)]) -> [CueRecord] {
    var last: [Int: CueRecord] = [:]
    for case .cue(let cue) in told(kinds) { last[cue.at] = cue }
    return last.sorted { $0.key < $1.key }.map(\.value)
  }

  @Test func aCueIsCorrectedWhenTheWearerComesUpright() throws {
    let cue = try #require(
      cues([
        (100, .deviated(leaning: .seconds(240), suppressed: nil)),
        (145, .recovered(leaning: .seconds(244.5), isPraised: true)),
      ]).first)
    #expect(cue.kind == .nudge && cue.lean == "forward" && cue.leaning == 2400)
    #expect(cue.flexion == 200 && cue.lateral == -12)
    #expect(cue.outcome == .corrected && cue.response == 45)
  }

  @Test func aReminderSaysThatTheCueBeforeWasIgnored() {
    let found = cues([
      (100, .deviated(leaning: .seconds(10), suppressed: nil)), (700, .reminded(leaning: .seconds(70), number: 1)),
      (720, .ended(leaning: .seconds(72), by: .walking)),
    ])
    #expect(found.map(\.kind) == [.nudge, .reminder])
    #expect(found.map(\.outcome) == [.ignored, .ended])
    #expect(found.map(\.response) == [600, 20])
  }

  @Test func whatWasNotGivenHasAReasonAndNoOutcome() {
    let found = cues([
      (100, .deviated(leaning: .seconds(10), suppressed: .tracking)),
      (150, .suppressed(leaning: .seconds(5), by: .walking)),
      (200, .recovered(leaning: .seconds(20), isPraised: false)),
    ])
    #expect(found.map(\.kind) == [.suppressed, .suppressed])
    #expect(found.map(\.reason) == ["tracking", "walking"])
    #expect(found.allSatisfy { $0.outcome == nil && $0.response == nil })
  }

  /// A session, a pause or another reference posture begins anew: the lean that is corrected later is another one.
  @Test(
    arguments: [
      .sessionSet(true), .silenced(.pause, for: .seconds(60)), .referenceUsed(.standing),
      .takenOff(since: .seconds(20)),
    ] as [Event.Kind]) func aCueIsNotCorrectedByWhatComesAfterABreakInTheJudging(_ kind: Event.Kind)
  {
    let found = cues([
      (100, .deviated(leaning: .seconds(10), suppressed: nil)), (130, kind),
      (900, .deviated(leaning: .seconds(10), suppressed: .tracking)),
      (950, .recovered(leaning: .seconds(15), isPraised: false)),
    ])
    #expect(found.map(\.outcome) == [.ended, nil])
    #expect(found.map(\.response) == [30, nil])
  }

  @Test func aCueThatNothingCameOfStaysOpen() {
    let found = cues([
      (100, .deviated(leaning: .seconds(10), suppressed: nil)),
      (900, .deviated(leaning: .seconds(10), suppressed: .tracking)),
      (950, .recovered(leaning: .seconds(15), isPraised: false)),
    ])
    #expect(found.map(\.outcome) == [nil, nil])
  }

  @Test func whatElseHappensIsToldByItsName() {
    let happenings = told([
      (10, .calibrated(.standing, forward: .plusX)), (20, .calibrationRefused(.moving)), (30, .modeSet(.tracking)),
      (40, .silenced(.pause, for: .seconds(90))), (50, .takenOff(since: .seconds(20.4))), (60, .gap(.seconds(3))),
      (70, .saturated),
    ])
    #expect(
      happenings == [
        .happening(HappeningRecord(at: 10, event: "calibrated", word: "standing")),
        .happening(HappeningRecord(at: 20, event: "calibration-refused", word: "moving")),
        .happening(HappeningRecord(at: 30, event: "mode-set", word: "tracking")),
        .happening(HappeningRecord(at: 40, event: "silenced", word: "pause", seconds: 90)),
        .happening(HappeningRecord(at: 50, event: "taken-off", seconds: 20)),
      ])
  }
}

@Suite struct MovementTests {
  private func mean(_ force: (Int) -> Double) -> Double {
    var (movement, sum) = (Movement(), 0.0)
    for index in 0..<6000 {
      let sample = InertialSample(
        time: Timestamp(microseconds: Int64(index) * 10_000), acceleration: Acceleration(0, 0, force(index)),
        angularVelocity: AngularVelocity(0, 0, 0))
      let value = movement.update(sample)
      if index >= 3000 { sum += value }
    }
    return sum / 3000
  }

  @Test func whatStandsStillDoesNotMoveHoweverItsScaleIsOff() {
    #expect(mean { _ in 9.80665 } == 0)
    #expect(mean { _ in 10.2 } < 1e-6)
  }

  /// The mean distance of a square wave from its mean is its amplitude.
  @Test func aSquareWaveOfAHundredMilliIsAHundredMilli() {
    let moved = mean { index in 9.80665 * (index / 25 % 2 == 0 ? 1.1 : 0.9) }
    #expect(abs(moved - 100) < 1)
  }
}
