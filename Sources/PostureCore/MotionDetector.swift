// SPDX-License-Identifier: MIT

/// Tells moving from still by how much the length of the specific force varies.
///
/// The simulated wearer's walk makes it vary by about 2 m/s² (root mean square), sitting and bending by less than 0.3;
/// the limits stand between. The length does not depend on the mounting, and a wrong offset or scale of the
/// accelerometer shifts its mean and not its variance.
package struct MotionDetector: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// Over how long the variance is taken.
    package var timeConstant = Interval.seconds(1)
    /// Root mean square variation above which the wearer moves, m/s².
    package var enter = 0.8
    /// Variation below which the wearer may be still again, m/s².
    package var leave = 0.4
    /// How long it must stay below that.
    package var calm = Interval.seconds(2)

    package init() {}
  }

  private let parameters: Parameters
  private var gain: LowPassGain
  private var lastTime: Timestamp?
  private var mean = 0.0
  private var square = 0.0
  private var lastLively: Timestamp?
  package private(set) var isMoving = false

  package init(_ parameters: Parameters = Parameters()) {
    precondition(parameters.leave <= parameters.enter, "moving is left at most where it is entered")
    self.parameters = parameters
    gain = LowPassGain(timeConstant: parameters.timeConstant.seconds)
  }

  /// - Parameter force: length of the specific force, m/s².
  @inline(__always)
  package mutating func update(_ force: Double, at time: Timestamp) -> Bool {
    guard let last = lastTime, time - last <= parameters.timeConstant else {
      lastTime = time
      if isMoving { lastLively = time }
      mean = force
      square = 0
      return isMoving
    }
    lastTime = time
    let gain = gain.share(after: (time - last).seconds)
    let difference = force - mean
    mean += gain * difference
    square += gain * (difference * difference - square)
    if square > parameters.leave * parameters.leave { lastLively = time }
    if square > parameters.enter * parameters.enter {
      isMoving = true
    } else if isMoving, let lastLively, time - lastLively >= parameters.calm {
      isMoving = false
    }
    return isMoving
  }
}
