// SPDX-License-Identifier: MIT
import Glibc

/// Hands values from one thread to another, in order, at most so many on the way: who is ahead waits.
///
/// For work that may wait. Real-time threads use lock-free channels instead.
@safe package final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
  // Safe to share: everything below is touched only under the lock, and lock and condition never move.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let capacity: Int
  private var elements: [Element] = []
  private var isClosed = false

  package init(capacity: Int) {
    precondition(capacity > 0, "a queue holds a value")
    self.capacity = capacity
    let results = (unsafe pthread_mutex_init(lock, nil), unsafe pthread_cond_init(changed, nil))
    precondition(results == (0, 0), "a lock and a condition with default attributes cannot fail on Linux")
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(lock)
    unsafe changed.deallocate()
    unsafe lock.deallocate()
  }

  /// Waits for room; false where the queue is closed, and the value is dropped.
  package func put(_ element: consuming Element) -> Bool {
    enter()
    defer { leave() }
    while elements.count >= capacity, !isClosed { wait() }
    guard !isClosed else { return false }
    elements.append(element)
    return true
  }

  /// Waits for a value; nil where the queue is closed and empty.
  package func take() -> Element? {
    enter()
    defer { leave() }
    while elements.isEmpty, !isClosed { wait() }
    return elements.isEmpty ? nil : elements.removeFirst()
  }

  /// Nothing more comes in, and nobody waits any longer.
  package func close() {
    enter()
    defer { leave() }
    isClosed = true
  }

  private func enter() { unsafe pthread_mutex_lock(lock) }

  private func leave() {
    unsafe pthread_cond_broadcast(changed)
    unsafe pthread_mutex_unlock(lock)
  }

  private func wait() { unsafe pthread_cond_wait(changed, lock) }
}
