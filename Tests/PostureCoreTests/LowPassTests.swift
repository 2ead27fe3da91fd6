// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

@Suite struct LowPassTests {
  private typealias Filter = LowPass<MetresPerSecondSquared>

  @Test func atRestItIsItsInput() {
    let value = Acceleration(1, -2, 9.8)
    var filter = Filter(timeConstant: .seconds(3), at: value)
    #expect(filter.value == value)
    for tick in 1...10_000 {
      filter.update(value, after: tick % 3 == 0 ? 0.01 : 0.033)
      #expect((filter.value - value).length < 1e-12)
    }
  }

  @Test func settlesAtUnitGain() {
    var filter = Filter(timeConstant: .seconds(1), at: .zero)
    for _ in 0..<3000 { filter.update(Acceleration(1, 2, -3), after: 0.01) }
    #expect((filter.value - Acceleration(1, 2, -3)).length < 1e-9)
  }

  /// Greatest value of a sine after its start has died away.
  private func gain(at frequency: Double, timeConstant: Double) -> Double {
    var filter = Filter(timeConstant: .seconds(timeConstant), at: .zero)
    var greatest = 0.0
    let interval = timeConstant / 300
    for tick in 0..<60_000 {
      let time = Double(tick) * interval
      filter.update(Acceleration(sin(2 * .pi * frequency * time), 0, 0), after: interval)
      if tick > 30_000 { greatest = max(greatest, filter.value.x) }
    }
    return greatest
  }

  /// Half the power at sqrt(2) / (2 pi timeConstant), flat below, 40 dB a decade above.
  @Test(arguments: [0.5, 1, 3])
  func cutOffIsWhereItIsSaid(timeConstant: Double) {
    let cutOff = 2.squareRoot() / (2 * .pi * timeConstant)
    #expect((gain(at: cutOff, timeConstant: timeConstant) - 0.5.squareRoot()).magnitude < 0.007)
    #expect((gain(at: cutOff / 10, timeConstant: timeConstant) - 1).magnitude < 0.01)
    #expect((gain(at: cutOff * 10, timeConstant: timeConstant) - 0.01).magnitude < 0.0005)
  }

  /// The step response of a Butterworth filter of the second order, w = sqrt(2) / timeConstant.
  private func stepResponse(at time: Double, timeConstant: Double) -> Double {
    let phase = time / timeConstant
    return 1 - exp(-phase) * (cos(phase) + sin(phase))
  }

  @Test(arguments: [0.002, 0.01, 0.02, 0.05])
  func theStepResponseDoesNotDependOnTheInterval(interval: Double) {
    var filter = Filter(timeConstant: .seconds(3), at: .zero)
    var time = -interval / 2  // the first trapezium climbs: the step is in its middle
    for _ in 0..<Int(15 / interval) {
      filter.update(Acceleration(1, 0, 0), after: interval)
      time += interval
      #expect((filter.value.x - stepResponse(at: time, timeConstant: 3)).magnitude < 0.001)
    }
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func intervalsMayVary(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var filter = Filter(timeConstant: .seconds(3), at: .zero)
    var time = 0.0
    while time < 15 {
      let interval = Double.random(in: 0.002...0.05, using: &random)
      filter.update(Acceleration(1, 0, 0), after: interval)
      time += interval
      #expect((filter.value.x - stepResponse(at: time, timeConstant: 3)).magnitude < 0.01)
    }
  }

  @Test func axesAreApart() {
    var filter = Filter(timeConstant: .seconds(1), at: .zero)
    for _ in 0..<100 { filter.update(Acceleration(0, 1, 0), after: 0.01) }
    #expect(filter.value.x == 0)
    #expect(filter.value.z == 0)
    #expect(filter.value.y > 0.2)
  }

  /// In the middle of a change, when all of its states count.
  private func disturbed(timeConstant: Double = 3) -> Filter {
    var filter = Filter(timeConstant: .seconds(timeConstant), at: Acceleration(3, -1, 2))
    for tick in 0..<200 { filter.update(Acceleration(0, Double(tick % 40), 9.8), after: 0.01) }
    return filter
  }

  @Test func anotherTimeConstantKeepsTheValueAndFollowsThatWay() {
    var filter = disturbed()
    let value = filter.value
    filter.change(timeConstant: .seconds(0.7))
    #expect(filter.value == value)
    // With its input where it stands, what is left in its state dies away at the new pace: 9 time constants.
    for _ in 0..<630 { filter.update(value, after: 0.01) }
    #expect((filter.value - value).length < 0.01)
    var settled = Filter(timeConstant: .seconds(0.7), at: .zero)
    var changed = Filter(timeConstant: .seconds(3), at: .zero)
    changed.change(timeConstant: .seconds(0.7))
    for _ in 0..<100 {
      settled.update(value, after: 0.01)
      changed.update(value, after: 0.01)
      #expect(settled.value == changed.value)
    }
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func turningItTurnsInputAndOutput(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let rotation = random.rotation()
    var filter = disturbed()
    var turned = filter
    turned.turn(by: rotation)
    for _ in 0..<500 {
      #expect((turned.value - rotation.apply(to: filter.value)).length < 1e-12)
      let input: Acceleration = random.vector(within: 20)
      filter.update(input, after: 0.01)
      turned.update(rotation.apply(to: input), after: 0.01)
    }
  }

  @Test func settlingForgetsThePast() {
    var filter = disturbed()
    filter.settle(at: Acceleration(1, 2, 3))
    #expect(filter.value == Acceleration(1, 2, 3))
    for _ in 0..<300 {
      filter.update(Acceleration(1, 2, 3), after: 0.01)
      #expect((filter.value - Acceleration(1, 2, 3)).length < 1e-12)
    }
  }

  @Test func aTimeConstantOfNothingStops() async {
    await #expect(processExitsWith: .failure) {
      _ = LowPass<UnitLength>(timeConstant: .zero, at: .zero)
    }
    await #expect(processExitsWith: .failure) {
      var filter = LowPass<UnitLength>(timeConstant: .seconds(1), at: .zero)
      filter.change(timeConstant: .zero)
    }
  }
}
