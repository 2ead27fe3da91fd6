// SPDX-License-Identifier: MIT
import LinuxIO
import Synchronization
import Testing

struct BoundedQueueTests {
  @Test func everyValueArrivesInOrderThoughFewFitIn() throws {
    let queue = BoundedQueue<Int>(capacity: 2)
    let thread = try RealtimeThread(name: "ahead", priority: nil) {
      for number in 0..<10_000 { _ = queue.put(number) }
      queue.close()
    }
    var taken: [Int] = []
    while let number = queue.take() { taken.append(number) }
    thread.join()
    #expect(taken == Array(0..<10_000))
  }

  @Test func whoIsAheadWaits() throws {
    let queue = BoundedQueue<Int>(capacity: 3)
    let put = Ahead()
    let thread = try RealtimeThread(name: "ahead", priority: nil) {
      while queue.put(put.count.load(ordering: .relaxed)) { put.count.add(1, ordering: .sequentiallyConsistent) }
    }
    for expected in 0..<100 {
      #expect(queue.take() == expected)
      #expect(put.count.load(ordering: .sequentiallyConsistent) <= expected + 4)
    }
    queue.close()
    thread.join()
  }

  @Test func whatIsInAClosedQueueIsStillTakenAndNothingPutIn() {
    let queue = BoundedQueue<Int>(capacity: 3)
    #expect(queue.put(1) && queue.put(2))
    queue.close()
    #expect(!queue.put(3))
    #expect([queue.take(), queue.take(), queue.take()] == [1, 2, nil])
  }

  /// In either direction.
  @Test func closingEndsTheWaiting() throws {
    let (full, empty) = (BoundedQueue<Int>(capacity: 1), BoundedQueue<Int>(capacity: 1))
    #expect(full.put(1))
    let putting = try RealtimeThread(name: "putting", priority: nil) { _ = full.put(2) }
    let taking = try RealtimeThread(name: "taking", priority: nil) { _ = empty.take() }
    full.close()
    empty.close()
    putting.join()
    taking.join()
    #expect(full.take() == 1 && full.take() == nil)
  }

  private final class Ahead: Sendable {
    let count = Atomic<Int>(0)
  }
}
