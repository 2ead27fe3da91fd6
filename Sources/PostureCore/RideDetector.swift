// SPDX-License-Identifier: MIT

/// Tells a ride in a vehicle by a vibration that goes on and on, without steps.
///
/// Seats of cars shake with 0.2 to 0.6 m/s² on ordinary roads (ISO 2631-1, annex C, calls below 0.315 not
/// uncomfortable); who sits at a desk is shaken by a tenth of that. Smooth trains may stay below.
package struct RideDetector: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// A second counts where the length of the specific force varies by more, root mean square above some 2 Hz, m/s².
    package var weakest = 0.12
    /// And by no more than this, which is walking or handling.
    package var strongest = 1.6
    /// So many of the last 20 seconds begin a ride.
    package var enter = 14
    /// So few of the last 64 seconds end it: longer than most red lights.
    package var leave = 5

    package init() {}
  }

  private static var timeConstant: Double { 0.08 }
  private static var block: Interval { .seconds(1) }
  private static var recent: UInt64 { (1 << 20) - 1 }
  /// Walking away from the car ends the ride.
  private static var longestWalk: Interval { .seconds(8) }

  private let parameters: Parameters
  private var gain = LowPassGain(timeConstant: Self.timeConstant)
  private var lastTime: Timestamp?
  private var blockStart = Timestamp(microseconds: 0)
  private var mean = 0.0
  private var sum = 0.0
  private var count = 0.0
  private var hasWalked = false
  private var walkStart: Timestamp?
  /// One bit a second, the last one lowest.
  private var shaken: UInt64 = 0
  package private(set) var isRiding = false

  package init(_ parameters: Parameters = Parameters()) { self.parameters = parameters }

  /// - Parameter force: length of the specific force, m/s².
  @inline(__always)
  package mutating func update(_ force: Double, isWalking: Bool, at time: Timestamp) -> Bool {
    guard let last = lastTime, time - last <= Self.block else {
      begin(with: force, at: time)
      return isRiding
    }
    lastTime = time
    mean += gain.share(after: (time - last).seconds) * (force - mean)
    sum += (force - mean) * (force - mean)
    count += 1
    hasWalked = hasWalked || isWalking
    walkStart = isWalking ? walkStart ?? time : nil
    if let walkStart, time - walkStart >= Self.longestWalk { shaken = 0 }
    if time - blockStart >= Self.block { endBlock(at: time) }
    return isRiding
  }

  @inline(never)
  private mutating func begin(with force: Double, at time: Timestamp) {
    lastTime = time
    blockStart = time
    mean = force
    (sum, count) = (0, 0)
    hasWalked = false
    walkStart = nil
  }

  @inline(never)
  private mutating func endBlock(at time: Timestamp) {
    let square = sum / count
    let isShaken =
      !hasWalked && square > parameters.weakest * parameters.weakest
      && square < parameters.strongest * parameters.strongest
    shaken = shaken << 1 | (isShaken ? 1 : 0)
    blockStart = time
    (sum, count) = (0, 0)
    hasWalked = false
    if (shaken & Self.recent).nonzeroBitCount >= parameters.enter {
      isRiding = true
    } else if shaken.nonzeroBitCount <= parameters.leave {
      isRiding = false
    }
  }
}
