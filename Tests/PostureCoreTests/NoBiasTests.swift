// SPDX-License-Identifier: MIT
import Glibc
import PostureCore
import Testing

/// What looks like a gyroscope's bias, and is none.
@Suite struct NoBiasTests {
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
    // It wanders meanwhile, by 0.02 deg/s in a second on each axis.
    #expect(
      (learner.deviation - (deviation * deviation + 3 * 5 * 0.0004).squareRoot()).magnitude < 1e-9)
  }

  /// A train sets off: the force leans by a degree and keeps so still that nothing else shows it.
  @Test(arguments: [0.1, 0.2, 0.3] as [Double])
  func anAccelerationForSecondsIsNoBias(acceleration: Double) {
    var motion = Motion.rest()
    motion.acceleration = {
      (20.005..<25.005).contains($0) ? Acceleration(acceleration, 0, 0) : .zero
    }
    var learner = Learner()
    var chip = Chip(seed: 1)
    learner.follow(motion, to: 20, chip: &chip)
    let errors = learner.follow(motion, from: 20, to: 35, chip: &chip)
    for (_, error) in errors { #expect(error < 0.8 * acceleration) }
  }

  /// Bends to and fro, with a gyroscope that says two hundredths too much.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func aScaleThatIsOffIsNoBias(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let motion = turning(about: Direction(0, 1, 0), mount: random.rotation()) {
      40 * sin(2 * .pi * 0.23 * $0)
    }
    var learner = Learner()
    var chip = Chip(seed: seed)
    var greatest = 0.0
    for tick in 1...6000 {
      var sample = motion.sample(at: Double(tick) * 0.01)
      sample.angularVelocity = sample.angularVelocity * 1.02
      guard learner.take(chip.reading(of: sample)) != nil, tick > 2000 else { continue }
      greatest = max(greatest, errors(learner, motion, at: Double(tick) * 0.01).across)
    }
    #expect(greatest < 0.06)
  }

  /// A knock that the gyroscope has missed: the level is another one, the bias is not.
  @Test(arguments: [20, 60, 120] as [Double])
  func aLevelThatJumpsIsNoBias(angle: Double) {
    let bias = rate(1, 2, -3)
    var learner = Learner()
    var chip = Chip(seed: 1)
    learner.follow(.rest(bias: bias), to: 20, chip: &chip)
    let errors = learner.follow(
      .rest(up(flexion: angle), bias: bias), from: 20, to: 40, chip: &chip)
    for (_, error) in errors { #expect(error < 0.5) }
    #expect(errors.last.map { $0.error < 0.05 } == true)
  }
}
