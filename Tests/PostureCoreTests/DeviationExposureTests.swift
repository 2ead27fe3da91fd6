// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct DeviationExposureTests {
  private func detector() -> DeviationDetector {
    var parameters = DeviationDetector.Parameters()
    parameters.trigger = .exposure
    return DeviationDetector(parameters)
  }

  /// Feeds 10 Hz from one time to another in seconds; what was decided, and when.
  private func feed(
    _ detector: inout DeviationDetector, _ from: Double, _ to: Double, _ tilt: Tilt, _ context: Context = .still,
    obstacle: Suppression? = nil
  ) -> [String] {
    (Int((from * 10).rounded())..<Int((to * 10).rounded())).compactMap { tick in
      let time = Double(tick) / 10
      return name(detector.update(tilt, context, obstacle: obstacle, at: at(time))).map { "\(time) \($0)" }
    }
  }

  private func close(_ exposure: Double, _ expected: Double) -> Bool { (exposure - expected).magnitude < 0.005 }

  /// 240 s at 20 degrees, 150 s at 40, 60 s at 60 and beyond; the first sample has no interval, and rounding may ask for
  /// one more.
  @Test(arguments: [(20.0, 240.0), (40, 150), (60, 60), (70, 60)])
  func aLeanIsHeldAsLongAsItsAngleAllows(degrees: Double, seconds: Double) {
    var detector = self.detector()
    let found = feed(&detector, 0, seconds + 1, tilt(flexion: degrees))
    #expect(found.count == 1)
    let expected = [seconds, seconds + 0.1].map { "\($0) deviated \(Int(($0 * 1000).rounded()))" }
    #expect(found.first.map(expected.contains) == true)
  }

  /// Nothing below the limit counts, and nothing that is past it is forgotten at once.
  @Test func itGrowsBeyondTheLimitAndFallsWithin() {
    var detector = self.detector()
    #expect(feed(&detector, 0, 1000, tilt(flexion: 14.9)) == [])
    #expect(detector.exposure(at: at(1000)) == 0)
    _ = feed(&detector, 1000, 1075, tilt(flexion: 40))
    #expect(close(detector.exposure(at: at(1075)), 0.5))
    _ = feed(&detector, 1075, 1090, tilt())
    #expect(close(detector.exposure(at: at(1090)), 0.25))
    // Three quarters of 150 s are left to lean.
    let found = feed(&detector, 1090, 1210, tilt(flexion: 40))
    #expect(found.count == 1 && found[0].hasSuffix("deviated 112500") || found[0].hasSuffix("deviated 112600"))
  }

  @Test(arguments: [(Context.still, 0.9), (.bending, 0.6), (.moving, 0.3), (.walking, 0.3), (.lying, 0.3)])
  func onTheMoveItRecovers(context: Context, expected: Double) {
    var detector = self.detector()
    _ = feed(&detector, 0, 36, tilt(flexion: 60))
    #expect(close(detector.exposure(at: at(36)), 0.6))
    _ = feed(&detector, 36, 54, tilt(flexion: 60), context)
    #expect(close(detector.exposure(at: at(54)), expected))
  }

  /// A bend loads nothing, and what is due within one waits for its end.
  @Test func bendingItWaitsAndComes() {
    var detector = self.detector()
    _ = feed(&detector, 0, 59.9, tilt(flexion: 60))
    #expect(feed(&detector, 59.9, 70, tilt(flexion: 60), .bending) == [])
    let found = feed(&detector, 70, 71, tilt(flexion: 60))
    #expect(found.count == 1 && found[0].hasPrefix("70."))
  }

  @Test func walkingItIsTheShadowThatTells() {
    var detector = self.detector()
    let found = feed(&detector, 0, 300, tilt(flexion: 60), .walking)
    #expect(found == ["60.1 suppressed 60100 by walking"] || found == ["60.0 suppressed 60000 by walking"])
    #expect(detector.exposure(at: at(300)) == 0)
  }

  /// Straight after a deviation it is as full as it was, and less with every second upright.
  @Test func aSecondLeanIsDueSooner() {
    var detector = self.detector()
    _ = feed(&detector, 0, 61, tilt(flexion: 60))
    #expect(feed(&detector, 61, 73, tilt()).count == 1)
    let found = feed(&detector, 73, 100, tilt(flexion: 60))
    #expect(found.count == 1 && (found[0].hasPrefix("85") || found[0].hasPrefix("84.9")))
  }

  /// A piece of a recording begins where the recording was.
  @Test func itGoesOnFromWhatIsAssumed() {
    var detector = self.detector()
    detector.assume(exposure: 0.75)
    #expect(detector.exposure(at: at(0)) == 0.75)
    let found = feed(&detector, 0, 20, tilt(flexion: 60))
    #expect(found.count == 1 && (found[0].hasPrefix("15.0") || found[0].hasPrefix("15.1")))
    detector.reset()
    #expect(detector.exposure(at: at(20)) == 0)
    detector.assume(exposure: 3)
    #expect(detector.exposure(at: at(20)) == 1)
  }

  /// With the hold it is the share of the hold.
  @Test func theHoldHasAnExposureToo() {
    var detector = DeviationDetector(.instant)
    _ = detector.update(tilt(flexion: 20), .still, at: at(0))
    #expect(close(detector.exposure(at: at(2.5)), 0.25))
    #expect(detector.exposure(at: at(50)) == 1)
    _ = detector.update(tilt(flexion: 20), .still, at: at(50))
    #expect(detector.posture == .deviated && detector.exposure(at: at(60)) == 1)
    _ = detector.update(tilt(), .still, at: at(61))
    #expect(detector.exposure(at: at(61)) == 0)
  }

  /// The same course of leans at 10 and at 100 Hz; the sample that begins a lean still counts as upright.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func theSampleRateDoesNotMatter(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = (0..<60).map { _ in Double.random(in: 0...80, using: &random) }
    let (slow, fast) = (decisions(pieces, rate: 10), decisions(pieces, rate: 100))
    #expect(slow.map(\.name) == fast.map(\.name))
    #expect(zip(slow, fast).allSatisfy { ($0.time - $1.time).magnitude < 3 })
    #expect(slow.count > 10)
  }

  /// Of tilts held for 20 s each, what was decided and when.
  private func decisions(_ pieces: [Double], rate: Double) -> [(time: Double, name: Substring)] {
    var detector = self.detector()
    return (0..<Int(Double(pieces.count) * 20 * rate)).compactMap { tick in
      let time = Double(tick) / rate
      let decision = name(detector.update(tilt(flexion: pieces[Int(time / 20)]), .still, at: at(time)))
      return decision.map { (time, $0.prefix { $0 != " " }) }
    }
  }
}
