// SPDX-License-Identifier: MIT
import HAL

/// A clock that stands until it is told to sleep, and then is there at once: for tests and runs at full speed.
///
/// Its copies share one time. It is used by one thread at a time; nothing guards it.
package struct VirtualClock: MonotonicClock {
  private final class Time {
    var microseconds: Int64

    init(microseconds: Int64) { self.microseconds = microseconds }
  }

  private let time: Time

  package init(startingAt microseconds: Int64 = 0) { time = Time(microseconds: microseconds) }

  package func now() -> Int64 { time.microseconds }

  /// Advances to the deadline; a deadline that has passed changes nothing.
  package func sleep(until deadline: Int64) { time.microseconds = max(time.microseconds, deadline) }
}
