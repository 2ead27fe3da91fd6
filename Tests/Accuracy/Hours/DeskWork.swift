// SPDX-License-Identifier: MIT
import PostureCore
import PostureSimulation

/// Hours at a desk, made from a seed: a minute upright, then slouches slow and fast, leans, reaches, nods and walks,
/// each followed by sitting upright for a while.
enum DeskWork {
  /// Seconds: the first minute and one of everything.
  static var shortest: Int64 { 300 }
  private static var firstUpright: Int64 { 60 }

  static func script(seed: UInt64, seconds: Int64) -> Script {
    var chance = Chance(CounterRandom(seed: seed))
    var steps = [Step(.upright, for: .seconds(Double(firstUpright)))]
    var length = firstUpright
    while length < seconds {
      let episode = episode(&chance)
      steps += episode
      length += Int64(episode.reduce(0) { $0 + $1.duration.seconds })
    }
    return Script(steps)
  }

  /// About a seventh of the time is walked.
  private static func episode(_ chance: inout Chance) -> [Step] {
    switch chance.whole(0...7) {
    case 0...2:
      let over = [1, 3, 8, 15, 30, 60][Int(chance.whole(0...5))]
      let angle = Angle.degrees(chance.number(12...32))
      let held = chance.whole(10...60)
      return [
        Step(.slouch(to: angle, over: .seconds(Double(over))), for: .seconds(Double(over) + held)), corrected(&chance),
      ]
    case 3:
      let angle = Angle.degrees(chance.number(12...25))
      let isLeft = chance.whole(0...1) == 0
      let over = chance.whole(1...6)
      return [
        Step(.lean(to: isLeft ? angle : -angle, over: .seconds(over)), for: .seconds(over + chance.whole(5...40))),
        corrected(&chance),
      ]
    case 4: return [Step(.reach, for: .seconds(3)), Step(.hold, for: .seconds(chance.whole(3...20)))]
    case 5:
      let swing = Activity.nod(
        about: .degrees(chance.number(5...15)), amplitude: .degrees(chance.number(2...6)),
        period: .seconds(chance.whole(2...6)))
      return [Step(swing, for: .seconds(chance.whole(15...40))), corrected(&chance)]
    case 6: return [Step(.upright, for: .seconds(chance.whole(20...120)))]
    default: return [Step(.walk, for: .seconds(chance.whole(20...80))), Step(.upright, for: .seconds(20))]
    }
  }

  private static func corrected(_ chance: inout Chance) -> Step {
    Step(.correct, for: .seconds(chance.whole(5...30)))
  }
}

/// Numbers drawn one after another.
private struct Chance {
  /// The simulation draws phases and noise from streams below.
  private static var stream: UInt64 { 100 }
  private let random: CounterRandom
  private var drawn: UInt64 = 0

  init(_ random: CounterRandom) { self.random = random }

  mutating func number(_ range: ClosedRange<Double>) -> Double {
    defer { drawn += 1 }
    return range.lowerBound + (range.upperBound - range.lowerBound) * random.uniform(stream: Self.stream, index: drawn)
  }

  /// A whole number, both ends included.
  mutating func whole(_ range: ClosedRange<Int>) -> Double {
    let number = number(Double(range.lowerBound)...Double(range.upperBound + 1))
    return Double(min(Int(number), range.upperBound))
  }
}
