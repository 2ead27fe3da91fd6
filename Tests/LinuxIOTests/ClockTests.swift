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

  @Test func aSleepEndsNotBeforeItsDeadline() throws {
    let clock = try WakeableClock()
    for length in [1, 300, 3000] as [Int64] {
      let deadline = clock.now() + length
      clock.sleep(until: deadline)
      #expect(clock.now() >= deadline)
    }
  }

  @Test func aPastDeadlineReturnsAtOnce() throws {
    let clock = try WakeableClock()
    for deadline in [Int64.min, 0, 1, clock.now()] {
      SystemClock().sleep(until: deadline)
      clock.sleep(until: deadline)
    }
  }

  @Test func wakingEndsALongSleep() throws {
    let clock = try WakeableClock()
    let start = clock.now()
    let waker = try RealtimeThread(name: "waker", priority: nil) {
      SystemClock().sleep(until: start + 3000)
      clock.wake()
    }
    clock.sleep(until: start + 60_000_000)
    let passed = clock.now() - start
    #expect((3000..<30_000_000).contains(passed))
    waker.join()
  }

  @Test func aWakeUpIsKeptForTheNextSleepAndOnlyForThat() throws {
    let clock = try WakeableClock()
    let start = clock.now()
    clock.wake()
    clock.wake()
    clock.sleep(until: start + 60_000_000)
    #expect(clock.now() - start < 30_000_000)
    let deadline = clock.now() + 3000
    clock.sleep(until: deadline)
    #expect(clock.now() >= deadline)
  }

  @Test func theEndOfTimeIsAValidDeadline() throws {
    let clock = try WakeableClock()
    clock.wake()
    clock.sleep(until: .max)
  }
}
