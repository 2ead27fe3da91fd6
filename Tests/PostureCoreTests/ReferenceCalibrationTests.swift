// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct ReferenceCalibrationTests {
  private struct End: Equatable {
    var time: Timestamp
    var reference: ReferencePosture?
    var refusal: ReferenceCalibration.Refusal?
  }

  /// Feeds a calibration asked for at 0 s at 100 Hz until it ends, from functions of the time in seconds.
  private func end(
    _ parameters: ReferenceCalibration.Parameters = .init(), requiringStillness: Bool = true,
    settledFrom: Double = 0, _ up: (Double) -> Direction?
  ) -> End? {
    var calibration = ReferenceCalibration(parameters, requiringStillness: requiringStillness, at: at(0))
    for tick in 0..<6000 {
      let time = Double(tick) * 0.01
      switch calibration.update(up(time), isSettled: time >= settledFrom, at: at(time)) {
      case nil: continue
      case .taken(let reference): return End(time: at(time), reference: reference)
      case .refused(let refusal): return End(time: at(time), refusal: refusal)
      }
    }
    return nil
  }

  @Test func isTheMeanOfTheWindow() throws {
    var random = SeededRandom(seed: 1)
    let truth = Direction(0.36, -0.48, 0.8)
    let end = try #require(end { _ in truth + random.vector(within: 0.01) })
    #expect(end.time == at(3))
    let reference = try #require(end.reference)
    #expect(angle(between: reference.up, truth) < 0.1)
    #expect((reference.up.length - 1).magnitude < 1e-15)
    #expect(reference.forwardAxis == .plusX)
  }

  @Test func theMeanWeighsTheWholeWindow() throws {
    let end = try #require(end { up(flexion: $0 < 1.505 ? 0 : 2) })
    #expect(angle(between: try #require(end.reference).up, up(flexion: 1)) < 0.01)
  }

  @Test func theWindowAndTheAxisAreParameters() throws {
    var parameters = ReferenceCalibration.Parameters()
    parameters.window = .seconds(0.5)
    parameters.forwardAxis = .minusY
    let end = try #require(end(parameters) { _ in Direction(0, 0, 1) })
    #expect(end.time == at(0.5))
    #expect(end.reference?.forward == Direction(0, -1, 0))
  }

  @Test func strayingTooFarIsMoving() throws {
    let held = try #require(end { up(flexion: $0 > 2 ? 3.9 : 0) })
    #expect(held.refusal == nil)
    let strayed = try #require(end { up(flexion: $0 > 1.995 ? 4.1 : 0) })
    #expect(strayed == End(time: at(2), refusal: .moving))
    let sideways = try #require(end { up(flexion: 0, lateral: $0 > 1.995 ? -4.1 : 0) })
    #expect(sideways.refusal == .moving)
  }

  @Test func withoutABiasItWaitsAndThenGivesUp() throws {
    let never = try #require(end(settledFrom: .infinity) { _ in Direction(0, 0, 1) })
    #expect(never == End(time: at(10.01), refusal: .unsettled))
    // The window begins when the bias is known: what was before does not count.
    let late = try #require(end(settledFrom: 9.995) { up(flexion: $0 < 9.995 ? 50 : 0) })
    #expect(late.time == at(13))
    #expect(late.reference?.up == Direction(0, 0, 1))
  }

  @Test func withoutAnEstimateItIsRefused() throws {
    let lost = try #require(end { $0 < 0.995 ? Direction(0, 0, 1) : nil })
    #expect(lost == End(time: at(1), refusal: .noEstimate))
  }

  @Test(arguments: [SensorAxis.plusZ, .minusZ])
  func anUprightForwardAxisIsRefused(axis: SensorAxis) throws {
    var parameters = ReferenceCalibration.Parameters()
    parameters.forwardAxis = axis
    let end = try #require(end(parameters) { _ in Direction(0, 0, 1) })
    #expect(end == End(time: at(3), refusal: .forwardAxisVertical))
  }

  /// A recording known to begin upright: neither stillness nor bias is asked for.
  @Test func withoutStillnessAnyMeanIsTaken() throws {
    let end = try #require(
      end(requiringStillness: false, settledFrom: .infinity) {
        $0 < 0.995 ? nil : up(flexion: Int(($0 * 100).rounded()) % 2 == 0 ? 20 : -20)
      })
    #expect(end.time == at(4))
    #expect(angle(between: try #require(end.reference).up, Direction(0, 0, 1)) < 0.1)
  }

  @Test func aMeanOfNothingIsNoEstimate() throws {
    let end = try #require(
      end(requiringStillness: false) {
        let tick = Int(($0 * 100).rounded())
        return tick == 300 ? Direction(0, 0, 0) : Direction(0, 0, tick % 2 == 0 ? 1 : -1)
      })
    #expect(end == End(time: at(3), refusal: .noEstimate))
  }
}
