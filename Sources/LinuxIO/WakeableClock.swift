// SPDX-License-Identifier: MIT
import CLinux
import Glibc
import HAL

/// The monotonic clock for one thread that others can wake: a command need not wait for the end of a long sleep.
///
/// A wake-up is not lost: one that comes while nobody sleeps ends the next sleep at once. Several become one. The bargain is
/// one sleeping thread per clock, as the timer is shared. Neither sleeping nor waking allocates.
///
/// A timerfd and not a timeout of poll(2): that has whole milliseconds, and for ordinary threads the kernel lets it be late
/// by a thousandth of its length (fs/select.c, select_estimate_accuracy).
package final class WakeableClock: MonotonicClock, Sendable {
  private let timer: FileDescriptor
  private let event: FileDescriptor

  package init() throws(SystemError) {
    let timer = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_CLOEXEC | TFD_NONBLOCK))
    guard timer >= 0 else { throw .last("create a timer") }
    self.timer = FileDescriptor(owning: timer)
    let event = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard event >= 0 else { throw .last("create an event descriptor") }
    self.event = FileDescriptor(owning: event)
  }

  package func now() -> Int64 { SystemClock().now() }

  /// Returns at the deadline, or early after `wake()` or a signal.
  package func sleep(until deadline: Int64) {
    guard deadline > 0 else { return }
    var setting = itimerspec(it_interval: timespec(), it_value: timespec(microseconds: deadline))
    // Setting the timer also takes back that an earlier deadline has passed.
    let result = unsafe timerfd_settime(timer.raw, Int32(TFD_TIMER_ABSTIME), &setting, nil)
    precondition(result == 0, "the timer is ours and the time is valid")
    var waited = (
      pollfd(fd: timer.raw, events: Int16(POLLIN), revents: 0), pollfd(fd: event.raw, events: Int16(POLLIN), revents: 0)
    )
    _ = unsafe withUnsafeMutableBytes(of: &waited) { bytes in
      unsafe poll(bytes.assumingMemoryBound(to: pollfd.self).baseAddress, 2, -1)
    }
    if waited.1.revents != 0 {
      var wakes: UInt64 = 0
      _ = unsafe read(event.raw, &wakes, 8)
    }
  }

  /// Ends the sleep, or the next one; from any thread.
  package func wake() {
    var one: UInt64 = 1
    // It fails only when the counter is full, and then the sleeper is woken already.
    _ = unsafe write(event.raw, &one, 8)
  }
}
