// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

@Suite struct FixedLagTests {
  /// A frame that turns all the time, at 0.7 rad/s.
  private func frame(at time: Timestamp) -> Rotation {
    turn(of: 0.7 * Double(time.microseconds) * 1e-6, about: Direction(0.48, -0.6, 0.64))
  }

  private func moment(
    at time: Timestamp, level: Acceleration = Acceleration(1, 2, 9), beginnings: UInt32 = 1
  ) -> Moment {
    var moment = TiltFilter().moment
    moment.frame = frame(at: time)
    moment.level = level
    moment.beginnings = beginnings
    return moment
  }

  /// Feeds one moment every so often; returns what came, and when.
  private func feed(
    lag: Interval, every interval: Interval, for seconds: Double
  ) -> [(time: Timestamp, estimate: FixedLag.Estimate)] {
    var look = FixedLag(lag: lag)
    var found: [(time: Timestamp, estimate: FixedLag.Estimate)] = []
    for tick in 0...Int64(seconds / interval.seconds) {
      let time = Timestamp(microseconds: 77) + interval * tick
      if let estimate = look.update(moment(at: time), at: time) { found.append((time, estimate)) }
    }
    return found
  }

  /// Milliseconds of lag, and of the interval between samples.
  @Test(arguments: [20, 100, 1000, 3000, 5000] as [Int64], [1, 2, 5, 10, 20] as [Int64])
  func estimatesAreOfALagAgoAndComeEveryTwentyMilliseconds(lag: Int64, interval: Int64) throws {
    let found = feed(lag: .milliseconds(lag), every: .milliseconds(interval), for: 6.5)
    let first = try #require(found.first)
    #expect(first.estimate.time == Timestamp(microseconds: 77))
    #expect(found.count == Int((6500 - lag) / 20 + 1))
    for (time, estimate) in found { #expect(time - estimate.time == .milliseconds(lag)) }
    for (one, next) in zip(found, found.dropFirst()) {
      #expect(next.estimate.time - one.estimate.time == .milliseconds(20))
    }
  }

  /// Intervals that do not divide the spacing or the lag: the times still are those of samples, in order.
  @Test(arguments: [3, 7, 16, 33, 90, 240] as [Int64], [150, 3000, 5000] as [Int64])
  func timesAreThoseOfSamplesInOrder(interval: Int64, lag: Int64) {
    let found = feed(lag: .milliseconds(lag), every: .milliseconds(interval), for: 10)
    let spacing = (20 + interval - 1) / interval * interval
    #expect(found.count >= Int((10_000 - lag) / spacing) - 2)
    for (time, estimate) in found {
      #expect((estimate.time.microseconds - 77) % (interval * 1000) == 0)
      #expect((lag..<lag + spacing).contains((time - estimate.time).microseconds / 1000))
    }
    for (one, next) in zip(found, found.dropFirst()) {
      #expect(next.estimate.time - one.estimate.time == .milliseconds(spacing))
    }
  }

  /// What the slower one leaves out is no reason to look back farther.
  @Test func aSensorThatBecomesSlowerKeepsTheLag() {
    var look = FixedLag(lag: .seconds(1))
    var time = Timestamp(microseconds: 0)
    for tick in 0..<400 {
      time = time + (tick < 200 ? .milliseconds(20) : .milliseconds(50))
      guard let estimate = look.update(moment(at: time), at: time) else { continue }
      #expect((.seconds(1)..<Interval.seconds(1.05)).contains(time - estimate.time))
    }
    time = time + .seconds(30)
    _ = look.update(moment(at: time), at: time)
    let next = look.update(moment(at: time + .seconds(1)), at: time + .seconds(1))
    #expect(next?.time == time)
  }

  /// The level of now, turned into the sensor frame of then.
  @Test func theLevelOfNowIsSeenFromThen() throws {
    let level = Acceleration(1, 2, 9)
    for (_, estimate) in feed(lag: .seconds(2), every: .milliseconds(10), for: 5) {
      let expected = try #require(frame(at: estimate.time).inverse.apply(to: level).direction)
      #expect((estimate.up - expected).length < 1e-13)
    }
  }

  @Test func nothingIsSeenAcrossABeginning() {
    var look = FixedLag(lag: .seconds(1))
    var found: [Double] = []
    for tick in 0..<500 {
      let time = at(Double(tick) * 0.01)
      let beginnings: UInt32 = tick < 300 ? 1 : 2
      if look.update(moment(at: time, beginnings: beginnings), at: time) != nil {
        found.append(Double(tick) * 0.01)
      }
    }
    #expect(found.first == 1)
    #expect(!found.contains { (3..<4).contains($0) })
    #expect(found.contains(2.98))
    #expect(found.contains(4))
    #expect(found.count == 150)
  }

  @Test func nothingIsSeenWithoutALevel() {
    var look = FixedLag(lag: .seconds(1))
    for tick in 0..<200 {
      let time = at(Double(tick) * 0.01)
      let estimate = look.update(moment(at: time, level: .zero), at: time)
      #expect(estimate == nil)
    }
  }

  /// A gyroscope that says three hundredths too much.
  private func stretched(_ sample: InertialSample) -> InertialSample {
    var sample = sample
    sample.angularVelocity = sample.angularVelocity * 1.03
    return sample
  }

  /// Root mean square and greatest errors in degrees after 20 s: of the filter at once, and of the look back.
  private func errors(
    of motion: Motion, for seconds: Double, lag: Interval = .seconds(3)
  ) -> (now: Double, later: Double, greatest: Double) {
    var parameters = TiltFilter.Parameters()
    parameters.sensorDelay = .zero
    var filter = TiltFilter(parameters)
    var look = FixedLag(lag: lag)
    var chip = Chip(seed: 4)
    var now: [Double] = []
    var later: [Double] = []
    for tick in 0..<Int(seconds * 100) {
      let sample = chip.reading(of: stretched(motion.sample(at: Double(tick) * 0.01)))
      let up = filter.update(sample)
      let found = look.update(filter.moment, at: sample.time)
      guard tick >= 2000, let up, let found else { continue }
      now.append(angle(between: up, motion.up(at: Double(tick) * 0.01)))
      later.append(angle(between: found.up, motion.up(at: Double(found.time.microseconds) * 1e-6)))
    }
    return (rootMeanSquare(now), rootMeanSquare(later), later.max() ?? .infinity)
  }

  private func rootMeanSquare(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / Double(max(values.count, 1))).squareRoot()
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func aLookBackOnMotionIsCloserToTheTruth(seed: UInt64) {
    let error = errors(of: .restless(seed: seed, bias: AngularVelocity(0.05, -0.03, 0.02)), for: 60)
    #expect(error.later < 0.9 * error.now)
    #expect(error.greatest < 2)
  }

  @Test func aLagOutOfRangeStops() async {
    #expect(FixedLag.longest == .seconds(5))
    await #expect(processExitsWith: .failure) { _ = FixedLag(lag: .zero) }
    await #expect(processExitsWith: .failure) { _ = FixedLag(lag: .milliseconds(-1)) }
    await #expect(processExitsWith: .failure) {
      _ = FixedLag(lag: Interval(microseconds: 5_000_001))
    }
  }

