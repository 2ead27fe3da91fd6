// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

/// What a filter makes of a sensor's delay, range and lack of a gyroscope, and what it says about itself.
@Suite struct TiltConditionTests {
  /// The samples of a sensor that is late show up as it was; the estimate is carried on to now.
  @Test(arguments: [0.0, 4, 10])
  func theSensorsDelayIsMadeUpFor(milliseconds: Double) throws {
    var late = TiltFilter.Parameters()
    late.sensorDelay = .seconds(milliseconds * 1e-3)
    var filter = TiltFilter(late)
    let rate = radians(120)
    let speed = 2 * Double.pi
    // Swings about the axis y by 19 degrees to either side, once a second.
    func lean(_ time: Double) -> Double { time < 0 ? 0 : rate / speed * (1 - cos(speed * time)) }
    var greatest = 0.0
    for tick in 0..<1500 {
      let now = Double(tick) * 0.01 - 5
      let measured = now - milliseconds * 1e-3
      let turning = AngularVelocity(0, measured < 0 ? 0 : rate * sin(speed * measured), 0)
      let estimate = try filter.estimate(
        after: sample(at: at(now + 5), up: up(flexion: degrees(lean(measured))), rate: turning))
      greatest = max(greatest, angle(between: estimate, up(flexion: degrees(lean(now)))))
    }
    #expect(greatest < 0.1)
  }

