// SPDX-License-Identifier: MIT

/// How far the level may be off, told from how far it moved by itself: gravity does not move in a frame that keeps still.
///
/// Rather too large than too small: on seven of the BROAD recordings (Laidig et al., Data 6(7), 2021) what is stated is
/// 1.4 to 2.0 times the error's root mean square, and 98 to 100 % of the errors are below twice what is stated.
package struct LevelUncertainty: BitwiseCopyable, Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// What is left however still the level keeps.
    package var floor = Angle.degrees(0.25)
    /// Taken at a start, when nothing has been seen yet.
    package var start = Angle.degrees(5)
    /// Taken after a saturated turn: much of it may be missing.
    package var afterSaturation = Angle.degrees(20)
    /// How many changes are averaged. Smaller follows a change of activity sooner.
    package var memory = 4

    package init() {}
  }

  private var squaredChange: Double
  private var changes = 0
  private var then: Direction?
  /// How old the forces were, on average, that the level then was of, s.
  private var delayThen = 0.0
  private var elapsed = Interval.zero
  private let squaredFloor: Double

  package init(_ parameters: Parameters) {
    squaredFloor = parameters.floor.radians * parameters.floor.radians
    squaredChange = parameters.start.radians * parameters.start.radians
  }

  /// - Parameters:
  ///   - biasDeviation: standard deviation of the gyroscope's bias across up, rad/s.
  ///   - seconds: for how long that has turned the level on average.
  package func angle(biasDeviation: Double, over seconds: Double) -> Angle {
    let turned = biasDeviation * seconds
    return Angle(radians: (squaredFloor + squaredChange + turned * turned).squareRoot())
  }

  /// The square of that angle, by the bias's variance along all axes: never less.
  func squaredBound(squaredBiasDeviation: Double, over seconds: Double) -> Double {
    squaredFloor + squaredChange + squaredBiasDeviation * seconds * seconds
  }

  /// Nothing seen so far holds any more.
  package mutating func begin(at deviation: Angle) {
    squaredChange = deviation.radians * deviation.radians
    changes = 0
    then = nil
    elapsed = .zero
  }

  /// At the end of a block, the frame was found to have turned at this rate (rad/s) until now: what the level did by
  /// that is no error of it.
  package mutating func turn(by drift: AngularVelocity, after block: Interval) {
    guard let then else { return }
    let turn = drift * ((elapsed + block).seconds + delayThen)
    self.then = Rotation(turning: turn.reinterpreted()).apply(to: then)
  }

  /// Takes the level at the end of a block, which shows how things were `delay` seconds ago; compares it with the one a
  /// time constant ago.
  package mutating func update(
    _ level: Acceleration, delay: Double, after block: Interval, over timeConstant: Interval, _ parameters: Parameters
  ) {
    elapsed = elapsed + block
    guard let now = level.direction else { return }
    if let then {
      guard elapsed >= timeConstant else { return }
      // The first replaces the assumption, the next ones are averaged with it.
      changes = min(changes + 1, parameters.memory)
      squaredChange += ((now - then).squaredLength - squaredChange) / Double(changes)
    }
    then = now
    delayThen = delay
    elapsed = .zero
  }
}
