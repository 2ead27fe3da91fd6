// SPDX-License-Identifier: MIT
import LinuxIO
import Testing

struct MonitorTests {
  @Test func whatIsPutIsTakenInOrderByWhoWaits() throws {
    let monitor = Monitor<[Int]>([])
    let thread = try RealtimeThread(name: "putting", priority: nil) {
      for number in 0..<10_000 { monitor.put(number) { $0.append($1) } }
    }
    var taken: [Int] = []
    while taken.count < 10_000 { taken.append(monitor.take { $0.isEmpty ? nil : $0.removeFirst() }) }
    thread.join()
    #expect(taken == Array(0..<10_000))
  }

  /// Each waits for the other's every change.
  @Test func twoThreadsTakeTurns() throws {
    let monitor = Monitor<[Int]>([])
    @Sendable func append(_ remainder: Int) {
      for number in 0..<1000 {
        let mine: Int = monitor.take { $0.count % 2 == remainder && $0.count / 2 == number ? $0.count : nil }
        monitor.put(mine) { $0.append($1) }
      }
    }
    let thread = try RealtimeThread(name: "odd", priority: nil) { append(1) }
    append(0)
    thread.join()
    #expect(monitor.take { $0 } == Array(0..<2000))
  }

  @Test func changesOfManyThreadsAreAllKept() throws {
    let monitor = Monitor(0)
    let first = try RealtimeThread(name: "first", priority: nil) { for _ in 0..<20_000 { monitor.put(1) { $0 += $1 } } }
    let second = try RealtimeThread(name: "second", priority: nil) {
      for _ in 0..<20_000 { monitor.put(2) { $0 += $1 } }
    }
    #expect(monitor.take { $0 == 60_000 ? $0 : nil } == 60_000)
    first.join()
    second.join()
  }

  /// Handed through and never copied.
  @Test func whatCannotBeCopiedGoesThrough() throws {
    struct Single: ~Copyable, Sendable { let number: Int }
    struct Desk: ~Copyable, Sendable { var single: Single? }
    let monitor = Monitor(Desk(single: Single(number: 7)))
    let thread = try RealtimeThread(name: "through", priority: nil) {
      let single = monitor.take { $0.single?.number == 7 ? $0.single.take() : nil }
      monitor.put(Single(number: single.number + 1)) { $0.single = consume $1 }
    }
    let taken = monitor.take { $0.single?.number == 8 ? $0.single.take() : nil }
    thread.join()
    #expect(taken.number == 8)
  }
}
