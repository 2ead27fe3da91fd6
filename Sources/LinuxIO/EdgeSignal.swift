// SPDX-License-Identifier: MIT
import CLinux
import Glibc
import Synchronization

/// What an input and the clock that waits for its edges share: the descriptor that is worth waiting for.
///
/// It is disarmed by every wait that ended early, and armed by the input when somebody has looked for an edge. So edges
/// that nobody takes, and a chip that is gone, make nobody wake up again and again. For one thread.
final class EdgeSignal: Sendable {
  private let descriptor = Atomic<Int32>(-1)

  var isArmed: Bool { descriptor.load(ordering: .relaxed) >= 0 }

  func arm(_ raw: Int32) { descriptor.store(raw, ordering: .relaxed) }

  func disarm() { descriptor.store(-1, ordering: .relaxed) }

  /// Waits for an edge, but at most so long.
  /// - Returns: false where waiting is not possible: a plain sleep must take its place.
  func wait(microseconds: Int64) -> Bool {
    let events = clinux_wait(descriptor.load(ordering: .relaxed), Int16(POLLIN), microseconds)
    if events == 0 || events == -EINTR { return true }
    disarm()
    // A chip that is gone answers POLLHUP and POLLERR at once, and without end (gpiolib-cdev.c, linereq_poll).
    return events > 0 && events & Int32(POLLIN) != 0
  }
}
