// SPDX-License-Identifier: MIT
import HAL
import PostureSimulation
import Testing

@testable import PostureService

typealias Finding = ButtonGestures.Finding

private let press = Finding.gesture(.press)
private let double = Finding.gesture(.doublePress)
private let long = Finding.gesture(.longPress)

/// The same numbers in every run.
private struct SeededRandom: RandomNumberGenerator {
  private let random: CounterRandom
  private var index: UInt64 = 0

  init(_ seed: UInt64) { random = CounterRandom(seed: seed) }

  mutating func next() -> UInt64 {
    index += 1
    return random.bits(stream: 0, index: index)
  }
}

struct ButtonGesturesTests {
  /// Edges in turn, rising first, at these milliseconds.
  private static func edges(_ times: [Int64], risingFirst: Bool = true) -> [InputEdge] {
    times.enumerated().map { index, time in
      InputEdge(time: time * 1000, isRising: index.isMultiple(of: 2) == risingFirst, sequence: UInt32(index + 1))
    }
  }

  /// What is found by looking at these times, in microseconds; the edges are there as soon as they have happened.
  private func findings(_ edges: [InputEdge], lookingAt looks: some Sequence<Int64>) -> [Finding] {
    var machine = ButtonGestures()
    var waiting = edges[...]
    var findings: [Finding] = []
    for look in looks {
      while let edge = waiting.first, edge.time <= look { findings += machine.take(waiting.removeFirst()) }
      findings += machine.advance(to: look)
    }
    return findings
  }

  private func findings(_ edges: [InputEdge]) -> [Finding] {
    findings(edges, lookingAt: stride(from: 0, through: (edges.last?.time ?? 0) + 20_000_000, by: 1000))
  }

  @Test(
    arguments: [
      ([], []),
      // Short presses: one, two, three, and two that are too far apart to belong together.
      ([100, 300], [press]), ([100, 900], [press]), ([100, 300, 600, 800], [double]), ([100, 300, 699, 800], [double]),
      ([100, 300, 700, 800], [press, press]), ([100, 200, 300, 400, 500, 600], []),
      ([100, 200, 300, 400, 500, 600, 700, 800], []), ([100, 200, 300, 400, 900, 1000], [double, press]),
      // Neither short nor long.
      ([100, 901], []), ([100, 1099], []), ([100, 300, 500, 1450], []),
      // Long.
      ([100, 1100], [long]), ([100, 5000], [long]), ([100, 5000, 6000, 6100], [long, press]),
      ([100, 5000, 5200, 5300], [long]),
      // One short press before it makes it something else.
      ([100, 200, 400, 2000], []), ([100, 200, 700, 2000], [press, long]),
      // A contact that bounces as it closes and as it opens.
      ([100, 102, 104, 106, 107, 300, 303, 305], [press]), ([100, 101, 102, 1500, 1503, 1506], [long]),
      ([100, 300, 305, 309, 600, 700], [double]),
      // What is shorter than a bounce is no press.
      ([100, 105], []), ([100, 105, 300, 500], [press]),
      // Held for ever, for long, and again.
      ([100], [long, .stuck]), ([100, 10_099], [long]), ([100, 10_100], [long, .stuck]),
      ([100, 60_000, 61_000, 61_100, 62_000, 80_000], [long, .stuck, press, long, .stuck]),
    ] as [([Int64], [Finding])]) func edgesGiveGestures(times: [Int64], expected: [Finding])
  {
    #expect(findings(Self.edges(times)) == expected)
  }

  @Test(
    arguments: [
      // Held since before the start.
      ([500], []), ([500, 2000, 2200], [press]), ([500, 600, 700], []),
    ] as [([Int64], [Finding])]) func whatIsHeldAtTheStartIsIgnored(times: [Int64], expected: [Finding])
  {
    #expect(findings(Self.edges(times, risingFirst: false)) == expected)
  }

  /// Whichever edge of these is lost: no gesture that was not made, and the next press is one again.
  @Test(arguments: 0..<4) func aLostEdgeMakesNoOtherGesture(index: Int) {
    var edges = Self.edges([100, 300, 500, 650, 12_000, 12_200, 13_000, 13_200])
    edges.remove(at: index)
    let found = findings(edges)
    // Where the last release is lost, the finger seems to stay until the press after it.
    #expect(found == (index < 3 ? [press, press] : [.stuck, press]))
  }

  @Test func countersMayWrap() {
    var edges = Self.edges([100, 300, 500, 700])
    for index in edges.indices { edges[index].sequence = .max &- 1 &+ UInt32(index) }
    #expect(findings(edges) == [double])
  }

  /// The edges bear their times: looking seldom finds the same gestures in the same order.
  @Test func howOftenItIsLookedAtMakesNoDifference() {
    var random = SeededRandom(41)
    var seen: [ButtonGesture: Int] = [:]
    for _ in 0..<100 {
      var time: Int64 = 0
      var edges: [InputEdge] = []
      var sequence: UInt32 = 0
      for index in 0..<Int.random(in: 1...20, using: &random) {
        let longest: Int64 = [15_000, 500_000, 1_200_000, 12_000_000].randomElement(using: &random) ?? 1
        time += .random(in: 1...longest, using: &random)
        sequence += Int.random(in: 0..<20, using: &random) == 0 ? 2 : 1
        edges.append(InputEdge(time: time, isRising: index.isMultiple(of: 2), sequence: sequence))
      }
      let end = time + 20_000_000
      let expected = findings(edges, lookingAt: stride(from: 0, through: end, by: 1000))
      var looks: [Int64] = []
      var look: Int64 = 0
      while look < end {
        look += .random(in: 1...[300_000, 15_000_000].randomElement(using: &random)!, using: &random)
        looks.append(look)
      }
      #expect(findings(edges, lookingAt: looks) == expected)
      for case .gesture(let gesture) in expected { seen[gesture, default: 0] += 1 }
    }
    #expect(ButtonGesture.allCases.allSatisfy { seen[$0, default: 0] > 5 }, "\(seen)")
  }

  /// Said while the finger is still on it.
  @Test func aLongPressIsSaidBeforeItIsOver() {
    var machine = ButtonGestures()
    #expect(machine.take(InputEdge(time: 0, isRising: true, sequence: 1)) == [])
    #expect(machine.advance(to: 999_999) == [])
    #expect(machine.advance(to: 1_000_000) == [long])
    #expect(machine.advance(to: 2_000_000) == [])
    #expect(machine.take(InputEdge(time: 3_000_000, isRising: false, sequence: 2)) == [])
    #expect(machine.advance(to: 9_000_000) == [])
  }
}
