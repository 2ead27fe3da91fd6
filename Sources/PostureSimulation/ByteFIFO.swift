// SPDX-License-Identifier: MIT
import PostureCore

/// A chip's FIFO of bytes, of a capacity that its registers may choose.
struct ByteFIFO: ~Copyable {
  private var bytes = RingBuffer<4096, UInt8>(filler: 0)
  /// At most 4096; a change empties it.
  private(set) var capacity: Int
  /// Bytes that found no room, or lost it to newer ones.
  private(set) var lost: UInt64 = 0

  init(capacity: Int) {
    precondition((1...4096).contains(capacity), "a FIFO's capacity")
    self.capacity = capacity
  }

  var count: Int { bytes.count }

  mutating func resize(to capacity: Int) {
    guard capacity != self.capacity else { return }
    bytes.removeAll()
    self.capacity = capacity
  }

  /// Full, it loses either the new byte or its oldest one.
  mutating func append(_ byte: UInt8, keepingOldest: Bool) {
    if bytes.count == capacity {
      lost += 1
      if keepingOldest { return }
      _ = bytes.popFirst()
    }
    bytes.append(byte)
  }

  /// What was lost without having been appended.
  mutating func noteLost(_ count: Int64) { lost += UInt64(count) }

  mutating func popFirst() -> UInt8? { bytes.popFirst() }

  mutating func removeAll() { bytes.removeAll() }
}
