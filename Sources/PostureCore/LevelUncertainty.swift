// SPDX-License-Identifier: MIT

/// How far the level may be off, told from how far it moved by itself: gravity does not move in a frame that keeps
/// still.
///
/// On the BROAD recordings (Laidig et al., Data 6(7), 2021) the level's change over one time constant, with the floor,
/// is the estimate's error within a third.
package struct LevelUncertainty: BitwiseCopyable, Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// What is left however still the level keeps.
    package var floor = Angle.degrees(0.25)
    /// Taken at a start, when nothing has been seen yet.
    package var start = Angle.degrees(5)
    /// How many changes are averaged. Smaller follows a change of activity sooner.
    package var memory = 4

    package init() {}
  }

  private var squaredChange: Double
  private var changes = 0
  private var then: Direction?
  private var elapsed = Interval.zero
  private let squaredFloor: Double

  package init(_ parameters: Parameters) {
    squaredFloor = parameters.floor.radians * parameters.floor.radians
    squaredChange = parameters.start.radians * parameters.start.radians
  }

  /// - Parameters:
  ///   - biasDeviation: standard deviation of the gyroscope's bias, all axes together, rad/s.
  ///   - seconds: for how long that has turned the level on average.
  package func angle(biasDeviation: Double, over seconds: Double) -> Angle {
    // Two of three axes tilt.
    let turned = biasDeviation * seconds
    return Angle(radians: (squaredFloor + squaredChange + turned * turned * (2.0 / 3)).squareRoot())
  }

  package mutating func begin(_ parameters: Parameters) {
    squaredChange = parameters.start.radians * parameters.start.radians
    changes = 0
    then = nil
    elapsed = .zero
  }

  /// Takes the level at the end of a block; compares it with the one a time constant ago.
  package mutating func update(
    _ level: Acceleration, after block: Interval, over timeConstant: Interval, _ parameters: Parameters
  ) {
    elapsed = elapsed + block
    guard let then else {
      then = level.direction
      elapsed = .zero
      return
    }
    guard elapsed >= timeConstant else { return }
    elapsed = .zero
    guard let now = level.direction else { return }
    // The first replaces the assumption, the next ones are averaged with it.
    changes = min(changes + 1, parameters.memory)
    squaredChange += ((now - then).squaredLength - squaredChange) / Double(changes)
    self.then = now
  }
}
