// SPDX-License-Identifier: MIT

/// A plane angle; radians inside, degrees where people read it.
package struct Angle: BitwiseCopyable, Sendable, Equatable, Comparable {
  package var radians: Double

  package init(radians: Double) { self.radians = radians }

  package static func degrees(_ degrees: Double) -> Angle { Angle(radians: degrees * (.pi / 180)) }
  package var degrees: Double { radians * (180 / .pi) }
  package static var zero: Angle { Angle(radians: 0) }

  package static func < (a: Angle, b: Angle) -> Bool { a.radians < b.radians }
  package static func + (a: Angle, b: Angle) -> Angle { Angle(radians: a.radians + b.radians) }
  package static func - (a: Angle, b: Angle) -> Angle { Angle(radians: a.radians - b.radians) }
  package static prefix func - (a: Angle) -> Angle { Angle(radians: -a.radians) }
  package var magnitude: Angle { Angle(radians: radians.magnitude) }
}

extension Angle {
  /// The angle of the point (x, y), in (-pi, pi]: atan2 without libm, so that it is the same bits on every machine.
  ///
  /// The quotient is reduced to at most tan(pi/16) by one of three known angles in the same division, then summed as
  /// the series r - r^3/3 + r^5/5 ... of twelve terms. Greatest error found: 5e-16 rad. (0, 0) gives 0.
  @inline(__always)
  package init(ofY y: Double, x: Double) {
    let ax = x.magnitude
    let ay = y.magnitude
    let (small, large) = ay < ax ? (ay, ax) : (ax, ay)
    guard large > 0 else {
      self.init(radians: 0)
      return
    }
    // tan(pi/8) = sqrt 2 - 1; the borders are tan(pi/16) and tan(3 pi/16).
    let offset: Double
    let r: Double
    if small < 0.198_912_367_379_658 * large {
      offset = 0
      r = small / large
    } else if small < 0.668_178_637_919_299 * large {
      let tangent = 0.414_213_562_373_095_05
      offset = .pi / 8
      r = (small - tangent * large) / (large + tangent * small)
    } else {
      offset = .pi / 4
      r = (small - large) / (large + small)
    }
    var angle = offset + Self.arctangentSeries(r)
    if ay >= ax { angle = .pi / 2 - angle }
    if x < 0 { angle = .pi - angle }
    self.init(radians: y < 0 ? -angle : angle)
  }

  /// Summed in pairs, which wait for each other less than one long chain does.
  @inline(__always)
  private static func arctangentSeries(_ r: Double) -> Double {
    let s = r * r
    let s2 = s * s
    let s4 = s2 * s2
    let first = (1.0 / 3 - s * (1.0 / 5)) + s2 * (1.0 / 7 - s * (1.0 / 9))
    let second = (1.0 / 11 - s * (1.0 / 13)) + s2 * (1.0 / 15 - s * (1.0 / 17))
    let third = (1.0 / 19 - s * (1.0 / 21)) + s2 * (1.0 / 23)
    let sum = first + s4 * (second + s4 * third)
    return r - r * s * sum
  }
}
