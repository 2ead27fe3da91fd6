// SPDX-License-Identifier: MIT

/// How far the trunk may tilt, in each direction on its own.
///
/// A limit is entered above one angle and left below a smaller one, so that swaying about it does not count twice.
package struct TiltLimits: BitwiseCopyable, Sendable, Equatable {
  package struct Limit: BitwiseCopyable, Sendable, Equatable {
    package var enter: Angle
    package var leave: Angle

    package init(enter: Angle, leave: Angle) {
      self.enter = enter
      self.leave = leave
    }
  }

  /// Forward. RULA's second class of trunk postures ends at 20 degrees (McAtamney and Corlett, 1993); products ask for
  /// 5 to 20.
  package var flexion = Limit(enter: .degrees(15), leave: .degrees(10))
  /// To either side. EN 1005-4 accepts a side bend of up to 10 degrees; what an estimate can be wrong by comes on top.
  package var lateral = Limit(enter: .degrees(12), leave: .degrees(8))
  /// Backward: a backrest invites to 10 or 15 degrees, which relieves the back.
  package var backward = Limit(enter: .degrees(20), leave: .degrees(15))

  package init() {}

  package var areOrdered: Bool {
    flexion.leave <= flexion.enter && lateral.leave <= lateral.enter && backward.leave <= backward.enter
  }

  /// Beyond the limit of some direction.
  package func isEntered(_ tilt: Tilt) -> Bool {
    tilt.flexion > flexion.enter || -tilt.flexion > backward.enter || tilt.lateral.magnitude > lateral.enter
  }

  /// Below that of every direction.
  package func isLeft(_ tilt: Tilt) -> Bool {
    tilt.flexion < flexion.leave && -tilt.flexion < backward.leave && tilt.lateral.magnitude < lateral.leave
  }

  /// The direction whose limit is exceeded by most, in parts of that limit.
  package func lean(of tilt: Tilt) -> Lean {
    let forward = tilt.flexion.radians / flexion.enter.radians
    let behind = -tilt.flexion.radians / backward.enter.radians
    let aside = tilt.lateral.magnitude.radians / lateral.enter.radians
    if aside > forward && aside > behind { return tilt.lateral.radians >= 0 ? .left : .right }
    return forward >= behind ? .forward : .backward
  }

  package func enter(_ lean: Lean) -> Angle {
    switch lean {
    case .forward: flexion.enter
    case .backward: backward.enter
    case .left, .right: lateral.enter
    }
  }
}
