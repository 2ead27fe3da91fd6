// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct RideDetectorTests {
  /// Feeds a vibration of that root mean square in m/s², and what is walked meanwhile.
  private func feed(
    _ detector: inout RideDetector, _ from: Double, _ to: Double, rms: Double, frequency: Double = 9,
    isWalking: Bool = false
  ) -> [(time: Double, isRiding: Bool)] {
    var trunk = Trunk()
    trunk.bounce = swing(rms * 2.squareRoot(), frequency)
    return trunk.samples(from, to).map {
      (($0.time - at(0)).seconds, detector.update($0, isWalking: isWalking))
    }
  }

  @Test(arguments: [0.2, 0.4, 0.6, 1.2], [5, 9, 14] as [Double])
  func aCarIsARideWithinTwentySeconds(rms: Double, frequency: Double) throws {
    var detector = RideDetector()
    let found = feed(&detector, 0, 60, rms: rms, frequency: frequency)
    let begun = try #require(found.first { $0.isRiding }).time
    // Fourteen seconds, and a sample.
    #expect(begun > 13.99 && begun < 15.1)
    #expect(found.allSatisfy { $0.time < begun || $0.isRiding })
  }

  @Test(arguments: [
    ("nothing", 0, 9), ("typing at a desk: 5 mg", 0.005 * standardGravity, 9),
    ("a smooth train", 0.08, 9), ("breathing and swaying", 0.5, 0.25), ("more than any seat lets through", 2.2, 9),
  ])
  func isNoRide(what: String, rms: Double, frequency: Double) {
    var detector = RideDetector()
    #expect(feed(&detector, 0, 120, rms: rms, frequency: frequency).allSatisfy { !$0.isRiding })
  }

  /// A red light is part of a ride; a car park is not.
  @Test func aStopOf55SecondsIsPartOfIt() throws {
    var detector = RideDetector()
    _ = feed(&detector, 0, 120, rms: 0.4)
    #expect(detector.isRiding)
    #expect(feed(&detector, 120, 175, rms: 0.03).allSatisfy { $0.isRiding })
    _ = feed(&detector, 175, 240, rms: 0.4)
    let parked = feed(&detector, 240, 330, rms: 0.03)
    let end = try #require(parked.first { !$0.isRiding }).time
    #expect(end > 298 && end < 300.5)
  }

  /// Nine seconds end what a minute at rest would have; three seconds to stretch at a stop do not.
  @Test(arguments: [(9.0, false), (3, true)])
  func walkingAwayEndsIt(seconds: Double, isRiding: Bool) {
    var detector = RideDetector()
    _ = feed(&detector, 0, 120, rms: 0.4)
    _ = feed(&detector, 120, 120 + seconds, rms: 1, frequency: 2, isWalking: true)
    _ = feed(&detector, 120 + seconds, 122 + seconds, rms: 0.03)
    #expect(detector.isRiding == isRiding)
  }

  /// Whoever walks shakes too.
  @Test func walkingIsNoRide() {
    var detector = RideDetector()
    #expect(feed(&detector, 0, 120, rms: 0.6, isWalking: true).allSatisfy { !$0.isRiding })
  }

  @Test func aJoltNowAndThenIsNoRide() {
    var detector = RideDetector()
    for second in 0..<120 {
      let from = Double(second)
      let found = feed(&detector, from, from + 1, rms: second % 2 == 0 ? 0.5 : 0.02)
      #expect(found.allSatisfy { !$0.isRiding })
    }
  }

  @Test func aGapIsNoShaking() {
    var detector = RideDetector()
    _ = feed(&detector, 0, 30, rms: 0.4)
    #expect(feed(&detector, 300, 310, rms: 0.03).allSatisfy { $0.isRiding })
    var idle = RideDetector()
    for round in 0..<20 {
      // Another force after each gap, as of a sensor that has been turned in it.
      let start = Double(round) * 5
      let sample = InertialSample(
        time: at(start), acceleration: Acceleration(0, 0, 9 + Double(round % 3)), angularVelocity: .zero)
      let isRiding = idle.update(sample, isWalking: false)
      #expect(!isRiding)
    }
  }
}