  /// Without a gyroscope a change shows after the shorter time constant, and is not taken for a bias.
  @Test func withoutAGyroscopeTheAccelerometerIsFollowedSooner() throws {
    var filter = TiltFilter(prompt)
    for sample in samples(10, { _ in (gravity(upright), .zero) }) { _ = filter.update(sample) }
    #expect(!filter.condition.hasGyroscope)
    let bent = up(flexion: 30)
    var error = 0.0
    for tick in 0..<300 {
      error = angle(between: try filter.estimate(after: sample(at: at(10 + Double(tick) * 0.01), up: bent)), bent)
      if tick == 20 { #expect(error > 20) }
      if tick == 150 { #expect(error < 3) }
    }
    #expect(error < 1)
    #expect(filter.bias.length < radians(0.05))
  }

  @Test func aGyroscopeThatComesBackIsUsed() throws {
    var filter = TiltFilter(prompt)
    for sample in samples(3, { _ in (gravity(upright), .zero) }) { _ = filter.update(sample) }
    #expect(!filter.condition.hasGyroscope)
    _ = filter.update(sample(at: at(3), rate: AngularVelocity(0.001, 0, 0)))
    #expect(filter.condition.hasGyroscope)
  }

  /// A gyroscope at the end of its range missed part of a turn: the accelerometer then counts for more.
  @Test func afterSaturationTheLevelComesBackSooner() throws {
    func errorAfterwards(isTold: Bool) throws -> Double {
      var wearer = Wearer()
      wearer.noise = 0.002
      wearer.hold(8)
      wearer.bend(to: 90, over: 0.3)
      wearer.hold(2)
      var filter = TiltFilter(prompt)
      var error = 0.0
      for sample in wearer.samples {
        var clipped = sample
        let end = radians(250)
        clipped.isTurnSaturated = isTold && sample.angularVelocity.y.magnitude > end
        clipped.angularVelocity.y = min(max(sample.angularVelocity.y, -end), end)
        let estimate = try filter.estimate(after: clipped)
        error = angle(between: estimate, try #require(sample.acceleration.direction))
        if clipped.isTurnSaturated {
          #expect(filter.condition.levellingAfter == .saturated)
          #expect(filter.uncertainty >= .degrees(20))
        }
      }
      return error
    }
    let told = try errorAfterwards(isTold: true)
    let untold = try errorAfterwards(isTold: false)
    #expect(told < untold * 0.6)
    #expect(untold > 2)
  }

  @Test func theConditionSaysWhy() {
    var filter = TiltFilter(prompt)
    let rate = AngularVelocity(0.001, 0, 0)
    for sample in samples(3.5, { _ in (gravity(upright), rate) }) {
      _ = filter.update(sample)
      let condition = filter.condition
      #expect(condition.levellingAfter == (sample.time < at(3.005) ? .started : nil))
      #expect(condition.isBiasKnown == (sample.time >= at(2)))
      #expect(condition.hasGyroscope)
    }
    filter.interrupt()
    _ = filter.update(sample(at: at(3.6), rate: rate))
    #expect(filter.condition.levellingAfter == .interrupted)
    _ = filter.update(sample(at: at(3.61), rate: AngularVelocity(1000, 0, 0)))
    #expect(filter.condition.levellingAfter == .turnedTooFar)
    _ = filter.update(sample(at: at(4), rate: rate))
    #expect(filter.condition.levellingAfter == .interrupted)
  }

  @Test func aLargeBiasBeginsTheLevelAnew() {
    var filter = TiltFilter(prompt)
    let biased = samples(2.01) { _ in (gravity(upright), AngularVelocity(radians(20), 0, 0)) }
    for sample in biased { _ = filter.update(sample) }
    #expect(filter.condition.levellingAfter == .biasChanged)
  }

  /// At rest the estimate becomes certain; shaken it says that it is less so. The true error stays within three times.
  @Test func theUncertaintyFollowsTheError() throws {
    var wearer = Wearer()
    wearer.hold(30)
    wearer.walk(30)
    wearer.bend(to: 30, over: 3)
    wearer.hold(20)
    var filter = TiltFilter(prompt)
    var atRest = Angle.zero
    for sample in wearer.samples {
      let estimate = try filter.estimate(after: sample)
      let truth = sample.time < at(60) ? upright : nil
      if sample.time == at(1) { #expect(filter.uncertainty > .degrees(5)) }
      if sample.time == at(29) { atRest = filter.uncertainty }
      if let truth, sample.time > at(3) {
        #expect(angle(between: estimate, truth) < 3 * filter.uncertainty.degrees)
      }
    }
    #expect(atRest < .degrees(0.5))
  }

  /// At rest, with the noise of a sensor: when a bias on every axis (deg/s) is known, and the tilt as sure as it is
  /// right.
  @Test(arguments: [(0, 2), (2, 3), (10, 5), (20, 6)] as [(Double, Double)])
  func aBiasIsKnownAfterSecondsOfRest(bias: Double, seconds: Double) throws {
    let rate = AngularVelocity(radians(bias), radians(-bias), radians(bias))
    var random = SeededRandom(seed: 4)
    var filter = TiltFilter(prompt)
    var known: Timestamp?
    for sample in samples(
      20, { _ in (gravity(upright) + random.vector(within: 0.05), rate + random.vector(within: 0.002)) })
    {
      let estimate = try filter.estimate(after: sample)
      if filter.isSettled, known == nil { known = sample.time }
      if known != nil { #expect(angle(between: estimate, upright) < 0.6) }
      if sample.time > at(seconds + 7) { #expect(filter.uncertainty < .degrees(0.6)) }
    }
    #expect(try #require(known) <= at(seconds))
  }

  /// A bias that was too large to be learnt right in motion is put right by rest.
  @Test(arguments: 11...16 as ClosedRange<UInt64>)
  func restPutsRightWhatMotionTaughtWrongly(seed: UInt64) throws {
    let bias = AngularVelocity(radians(20), radians(20), radians(-20))
    let (restless, rest) = (Motion.restless(seed: seed, bias: bias), Motion.rest(bias: bias))
    var filter = TiltFilter()
    var chip = Chip(seed: seed)
    for tick in 0..<8500 {
      let time = Double(tick) * 0.01
      let motion = time < 60 ? restless : rest
      let estimate = try filter.estimate(after: chip.reading(of: motion.sample(at: time)))
      if time >= 80 { #expect(angle(between: estimate, motion.up(at: time)) < 2) }
    }
    #expect((filter.bias - bias).length < radians(0.7))
  }
}
