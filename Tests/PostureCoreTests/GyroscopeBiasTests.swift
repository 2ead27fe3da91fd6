// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

@Suite struct GyroscopeBiasTests {
  @Test(arguments: [(0, 0.1, 0.02), (2, 0.15, 0.02), (20, 30, 0.15)], 1...4 as ClosedRange<UInt64>)
  func isLearntAtRestAfterTwoBlocks(
    bias: (size: Double, first: Double, tenth: Double), seed: UInt64
  ) throws {
    var random = SeededRandom(seed: seed)
    let truth = rate(bias.size, -bias.size, bias.size)
    var learner = Learner(frame: random.rotation())
    var chip = Chip(seed: seed)
    let errors = learner.follow(.rest(random.direction(), bias: truth), to: 20, chip: &chip)
    try #require(errors.count == 19)
    #expect(errors[0].time == 2)
    #expect(errors[0].error < bias.first)
    #expect(errors[8].error < bias.tenth)
    #expect(errors[18].error < 0.02)
    #expect(learner.deviation < 0.3)
  }

  @Test(
    arguments: [rate20(1, 0, 0), rate20(0, -1, 0), rate20(0, 0, 1)], 1...3 as ClosedRange<UInt64>)
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

  private func relevelling(by correction: GyroscopeBias.Correction, in seconds: Double) -> Rotation {
    Rotation(turning: (correction.drift * seconds).reinterpreted())
  }

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
    let (then, now) = (
      frames[99].apply(to: motion.up(at: 0)), frames[199].apply(to: motion.up(at: 0))
    )
    let force = try #require(correction.force.direction)
    #expect(correction.change == learner.estimate)
    #expect((correction.force.length - standardGravity).magnitude < 0.01)
    #expect(angle(between: force, now) < 0.1)
    #expect(angle(between: relevelling(by: correction, in: 1).apply(to: then), now) < 0.15)
    #expect(
      angle(
        between: relevelling(by: correction, in: 0.5).apply(
          to: frames[149].apply(to: motion.up(at: 0))), now) < 0.1)
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
      #expect((correction.drift - mean).length < 1e-9)
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
