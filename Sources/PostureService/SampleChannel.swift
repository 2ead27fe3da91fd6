// SPDX-License-Identifier: MIT
import Synchronization

/// A lock-free queue of fixed size between one sending and one receiving thread.
///
/// Neither end waits or allocates: sending to a full channel fails, receiving from an empty one gives nil. The two ends
/// are move-only values that are handed out once, so that there is *one* sender and *one* receiver.
package struct SampleChannel<Element: BitwiseCopyable & Sendable>: ~Copyable {
  package struct Sender: ~Copyable, Sendable {
    fileprivate let queue: Queue<Element>

    /// False where the channel is full: the element was not taken.
    package mutating func send(_ element: Element) -> Bool { queue.append(element) }
  }

  package struct Receiver: ~Copyable, Sendable {
    fileprivate let queue: Queue<Element>

    package mutating func receive() -> Element? { queue.popFirst() }
  }

  private let queue: Queue<Element>
  private var isSenderTaken = false
  private var isReceiverTaken = false

  /// - Parameters:
  ///   - capacity: a power of two.
  ///   - filler: any value; it touches every page of the storage once, before time matters, and is never handed out.
  package init(capacity: Int, filler: Element) { queue = Queue(capacity: capacity, filler: filler) }

  package mutating func takeSender() -> Sender {
    precondition(!isSenderTaken, "a channel has one sender")
    isSenderTaken = true
    return Sender(queue: queue)
  }

  package mutating func takeReceiver() -> Receiver {
    precondition(!isReceiverTaken, "a channel has one receiver")
    isReceiverTaken = true
    return Receiver(queue: queue)
  }
}

/// The storage that both ends share. Each slot belongs to the sender from the receiver's `taken` on, and to the
/// receiver from the sender's `sent` on: the release of an index hands the slots before it over, the other side's
/// acquire receives them.
@safe private final class Queue<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let mask: Int
  // Unsafe: written by the sender and read by the receiver without the compiler seeing whose turn it is; the indices
  // say so.
  private let slots: UnsafeMutablePointer<Element>
  private let sent = Atomic<Int>(0)
  private let taken = Atomic<Int>(0)

  init(capacity: Int, filler: Element) {
    precondition(capacity > 0 && capacity & (capacity - 1) == 0, "a channel's capacity is a power of two")
    mask = capacity - 1
    unsafe slots = .allocate(capacity: capacity)
    unsafe slots.initialize(repeating: filler, count: capacity)
  }

  deinit { unsafe slots.deallocate() }

  func append(_ element: Element) -> Bool {
    let index = sent.load(ordering: .relaxed)
    guard index &- taken.load(ordering: .acquiring) <= mask else { return false }
    unsafe slots[index & mask] = element
    sent.store(index &+ 1, ordering: .releasing)
    return true
  }

  func popFirst() -> Element? {
    let index = taken.load(ordering: .relaxed)
    guard index != sent.load(ordering: .acquiring) else { return nil }
    let element = unsafe slots[index & mask]
    taken.store(index &+ 1, ordering: .releasing)
    return element
  }
}
