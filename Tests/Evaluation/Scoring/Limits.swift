// SPDX-License-Identifier: MIT
import PostureCore

/// Beyond which tilt a posture deviates: entered above one limit, left below a smaller one.
package struct Limits: Sendable {
  package struct Pair: Sendable {
    package let enter: Angle
    package let leave: Angle

    package init(enter: Double, leave: Double) {
      self.enter = .degrees(enter)
      self.leave = .degrees(leave)
    }
  }

  private let isBeyond: @Sendable (Tilt, Bool, Angle) -> Bool

  /// - Parameter isBeyond: whether a tilt is beyond the limit, given whether the one before was and by how much every
  ///   limit is raised.
  package init(_ isBeyond: @escaping @Sendable (Tilt, Bool, Angle) -> Bool) { self.isBeyond = isBeyond }

  /// Each direction by itself.
  package static func each(forward: Pair, sideways: Pair, backward: Pair) -> Limits {
    Limits { tilt, wasBeyond, raised in
      func limit(_ pair: Pair) -> Double { (wasBeyond ? pair.leave : pair.enter).radians + raised.radians }
      return tilt.flexion.radians > limit(forward) || -tilt.flexion.radians > limit(backward)
        || tilt.lateral.radians.magnitude > limit(sideways)
    }
  }

  /// What bends less easily counts sooner.
  package static var usual: Limits {
    .each(
      forward: Pair(enter: 15, leave: 10), sideways: Pair(enter: 12, leave: 8), backward: Pair(enter: 20, leave: 15))
  }

  /// The angle against upright alone.
  package static func total(_ degrees: Double) -> Limits {
    Limits { tilt, _, raised in tilt.total.radians > Angle.degrees(degrees).radians + raised.radians }
  }

  package func holds(_ tilt: Tilt, wasBeyond: Bool, raised: Angle = .zero) -> Bool {
    isBeyond(tilt, wasBeyond, raised)
  }
}
