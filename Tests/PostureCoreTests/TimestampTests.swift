// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct TimestampTests {
  @Test func timesAndIntervalsAddUp() {
    let start = Timestamp(microseconds: 5)
    #expect(start + .milliseconds(2) == Timestamp(microseconds: 2005))
    #expect(Timestamp(microseconds: 2005) - start == .milliseconds(2))
    #expect(start - Timestamp(microseconds: 2005) == Interval(microseconds: -2000))
    #expect(Interval.seconds(1) + .milliseconds(1) - Interval(microseconds: 1) == Interval(microseconds: 1_000_999))
    #expect(Interval.milliseconds(10) * 3 == .milliseconds(30))
    #expect(start < Timestamp(microseconds: 6))
    #expect(Interval.zero > Interval(microseconds: -1))
  }

  @Test(
    arguments: [
      (1, 1_000_000), (0.01, 10_000), (0.000_000_5, 1), (0.000_000_4, 0), (-0.000_001_6, -2), (1.0 / 3, 333_333),
      (3600, 3_600_000_000),
    ] as [(Double, Int64)])
  func secondsAreRoundedToMicroseconds(seconds: Double, microseconds: Int64) {
    #expect(Interval.seconds(seconds).microseconds == microseconds)
  }

  @Test func secondsComeBack() {
    #expect((Interval(microseconds: 1_234_567).seconds - 1.234567).magnitude < 1e-15)
    #expect(Interval(microseconds: -500_000).seconds == -0.5)
  }
}
