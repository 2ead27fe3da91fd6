// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct LevelTests {
  private func forces(_ count: Int, seed: UInt64 = 1) -> [Acceleration] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in random.vector(within: 10) }
  }

  /// After a start and so many seconds at 100 Hz of chance.
  private func level(after seconds: Double, timeConstant: Interval = .seconds(3)) -> Level {
    var level = Level(timeConstant: timeConstant)
    level.begin(at: .zero, worth: 0)
    for force in forces(Int((seconds * 100).rounded())) { level.update(force, after: 0.01) }
    return level
  }

  @Test func whatItBeginsWithIsItsValue() {
    var level = Level(timeConstant: .seconds(3))
    level.begin(at: Acceleration(1, 2, 3), worth: 0)
    #expect(level.value == Acceleration(1, 2, 3))
    #expect(level.isStarting)
    #expect(level.delay == 0)
  }

  @Test func atFirstItIsAPlainMean() {
    var level = Level(timeConstant: .seconds(3))
    level.begin(at: Acceleration(99, 99, 99), worth: 0)
    var sum = Acceleration.zero
    for (index, force) in forces(299).enumerated() {
      level.update(force, after: 0.01)
      sum += force
      #expect((level.value - sum * (1 / Double(index + 1))).length < 1e-11)
      #expect(level.isStarting)
    }
  }

  @Test func aLongerIntervalWeighsMore() {
    var level = Level(timeConstant: .seconds(3))
    level.begin(at: .zero, worth: 0)
    level.update(Acceleration(1, 0, 0), after: 0.1)
    level.update(Acceleration(0, 5, 0), after: 0.3)
    level.update(Acceleration(0, 0, 2), after: 0.6)
    #expect((level.value - Acceleration(0.1, 1.5, 1.2)).length < 1e-14)
  }

  @Test func whatItBeginsWithWeighsItsWorth() {
    var level = Level(timeConstant: .seconds(3))
    level.begin(at: Acceleration(4, 0, 0), worth: 1)
    for _ in 0..<100 { level.update(Acceleration(0, 2, 0), after: 0.01) }
    #expect((level.value - Acceleration(2, 1, 0)).length < 1e-12)
    #expect((level.delay - 1).magnitude < 1e-12)
  }

  @Test func afterATimeConstantItIsALowPassThatStoodAtTheMean() {
    var level = Level(timeConstant: .seconds(3))
    level.begin(at: .zero, worth: 0)
    let all = forces(900)
    var starting = 0
    while level.isStarting {
      level.update(all[starting], after: 0.01)
      starting += 1
    }
    #expect((300...301).contains(starting))
    let mean = all[..<starting].reduce(Acceleration.zero, +) * (1 / Double(starting))
    #expect((level.value - mean).length < 1e-11)
    var lowPass = LowPass(timeConstant: .seconds(3), at: level.value)
    for force in all[starting...] {
      level.update(force, after: 0.01)
      lowPass.update(force, after: 0.01)
      #expect(level.value == lowPass.value)
      #expect(!level.isStarting)
    }
  }

  @Test func itLagsByHalfItsMeanOrByTheTimeConstant() {
    #expect((level(after: 1).delay - 0.5).magnitude < 1e-12)
    #expect((level(after: 2.9).delay - 1.45).magnitude < 1e-12)
    #expect(level(after: 3.1).delay == 3)
    #expect(level(after: 9, timeConstant: .seconds(2)).delay == 2)
  }

  @Test(arguments: [2, 9] as [Double])
  func aDoubtKeepsTheValueAndShortensTheMemory(seconds: Double) {
    var level = level(after: seconds)
    let value = level.value
    level.doubt(worth: 1)
    #expect(level.value == value)
    #expect(level.isStarting)
    #expect(level.delay == 0.5)
    for _ in 0..<100 { level.update(.zero, after: 0.01) }
    #expect((level.value - value * 0.5).length < 1e-12)
  }

  @Test func aDoubtLeavesAShorterMemoryAlone() {
    var doubted = level(after: 0.5)
    var other = doubted
    doubted.doubt(worth: 1)
    for force in forces(700, seed: 2) {
      #expect(doubted.value == other.value)
      #expect(doubted.delay == other.delay)
      doubted.update(force, after: 0.01)
      other.update(force, after: 0.01)
    }
  }

  /// As a mean, and as a low-pass in the middle of a change.
  @Test(arguments: [0.5, 4] as [Double], 1...5 as ClosedRange<UInt64>)
  func turningItTurnsAllThatItHasTaken(seconds: Double, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let rotation = random.rotation()
    var turned = level(after: seconds)
    var other = turned
    turned.turn(by: rotation)
    for force in forces(700, seed: 2) {
      #expect((turned.value - rotation.apply(to: other.value)).length < 1e-12)
      turned.update(rotation.apply(to: force), after: 0.01)
      other.update(force, after: 0.01)
    }
  }

  @Test func anotherTimeConstantKeepsTheValue() {
    var level = level(after: 9)
    let value = level.value
    level.change(timeConstant: .seconds(0.7))
    #expect(level.value == value)
    #expect(level.timeConstant == .seconds(0.7))
    #expect(level.delay == 0.7)
    for _ in 0..<400 { level.update(Acceleration(0, 0, 9.8), after: 0.01) }
    #expect((level.value - Acceleration(0, 0, 9.8)).length < 0.05)
  }

  @Test func aMeanLongerThanTheNewTimeConstantIsOneNoMore() {
    var level = level(after: 2)
    let value = level.value
    level.change(timeConstant: .seconds(0.7))
    #expect(level.value == value)
    #expect(level.isStarting)
    level.update(value, after: 0.01)
    #expect(!level.isStarting)
    #expect((level.value - value).length < 1e-12)
  }

  @Test func theSameTimeConstantChangesNothing() {
    var level = level(after: 9)
    var other = level
    level.change(timeConstant: .seconds(3))
    for force in forces(100, seed: 2) {
      level.update(force, after: 0.01)
      other.update(force, after: 0.01)
      #expect(level.value == other.value)
    }
  }
}
