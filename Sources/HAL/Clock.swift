// SPDX-License-Identifier: MIT

/// Monotonic time, real or simulated.
package protocol MonotonicClock {
  /// Microseconds since an arbitrary start; never runs backward.
  func now() -> Int64
  /// Returns at or after the given time, in microseconds of `now`; may return early, where a signal or a command
  /// interrupts it.
  func sleep(until deadline: Int64)
}
