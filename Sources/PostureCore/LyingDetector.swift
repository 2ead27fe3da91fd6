// SPDX-License-Identifier: MIT

/// Tells lying from leaning by how far the trunk is from its reference, and for how long.
package struct LyingDetector: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// Backward or sideways nobody who sits or stands leans so far.
    package var enter = Angle.degrees(52)
    /// For so long.
    package var settling = Interval.seconds(2)
    /// Forward one does, for a while: beyond 60 degrees is the worst class of working postures (RULA, trunk 4).
    package var enterForward = Angle.degrees(68)
    package var settlingForward = Interval.seconds(8)
    /// Who is less far from upright than that sits or stands again.
    package var leave = Angle.degrees(45)
    package var risen = Interval.seconds(1)

    package init() {}
  }

  private let parameters: Parameters
  private var since: Timestamp?
  private var sinceForward: Timestamp?
  private var sinceRisen: Timestamp?
  package private(set) var isLying = false

  package init(_ parameters: Parameters = Parameters()) { self.parameters = parameters }

  @inline(__always)
  package mutating func update(_ tilt: Tilt?, at time: Timestamp) -> Bool {
    guard let tilt else {
      since = nil
      sinceForward = nil
      sinceRisen = nil
      isLying = false
      return false
    }
    let isForward = tilt.lean == .forward
    since = tilt.total > parameters.enter && !isForward ? since ?? time : nil
    sinceForward = tilt.total > parameters.enterForward ? sinceForward ?? time : nil
    sinceRisen = tilt.total < parameters.leave ? sinceRisen ?? time : nil
    if let since, time - since >= parameters.settling { isLying = true }
    if let sinceForward, time - sinceForward >= parameters.settlingForward { isLying = true }
    if let sinceRisen, time - sinceRisen >= parameters.risen { isLying = false }
    return isLying
  }
}
