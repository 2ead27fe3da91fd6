// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import Synchronization
import Testing

@testable import PostureService

struct SampleChannelTests {
  @Test func elementsComeInOrder() {
    let ends = Ends(capacity: 8, filler: -1)
    for value in 1...5 { #expect(ends.send(value)) }
    for value in 1...5 { #expect(ends.receive() == value) }
    #expect(ends.receive() == nil)
  }

  @Test func anEmptyChannelNeverGivesTheFiller() {
    let ends = Ends(capacity: 4, filler: -1)
    #expect(ends.receive() == nil)
    #expect(ends.receive() == nil)
  }

  @Test(arguments: [1, 2, 8])
  func aFullChannelRefusesAndKeepsWhatItHas(capacity: Int) {
    let ends = Ends(capacity: capacity, filler: -1)
    for value in 0..<capacity { #expect(ends.send(value)) }
    #expect(!ends.send(99))
    #expect(!ends.send(99))
    #expect(ends.receive() == 0)
    #expect(ends.send(capacity))
    #expect(!ends.send(99))
    for value in 1...capacity { #expect(ends.receive() == value) }
    #expect(ends.receive() == nil)
  }

  @Test func theStorageIsUsedAgainAndAgain() {
    let ends = Ends(capacity: 4, filler: -1)
    var sent = 0
    var received = 0
    // Steps of 3 and of 2 about a ring of 4 meet every phase of it.
    for round in 0..<100 {
      for _ in 0..<(round % 2 == 0 ? 3 : 1) where ends.send(sent) { sent += 1 }
      for _ in 0..<2 {
        guard let value = ends.receive() else { continue }
        #expect(value == received)
        received += 1
      }
    }
    while let value = ends.receive() {
      #expect(value == received)
      received += 1
    }
    #expect(sent == received && sent > 190)
  }

  @Test func takingTheSenderTwiceTraps() async {
    await #expect(processExitsWith: .failure) {
      var channel = SampleChannel<Int>(capacity: 2, filler: 0)
      _ = channel.takeSender()
      _ = channel.takeSender()
    }
  }

  @Test func takingTheReceiverTwiceTraps() async {
    await #expect(processExitsWith: .failure) {
      var channel = SampleChannel<Int>(capacity: 2, filler: 0)
      _ = channel.takeReceiver()
      _ = channel.takeReceiver()
    }
  }

  @Test func aCapacityThatIsNoPowerOfTwoTraps() async {
    await #expect(processExitsWith: .failure) { _ = SampleChannel<Int>(capacity: 3, filler: 0) }
  }

  @Test func aValueHandedOverTwiceTraps() async {
    let once = Handover(41)
    #expect(once.take() == 41)
    await #expect(processExitsWith: .failure) {
      let handover = Handover(41)
      _ = handover.take()
      _ = handover.take()
    }
  }
}

/// An element of several words: one that is handed over before it is whole contradicts itself.
private struct Numbered: BitwiseCopyable, Sendable {
  var number: UInt64
  var check: UInt64
  var copy: UInt64

  init(_ number: UInt64) {
    self.number = number
    check = number &* 0x9E37_79B9_7F4A_7C15
    copy = ~number
  }

  var isWhole: Bool { check == number &* 0x9E37_79B9_7F4A_7C15 && copy == ~number }
}

struct SampleChannelThreadTests {
  private static let count: UInt64 = 1_000_000

  @Test func anElementThatIsTornIsSeen() {
    var element = Numbered(5)
    #expect(element.isWhole)
    element.number = 6
    #expect(!element.isWhole)
  }

  @Test func aMillionElementsCrossBetweenTwoThreads() throws {
    var channel = SampleChannel<Numbered>(capacity: 256, filler: Numbered(0))
    let ends = (Handover(channel.takeSender()), Handover(channel.takeReceiver()))
    let isGivenUp = Atomic<Bool>(false)
    let failures = Atomic<UInt64>(0)
    let checksum = Atomic<UInt64>(0)
    let received = Atomic<UInt64>(0)
    let producer = try RealtimeThread(name: "producer", priority: nil) {
      var sender = ends.0.take()
      for number in 0..<Self.count {
        while !sender.send(Numbered(number)) {
          if isGivenUp.load(ordering: .relaxed) { return }
          sched_yield()
        }
      }
    }
    let consumer = try RealtimeThread(name: "consumer", priority: nil) {
      var receiver = ends.1.take()
      let deadline = SystemClock().now() + 30_000_000
      var next: UInt64 = 0
      var sum: UInt64 = 0
      while next < Self.count {
        guard let element = receiver.receive() else {
          if SystemClock().now() > deadline { break }
          sched_yield()
          continue
        }
        if element.number != next || !element.isWhole { failures.add(1, ordering: .relaxed) }
        sum &+= element.check
        next += 1
      }
      if receiver.receive() != nil { failures.add(1, ordering: .relaxed) }
      isGivenUp.store(true, ordering: .relaxed)
      received.store(next, ordering: .relaxed)
      checksum.store(sum, ordering: .relaxed)
    }
    consumer.join()
    producer.join()
    #expect(received.load(ordering: .relaxed) == Self.count)
    #expect(failures.load(ordering: .relaxed) == 0)
    // The sum of 0..<n, times the constant.
    let expected = (Self.count * (Self.count - 1) / 2) &* 0x9E37_79B9_7F4A_7C15
    #expect(checksum.load(ordering: .relaxed) == expected)
  }
}