  /// At rest with a bias: whatever the look back says is as good as what was known at once, later on.
  @Test(arguments: [1, 3, 10] as [Double])
  func aBiasThatIsLearntLeavesNoWrongLookBack(bias: Double) {
    let motion = Motion.rest(bias: AngularVelocity(radians(bias), 0, 0))
    var filter = TiltFilter()
    var look = FixedLag(lag: .seconds(3))
    var chip = Chip(seed: 1)
    var greatest = 0.0
    for tick in 0..<1200 {
      let sample = chip.reading(of: motion.sample(at: Double(tick) * 0.01))
      _ = filter.update(sample)
      guard let found = look.update(filter.moment, at: sample.time) else { continue }
      greatest = max(greatest, angle(between: found.up, motion.up(at: 0)))
    }
    #expect(greatest < 0.5)
  }

  /// A turn of 90 degrees that the gyroscope has seen 60 of, at the end of its range.
  @Test func aSaturatedTurnLeavesNoWrongLookBack() {
    func angleAt(_ time: Double) -> Double { 60 * min(max((time - 10) / 0.03, 0), 1) }
    let motion = Motion(attitude: { turn(of: radians(angleAt($0)), about: Direction(0, 1, 0)) })
    var filter = TiltFilter()
    var look = FixedLag(lag: .seconds(3))
    var (later, now) = (0.0, 0.0)
    for tick in 0..<1500 {
      var sample = motion.sample(at: Double(tick) * 0.01)
      let missed = (1000..<1004).contains(tick)
      if missed { sample.angularVelocity = sample.angularVelocity * 0.6 }
      sample.isTurnSaturated = missed
      let up = filter.update(sample)
      let found = look.update(filter.moment, at: sample.time)
      guard tick >= 1150, let up, let found else { continue }
      now = max(now, angle(between: up, motion.up(at: Double(tick) * 0.01)))
      later = max(
        later, angle(between: found.up, motion.up(at: Double(found.time.microseconds) * 1e-6)))
    }
    #expect(later < 1.1 * now)
  }
}
