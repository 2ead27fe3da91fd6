// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct StillWindowTests {
  private let up = Acceleration(0, 0, standardGravity)

  /// Feeds a window at 100 Hz; returns the second at which it was full, and its mean.
  private func full(
    _ window: inout StillWindow, from start: Double = 0, for seconds: Double = 10,
    _ sample: (Double) -> (force: Acceleration, rate: AngularVelocity)
  ) -> (time: Double, mean: Acceleration)? {
    for tick in 0..<Int(seconds * 100) {
      let time = start + Double(tick) * 0.01
      let (force, rate) = sample(time)
      if let mean = window.update(InertialSample(time: at(time), acceleration: force, angularVelocity: rate)) {
        return (time, mean)
      }
    }
    return nil
  }

  private func full(
    _ sample: @escaping (Double) -> (force: Acceleration, rate: AngularVelocity)
  ) -> (time: Double, mean: Acceleration)? {
    var window = StillWindow()
    return full(&window, sample)
  }

  @Test func twoSecondsOfStillnessGiveTheirMean() throws {
    var random = SeededRandom(seed: 4)
    let found = try #require(full { _ in (up + random.vector(within: mg(10)), random.vector(within: radians(0.4))) })
    #expect(abs(found.time - 2.5) < 0.001)
    // 201 values within 10 mg: a mean within 10 mg / sqrt(3 * 201) but for one in a thousand.
    #expect((found.mean - up).length < mg(2.5))
  }

  /// Whatever still moves when it is laid down is no part of the mean.
  @Test func theTableSettlesFirst() throws {
    let found = try #require(full { time in (time < 0.48 ? up + Acceleration(mg(60), 0, 0) : up, .zero) })
    #expect(abs(found.time - 2.5) < 0.001 && (found.mean - up).length < 1e-12)
  }

  /// A bias is no motion.
  @Test func theGyroscopesBiasDoesNotMatter() {
    #expect(full { _ in (up, AngularVelocity(radians(20), 0, radians(-20))) } != nil)
  }

  @Test func aHandThatHoldsItIsNoTable() {
    // 10 Hz, 45 mg: the tremor of a hand.
    func tremor(_ amplitude: Double) -> Double? {
      full { time in
        (up + Acceleration(Int(time * 20) % 2 == 0 ? amplitude : -amplitude, 0, 0), .zero)
      }?.time
    }
    #expect(tremor(mg(39)) != nil)
    #expect(tremor(mg(41)) == nil)
    func wobble(_ amplitude: Double) -> Double? {
      full { time in (up, AngularVelocity(0, radians(Int(time * 20) % 2 == 0 ? amplitude : -amplitude), 0)) }?.time
    }
    #expect(wobble(1.4) != nil)
    #expect(wobble(1.6) == nil)
  }

  /// A slow turn keeps within every band, and is seen between the halves.
  @Test func aSlowTurnIsNoStillness() {
    func creeping(_ degreesPerSecond: Double) -> Double? {
      full { time in
        (
          turn(of: radians(degreesPerSecond * time), about: Direction(0, 1, 0)).apply(to: up),
          AngularVelocity(0, radians(degreesPerSecond), 0)
        )
      }?.time
    }
    #expect(creeping(0.1) != nil)
    #expect(creeping(0.4) == nil)
  }

  @Test func aJoltBeginsTheWindowAnew() throws {
    let found = try #require(full { time in (abs(time - 1.5) < 0.006 ? up * 1.2 : up, .zero) })
    #expect(abs(found.time - 4.01) < 0.02)
    #expect((found.mean - up).length < 1e-12)
  }

  @Test func aGapAndSaturationBeginItAnew() throws {
    var window = StillWindow()
    #expect(full(&window, for: 1.5) { _ in (up, .zero) } == nil)
    let after = try #require(full(&window, from: 1.8) { _ in (up, .zero) })
    #expect(abs(after.time - 4.3) < 0.001)
    var saturated = StillWindow()
    #expect(full(&saturated, for: 1.5) { _ in (up, .zero) } == nil)
    #expect(
      saturated.update(
        InertialSample(time: at(1.5), acceleration: up, angularVelocity: .zero, isSaturated: true)) == nil)
    #expect(saturated.state == .moving)
    let again = try #require(full(&saturated, from: 1.51) { _ in (up, .zero) })
    #expect(abs(again.time - 4.01) < 0.001)
  }

  @Test func itIsFullOnceUntilItIsMoved() throws {
    var window = StillWindow()
    #expect(window.state == .moving)
    #expect(full(&window, for: 0.49) { _ in (up, .zero) } == nil)
    #expect(window.state == .moving)
    #expect(full(&window, from: 0.49, for: 0.1) { _ in (up, .zero) } == nil)
    #expect(window.state == .filling)
    #expect(full(&window, from: 0.6) { _ in (up, .zero) } != nil)
    #expect(full(&window, from: 2.51, for: 60) { _ in (up, .zero) } == nil)
    #expect(window.state == .full)
    let aside = Acceleration(standardGravity, 0, 0)
    let again = try #require(full(&window, from: 62.51) { _ in (aside, .zero) })
    #expect(abs(again.time - 65.01) < 0.001 && (again.mean - aside).length < 1e-12)
  }

  @Test func whatInterruptsItLeavesNothing() throws {
    var window = StillWindow()
    #expect(full(&window, for: 1.5) { _ in (up, .zero) } == nil)
    window.interrupt()
    #expect(window.state == .moving)
    let found = try #require(full(&window, from: 1.5) { _ in (up, .zero) })
    #expect(abs(found.time - 4) < 0.001)
  }
}
