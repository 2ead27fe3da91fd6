// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

/// A gyroscope bias with the frame that it needs, carried along as the filter does.
private struct Learner {
  var parameters = GyroscopeBias.Parameters()
  private(set) var bias = GyroscopeBias()
  private(set) var frame: Rotation
  private var lastRate: AngularVelocity?

  init(frame: Rotation = .identity) { self.frame = frame }

  var estimate: AngularVelocity { bias.estimate }
  var deviation: Double { degrees(bias.deviation) }

  mutating func take(_ sample: InertialSample, after interval: Double = 0.01) -> GyroscopeBias.Correction? {
    let between = ((lastRate ?? sample.angularVelocity) + sample.angularVelocity) * 0.5 - bias.estimate
    lastRate = sample.angularVelocity
    frame = (frame * Rotation(turning: (between * interval).reinterpreted())).renormalised()
    let matrix = frame.matrix
    return bias.update(
      force: matrix.apply(to: sample.acceleration), rate: sample.angularVelocity, frame: matrix, after: interval,
      parameters)
  }

  mutating func interrupt() {
    bias.interrupt()
    lastRate = nil
  }

  /// 100 Hz of a motion, over a time in seconds; the errors in degrees a second at the end of each block.
  @discardableResult mutating func follow(
    _ motion: Motion, from start: Double = 0, to end: Double, chip: inout Chip
  ) -> [(time: Double, error: Double)] {
    var errors: [(time: Double, error: Double)] = []
    for tick in Int((start * 100).rounded()) + 1...Int((end * 100).rounded()) {
      let time = Double(tick) * 0.01
      guard take(chip.reading(of: motion.sample(at: time))) != nil else { continue }
      errors.append((time, error(from: motion.bias(time))))
    }
    return errors
  }

  /// Degrees a second.
  func error(from truth: AngularVelocity) -> Double { degrees((estimate - truth).length) }
}

@Suite struct GyroscopeBiasTests {
  private func rate(_ x: Double, _ y: Double, _ z: Double) -> AngularVelocity {
    AngularVelocity(radians(x), radians(y), radians(z))
  }

  /// Turns about an axis of the room, by an angle in degrees that is a function of the time, in a mount.
  private func turning(
    about axis: Direction, mount: Rotation = .identity, bias: AngularVelocity = .zero,
    by angle: @escaping (Double) -> Double
  ) -> Motion {
    Motion(attitude: { turn(of: radians(angle($0)), about: axis) * mount }, bias: { _ in bias })
  }

  /// Degrees a second: across the vertical, where an error tilts the estimate, and along it.
  private func errors(_ learner: Learner, _ motion: Motion, at time: Double) -> (across: Double, along: Double) {
    let error = learner.estimate - motion.bias(time)
    let up = motion.up(at: time)
    let along = up.dot(error)
    let across: AngularVelocity = error - (up * along).reinterpreted()
    return (degrees(across.length), degrees(along.magnitude))
  }

  // MARK: At rest

  @Test(arguments: [(0, 0.1, 0.02), (2, 0.15, 0.02), (20, 35, 0.15)], 1...4 as ClosedRange<UInt64>)
  func isLearntAtRestAfterTwoBlocks(bias: (size: Double, first: Double, tenth: Double), seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let truth = rate(bias.size, -bias.size, bias.size)
    var learner = Learner(frame: random.rotation())
    var chip = Chip(seed: seed)
    let errors = learner.follow(.rest(random.direction(), bias: truth), to: 20, chip: &chip)
    #expect(errors.count == 19)
    #expect(errors[0].time == 2)
    #expect(errors[0].error < bias.first)
    #expect(errors[8].error < bias.tenth)
    #expect(errors[18].error < 0.02)
    #expect(learner.deviation < 0.3)
  }

  @Test(arguments: [rate20(1, 0, 0), rate20(0, -1, 0), rate20(0, 0, 1)], 1...3 as ClosedRange<UInt64>)
  func aLargeBiasOnOneAxisIsLearntAtRest(truth: AngularVelocity, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var learner = Learner()
    var chip = Chip(seed: seed)
    let errors = learner.follow(.rest(random.direction(), bias: truth), to: 10, chip: &chip)
    #expect(errors.last.map { $0.error < 0.1 } == true)
  }

  private static func rate20(_ x: Double, _ y: Double, _ z: Double) -> AngularVelocity {
    AngularVelocity(x, y, z) * radians(20)
  }

