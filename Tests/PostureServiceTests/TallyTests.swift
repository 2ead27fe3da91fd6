// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

struct TallyTests {
  /// An output of an upright wearer with a reference posture.
  private let upright: Frame = {
    let frames = Recorded.frames
    guard let index = frames.firstIndex(where: { $0.output.posture == .upright }) else {
      fatalError("nobody is upright")
    }
    return frames[index]
  }()

  /// Ten samples a second for so long.
  private func take(
    _ seconds: Double, from start: inout Double, into tally: inout Tally, _ change: (inout Frame) -> Void = { _ in }
  ) {
    for _ in 0..<Int((seconds * 10).rounded()) {
      var frame = upright.moved(to: Int64((start * 1e6).rounded()))
      frame.circumstances.isAlive = true
      change(&frame)
      tally.take(frame.output, frame.circumstances)
      start += 0.1
    }
  }

  private func isNear(_ a: Double, _ b: Double) -> Bool { (a - b).magnitude < 1e-6 }

  @Test func timeIsWornJudgedAndLeaning() {
    var (tally, now) = (Tally(), 0.0)
    take(10.1, from: &now, into: &tally)
    #expect(isNear(tally.time.worn, 10) && isNear(tally.time.judged, 10) && tally.time.leaning == 0)
    take(5, from: &now, into: &tally) { $0.output.posture = .leaning }
    take(5, from: &now, into: &tally) { $0.output.posture = .deviated }
    #expect(isNear(tally.time.worn, 20) && isNear(tally.time.judged, 20) && isNear(tally.time.leaning, 10))
    take(5, from: &now, into: &tally) { $0.output.context = .walking }
    take(5, from: &now, into: &tally) { $0.output.posture = .unknown }
    take(5, from: &now, into: &tally) { $0.output.context = .bending }
    #expect(isNear(tally.time.worn, 35) && isNear(tally.time.judged, 25) && isNear(tally.time.leaning, 10))
  }

  /// That nobody wears it is noticed 20 s later: those are not worn either.
  @Test func whatNobodyWearsIsNeverCounted() {
    var (tally, now) = (Tally(), 0.0)
    take(10.1, from: &now, into: &tally)
    take(20, from: &now, into: &tally) { $0.circumstances.isAlive = false }
    #expect(isNear(tally.time.worn, 10))
    take(300, from: &now, into: &tally) {
      $0.circumstances.isAlive = false
      $0.output.context = .offBody
    }
    // It is picked up: alive, and for three seconds not yet worn.
    take(3, from: &now, into: &tally) { $0.output.context = .offBody }
    #expect(isNear(tally.time.worn, 10))
    take(10, from: &now, into: &tally)
    #expect(isNear(tally.time.worn, 20))
  }

  /// Whoever sits very still for a while, and then breathes again, has worn it all the while.
  @Test func aStillWhileIsCountedWhereItTurnsOutToBeWorn() {
    var (tally, now) = (Tally(), 0.0)
    take(10.1, from: &now, into: &tally)
    take(15, from: &now, into: &tally) { $0.circumstances.isAlive = false }
    #expect(isNear(tally.time.worn, 10))
    take(1, from: &now, into: &tally)
    #expect(isNear(tally.time.worn, 26))
  }

  @Test func ofAGapNothingIsKnown() {
    var (tally, now) = (Tally(), 0.0)
    take(10.1, from: &now, into: &tally)
    now += 60
    take(10, from: &now, into: &tally)
    #expect(isNear(tally.time.worn, 19.9))
    now += 0.15
    take(1, from: &now, into: &tally)
    #expect(isNear(tally.time.worn, 21.05))
  }

  private func decision(_ kind: Event.Kind, at second: Int64 = 0, _ tally: inout Tally) {
    let event = Event(time: Timestamp(microseconds: second * 1_000_000), kind: kind, tilt: nil)
    tally.take(event, EventRecord(event), .init())
  }

  @Test func whatIsSuppressedIsCountedByItsReason() {
    var tally = Tally()
    decision(.deviated(leaning: .seconds(1), suppressed: nil), &tally)
    decision(.reminded(leaning: .seconds(1), number: 1), &tally)
    decision(.deviated(leaning: .seconds(1), suppressed: .quiet), &tally)
    decision(.suppressed(leaning: .seconds(1), by: .walking), &tally)
    decision(.suppressed(leaning: .seconds(1), by: .walking), &tally)
    decision(.recovered(leaning: .seconds(1), isPraised: true), &tally)
    decision(.putOn, &tally)
    #expect(tally.deviations == 2 && tally.reminders == 1)
    #expect(tally.cues == ["nudge": 1, "reminder": 1, "well-done": 1])
    #expect(tally.suppressed == ["quiet-hours": 1, "walking": 2])
    #expect(tally.decisions.map(\.event.event) == ["deviated", "reminded", "deviated", "suppressed", "suppressed"])
  }

  @Test func theLastFiftyDecisionsAreKept() {
    var tally = Tally()
    for second in 0..<120 as Range<Int64> {
      decision(.reminded(leaning: .seconds(1), number: 1), at: second, &tally)
    }
    #expect(tally.decisions.map(\.event.time_us) == (70..<120).map { $0 * 1_000_000 })
    #expect(tally.reminders == 120)
  }
}
