// SPDX-License-Identifier: MIT
import PostureCore

/// A day without end, made from a seed: quiet sitting, slouches, leans, reaches, walks, now and then taken off.
///
/// It is cut into blocks of equal length, each of which begins and ends upright and is made from the seed and its
/// number alone: so any time can be looked up at once, and nothing is stored. In every eight blocks each kind comes
/// once.
package struct EndlessScript: BitwiseCopyable, Sendable, Equatable {
  package static var blockLength: Interval { .seconds(100) }

  private let random: CounterRandom

  package init(seed: UInt64) { random = CounterRandom(seed: seed) }

  /// The block in which a time since the start lies, and the time since the block's start.
  func block(at time: Interval) -> (steps: StepList, elapsed: Interval) {
    let number = max(0, time.microseconds / Self.blockLength.microseconds)
    return (steps(ofBlock: number), time - Self.blockLength * number)
  }

  func steps(ofBlock number: Int64) -> StepList {
    var list = StepList()
    var chance = Chance(random: random, stream: 1000 &+ UInt64(number))
    if number == 0 {
      addFirst(&list, &chance)
    } else {
      add(kind(ofBlock: number), to: &list, &chance)
    }
    list.fill(to: Self.blockLength)
    return list
  }

  private enum Kind: UInt64 {
    case slowSlouch, reaching, fastSlouch, walk, reminded, lean, slouchTwice, offBody
  }

  /// Five and eight have no common divisor: eight blocks in a row are eight kinds, beginning anywhere.
  private func kind(ofBlock number: Int64) -> Kind {
    let start = random.bits(stream: 1, index: UInt64(number / 8))
    return Kind(rawValue: (UInt64(number) &* 5 &+ start) & 7) ?? .walk
  }

  /// Time for the gyroscope's bias and the reference posture, then a deviation within the first minute.
  private func addFirst(_ list: inout StepList, _ chance: inout Chance) {
    list.add(.upright, for: .seconds(20))
    list.add(.slouch(to: chance.angle(20, 28), over: .seconds(6)), for: .seconds(6))
    list.add(.hold, for: .seconds(18))
    list.add(.correct, for: .seconds(12))
    list.add(.reach, for: .seconds(3))
    list.add(.upright, for: .seconds(10))
    list.add(.lean(to: chance.angle(17, 22), over: .seconds(2)), for: .seconds(6))
    list.add(.correct, for: .seconds(10))
  }

  private func add(_ kind: Kind, to list: inout StepList, _ chance: inout Chance) {
    list.add(.upright, for: chance.interval(8, 12))
    switch kind {
    case .slowSlouch:
      let over = chance.interval(10, 25)
      list.add(.slouch(to: chance.angle(18, 32), over: over), for: over + chance.interval(15, 30))
      list.add(.correct, for: .seconds(5))
    case .fastSlouch:
      list.add(.slouch(to: chance.angle(18, 35), over: chance.interval(0.8, 2)), for: chance.interval(15, 30))
      list.add(.correct, for: chance.interval(10, 20))
      list.add(.reach, for: .seconds(3))
    case .slouchTwice:
      for _ in 0..<2 {
        list.add(.slouch(to: chance.angle(18, 30), over: chance.interval(1, 4)), for: chance.interval(15, 20))
        list.add(.correct, for: chance.interval(8, 14))
      }
    case .reminded:
      list.add(.slouch(to: chance.angle(20, 30), over: chance.interval(2, 5)), for: chance.interval(76, 80))
      list.add(.correct, for: .seconds(5))
    case .lean:
      let isLeftFirst = chance.uniform() < 0.5
      for turn in 0..<2 {
        let angle = chance.angle(17, 25)
        let isLeft = (turn == 0) == isLeftFirst
        list.add(.lean(to: isLeft ? angle : -angle, over: chance.interval(1, 3)), for: chance.interval(8, 22))
        list.add(.correct, for: chance.interval(8, 12))
      }
    case .reaching:
      for _ in 0..<4 {
        list.add(.reach, for: .seconds(3))
        list.add(.upright, for: chance.interval(4, 15))
      }
    case .walk:
      list.add(.walk, for: chance.interval(30, 70))
    case .offBody:
      list.add(.offBody, for: chance.interval(20, 60))
    }
  }
}

/// The steps of one block, held in place.
struct StepList: BitwiseCopyable, Sendable {
  static var capacity: Int { 16 }

  private var storage = InlineArray<16, Step>(repeating: Step(.upright, for: .seconds(2)))
  private(set) var count = 0
  private var length = Interval.zero

  mutating func add(_ activity: Activity, for duration: Interval) {
    precondition(count < Self.capacity, "a block has at most \(Self.capacity) steps")
    storage[count] = Step(activity, for: duration)
    count += 1
    length = length + duration
  }

  /// Ends the block upright.
  mutating func fill(to end: Interval) { add(.upright, for: end - length) }

  func moment(at time: Interval) -> Moment { Moment(at: time, in: storage.span.extracting(0..<count)) }
}

/// Numbers drawn one after another for one block.
private struct Chance {
  let random: CounterRandom
  let stream: UInt64
  var drawn: UInt64 = 0

  mutating func uniform() -> Double {
    defer { drawn += 1 }
    return random.uniform(stream: stream, index: drawn)
  }

  /// Degrees.
  mutating func angle(_ low: Double, _ high: Double) -> Angle { .degrees(low + (high - low) * uniform()) }

  /// Seconds, in whole milliseconds.
  mutating func interval(_ low: Double, _ high: Double) -> Interval {
    .milliseconds(Int64(roundedHalfEven((low + (high - low) * uniform()) * 1000)))
  }
}