  @Test func aBiasThatDriftsIsFollowed() {
    var motion = Motion.rest(Direction(0.6, 0, 0.8))
    motion.bias = { AngularVelocity(radians(0.01) * $0, radians(-0.02) * $0, radians(0.01) * $0) }
    var learner = Learner()
    var chip = Chip(seed: 1)
    for second in 1...120 {
      learner.follow(motion, from: Double(second - 1), to: Double(second), chip: &chip)
      #expect(errors(learner, motion, at: Double(second)).across < 0.35)
      #expect(errors(learner, motion, at: Double(second)).along < 1)
    }
  }

  @Test(arguments: [AngularVelocity(1, 0, 0), AngularVelocity(0, -1, 0)])
  func aBiasThatJumpsIsLearntAnew(axis: AngularVelocity) {
    var motion = Motion.rest()
    motion.bias = { $0 < 30 ? .zero : axis * radians(1) }
    var learner = Learner()
    var chip = Chip(seed: 1)
    learner.follow(motion, to: 50, chip: &chip)
    #expect(learner.error(from: axis * radians(1)) < 0.05)
  }

  // MARK: In motion

  /// Bends, sways, turns and walks without a rest; in degrees a second on every axis.
  @Test(arguments: [(0, 0.6, 1.7), (2, 0.8, 2.2), (5, 1.2, 3.5)], 11...16 as ClosedRange<UInt64>)
  func isLearntInMotion(bias: (size: Double, across: Double, along: Double), seed: UInt64) {
    let motion = Motion.restless(seed: seed, bias: rate(bias.size, bias.size, -bias.size))
    var learner = Learner()
    var chip = Chip(seed: seed)
    learner.follow(motion, to: 60, chip: &chip)
    let error = errors(learner, motion, at: 60)
    #expect(error.across < bias.across)
    #expect(error.along < bias.along)
  }

  /// At any time of the first minute, over many wearers and biases.
  @Test(arguments: 1...24 as ClosedRange<UInt64>)
  func itsDeviationIsHonestAndFalls(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let bias: AngularVelocity = random.vector(within: radians(5))
    let motion = Motion.restless(seed: seed, bias: bias)
    var learner = Learner()
    var chip = Chip(seed: seed)
    let start = learner.deviation
    for second in 2...60 {
      learner.follow(motion, from: Double(second - 2), to: Double(second - 1), chip: &chip)
      #expect(learner.error(from: bias) < 3 * learner.deviation)
    }
    #expect((start - 12 * 3.0.squareRoot()).magnitude < 1e-9)
    #expect(learner.deviation < 0.35 * start)
  }

  @Test func itsDeviationAtRestIsHonest() {
    for seed in 1...30 as ClosedRange<UInt64> {
      var random = SeededRandom(seed: seed)
      let bias: AngularVelocity = random.vector(within: radians(5))
      var learner = Learner()
      var chip = Chip(seed: seed)
      let motion = Motion.rest(random.direction(), bias: bias)
      learner.follow(motion, to: 2.5, chip: &chip)
      #expect(learner.error(from: bias) < 3 * learner.deviation)
      learner.follow(motion, from: 2.5, to: 12, chip: &chip)
      #expect(learner.error(from: bias) < 3 * learner.deviation)
    }
  }

  // MARK: What is no bias

