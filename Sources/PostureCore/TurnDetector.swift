// SPDX-License-Identifier: MIT

/// Tells a trunk on its way from one that has arrived, by how fast up turns in it.
package struct TurnDetector: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// A second; who slouches slowly sinks by a few degrees a second, who bends or reaches turns by tens.
    package var enter = Angle.degrees(14)
    /// Slower than that a second, it has arrived.
    package var leave = Angle.degrees(7)
    /// And has stayed for so long.
    package var calm = Interval.seconds(1)

    package init() {}
  }

  /// Of the low-pass whose lag behind up is the speed, s.
  private static var timeConstant: Double { 0.3 }

  private let parameters: Parameters
  private var gain = LowPassGain(timeConstant: Self.timeConstant)
  private var lastTime: Timestamp?
  private var lagging = Direction(0, 0, 0)
  private var lastFast: Timestamp?
  package private(set) var isTurning = false

  package init(_ parameters: Parameters = Parameters()) { self.parameters = parameters }

  @inline(__always)
  package mutating func update(_ up: Direction?, at time: Timestamp) -> Bool {
    guard let up, let last = lastTime, time - last <= .seconds(1) else {
      lastTime = up == nil ? nil : time
      lagging = up ?? lagging
      isTurning = false
      return false
    }
    lastTime = time
    lagging += (up - lagging) * gain.share(after: (time - last).seconds)
    // A low-pass lags behind a steady turn by its time constant.
    let squaredSpeed = (up - lagging).squaredLength / (Self.timeConstant * Self.timeConstant)
    if squaredSpeed > parameters.leave.radians * parameters.leave.radians { lastFast = time }
    if squaredSpeed > parameters.enter.radians * parameters.enter.radians {
      isTurning = true
    } else if let lastFast, time - lastFast >= parameters.calm {
      isTurning = false
    }
    return isTurning
  }
}
