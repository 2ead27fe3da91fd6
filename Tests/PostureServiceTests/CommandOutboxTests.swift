// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@testable import PostureService

struct CommandOutboxTests {
  /// Told apart by their lengths.
  private func command(_ number: Int64) -> Command { .silence(.snooze, for: Interval(microseconds: number)) }

  @Test func whatFindsNoRoomWaitsAndKeepsItsOrder() {
    var channel = SampleChannel<Command>(capacity: 4, filler: .calibrate)
    var outbox = CommandOutbox(channel.takeSender())
    var receiver = channel.takeReceiver()
    for number in 0..<20 as Range<Int64> {
      let isTaken = outbox.send(command(number))
      #expect(isTaken, "\(number)")
    }
    // Four in the channel and sixteen before it.
    let isTaken = outbox.send(command(99))
    #expect(!isTaken)
    var taken: [Command] = []
    for _ in 0..<3 { if let next = receiver.receive() { taken.append(next) } }
    // Room in the channel is not for who comes last.
    for number in 20..<23 as Range<Int64> {
      let isTaken = outbox.send(command(number))
      #expect(isTaken, "\(number)")
    }
    let isOneMoreTaken = outbox.send(command(99))
    #expect(!isOneMoreTaken)
    for _ in 0..<10 {
      while let next = receiver.receive() { taken.append(next) }
      outbox.flush()
    }
    #expect(taken == (0..<23).map { command($0) })
    let nothing = receiver.receive()
    #expect(nothing == nil)
  }
}
