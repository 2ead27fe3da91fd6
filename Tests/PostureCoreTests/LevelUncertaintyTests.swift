// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

@Suite struct LevelUncertaintyTests {
  private let parameters = LevelUncertainty.Parameters()

  private func force(_ flexion: Double) -> Acceleration {
    (up(flexion: flexion) * standardGravity).reinterpreted()
  }

  /// Blocks of one second with the level's tilt in degrees after each, seconds from 1 on; a time constant of 3 s.
  private func feed(
    _ uncertainty: inout LevelUncertainty, _ seconds: ClosedRange<Int>, _ tilt: (Int) -> Double
  ) {
    for second in seconds {
      uncertainty.update(force(tilt(second)), delay: 0, after: .seconds(1), over: .seconds(3), parameters)
    }
  }

  /// In degrees, for a bias that is known.
  private func angle(_ uncertainty: LevelUncertainty) -> Double {
    uncertainty.angle(biasDeviation: 0, over: 3).degrees
  }

  private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-6) -> Bool {
    (a - b).magnitude < tolerance
  }

  @Test func itStartsWithFloorAndStart() {
    let uncertainty = LevelUncertainty(parameters)
    #expect(isClose(angle(uncertainty), (25 + 0.0625).squareRoot()))
    var others = parameters
    others.floor = .degrees(3)
    others.start = .degrees(4)
    #expect(isClose(angle(LevelUncertainty(others)), 5))
  }

  @Test func itFallsToTheFloorWhereNothingMoves() {
    var uncertainty = LevelUncertainty(parameters)
    feed(&uncertainty, 1...300) { _ in 12 }
    #expect(isClose(angle(uncertainty), 0.25, 1e-4))
  }

  /// One comparison each time constant: the first block only says where the level is.
  @Test func itComparesOverATimeConstant() {
    var uncertainty = LevelUncertainty(parameters)
    let start = angle(uncertainty)
    feed(&uncertainty, 1...1) { _ in 0 }
    feed(&uncertainty, 2...3) { _ in 40 }
    #expect(angle(uncertainty) == start)
    feed(&uncertainty, 4...4) { _ in 2 }
    #expect(isClose(angle(uncertainty), (4 + 0.0625).squareRoot(), 0.001))
    feed(&uncertainty, 5...6) { _ in 40 }
    #expect(isClose(angle(uncertainty), (4 + 0.0625).squareRoot(), 0.001))
  }

  /// The first change takes the place of the assumption; the next are averaged with it, and then four at a time.
  @Test func itAveragesAFewChanges() {
    var uncertainty = LevelUncertainty(parameters)
    feed(&uncertainty, 1...4) { $0 < 4 ? 0 : 4 }
    for squared in [16.0 / 2, 16.0 / 3, 16.0 / 4, 12.0 / 4, 9.0 / 4] {
      feed(&uncertainty, 5...7) { _ in 4 }
      #expect(isClose(angle(uncertainty), (squared + 0.0625).squareRoot(), 0.002))
    }
  }

  /// Two degrees in every time constant, wherever the level was in between: two degrees, with the floor.
  @Test func itIsWhatTheLevelMovesInATimeConstant() {
    var uncertainty = LevelUncertainty(parameters)
    feed(&uncertainty, 1...300) { second in second % 3 == 1 ? Double(second / 3 % 2) * 2 : 40 }
    #expect(isClose(angle(uncertainty), (4 + 0.0625).squareRoot(), 0.001))
  }

  @Test func itGrowsWithMotionAndFallsAgain() {
    var uncertainty = LevelUncertainty(parameters)
    feed(&uncertainty, 1...100) { _ in 0 }
    let still = angle(uncertainty)
    feed(&uncertainty, 101...160) { Double($0 - 100) }
    let moving = angle(uncertainty)
    feed(&uncertainty, 161...260) { _ in 60 }
    #expect(still < 0.3)
    #expect(isClose(moving, (9 + 0.0625).squareRoot(), 0.02))
    #expect(angle(uncertainty) < 0.3)
  }

  /// One change of 4 degrees, and fifteen of none; then each one counts a sixteenth.
  @Test func aLongerMemoryAveragesMore() {
    var others = parameters
    others.memory = 16
    var uncertainty = LevelUncertainty(others)
    for second in 1...52 {
      uncertainty.update(force(second < 4 ? 0 : 4), delay: 0, after: .seconds(1), over: .seconds(3), others)
    }
    #expect(isClose(angle(uncertainty), (1.0 * 15 / 16 + 0.0625).squareRoot(), 0.002))
  }

  /// A bias on three axes, of which two tilt.
  @Test func theBiasAddsWhatItTurns() {
    let uncertainty = LevelUncertainty(parameters)
    let squared = 25 + 0.0625
    for (bias, seconds) in [(1.0, 3.0), (0.5, 2), (10, 0.5)] {
      let angle = uncertainty.angle(biasDeviation: radians(bias), over: seconds).degrees
      #expect(isClose(angle, (squared + bias * bias * seconds * seconds).squareRoot()))
    }
  }

  @Test func aNewBeginningForgetsBothChangesAndLevel() {
    var uncertainty = LevelUncertainty(parameters)
    let start = angle(uncertainty)
    feed(&uncertainty, 1...102) { _ in 0 }
    uncertainty.begin(at: parameters.start)
    #expect(angle(uncertainty) == start)
    // The level of before is 30 degrees away; nothing is compared with it, and all three seconds count anew.
    feed(&uncertainty, 1...3) { _ in 30 }
    #expect(angle(uncertainty) == start)
    feed(&uncertainty, 4...4) { _ in 34 }
    #expect(isClose(angle(uncertainty), (16 + 0.0625).squareRoot(), 0.002))
  }

  @Test func whatHasNoDirectionIsNotCompared() {
    var uncertainty = LevelUncertainty(parameters)
    let start = angle(uncertainty)
    for _ in 1...10 { uncertainty.update(.zero, delay: 0, after: .seconds(1), over: .seconds(3), parameters) }
    #expect(angle(uncertainty) == start)
  }
}
