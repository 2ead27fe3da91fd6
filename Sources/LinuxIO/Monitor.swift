// SPDX-License-Identifier: MIT
import Glibc

/// A value that several threads change, one at a time, and whose changes they wait for.
///
/// For work that may wait. Real-time threads use lock-free channels instead.
@safe package final class Monitor<Value: ~Copyable & Sendable>: @unchecked Sendable {
  // Safe to share: the value is touched only under the lock, and lock and condition never move.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var value: Value

  package init(_ value: consuming Value) {
    self.value = value
    let results = (unsafe pthread_mutex_init(lock, nil), unsafe pthread_cond_init(changed, nil))
    precondition(results == (0, 0), "a lock and a condition with default attributes cannot fail on Linux")
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(lock)
    unsafe changed.deallocate()
    unsafe lock.deallocate()
  }

  /// Changes the value by another one, which it takes over; whoever waits looks at it again.
  package func put<Given: ~Copyable>(_ given: consuming Given, _ body: (inout Value, consuming Given) -> Void) {
    unsafe pthread_mutex_lock(lock)
    body(&value, given)
    unsafe pthread_cond_broadcast(changed)
    unsafe pthread_mutex_unlock(lock)
  }

  /// Waits until the value gives something, and takes it.
  ///
  /// - Parameter body: must leave what others wait for as it was.
  package func take<Taken: ~Copyable>(_ body: (inout Value) -> Taken?) -> Taken {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    while true {
      if let taken = body(&value) { return taken }
      unsafe pthread_cond_wait(changed, lock)
    }
  }
}
