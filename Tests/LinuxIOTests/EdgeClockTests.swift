// SPDX-License-Identifier: MIT
import HAL
import LinuxIO
import Testing

/// A sleep that should end early has a minute; one that should not has 2 ms, and is waited for.
@Suite(.timeLimit(.minutes(15))) struct EdgeClockTests {
  private static let edge = LineEvent(nanoseconds: 1000, kind: 1, sequence: 1)

  private func endsEarly(_ clock: EdgeClock, within length: Int64) -> Bool {
    let deadline = clock.now() + length
    clock.sleep(until: deadline)
    return clock.now() < deadline
  }

  private let long: Int64 = 60_000_000
  private let short: Int64 = 2000

  @Test func anEdgeEndsTheSleep() throws {
    let pipe = Pipe()
    var input = GPIOInput.reading(try .duplicate(pipe.reading.raw))
    let clock = EdgeClock(waitingFor: input)
    #expect(!endsEarly(clock, within: short))
    try pipe.writing.write(Self.edge)
    #expect(endsEarly(clock, within: long))
    #expect(try input.next() != nil)
    #expect(!endsEarly(clock, within: short))
    try pipe.writing.write(Self.edge)
    #expect(endsEarly(clock, within: long))
  }

  @Test func anEdgeWhileSleepingEndsTheSleep() throws {
    let pipe = Pipe()
    let input = GPIOInput.reading(try .duplicate(pipe.reading.raw))
    let clock = EdgeClock(waitingFor: input)
    let writing = try FileDescriptor.duplicate(pipe.writing.raw)
    let thread = try RealtimeThread(name: "edge", priority: nil) {
      SystemClock().sleep(until: SystemClock().now() + 5000)
      do { try writing.write(Self.edge) } catch { Issue.record(error) }
    }
    #expect(endsEarly(clock, within: long))
    thread.join()
    _ = input
  }

  @Test func edgesThatNobodyTakesEndOneSleepOnly() throws {
    let pipe = Pipe()
    var input = GPIOInput.reading(try .duplicate(pipe.reading.raw))
    let clock = EdgeClock(waitingFor: input)
    for _ in 0..<3 { try pipe.writing.write(Self.edge) }
    #expect(endsEarly(clock, within: long))
    #expect(!endsEarly(clock, within: short))
    #expect(!endsEarly(clock, within: short))
    // Whoever takes but one is woken for the next.
    #expect(try input.next() != nil)
    #expect(endsEarly(clock, within: long))
  }

  @Test func whoHasLookedInVainIsWokenAgain() throws {
    let pipe = Pipe()
    try pipe.writing.write(Self.edge)
    var input = GPIOInput.reading(try .duplicate(pipe.reading.raw))
    let clock = EdgeClock(waitingFor: input)
    #expect(endsEarly(clock, within: long))
    // Another one takes it.
    _ = try pipe.reading.readText()
    #expect(try input.next() == nil)
    try pipe.writing.write(Self.edge)
    #expect(endsEarly(clock, within: long))
  }

  @Test func aLineThatIsGoneEndsNoSleepUntilItIsOpenedAnew() throws {
    var input: GPIOInput
    do {
      let pipe = Pipe()
      input = .reading(try .duplicate(pipe.reading.raw))
    }
    let clock = EdgeClock(waitingFor: input)
    // There is no writer any more: POLLHUP, at once and without end.
    for _ in 0..<3 { #expect(!endsEarly(clock, within: short)) }
    #expect(throws: PinError.system(5)) { try input.next() }
    #expect(!endsEarly(clock, within: short))

    let pipe = Pipe()
    try pipe.writing.write(Self.edge)
    input.adopt(try .duplicate(pipe.reading.raw))
    #expect(endsEarly(clock, within: long))
  }

  @Test func anInputThatIsNotOpenEndsNoSleep() throws {
    let pipe = Pipe()
    try pipe.writing.write(Self.edge)
    var input = GPIOInput.reading(try .duplicate(pipe.reading.raw))
    let clock = EdgeClock(waitingFor: input)
    #expect(throws: PinError.notFound) { try input.reopen() }
    #expect(!endsEarly(clock, within: short))
    #expect(!endsEarly(EdgeClock(), within: short))
  }

  @Test func aPastDeadlineReturnsAtOnce() throws {
    let pipe = Pipe()
    let input = GPIOInput.reading(try .duplicate(pipe.reading.raw))
    let clock = EdgeClock(waitingFor: input)
    for deadline in [Int64.min, 0, clock.now()] {
      clock.sleep(until: deadline)
      EdgeClock().sleep(until: deadline)
    }
    _ = input
  }
}
