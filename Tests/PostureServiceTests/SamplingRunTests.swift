// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import PostureCore
import PostureSimulation
import Synchronization
import Testing

@testable import PostureService

struct SamplingRunTests {
  /// Runs on virtual time, in this thread, and calls a function before each sleep.
  private func run(
    _ scenario: Scenario, limit: Interval? = nil,
    beforeSleep: @escaping (Int64, SamplingControl, PinLog) -> Void
  ) throws -> (pin: PinLog, control: SamplingControl, end: Int64) {
    // Room for the whole run: nobody takes anything meanwhile.
    let service = ServiceSide(capacity: 8192)
    let control = service.control
    let pin = PinLog()
    let clock = WatchedClock { beforeSleep($0, control, pin) }
    var loop = LoopBench.loop(scenario, limit: limit, clock, pin: pin, service.takeLink())
    loop.run()
    return (pin, control, clock.now())
  }

  @Test func aRequestToStopEndsTheRun() throws {
    var turns = 0
    let result = try run(.upright) { now, control, _ in
      turns += 1
      if now - LoopBench.start >= 1_000_000 { control.stop() }
    }
    #expect(turns > 100)
    #expect(result.end - LoopBench.start < 1_000_000 + 2 * period.microseconds)
  }

  @Test func aRequestBeforeTheStartEndsItAtOnce() throws {
    let service = ServiceSide()
    service.control.stop()
    let clock = VirtualClock()
    var loop = LoopBench.loop(.upright, clock, service.takeLink())
    loop.run()
    #expect(clock.now() == 0)
    #expect(service.receive() == nil)
  }

  @Test func theEndOfTheSourceEndsTheRun() throws {
    let result = try run(.upright, limit: .seconds(1)) { _, _, _ in }
    #expect(result.end - LoopBench.start > 1_000_000)
    #expect(!result.control.isStopRequested)
  }

  @Test func itIsExpectedBackTwoSecondsAfterItsDeadlineAndNotAfterItsEnd() throws {
    var wasEverEarly = false
    var sleeps = 0
    let result = try run(.upright, limit: .seconds(1)) { now, control, _ in
      sleeps += 1
      if control.isOverdue(at: now + 2_000_000) { wasEverEarly = true }
      // The longest sleep is 100 ms.
      if !control.isOverdue(at: now + 2_100_001) { wasEverEarly = true }
    }
    #expect(sleeps > 100 && !wasEverEarly)
    #expect(!result.control.isOverdue(at: .max))
  }

  @Test func theMotorIsOffAfterAStopInTheMiddleOfAPulse() throws {
    var stopped: Int64?
    let result = try run(.slowSlouch) { now, control, pin in
      // The nudge, not the pulse that acknowledges the reference posture.
      guard stopped == nil, pin.isActive, now - LoopBench.start > 20_000_000 else { return }
      stopped = now
      control.stop()
    }
    let time = try #require(stopped)
    #expect(!result.pin.isActive)
    let last = result.pin.edges[result.pin.edges.count - 1]
    #expect(!last.isActive && last.time.microseconds - time <= period.microseconds)
    let on = result.pin.edges[result.pin.edges.count - 2]
    #expect(on.isActive && last.time - on.time < .milliseconds(150))
  }

  @Test func waitingForRoomLosesNothing() throws {
    let reference = LoopBench(.upright, limit: .seconds(4))
    let expected = reference.run(for: .seconds(5)).map { $0.publication.frame?.time }
    #expect(expected.count > 400)
    let pauses = Atomic<Int>(0)
    let service = ServiceSide(
      capacity: 4,
      overflow: .wait {
        pauses.add(1, ordering: .relaxed)
        usleep(50)
      })
    let handover = Handover(service.takeLink())
    let thread = try RealtimeThread(name: "sampling", priority: nil) {
      runUpright(for: .seconds(4), handover.take())
    }
    var taken: [Int64?] = []
    let deadline = SystemClock().now() + 20_000_000
    while SystemClock().now() < deadline {
      guard let publication = service.receive() else {
        usleep(300)
        continue
      }
      taken.append(publication.frame?.time)
      if publication.isEnd { break }
    }
    service.control.stop()
    thread.join()
    #expect(taken == expected)
    #expect(service.control.lost == 0)
    #expect(pauses.load(ordering: .relaxed) > 0)
  }

  @Test func aRequestToStopEndsTheWaitingForRoom() throws {
    let pauses = Atomic<Int>(0)
    let service = ServiceSide(capacity: 4, overflow: .wait { pauses.add(1, ordering: .relaxed) })
    let handover = Handover(service.takeLink())
    let thread = try RealtimeThread(name: "sampling", priority: nil) { runUpright(for: nil, handover.take()) }
    let deadline = SystemClock().now() + 60_000_000
    while pauses.load(ordering: .relaxed) == 0 && SystemClock().now() < deadline { usleep(100) }
    service.control.stop()
    thread.join()
    #expect(pauses.load(ordering: .relaxed) > 0)
    #expect(service.control.lost > 0)
  }
}

/// The whole body of a sampling thread: virtual time is made where it passes.
private func runUpright(for limit: Interval?, _ link: consuming SamplingLink) {
  var loop = LoopBench.loop(.upright, limit: limit, VirtualClock(startingAt: LoopBench.start), link)
  loop.run()
}

func at(_ seconds: Double) -> Timestamp { Timestamp(microseconds: 0) + .seconds(seconds) }
