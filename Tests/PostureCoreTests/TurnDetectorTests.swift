// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct TurnDetectorTests {
  /// Feeds a flexion in degrees as a function of the time; the times at which it changed its mind.
  private func changes(
    _ detector: inout TurnDetector, _ seconds: Double, rate: Double = 100, _ flexion: (Double) -> Double
  ) -> [Double] {
    var changes: [Double] = []
    var was = detector.isTurning
    for tick in 0..<Int(seconds * rate) {
      let time = Double(tick) / rate
      let isTurning = detector.update(up(flexion: flexion(time)), at: at(time))
      if isTurning != was { changes.append(time) }
      was = isTurning
    }
    return changes
  }

  /// The limit is 14 degrees a second.
  @Test(arguments: [(5.0, false), (13, false), (15.0, true), (40, true)])
  func tellsASlouchFromABend(speed: Double, isTurn: Bool) {
    var detector = TurnDetector()
    let found = changes(&detector, 3) { $0 < 1 ? 0 : min(($0 - 1) * speed, 60) }
    #expect(found.isEmpty != isTurn)
  }

  /// At 30 degrees a second the lag of 0.3 s has reached 14 after 0.19 s; from the end it dies to 7 in 0.44 s, and then
  /// it has to stay for a second.
  @Test(arguments: [25, 100, 400] as [Double])
  func arrivesASecondAfterItsEnd(rate: Double) throws {
    var detector = TurnDetector()
    let found = changes(&detector, 6, rate: rate) { min(max($0 - 1, 0) * 30, 60) }
    try #require(found.count == 2)
    #expect((found[0] - 1.19).magnitude < 0.06)
    #expect((found[1] - 4.43).magnitude < 0.06)
  }

  /// Between the two limits nothing changes.
  @Test func slowingDownIsStillTurning() {
    var detector = TurnDetector()
    let found = changes(&detector, 8) { $0 < 1 ? $0 * 30 : 30 + ($0 - 1) * 9 }
    #expect(found.count == 1)
    #expect(detector.isTurning)
  }

  /// Whatever it was before, after a gap, or when up is lost, nothing turns.
  @Test(arguments: [true, false])
  func whatIsNotSeenIsNoTurn(isGap: Bool) {
    var detector = TurnDetector()
    _ = changes(&detector, 2) { $0 * 30 }
    #expect(detector.isTurning)
    if !isGap {
      let lost = detector.update(nil, at: at(2))
      #expect(!lost)
    }
    let back = isGap ? 4.0 : 2.01
    let after = [back, back + 0.01].map { detector.update(up(flexion: 0), at: at($0)) }
    #expect(after == [false, false])
  }
}
