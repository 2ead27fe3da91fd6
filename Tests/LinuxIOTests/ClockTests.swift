// SPDX-License-Identifier: MIT
import HAL
import LinuxIO
import Testing

/// The only tests that wait, and for milliseconds: waiting is what they are about.
struct ClockTests {
  @Test func timeIsMonotonicMicroseconds() {
    let clock = SystemClock()
    let earlier = clock.now()
    clock.sleep(until: earlier + 2000)
    let passed = clock.now() - earlier
    #expect(passed >= 2000)
    // Generous: another unit would be a thousand times off.
    #expect(passed < 1_000_000)
  }

  @Test func aSleepEndsNotBeforeItsDeadline() {
    let clock = SystemClock()
    for length in [1, 300, 3000] as [Int64] {
      let deadline = clock.now() + length
      clock.sleep(until: deadline)
      #expect(clock.now() >= deadline)
    }
  }

  @Test(.timeLimit(.minutes(15))) func aPastDeadlineReturnsAtOnce() {
    let clock = SystemClock()
    for deadline in [Int64.min, 0, 1, clock.now()] { clock.sleep(until: deadline) }
  }
}