  /// Twenty degrees forward over so many seconds: the accelerometer sees the slouch too.
  @Test(arguments: [2, 6, 20, 45, 90] as [Double], 1...3 as ClosedRange<UInt64>)
  func aSlowSlouchIsNotLearnt(seconds: Double, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let truth = AngularVelocity(0.05, -0.03, 0.02)
    let axis = Direction(0, 1, 0)
    for steady in [true, false] {
      let motion = turning(about: axis, mount: random.rotation(), bias: truth) { time in
        let share = min(max((time - 20) / seconds, 0), 1)
        return 20 * (steady ? share : (1 - cos(.pi * share)) / 2)
      }
      var learner = Learner()
      var chip = Chip(seed: seed)
      learner.follow(motion, to: 20, chip: &chip)
      let errors = learner.follow(motion, from: 20, to: 25 + seconds, chip: &chip)
      for (_, error) in errors { #expect(error < 0.015) }
    }
  }

  /// The bargain: what the accelerometer cannot see looks like bias in the end, and tilts nothing.
  @Test(arguments: [0.3, -1, 3, 10] as [Double])
  func aSlowTurnAboutTheVerticalIsLearntSlowlyAndTiltsNothing(degreesPerSecond: Double) {
    let motion = turning(about: Direction(0, 0, 1)) { degreesPerSecond * max(0, $0 - 30) }
    var learner = Learner()
    var chip = Chip(seed: 1)
    learner.follow(motion, to: 40, chip: &chip)
    let learnt = degrees(learner.estimate.z) / degreesPerSecond
    #expect((0.1...0.45).contains(learnt))
    #expect(errors(learner, motion, at: 40).across < 0.02)
  }

  /// More than any chip has, about the vertical, where nothing else contradicts.
  @Test(arguments: [Direction(1, 0, 0), Direction(0, -1, 0), Direction(0, 0, 1)])
  func whatNoChipHasIsNotBelieved(axis: Direction) {
    for (size, isBelieved) in [(24.8, true), (25.2, false)] {
      let truth: AngularVelocity = (axis * radians(size)).reinterpreted()
      var learner = Learner()
      var chip = Chip(seed: 1)
      learner.follow(.rest(axis, bias: truth), to: 10, chip: &chip)
      #expect(learner.error(from: isBelieved ? truth : .zero) < 0.3)
      #expect((learner.deviation < 1) == isBelieved)
    }
  }

  /// Looking to and fro: a rate that scatters by more than 1 deg/s says nothing of the bias about the vertical.
  @Test(arguments: [(0.9, true), (1.1, false)])
  func aRateThatScattersIsNotTakenForBias(deviation: Double, isSteady: Bool) {
    let truth = rate(0, 0, 5)
    let motion = turning(about: Direction(0, 0, 1), bias: truth) { time in
      deviation * 2.squareRoot() / (2 * .pi * 2) * sin(2 * .pi * 2 * time)
    }
    var learner = Learner()
    var chip = Chip(seed: 1)
    learner.follow(motion, to: 10, chip: &chip)
    #expect(learner.error(from: isSteady ? truth : .zero) < 0.3)
    #expect((learner.deviation < 1) == isSteady)
  }

  @Test func freeFallTeachesNothing() {
    var learner = Learner()
    var chip = Chip(seed: 1)
    let bias = rate(1, 2, -3)
    learner.follow(.rest(bias: bias), to: 10, chip: &chip)
    let (estimate, deviation) = (learner.estimate, learner.deviation)
    var falling = Motion.rest(bias: rate(9, -8, 7))
    falling.acceleration = { _ in Acceleration(0, 0, -standardGravity) }
    for tick in 1...500 {
      let correction = learner.take(falling.sample(at: Double(tick) * 0.01))
      #expect(correction == nil)
    }
    #expect(learner.estimate == estimate)
    #expect(learner.deviation == deviation)
  }

  /// A knock that the gyroscope has missed: the level is another one, the bias is not.
  @Test(arguments: [20, 60, 120] as [Double])
  func aLevelThatJumpsIsNoBias(angle: Double) {
    let bias = rate(1, 2, -3)
    var learner = Learner()
    var chip = Chip(seed: 1)
    learner.follow(.rest(bias: bias), to: 20, chip: &chip)
    let errors = learner.follow(.rest(up(flexion: angle), bias: bias), from: 20, to: 40, chip: &chip)
    for (_, error) in errors { #expect(error < 0.5) }
    #expect(errors.last.map { $0.error < 0.05 } == true)
  }

  // MARK: Interruptions

  @Test func anInterruptionKeepsTheEstimateAndForgetsTheBlocks() {
    let bias = rate(3, -2, 1)
    var learner = Learner()
    var chip = Chip(seed: 1)
    let before = learner.follow(.rest(bias: bias), to: 1.99, chip: &chip)
    learner.interrupt()
    let after = learner.follow(.rest(bias: bias), to: 1.99, chip: &chip)
    #expect(before.isEmpty && after.isEmpty)
    let learnt = learner.follow(.rest(bias: bias), from: 1.99, to: 2, chip: &chip)
    #expect(learnt.count == 1)
    let (estimate, deviation) = (learner.estimate, learner.deviation)
    learner.interrupt()
    #expect(learner.estimate == estimate)
    #expect(learner.deviation == deviation)
  }

  /// However the sensor was turned meanwhile, and as often as it happens.
  @Test func nothingIsComparedAcrossAnInterruption() {
    let bias = rate(3, -2, 1)
    var random = SeededRandom(seed: 1)
    var learner = Learner()
    var chip = Chip(seed: 1)
    learner.follow(.rest(bias: bias), to: 10, chip: &chip)
    for _ in 1...20 {
      learner.interrupt()
      let errors = learner.follow(.rest(random.direction(), bias: bias), to: 3, chip: &chip)
      #expect(errors.count == 2)
      for (_, error) in errors { #expect(error < 0.05) }
    }
  }

  // MARK: Frames

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func aTurnedSensorTurnsTheEstimate(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let mount = random.rotation()
    let motion = Motion.restless(seed: seed, bias: rate(1, 2, 3))
    var learner = Learner()
    var turned = Learner(frame: mount.inverse)
    for tick in 1...2000 {
      let sample = motion.sample(at: Double(tick) * 0.01)
      var other = sample
      other.acceleration = mount.apply(to: sample.acceleration)
      other.angularVelocity = mount.apply(to: sample.angularVelocity)
      _ = (learner.take(sample), turned.take(other))
    }
    #expect(learner.error(from: .zero) > 0.1)
    #expect((turned.estimate - mount.apply(to: learner.estimate)).length < 1e-9)
    #expect((turned.deviation - learner.deviation).magnitude < 1e-9)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func theFrameThatStandsStillMayBeAny(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let motion = Motion.restless(seed: seed, bias: rate(1, 2, 3))
    var learner = Learner()
    var other = Learner(frame: random.rotation())
    for tick in 1...2000 {
      let sample = motion.sample(at: Double(tick) * 0.01)
      _ = (learner.take(sample), other.take(sample))
    }
    #expect((learner.estimate - other.estimate).length < 1e-9)
    #expect((learner.deviation - other.deviation).magnitude < 1e-9)
  }

  // MARK: Corrections

  /// At rest the frame had turned by the bias that was not known: the correction turns the old level to the new.
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func aCorrectionTakesTheOldLevelToTheNew(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let bias: AngularVelocity = (random.direction() * radians(2)).reinterpreted()
    let motion = Motion.rest(random.direction(), bias: bias)
    var learner = Learner(frame: random.rotation())
    var frames: [Rotation] = []
    var last: GyroscopeBias.Correction?
    for tick in 1...200 {
      last = learner.take(motion.sample(at: Double(tick) * 0.01))
      frames.append(learner.frame)
    }
    let correction = try #require(last)
    let (then, now) = (frames[99].apply(to: motion.up(at: 0)), frames[199].apply(to: motion.up(at: 0)))
    let force = try #require(correction.force.direction)
    #expect(correction.change == learner.estimate)
    #expect((correction.force.length - standardGravity).magnitude < 0.01)
    #expect(angle(between: force, now) < 0.1)
    #expect(angle(between: correction.turn(in: 1).apply(to: then), now) < 0.15)
    #expect(angle(between: correction.turn(in: 0.5).apply(to: frames[149].apply(to: motion.up(at: 0))), now) < 0.1)
  }

  /// Against sums over the block, in motion: the mean frame, the mean force, and the turn since the block's middle.
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func aCorrectionIsOfItsBlock(seed: UInt64) {
    let motion = Motion.restless(seed: seed, bias: rate(2, 3, -1))
    var learner = Learner()
    var frames: [Matrix3] = []
    var forces: [Acceleration] = []
    for tick in 1...1200 {
      let sample = motion.sample(at: Double(tick) * 0.01)
      let correction = learner.take(sample)
      frames.append(learner.frame.matrix)
      forces.append(learner.frame.matrix.apply(to: sample.acceleration))
      guard let correction else { continue }
      let turns = frames.suffix(100).map { $0.apply(to: correction.change) }
      let mean = turns.reduce(.zero, +) * 0.01
      let turned = correction.turn(in: 2.5)
      #expect(isClose(turned, Rotation(turning: (mean * 2.5).reinterpreted())))
      let late = Rotation(turning: sinceTheMiddle(turns).reinterpreted())
      let force = late.apply(to: forces.suffix(100).reduce(.zero, +) * 0.01)
      #expect((correction.force - force).length < 1e-9)
    }
  }

  /// The integral up to the end, on average over the starts.
  private func sinceTheMiddle(_ turns: [AngularVelocity]) -> AngularVelocity {
    var sum = AngularVelocity.zero
    for (index, turn) in turns.enumerated() { sum += turn * (0.01 * Double(index) * 0.01) }
    return sum
  }

  private func isClose(_ a: Rotation, _ b: Rotation) -> Bool {
    let apart = a.inverse * b
    return Direction(apart.x, apart.y, apart.z).length < 1e-9
  }
}
