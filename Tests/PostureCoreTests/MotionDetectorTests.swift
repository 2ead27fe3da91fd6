// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

@Suite struct MotionDetectorTests {
  /// Feeds 100 Hz between two times in seconds; the specific force is g and a swing of the given root mean square.
  private func feed(
    _ detector: inout MotionDetector, _ from: Double, _ to: Double, swing: Double, frequency: Double = 1.8,
    mean: Double = 9.80665, along up: Direction = Direction(0, 0, 1)
  ) -> [(time: Double, isMoving: Bool)] {
    (Int((from * 100).rounded())..<Int((to * 100).rounded())).map { tick in
      let time = Double(tick) * 0.01
      let length = mean + swing * 2.squareRoot() * sin(2 * .pi * frequency * time)
      let sample = InertialSample(
        time: at(time), acceleration: (up * length).reinterpreted(), angularVelocity: .zero)
      return (time, detector.update(sample))
    }
  }

  @Test(arguments: [0, 0.1, 0.3, 0.5])
  func sittingIsStill(swing: Double) {
    var detector = MotionDetector()
    #expect(feed(&detector, 0, 60, swing: swing).allSatisfy { !$0.isMoving })
  }

  @Test(arguments: [1.5, 2, 3], [0.9, 1.8, 2.5])
  func walkingIsMovingWithinAFewSteps(swing: Double, frequency: Double) throws {
    var detector = MotionDetector()
    _ = feed(&detector, 0, 10, swing: 0.1)
    let walk = feed(&detector, 10, 40, swing: swing, frequency: frequency)
    let begun = try #require(walk.first { $0.isMoving })
    #expect(begun.time < 11.5)
    #expect(walk.allSatisfy { $0.time < begun.time || $0.isMoving })
  }

  /// Fast enough that the variance does not ripple: the limits are root mean squares, 0.8 in and 0.4 out.
  @Test func theLimitsAreWhereTheyAreSaid() {
    var detector = MotionDetector()
    #expect(feed(&detector, 0, 20, swing: 0.78, frequency: 12).allSatisfy { !$0.isMoving })
    _ = feed(&detector, 20, 40, swing: 0.82, frequency: 12)
    #expect(detector.isMoving)
    _ = feed(&detector, 40, 60, swing: 0.42, frequency: 12)
    #expect(detector.isMoving)
    _ = feed(&detector, 60, 80, swing: 0.38, frequency: 12)
    #expect(!detector.isMoving)
  }

  /// The length of the force is the same on every axis and with an offset, so the decision is too.
  @Test func neitherMountingNorOffsetMatters() {
    var detector = MotionDetector()
    var turned = MotionDetector()
    var shifted = MotionDetector()
    let plain = feed(&detector, 0, 10, swing: 2).map(\.isMoving)
    #expect(feed(&turned, 0, 10, swing: 2, along: Direction(0.6, 0, -0.8)).map(\.isMoving) == plain)
    #expect(feed(&shifted, 0, 10, swing: 2, mean: 9.3).map(\.isMoving) == plain)
  }

  @Test func calmHasToLast() throws {
    var times: [Double] = []
    for calm in [2, 5] as [Double] {
      var parameters = MotionDetector.Parameters()
      parameters.calm = .seconds(calm)
      var detector = MotionDetector(parameters)
      _ = feed(&detector, 0, 10, swing: 2)
      #expect(detector.isMoving)
      let rest = feed(&detector, 10, 30, swing: 0.05)
      let still = try #require(rest.first { !$0.isMoving })
      #expect(rest.allSatisfy { $0.time < still.time || !$0.isMoving })
      times.append(still.time)
    }
    // The variance of 4 dies away to 0.16 in 3.2 s; then the calm begins.
    #expect((14.5...15.7).contains(times[0]))
    #expect((times[1] - times[0] - 3).magnitude < 0.001)
  }

  @Test func aStepNowAndThenIsNotCalm() {
    var detector = MotionDetector()
    _ = feed(&detector, 0, 10, swing: 2)
    for round in 0..<10 {
      let start = 10 + Double(round) * 4
      #expect(feed(&detector, start, start + 3.5, swing: 0.05).allSatisfy { $0.isMoving })
      _ = feed(&detector, start + 3.5, start + 4, swing: 2)
    }
  }

  @Test func betweenTheLimitsNothingChanges() {
    var detector = MotionDetector()
    #expect(feed(&detector, 0, 20, swing: 0.6).allSatisfy { !$0.isMoving })
    _ = feed(&detector, 20, 25, swing: 2)
    #expect(feed(&detector, 25, 60, swing: 0.6).allSatisfy { $0.isMoving })
  }

  @Test func aGapKeepsTheContextAndForgetsTheVariance() {
    var detector = MotionDetector()
    _ = feed(&detector, 0, 10, swing: 2)
    #expect(detector.isMoving)
    let rest = feed(&detector, 100, 110, swing: 0.05)
    #expect(rest[0].isMoving)
    #expect(!rest.contains { $0.time > 103 && $0.isMoving })
    var other = MotionDetector()
    _ = feed(&other, 0, 5, swing: 0)
    // Another level of the force after the gap is no variation.
    #expect(feed(&other, 10, 15, swing: 0, mean: 5).allSatisfy { !$0.isMoving })
  }
}
