// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

@Suite struct GyroscopeBiasTests {
  /// Feeds 100 Hz for so many seconds from a function of the time in seconds; returns when something was learnt.
  private func feed(
    _ bias: inout GyroscopeBias, for seconds: Double, _ motion: (Double) -> (Direction, AngularVelocity)
  ) -> [Double] {
    var learnt: [Double] = []
    for tick in 1...Int((seconds * 100).rounded()) {
      let time = Double(tick) * 0.01
      let (up, rate) = motion(time)
      let sample = sample(at: at(time), up: up, rate: rate)
      if bias.update(sample, after: .milliseconds(10)) != nil { learnt.append(time) }
    }
    return learnt
  }

  @Test(arguments: [
    AngularVelocity(0.01, -0.02, 0.03), AngularVelocity(radians(10), radians(-10), radians(10)),
    AngularVelocity(radians(20), radians(20), radians(-20)),
  ])
  func isLearntAtRest(truth: AngularVelocity) {
    var random = SeededRandom(seed: 1)
    var bias = GyroscopeBias()
    let learnt = feed(&bias, for: 10) { _ in
      (Direction(0, 0, 1) + random.vector(within: 0.005), truth + random.vector(within: 0.005))
    }
    #expect(learnt.first == 2)
    #expect(bias.observations == 9)
    #expect((bias.estimate - truth).length < radians(0.05))
  }

  @Test func anObservationSaysWhatItChanged() throws {
    var bias = GyroscopeBias()
    var last: GyroscopeBias.Observation?
    for tick in 1...200 {
      let sample = sample(at: at(Double(tick) * 0.01), up: Direction(0, 1, 0), rate: AngularVelocity(0.1, 0, 0))
      last = bias.update(sample, after: .milliseconds(10))
    }
    let observation = try #require(last)
    #expect((observation.change - AngularVelocity(0.1, 0, 0)).length < 1e-12)
    #expect((observation.acceleration - Acceleration(0, 9.80665, 0)).length < 1e-12)
  }

  @Test func whatNoSpecimenHasIsNotBelieved() {
    for axis in [AngularVelocity(1, 0, 0), AngularVelocity(0, -1, 0), AngularVelocity(0, 0, 1)] {
      var believed = GyroscopeBias()
      var refused = GyroscopeBias()
      _ = feed(&believed, for: 5) { _ in (Direction(0, 0, 1), axis * radians(24.9)) }
      _ = feed(&refused, for: 5) { _ in (Direction(0, 0, 1), axis * radians(25.1)) }
      #expect(believed.observations == 4)
      #expect(refused.observations == 0)
      #expect(refused.estimate == .zero)
    }
  }

  /// Either band alone is enough, on any axis, in either of the windows.
  @Test(arguments: 0..<3)
  func motionTeachesNothing(axis: Int) {
    func along(_ value: Double) -> (Double, Double, Double) {
      (axis == 0 ? value : 0, axis == 1 ? value : 0, axis == 2 ? value : 0)
    }
    var turning = GyroscopeBias()
    var shaken = GyroscopeBias()
    var quiet = GyroscopeBias()
    _ = feed(&turning, for: 20) { time in
      let (x, y, z) = along(radians(1.1) * sin(2 * .pi * 2 * time))
      return (Direction(0, 0, 1), AngularVelocity(x, y, z))
    }
    _ = feed(&shaken, for: 20) { time in
      let (x, y, z) = along(0.35 / 9.8 * sin(2 * .pi * 2 * time))
      return (Direction(x, y, 1 + z), .zero)
    }
    _ = feed(&quiet, for: 12) { time in
      let (x, y, z) = along(sin(2 * .pi * 2 * time))
      return (Direction(0.025 * x, 0.025 * y, 1 + 0.025 * z), AngularVelocity(x, y, z) * radians(0.9))
    }
    #expect(turning.observations == 0)
    #expect(shaken.observations == 0)
    #expect(quiet.observations == 11)
  }

  @Test func bothWindowsMustBeAtRest() {
    var bias = GyroscopeBias()
    let learnt = feed(&bias, for: 10) { time in
      let jerk = Int(time.rounded(.down)) % 2 == 0 && Int((time * 100).rounded()) % 100 == 50
      return (Direction(0, 0, 1), jerk ? AngularVelocity(0.5, 0, 0) : .zero)
    }
    #expect(learnt.isEmpty)
  }

  /// The wearer bends at a steady rate: across the vertical, so that the accelerometer sees it, and takes it off.
  @Test(arguments: [0.2, 0.5, 0.9, -0.2, -0.9], [Direction(0, 1, 0), Direction(1, 0, 0), Direction(0.6, -0.8, 0)])
  func aSlowSlouchIsNotLearnt(degreesPerSecond: Double, axis: Direction) {
    let truth = AngularVelocity(0.05, -0.03, 0.02)
    let rate = radians(degreesPerSecond)
    var bias = GyroscopeBias()
    _ = feed(&bias, for: 20) { time in
      let up = turn(of: -rate * time, about: axis).apply(to: Direction(0, 0, 1))
      return (up, truth + (axis * rate).reinterpreted())
    }
    #expect(bias.observations > 5)
    #expect((bias.estimate - truth).length < radians(0.01))
  }

  @Test(arguments: [1.1, 1.5, 10])
  func aFasterSlouchTeachesNothing(degreesPerSecond: Double) {
    let rate = radians(degreesPerSecond)
    var bias = GyroscopeBias()
    _ = feed(&bias, for: 8) { time in
      (turn(of: -rate * time, about: Direction(0, 1, 0)).apply(to: Direction(0, 0, 1)), AngularVelocity(0, rate, 0))
    }
    #expect(bias.observations == 0)
  }

  /// The bargain: what the accelerometer cannot see looks like bias, and tilts nothing.
  @Test func aTurnAboutTheVerticalIsLearnt() {
    var bias = GyroscopeBias()
    _ = feed(&bias, for: 5) { _ in (Direction(0, 0, 1), AngularVelocity(0, 0, radians(0.5))) }
    #expect((bias.estimate - AngularVelocity(0, 0, radians(0.5))).length < 1e-12)
  }

  @Test func aGapForgetsTheWindowsAndKeepsTheEstimate() {
    let rate = AngularVelocity(0.1, 0, 0)
    var bias = GyroscopeBias()
    var learnt = feed(&bias, for: 1.99) { _ in (Direction(0, 0, 1), rate) }
    bias.interrupt()
    learnt += feed(&bias, for: 1.99) { _ in (Direction(0, 0, 1), rate) }
    #expect(learnt == [])
    learnt = feed(&bias, for: 0.01) { _ in (Direction(0, 0, 1), rate) }
    #expect(learnt == [0.01])
    bias.interrupt()
    #expect((bias.estimate - rate).length < 1e-12)
    #expect(bias.observations == 1)
  }

  /// An observation counts a sixteenth at least: after 48 of them, 95 % of a change is followed.
  @Test func aDriftingBiasIsFollowed() {
    var bias = GyroscopeBias()
    _ = feed(&bias, for: 200) { _ in (Direction(0, 0, 1), AngularVelocity(0, 0.1, 0)) }
    #expect(bias.observations == 16)
    let learnt = feed(&bias, for: 49) { _ in (Direction(0, 0, 1), AngularVelocity(0, 0.15, 0)) }
    let moved = (bias.estimate.y - 0.1) / 0.05
    #expect(learnt.count == 49)
    #expect((0.94...0.97).contains(moved))
  }
}
