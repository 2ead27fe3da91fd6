// SPDX-License-Identifier: MIT
import LinuxIO
import Synchronization
import Testing

struct WorkerThreadsTests {
  private final class Counter: Sendable {
    let count = Atomic<Int>(0)
  }

  @Test(arguments: [1, 3, WorkerThreads.most]) func everyOneHasEndedWhenItReturns(workers: Int) throws {
    let counter = Counter()
    try WorkerThreads.run(workers) { counter.count.add(1, ordering: .relaxed) }
    #expect(counter.count.load(ordering: .relaxed) == workers)
  }

  /// None of them could go on if the others came after it.
  @Test func theyRunSideBySide() throws {
    let counter = Counter()
    try WorkerThreads.run(3) {
      counter.count.add(1, ordering: .sequentiallyConsistent)
      while counter.count.load(ordering: .sequentiallyConsistent) < 3 {}
    }
    #expect(counter.count.load(ordering: .relaxed) == 3)
  }

  @Test func thereIsAProcessor() {
    #expect((1...WorkerThreads.most).contains(WorkerThreads.processors))
  }
}
