// SPDX-License-Identifier: MIT
import PosturePlots
import Testing

struct ScaleTests {
  @Test func aScaleLeadsFromValuesToPixels() {
    let scale = Scale(-10...30, from: 200, to: 0)
    #expect(scale(-10) == 200 && scale(30) == 0 && scale(10) == 100)
    #expect(scale(50) == -100 && scale.clamped(50) == 0)
    // A recording of one sample has no length, and is drawn all the same.
    #expect(Scale(5...5, from: 0, to: 10)(5) == 5)
  }

  @Test(arguments: [
    (-20.0...40.0, 8, [-20.0, -10, 0, 10, 20, 30, 40]), (0...1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    (0.3...0.4, 2, [0.3, 0.35, 0.4]), (-3...(-3), 5, []), (0...100, 0, []), (7...8, 1, [7, 8]),
  ]) func linearTicksAreRound(range: ClosedRange<Double>, count: Int, expected: [Double]) {
    let ticks = Ticks.linear(range, atMost: count)
    #expect(ticks.count == expected.count)
    for (tick, value) in zip(ticks, expected) { #expect((tick - value).magnitude < 1e-9) }
  }

  @Test(arguments: [
    (0.0...110.0, 8, 15.0), (0...3600, 8, 600), (0...86_400, 8, 10_800), (10...11, 10, 0.1),
    (0...8_640_000, 5, 1_728_000),
  ]) func timesAreMarkedAsClocksDivideThem(range: ClosedRange<Double>, count: Int, step: Double) {
    let ticks = Ticks.time(range, atMost: count)
    #expect(ticks.count >= 2 && ticks.count <= count + 1)
    for (earlier, later) in zip(ticks, ticks.dropFirst()) { #expect((later - earlier - step).magnitude < 1e-6) }
  }

  /// Neither a broken range nor a tiny one goes on for ever.
  @Test func whatHasNoLengthHasNoTicks() {
    #expect(Ticks.time(0...(.infinity), atMost: 5) == [])
    #expect(Ticks.linear(-.infinity...0, atMost: 5) == [])
    #expect(Ticks.time(1e300...1.1e300, atMost: 5).count <= 6)
  }

  @Test func labelsMoveApartInTheirOrder() {
    #expect(Ticks.spread([10, 12, 50], gap: 10, within: 0...100) == [10, 20, 50])
    #expect(Ticks.spread([95, 97, 99], gap: 10, within: 0...100) == [80, 90, 100])
    #expect(Ticks.spread([50, 10], gap: 5, within: 0...100) == [50, 10])
    #expect(Ticks.spread([], gap: 5, within: 0...100) == [])
  }

  @Test(arguments: [
    (0.0, "0:00"), (59.6, "1:00"), (754, "12:34"), (3750, "1:02:30"), (90_061, "25:01:01"), (-5, "-0:05"),
    (-0.2, "0:00"),
  ]) func timesAreToldAsOnAClock(seconds: Double, text: String) { #expect(ClockText.time(seconds) == text) }

  @Test func tenthsAreToldWhereTheyMatter() {
    #expect(ClockText.time(12.34, tenths: true) == "0:12.3")
    #expect(ClockText.time(59.96, tenths: true) == "1:00.0")
  }

  @Test(arguments: [
    (4.21, "4.2 s"), (42, "42 s"), (59.97, "1 min"), (150, "2 min 30 s"), (3900, "1 h 5 min"), (7200, "2 h"),
  ]) func lengthsAreToldInUnits(seconds: Double, text: String) { #expect(ClockText.length(seconds) == text) }
}
