// SPDX-License-Identifier: MIT
import AllocationSpy
import PostureCore
import PostureSimulation
import Testing

@testable import PostureService

@Suite(.enabled(if: allocationspy_is_active() != 0, "a sanitizer owns malloc"))
struct AllocationTests {
  @Test func theSpyCountsAnAllocation() {
    let before = allocationspy_this_thread()
    let object = PinLog()
    let between = allocationspy_this_thread()
    #expect(between.allocations > before.allocations)
    withExtendedLifetime(object) {}
  }

  @Test func theSpyCountsNothingWhereNothingIsAllocated() {
    let before = allocationspy_this_thread()
    var sum: UInt64 = 0
    for value in 0..<1000 as Range<UInt64> { sum &+= value }
    let after = allocationspy_this_thread()
    #expect(after.allocations == before.allocations && sum == 499_500)
  }

  /// What thousands of turns did, apart from allocating.
  private struct Happenings {
    var turns = 0
    var frames = 0
    var events = 0
    var faults = 0
    var commands = 0
    var allocations: UInt64 = 0
    var frees: UInt64 = 0
    var mostInOneTurn: UInt64 = 0
  }

  /// Turns for so long, with a command every ten seconds.
  private func turn(_ bench: LoopBench, for length: Interval) -> Happenings {
    var seen = Happenings()
    let end = bench.clock.now() + length.microseconds
    var nextCommand = bench.clock.now() + 5_000_000
    let before = allocationspy_this_thread()
    var last = before.allocations
    while bench.clock.now() < end && bench.turn() {
      seen.turns += 1
      if bench.clock.now() >= nextCommand {
        nextCommand += 10_000_000
        if bench.service.send(.calibrate) { seen.commands += 1 }
      }
      while let publication = bench.service.receive() {
        switch publication {
        case .frame(let frame):
          seen.frames += 1
          seen.events += frame.output.eventCount
        case .sensorFault: seen.faults += 1
        case .motorFault, .ended: break
        }
      }
      let now = allocationspy_this_thread().allocations
      seen.mostInOneTurn = max(seen.mostInOneTurn, now - last)
      last = now
    }
    let after = allocationspy_this_thread()
    seen.allocations = after.allocations - before.allocations
    seen.frees = after.frees - before.frees
    return seen
  }

  @Test func turnsDoNotAllocate() throws {
    let bench = try LoopBench(
      .slouchUntilReminded,
      faults: [
        .noAnswer(from: at(2), to: at(2.5)), .brownOut(at: at(6)), .noAnswer(from: at(50), to: at(52)),
        .noAnswer(from: at(60), to: at(60.008)), .brownOut(at: at(70)), .frozen(from: at(80), to: at(83)),
      ])
    _ = turn(bench, for: .seconds(8))
    let seen = turn(bench, for: .seconds(100))
    #expect(seen.turns > 10_000 && seen.frames > 10_000)
    #expect(seen.events > 5 && seen.faults > 3 && seen.commands == 10)
    #expect(bench.pin.edges.count > 5)
    #expect(seen.allocations == 0, "at most \(seen.mostInOneTurn) in one turn")
    #expect(seen.frees == 0)
  }

  @Test func aFullChannelDoesNotAllocate() throws {
    let bench = try LoopBench(.upright, capacity: 4)
    for _ in 0..<1000 { _ = bench.turn() }
    let lost = bench.service.control.lost
    let before = allocationspy_this_thread()
    for _ in 0..<1000 { _ = bench.turn() }
    let after = allocationspy_this_thread()
    #expect(bench.service.control.lost == lost + 1000)
    #expect(after.allocations == before.allocations)
  }
}
