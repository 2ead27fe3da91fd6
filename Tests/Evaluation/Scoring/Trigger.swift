// SPDX-License-Identifier: MIT
import PostureCore

/// When a deviation has lasted long enough for a cue. Lengths in seconds.
package protocol Trigger: Sendable {
  /// The next time step: beyond the limit by an angle against upright, or not.
  mutating func update(isBeyond: Bool, angle: Angle, during: Double)
  var isDue: Bool { get }
  /// From nothing to due, at an angle.
  func pace(at angle: Angle) -> Double
  /// From here to due, at an angle.
  func remaining(at angle: Angle) -> Double
}

/// Due after so long without a break.
package struct HoldTrigger: Trigger {
  private let hold: Double
  private var held = 0.0

  package init(hold: Double) { self.hold = hold }

  package mutating func update(isBeyond: Bool, angle: Angle, during interval: Double) {
    held = isBeyond ? held + interval : 0
  }

  package var isDue: Bool { held > hold }
  package func pace(at angle: Angle) -> Double { hold }
  package func remaining(at angle: Angle) -> Double { max(0, hold - held) }
}

/// Due when the share of the time for which an angle may be held is used up; it comes back within a minute.
package struct ExposureTrigger: Trigger {
  private static var recovery: Double { 60 }
  private var exposure = 0.0

  package init() {}

  /// 240 s at 20 degrees to 60 s at 60 degrees, as quoted of ISO 11226 for holding a bent trunk; on the same line
  /// below 20, no less beyond 60.
  package func pace(at angle: Angle) -> Double { max(60, 240 - (angle.degrees - 20) * (180.0 / 40)) }

  package mutating func update(isBeyond: Bool, angle: Angle, during interval: Double) {
    let rate = isBeyond ? 1 / pace(at: angle) : -1 / Self.recovery
    exposure = min(1, max(0, exposure + rate * interval))
  }

  package var isDue: Bool { exposure >= 1 }
  package func remaining(at angle: Angle) -> Double { (1 - exposure) * pace(at: angle) }
}
