// SPDX-License-Identifier: MIT

/// Tells whether the device sits as it did when the reference posture was taken, after it has been put on again.
///
/// A turn about the vertical leaves no trace in up: that one cannot be seen. Nothing is changed by what is found.
package struct WearingCheck: Sendable {
  package struct Parameters: BitwiseCopyable, Sendable, Equatable {
    /// Over so much still or walking time.
    package var window = Interval.seconds(8)
    /// Whoever has just put it on sits further from upright than that only with the device turned.
    package var largest = Angle.degrees(27)
    /// Whoever walks is upright, but for a few degrees.
    package var largestWalking = Angle.degrees(18)
    /// Within that it is believed again.
    package var believed = Angle.degrees(14)

    package init() {}
  }

  package enum State: UInt8, BitwiseCopyable, Sendable {
    case trusted, checking, doubted
  }

  package enum Finding: BitwiseCopyable, Sendable {
    case wornDifferently
    case wornAsBefore
  }

  private let parameters: Parameters
  package private(set) var state = State.trusted
  private var still = Mean()
  private var walking = Mean()
  private var lastTime: Timestamp?

  package init(_ parameters: Parameters = Parameters()) { self.parameters = parameters }

  /// It was put on again, or is worn for the first time since the start.
  package mutating func begin() {
    state = .checking
    still = Mean()
    walking = Mean()
  }

  /// The wearer says so, or a reference posture has just been taken.
  package mutating func trust() { state = .trusted }

  @inline(__always)
  package mutating func update(
    _ tilt: Tilt, _ context: Context, isAlive: Bool, at time: Timestamp
  ) -> Finding? {
    let interval = lastTime.map { time - $0 } ?? .zero
    lastTime = time
    guard state != .trusted, isAlive, interval <= .seconds(1) else { return nil }
    switch context {
    case .still:
      still.add(tilt.total, for: interval)
      guard still.length >= parameters.window else { return nil }
      defer { still = Mean() }
      return judge(still.angle, largest: parameters.largest)
    case .walking:
      walking.add(tilt.total, for: interval)
      guard walking.length >= parameters.window else { return nil }
      defer { walking = Mean() }
      return judge(walking.angle, largest: parameters.largestWalking)
    default:
      // What was begun is of another posture than what will follow.
      still = Mean()
      return nil
    }
  }

  private mutating func judge(_ angle: Angle, largest: Angle) -> Finding? {
    if state == .checking {
      state = angle > largest ? .doubted : .trusted
      return state == .doubted ? .wornDifferently : nil
    }
    guard angle <= parameters.believed else { return nil }
    state = .trusted
    return .wornAsBefore
  }

  private struct Mean: Sendable {
    private var sum = 0.0
    var length = Interval.zero

    mutating func add(_ angle: Angle, for interval: Interval) {
      sum += angle.radians * interval.seconds
      length = length + interval
    }

    var angle: Angle { Angle(radians: sum / max(length.seconds, 1e-6)) }
  }
}
