// SPDX-License-Identifier: MIT

/// A first-in first-out buffer of fixed size that holds its elements in place and never allocates.
///
/// The bargain: appending to a full buffer overwrites the oldest element and counts it in `overwritten`; nothing waits
/// and nothing grows. `capacity` must be a power of two, so that an index is a mask and not a division.
package struct RingBuffer<let capacity: Int, Element: BitwiseCopyable>: ~Copyable {
  private var storage: InlineArray<capacity, Element>
  private var first = 0
  package private(set) var count = 0
  /// Elements lost because the buffer was full.
  package private(set) var overwritten: UInt64 = 0

  /// - Parameter filler: any value; it fills the storage and is never handed out.
  package init(filler: Element) {
    precondition(capacity > 0 && capacity & (capacity - 1) == 0, "a ring buffer's capacity is a power of two")
    storage = InlineArray(repeating: filler)
  }

  package var isEmpty: Bool { count == 0 }

  package mutating func append(_ element: Element) {
    storage[(first &+ count) & (capacity &- 1)] = element
    if count == capacity {
      first = (first &+ 1) & (capacity &- 1)
      overwritten &+= 1
    } else {
      count &+= 1
    }
  }

  /// Takes the oldest element out.
  package mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    let element = storage[first]
    first = (first &+ 1) & (capacity &- 1)
    count &-= 1
    return element
  }

  /// The element appended `index` places after the oldest one still held.
  package subscript(index: Int) -> Element {
    precondition(index >= 0 && index < count, "index outside the ring buffer")
    return storage[(first &+ index) & (capacity &- 1)]
  }

  package mutating func removeAll() {
    first = 0
    count = 0
  }
}
