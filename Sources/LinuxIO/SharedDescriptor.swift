// SPDX-License-Identifier: MIT
import Synchronization

/// A descriptor that its owner closes and opens anew, and that another thread may need at any time.
///
/// The owner alone replaces it, so it reads the number without a lock. Whoever else uses it does so under the lock,
/// while the owner cannot close it: a number that the kernel has meanwhile given to another file is never touched.
package final class SharedDescriptor: Sendable {
  private let held = Mutex<FileDescriptor?>(nil)
  private let number = Atomic<Int32>(-1)

  package init() {}

  /// For the owner; -1 where there is none.
  package var raw: Int32 { number.load(ordering: .relaxed) }

  /// For the owner: takes over another descriptor, or none. The old one is closed after the lock, as a driver may take
  /// its time for that.
  package func replace(with descriptor: consuming FileDescriptor?) {
    var other = descriptor
    number.store(other?.raw ?? -1, ordering: .relaxed)
    held.withLock { swap(&$0, &other) }
  }

  /// For every other thread: does something with the descriptor, which stays open meanwhile; nil where there is none.
  package func use(_ body: (Int32) -> Int32) -> Int32? {
    held.withLock { descriptor in
      guard let raw = descriptor?.raw else { return nil }
      return body(raw)
    }
  }
}
