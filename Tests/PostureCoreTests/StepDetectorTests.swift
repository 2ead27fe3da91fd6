// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

@Suite struct StepDetectorTests {
  /// - Returns: the first time at which it says walking, in seconds.
  private func walk(
    _ detector: inout StepDetector, _ bounce: @escaping (Double) -> Double, from: Double = 0, _ to: Double
  ) -> Double? {
    var trunk = Trunk()
    trunk.bounce = bounce
    var begun: Double?
    for sample in trunk.samples(from, to) where detector.update(sample, up: Direction(0, 0, 1)) {
      begun = begun ?? (sample.time - at(0)).seconds
    }
    return begun
  }

  /// Six swings: the first has nothing before it, the second no interval to compare its own with. Weak ones take a
  /// second to be believed.
  @Test(arguments: [0.95, 1.4, 1.8, 2.5], [1, 2, 4])
  func walkingTakesSixSteps(frequency: Double, amplitude: Double) throws {
    var detector = StepDetector()
    let begun = try #require(walk(&detector, swing(amplitude, frequency), 20))
    #expect(begun > 4.5 / frequency && begun < 6.5 / frequency + 1.3)
    #expect(detector.isWalking)
  }

  @Test(arguments: [
    ("too weak: 0.4 m/s² root mean square", 0.57, 1.8), ("breathing", 2, 0.3), ("too slow to be steps", 2, 0.7),
    ("an engine", 2, 25),
  ])
  func isNoWalk(what: String, amplitude: Double, frequency: Double) {
    var detector = StepDetector()
    #expect(walk(&detector, swing(amplitude, frequency), 60) == nil)
  }

  /// Four even intervals are a walk, and three are not.
  @Test(arguments: [(4, false), (5, false), (6, true)])
  func fewStepsAreNone(steps: Int, isWalk: Bool) {
    let bumps = { (time: Double) in
      time >= 1 && time < 1 + Double(steps) / 1.8 ? -3 * sin(2 * .pi * 1.8 * (time - 1)) : 0
    }
    var detector = StepDetector()
    #expect((walk(&detector, bumps, 1 + Double(steps) / 1.8 + 2) != nil) == isWalk)
  }

  /// Intervals of 0.5 and 1 s in turn are uneven, of 0.5 and 0.75 s a limp.
  @Test(arguments: [(1.0, false), (0.75, true)])
  func aWalkIsEven(second: Double, isWalk: Bool) {
    let bumps = { (time: Double) in
      let phase = time.truncatingRemainder(dividingBy: 0.5 + second)
      let since = phase < 0.5 ? phase : phase - 0.5
      return since < 0.4 ? -3 * sin(2 * .pi * since / 0.4) : 0
    }
    var detector = StepDetector()
    #expect((walk(&detector, bumps, 40) != nil) == isWalk)
  }

  @Test func standingEndsIt() {
    var detector = StepDetector()
    _ = walk(&detector, swing(3, 1.8), 10)
    #expect(detector.isWalking)
    _ = walk(&detector, { _ in 0 }, from: 10, 11)
    #expect(detector.isWalking)
    _ = walk(&detector, { _ in 0 }, from: 11, 12)
    #expect(!detector.isWalking)
  }

  /// Whoever walks sways: only what is along up is a step.
  @Test func onlyTheVerticalCounts() {
    var sideways = StepDetector()
    var unknown = StepDetector()
    for tick in 0..<1000 {
      let time = Double(tick) * 0.01
      let sample = InertialSample(
        time: at(time), acceleration: Acceleration(swing(3, 1.8)(time), 0, standardGravity), angularVelocity: .zero)
      // The length hardly changes by what is across it.
      let found = [sideways.update(sample, up: Direction(0, 0, 1)), unknown.update(sample, up: nil)]
      #expect(found == [false, false])
    }
    var trunk = Trunk()
    trunk.bounce = swing(3, 1.8)
    for sample in trunk.samples(10, 20) { _ = unknown.update(sample, up: nil) }
    #expect(unknown.isWalking)
  }

  @Test(arguments: [(0.9, true), (1.1, false)])
  func aGapBeginsAnew(seconds: Double, isWalking: Bool) {
    var detector = StepDetector()
    _ = walk(&detector, swing(3, 1.8), 10)
    let after = detector.update(sample(at: at(10 + seconds - 0.01)), up: Direction(0, 0, 1))
    #expect(after == isWalking)
  }
}
