// SPDX-License-Identifier: MIT
import Glibc
import HAL

/// The kernel's CLOCK_MONOTONIC: time since the boot without suspension, in microseconds.
package struct SystemClock: MonotonicClock, Sendable {
  package init() {}

  package func now() -> Int64 {
    var time = timespec()
    // It cannot fail: the clock exists on every Linux and the pointer is good.
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }

  /// Sleeps to an absolute deadline, so that lateness does not add up; returns early where a signal handler ran.
  package func sleep(until deadline: Int64) {
    var time = timespec(microseconds: deadline)
    _ = unsafe clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil)
  }
}

extension timespec {
  /// A negative time becomes zero, the start of the clock.
  init(microseconds: Int64) {
    let (seconds, rest) = max(0, microseconds).quotientAndRemainder(dividingBy: 1_000_000)
    self.init(tv_sec: Int(seconds), tv_nsec: Int(rest) * 1000)
  }
}
