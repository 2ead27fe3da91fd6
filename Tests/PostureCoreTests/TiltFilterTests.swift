// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

@Suite struct TiltFilterTests {
  @Test(arguments: [Direction(0, 0, 1), Direction(0, 0, -1), Direction(1, 0, 0), Direction(0.36, 0.48, -0.8)])
  func atRestUpIsTheForce(up: Direction) throws {
    var filter = TiltFilter(prompt)
    for sample in samples(20, { _ in (gravity(up), .zero) }) {
      let estimate = try filter.estimate(after: sample)
      #expect((estimate - up).length < 1e-12)
    }
    #expect(filter.isSettled)
  }

  @Test func noiseIsAveraged() throws {
    var random = SeededRandom(seed: 1)
    var filter = TiltFilter(prompt)
    for sample in samples(30, { _ in (gravity(upright) + random.vector(within: 0.5), random.vector(within: 0.01)) }) {
      let estimate = try filter.estimate(after: sample)
      if sample.time >= at(8) { #expect(angle(between: estimate, upright) < 0.5) }
    }
  }

  /// A true bend is followed at once.
  @Test(arguments: [0.4, 2, 20])
  func aBendIsFollowed(duration: Double) throws {
    var wearer = Wearer()
    wearer.noise = 0
    wearer.hold(6)
    wearer.bend(to: 40, over: duration)
    wearer.hold(10)
    var filter = TiltFilter(prompt)
    for (index, sample) in wearer.samples.enumerated() {
      let truth = try #require(wearer.samples[index].acceleration.direction)
      let estimate = try filter.estimate(after: sample)
      #expect(angle(between: estimate, truth) < 0.05)
    }
  }

  /// In the short term the gyroscope alone is believed; in the long one the accelerometer.
  @Test func theGyroscopeGivesWayToTheAccelerometer() throws {
    var filter = TiltFilter(prompt)
    // From 6 s on it reports a turn of 40 degrees in 0.4 s that the accelerometer knows nothing of. Its noise says that
    // it is there.
    let turning = AngularVelocity(0, radians(100), 0)
    var random = SeededRandom(seed: 2)
    let turned = samples(30) {
      (gravity(upright), ($0 > 6.005 && $0 < 6.405 ? turning : .zero) + random.vector(within: 0.001))
    }
    for sample in turned {
      let estimate = try filter.estimate(after: sample)
      let now = angle(between: estimate, upright)
      if sample.time == at(6.41) { #expect((37...40.1).contains(now)) }
      if sample.time == at(9) { #expect((3...35).contains(now)) }
      if sample.time > at(27) { #expect(now < 0.5) }
    }
  }

  /// A push of 3 m/s² for half a second would tilt the accelerometer by 17 degrees.
  @Test func theWearersOwnAccelerationIsAveraged() throws {
    var filter = TiltFilter(prompt)
    var greatest = 0.0
    var random = SeededRandom(seed: 2)
    let pushed = samples(20) { time in
      (gravity(upright) + ((8...8.5).contains(time) ? Acceleration(3, 0, 0) : .zero), random.vector(within: 0.001))
    }
    for sample in pushed {
      let estimate = try filter.estimate(after: sample)
      greatest = max(greatest, angle(between: estimate, upright))
    }
    #expect(greatest < 2.5)
    #expect(greatest > 0.1)
  }

  /// Swinging while turning: in a frame that keeps still the swings cancel, whichever way the sensor is turned
  /// meanwhile.
  @Test func accelerationsAreAveragedInAStillFrame() throws {
    var filter = TiltFilter(prompt)
    var greatest = 0.0
    let swung = samples(30) { time in
      // After a rest turning about the vertical at half a turn a second, shaken to and fro along one line in the room.
      let rate = time < 5 ? 0 : radians(180)
      let turned = radians(180) * max(0, time - 5)
      let push = time < 5 ? 0 : 4 * sin(2 * .pi * 0.5 * time)
      return (gravity(upright) + Acceleration(push * cos(turned), -push * sin(turned), 0), Vector3(0.001, 0, rate))
    }
    for sample in swung {
      let estimate = try filter.estimate(after: sample)
      if sample.time > at(8) { greatest = max(greatest, angle(between: estimate, upright)) }
    }
    // Averaged in the sensor's own frame, the swings would leave a steady 11.5 degrees.
    #expect(greatest < 2)
  }

  @Test(arguments: [(251, true), (250, false)] as [(Int64, Bool)])
  func aGapBeginsAnew(milliseconds: Int64, isGap: Bool) throws {
    var filter = TiltFilter(prompt)
    for sample in samples(10, { _ in (gravity(upright), .zero) }) { _ = filter.update(sample) }
    let bent = up(flexion: 30)
    let next = at(9.99) + .milliseconds(milliseconds)
    let first = try filter.estimate(after: sample(at: next, up: bent))
    let error = angle(between: first, bent)
    #expect(isGap ? error < 1e-10 : error > 25)
    let second = try filter.estimate(after: sample(at: next + .milliseconds(10), up: bent))
    #expect((angle(between: second, bent) < 1e-10) == isGap)
  }

  /// So much turn between two samples says nothing any more: the estimate begins anew, and is none the worse for it.
  @Test(arguments: [(0.25, 2000, true), (0.1, 910, true), (0.1, 890, false)] as [(Double, Double, Bool)])
  func tooLargeATurnBeginsAnew(interval: Double, degreesPerSecond: Double, isAnew: Bool) throws {
    let rate = AngularVelocity(0, radians(degreesPerSecond), 0)
    var filter = TiltFilter(prompt)
    for sample in samples(4, { _ in (gravity(upright), .zero) }) { _ = filter.update(sample) }
    _ = filter.update(sample(at: at(4), rate: rate))
    let bent = up(flexion: 30)
    let estimate = try filter.estimate(after: sample(at: at(4 + interval), up: bent, rate: rate))
    #expect((angle(between: estimate, bent) < 1e-9) == isAnew)
    for tick in 1...3000 { _ = filter.update(sample(at: at(4 + interval + Double(tick) * 0.01), up: bent)) }
    let end = try filter.estimate(after: sample(at: at(36), up: bent))
    #expect(angle(between: end, bent) < 0.01)
  }

  @Test func aGapKeepsTheBias() {
    let rate = AngularVelocity(0.1, 0.2, -0.1)
    var filter = TiltFilter(prompt)
    for sample in samples(6, { _ in (gravity(upright), rate) }) { _ = filter.update(sample) }
    let bias = filter.bias
    #expect((bias - rate).length < 3e-3)
    _ = filter.update(sample(at: at(60), rate: rate))
    #expect(filter.isSettled)
    #expect(filter.bias == bias)
  }

  /// Two windows on either side of a gap are no neighbours.
  @Test func aRestIsNotOneAcrossAGap() {
    var filter = TiltFilter(prompt)
    for sample in samples(1.9, { _ in (gravity(upright), .zero) }) { _ = filter.update(sample) }
    for tick in 0...200 {
      _ = filter.update(sample(at: at(10 + Double(tick) * 0.01)))
      #expect(filter.isSettled == (tick == 200))
    }
  }

  @Test func withoutForceThereIsNoUp() {
    var filter = TiltFilter(prompt)
    for sample in samples(10, { _ in (.zero, .zero) }) {
      let up = filter.update(sample)
      #expect(up == nil)
    }
    #expect(!filter.isSettled)
    var up: Direction?
    for tick in 1000..<1010 { up = filter.update(sample(at: at(Double(tick) * 0.01))) }
    #expect(up == upright)
  }

  /// 10 deg/s on every axis, and upright after five seconds of rest; without the bias it would be off by 17 degrees for
  /// good.
  @Test func aLargeBiasIsLevelledWithinFiveSeconds() throws {
    let rate = AngularVelocity(radians(10), radians(-10), radians(10))
    var random = SeededRandom(seed: 3)
    var filter = TiltFilter(prompt)
    var before = 0.0
    var after = 0.0
    let biased = samples(40) { _ in
      (gravity(upright) + random.vector(within: 0.05), rate + random.vector(within: 0.002))
    }
    for sample in biased {
      let error = angle(between: try filter.estimate(after: sample), upright)
      if sample.time >= at(5) { after = max(after, error) } else { before = max(before, error) }
      #expect(filter.isSettled == (sample.time >= at(5)))
    }
    #expect(before > 3)
    #expect(after < 0.3)
    #expect((filter.bias - rate).length < radians(0.05))
  }

  /// What a wearer does in half a minute: rests with a bias, bends, is shaken, comes back.
  private func day() -> [InertialSample] {
    var wearer = Wearer()
    wearer.bias = AngularVelocity(0.03, -0.05, 0.02)
    wearer.hold(6)
    wearer.bend(to: 35, over: 3)
    wearer.hold(5)
    wearer.walk(6)
    wearer.skip(0.5)
    wearer.bend(to: -10, over: 1)
    wearer.hold(8)
    return wearer.samples
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func aTurnedSensorTurnsTheEstimate(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let mount = random.rotation()
    var filter = TiltFilter(prompt)
    var turned = TiltFilter(prompt)
    for sample in day() {
      var other = sample
      other.acceleration = mount.apply(to: sample.acceleration)
      other.angularVelocity = mount.apply(to: sample.angularVelocity)
      let expected = mount.apply(to: try filter.estimate(after: sample))
      let estimate = try turned.estimate(after: other)
      #expect((estimate - expected).length < 1e-9)
    }
    #expect(filter.isSettled && turned.isSettled)
    #expect((turned.bias - mount.apply(to: filter.bias)).length < 1e-9)
  }

  @Test(arguments: [1, -17, 86_400_000_000, -1 << 50] as [Int64])
  func onlyIntervalsMatter(shift: Int64) {
    var filter = TiltFilter(prompt)
    var shifted = TiltFilter(prompt)
    for sample in day() {
      var later = sample
      later.time = sample.time + Interval(microseconds: shift)
      let pair = (filter.update(sample), shifted.update(later))
      #expect(pair.0 != nil)
      #expect(pair.0 == pair.1)
    }
    #expect(filter.bias == shifted.bias)
  }

  @Test func aStateGoesOnAlike() {
    let samples = day()
    var filter = TiltFilter(prompt)
    for sample in samples[..<1000] { _ = filter.update(sample) }
    let saved = filter.state
    var copy = TiltFilter(prompt, from: saved)
    for sample in samples[1000...] {
      let pair = (filter.update(sample), copy.update(sample))
      #expect(pair.0 == pair.1)
    }
    #expect(copy.bias == filter.bias && copy.uncertainty == filter.uncertainty && copy.condition == filter.condition)
  }

  @Test func timeRunningBackwardStops() async {
    await #expect(processExitsWith: .failure) {
      var filter = TiltFilter(prompt)
      _ = filter.update(sample(at: at(1)))
      _ = filter.update(sample(at: at(1)))
    }
  }
}
