// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct ExposureTests {
  /// By hand: 240 - 4.5 (angle - 20), and at least 60.
  @Test(arguments: [
    (15.0, 262.5), (20.0, 240.0), (40.0, 150.0), (60.0, 60.0), (80.0, 60.0),
  ])
  func isFullAfterTheHoldingTime(degrees: Double, seconds: Double) {
    #expect((Exposure.holdingTime(at: .degrees(degrees), .init()) - seconds).magnitude < 1e-9)
    var exposure = Exposure()
    for _ in 0..<Int(seconds * 100) - 1 { exposure.lean(at: .degrees(degrees), for: .milliseconds(10)) }
    #expect(exposure.value < 1)
    for _ in 0..<2 { exposure.lean(at: .degrees(degrees), for: .milliseconds(10)) }
    #expect(exposure.value == 1)
  }

  /// From one to none in a minute, whatever the angle was.
  @Test func recoversInAMinute() {
    var exposure = Exposure(.init(), value: 1)
    for _ in 0..<30 { exposure.recover(for: .seconds(1)) }
    #expect((exposure.value - 0.5).magnitude < 1e-12)
    exposure.lean(at: .degrees(60), for: .seconds(15))
    #expect((exposure.value - 0.75).magnitude < 1e-12)
    exposure.recover(for: .seconds(44.99))
    #expect(exposure.value > 0)
    exposure.recover(for: .seconds(0.02))
    #expect(exposure.value == 0)
  }

  /// An hour ignored is forgotten in the same minute.
  @Test func growsNoFurtherThanOne() {
    var exposure = Exposure()
    exposure.lean(at: .degrees(30), for: .seconds(3600))
    #expect(exposure.value == 1)
    exposure.recover(for: .seconds(60))
    #expect(exposure.value == 0)
  }

  @Test(arguments: [(-0.5, 0.0), (0.25, 0.25), (7, 1)])
  func beginsWithinItsBounds(value: Double, expected: Double) {
    #expect(Exposure(.init(), value: value).value == expected)
  }

  /// The parameters: at 40 degrees the mean of both holding times.
  @Test func theTimesAreParameters() {
    var parameters = Exposure.Parameters()
    parameters.holdingTime = .seconds(30)
    parameters.shortestHoldingTime = .seconds(10)
    parameters.recovery = .seconds(5)
    var exposure = Exposure(parameters)
    exposure.lean(at: .degrees(40), for: .seconds(10))
    #expect((exposure.value - 0.5).magnitude < 1e-12)
    exposure.recover(for: .seconds(2))
    #expect((exposure.value - 0.1).magnitude < 1e-12)
  }

  /// The same course of angles at 10 and at 400 Hz, and at intervals from chance.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func theSampleRateDoesNotMatter(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var (slow, fast, uneven) = (Exposure(), Exposure(), Exposure())
    for _ in 0..<200 {
      // A piece of ten seconds, held or upright.
      let angle = Angle.degrees(.random(in: 0...100, using: &random))
      let isLeaning = Bool.random(using: &random)
      func feed(_ exposure: inout Exposure, _ interval: Interval) {
        if isLeaning { exposure.lean(at: angle, for: interval) } else { exposure.recover(for: interval) }
        #expect((0...1).contains(exposure.value))
      }
      for _ in 0..<100 { feed(&slow, .milliseconds(100)) }
      for _ in 0..<4000 { feed(&fast, Interval(microseconds: 2500)) }
      var left = Interval.seconds(10)
      while left > .zero {
        let interval = min(left, Interval(microseconds: .random(in: 1...500_000, using: &random)))
        feed(&uneven, interval)
        left = left - interval
      }
      #expect((slow.value - fast.value).magnitude < 1e-9)
      #expect((slow.value - uneven.value).magnitude < 1e-9)
    }
  }

  @Test func aGreatTiltHeldLongerThanASlightOneStops() async {
    await #expect(processExitsWith: .failure) {
      var parameters = Exposure.Parameters()
      parameters.shortestHoldingTime = .seconds(241)
      _ = Exposure(parameters)
    }
  }
}
