// SPDX-License-Identifier: MIT

/// What one sample comes to before anything is decided of it: a situation in forty bytes.
///
/// A row of them is all that deciding needs of a recording, so that other limits and times can be tried on it without
/// its samples.
package struct TrackPoint: BitwiseCopyable, Sendable {
  package let time: Timestamp
  /// Of no meaning where `hasTilt` says so.
  let tilt: Tilt
  let context: Context
  private let flags: UInt8

  init(_ situation: Situation, isAnew: Bool) {
    time = situation.time
    tilt = situation.tilt ?? .zero
    context = situation.context
    flags =
      (situation.tilt == nil ? 0 : 1) | (isAnew || situation.isAnew ? 2 : 0) | (situation.isDoubted ? 4 : 0)
      | (situation.isAlive ? 8 : 0) | (situation.isUncertain ? 16 : 0)
  }

  var hasTilt: Bool { flags & 1 != 0 }
  /// What was counted before is void.
  var isAnew: Bool { flags & 2 != 0 }
  var isDoubted: Bool { flags & 4 != 0 }
  var isAlive: Bool { flags & 8 != 0 }
  var isUncertain: Bool { flags & 16 != 0 }
}

extension CueDecider {
  /// Goes on over a track up to the next cue of a deviation: decides as `update` does, and tells of nothing else.
  ///
  /// - Parameter index: of the first point to be taken; after the call, of the one after the cue.
  /// - Returns: when the cue is given; nil where the track ends without one.
  package mutating func follow(_ track: borrowing Span<TrackPoint>, from index: inout Int) -> Timestamp? {
    while index < track.count {
      let point = track[index]
      index += 1
      if gate.silence != nil { _ = gate.expire(at: point.time) }
      if point.isAnew { detector.reset() }
      guard point.hasTilt, gate.silence != .pause, !gate.isInSession else {
        detector.reset()
        continue
      }
      let obstacle = detector.isCounting ? obstacle(of: point) : nil
      switch detector.update(point.tilt, point.context, obstacle: obstacle, at: point.time) {
      case .deviated(leaning: _, suppressed: nil), .reminded:
        gate.note(at: point.time)
        return point.time
      default: continue
      }
    }
    return nil
  }

  @inline(__always)
  private func obstacle(of point: TrackPoint) -> Suppression? {
    obstacle(
      isDoubted: point.isDoubted, isAlive: point.isAlive, isUncertain: point.isUncertain, at: point.time)
  }
}
