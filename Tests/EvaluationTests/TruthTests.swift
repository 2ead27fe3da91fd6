// SPDX-License-Identifier: MIT
import Evaluation
import PostureCore
import Testing

@Suite struct TruthTests {
  private let hold = Truth(.usual, HoldTrigger(hold: 10))

  /// Degrees for seconds, one after another; nil for what is no posture.
  private func deviations(_ truth: Truth, _ moments: [(flexion: Double?, lateral: Double, seconds: Double)])
    -> [Deviation]
  {
    let tilts = moments.flatMap { moment in
      [Tilt?](repeating: moment.flexion.map { tilt($0, moment.lateral) }, count: Int(moment.seconds / Truth.period))
    }
    return truth.deviations(tilts)
  }

  private func tilt(_ flexion: Double, _ lateral: Double) -> Tilt {
    Tilt(
      flexion: .degrees(flexion), lateral: .degrees(lateral),
      total: .degrees((flexion * flexion + lateral * lateral).squareRoot()))
  }

  private func isNear(_ a: Double, _ b: Double) -> Bool { (a - b).magnitude < 0.11 }

  @Test func aDeviationIsEnteredAboveOneLimitAndLeftBelowAnother() throws {
    let found = deviations(hold, [(0, 0, 10), (14, 0, 10), (16, 0, 10), (11, 0, 20), (9, 0, 20), (14, 0, 20)])
    let only = try #require(found.first)
    #expect(found.count == 1)
    #expect(isNear(only.start, 20) && isNear(only.end, 50) && isNear(only.due, 30))
    #expect(only.isDue)
  }

  @Test(arguments: [(0.0, 13.0, true), (0, -13, true), (0, 11, false), (-19, 0, false), (-21, 0, true)])
  func everyDirectionHasItsOwnLimit(flexion: Double, lateral: Double, isBeyond: Bool) {
    #expect(deviations(hold, [(0, 0, 5), (flexion, lateral, 30)]).isEmpty == !isBeyond)
  }

  /// The hold is 10 s, so that 5 s more or less are neither.
  @Test(arguments: [(4.0, false, false), (6, false, true), (14, false, true), (16, true, false)])
  func nearTheHoldItIsBorderline(seconds: Double, isDue: Bool, isBorderline: Bool) throws {
    let only = try #require(deviations(hold, [(0, 0, 5), (30, 0, seconds), (0, 0, 5)]).first)
    #expect(only.isDue == isDue && only.isBorderline == isBorderline)
  }

  @Test func whatIsNoPostureEndsADeviation() {
    let found = deviations(hold, [(30, 0, 20), (nil, 0, 1), (30, 0, 20)])
    #expect(found.count == 2)
    #expect(isNear(found[0].end, 20) && isNear(found[1].start, 21) && isNear(found[1].due, 31))
  }

  @Test(arguments: [(20.0, 240.0), (60, 60), (40, 150), (80, 60), (16, 258)])
  func exposureIsUsedUpSoonerTheFurtherOneBends(degrees: Double, seconds: Double) throws {
    let only = try #require(
      deviations(Truth(.usual, ExposureTrigger()), [(0, 0, 5), (degrees, 0, 400)]).first)
    #expect(isNear(only.due, 5 + seconds) && only.isDue)
    #expect(isNear(only.pace, seconds))
  }

  @Test func exposureIsKeptAndComesBackWithinAMinute() throws {
    let truth = Truth(.usual, ExposureTrigger())
    // Half is used up in 120 s at 20 degrees and a quarter of it all comes back in 15 s.
    let found = deviations(truth, [(20, 0, 120), (0, 0, 15), (20, 0, 300)])
    #expect(found.count == 2)
    #expect(isNear(found[1].due, 135 + 180))
    #expect(!found[0].isDue && isNear(found[0].due, 240))
  }
}
