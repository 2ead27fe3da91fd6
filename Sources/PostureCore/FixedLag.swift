// SPDX-License-Identifier: MIT

/// What is known at one moment, for a later look back on it.
package struct Moment: BitwiseCopyable, Sendable {
  /// From the sensor to the almost still frame.
  package var frame: Rotation
  /// The specific force averaged in that frame, m/s².
  package var level: Acceleration
  /// How fast the frame has turned wrongly until now, as was learnt at this moment: rad/s, almost still frame.
  package var drift: AngularVelocity
  /// Moments with different counts have no frame in common.
  package var beginnings: UInt32
}

/// The tilt a few seconds ago, known better than it was then: a smoother of fixed lag.
///
/// The level of now is the mean of forces about one time constant old. Put into the frame of that time, instead of that
/// of now, it has no delay left: what the gyroscope did wrong since, and accelerations that had not averaged out, drop
/// away. It costs the memory of the frames in between.
package struct FixedLag: Sendable {
  /// Up as it was at an earlier time.
  package struct Estimate: BitwiseCopyable, Sendable {
    package var time: Timestamp
    /// Sensor frame.
    package var up: Direction
  }

  private struct Entry: BitwiseCopyable, Sendable {
    var time: Timestamp
    var frame: Rotation
    var beginnings: UInt32
  }

  /// Frames kept: with one every 20 ms, those of 5 s.
  private static var capacity: Int { 256 }
  private static var spacing: Interval { .milliseconds(20) }
  package static var longest: Interval { .seconds(5) }

  private let lag: Interval
  private var entries = InlineArray<256, Entry>(
    repeating: Entry(time: Timestamp(microseconds: 0), frame: .identity, beginnings: 0))
  private var first = 0
  private var count = 0

  /// - Parameter lag: at most `longest`. That of the filter's time constant is best.
  package init(lag: Interval) {
    precondition(lag > .zero && lag <= Self.longest, "a lag is above zero and at most 5 s")
    self.lag = lag
  }

  /// Takes the filter's state after a sample; returns the estimate for a time `lag` ago where there is one: about every
  /// 20 ms.
  package mutating func update(_ moment: Moment, at time: Timestamp) -> Estimate? {
    if moment.drift != .zero { turnBack(by: moment.drift, at: time) }
    if count > 0 {
      guard time - entries[(first + count - 1) % Self.capacity].time >= Self.spacing else { return nil }
    }
    append(Entry(time: time, frame: moment.frame, beginnings: moment.beginnings))
    var found: Entry?
    while count > 0, time - entries[first].time >= lag {
      found = entries[first]
      first = (first + 1) % Self.capacity
      count -= 1
    }
    guard let found, found.beginnings == moment.beginnings else { return nil }
    guard let up = found.frame.inverse.apply(to: moment.level).direction else { return nil }
    return Estimate(time: found.time, up: up)
  }

  /// Puts the frames of the past where they would be, had the bias been known then.
  private mutating func turnBack(by drift: AngularVelocity, at time: Timestamp) {
    for offset in 0..<count {
      let index = (first + offset) % Self.capacity
      let turn = drift * (time - entries[index].time).seconds
      entries[index].frame = Rotation(turning: turn.reinterpreted()) * entries[index].frame
    }
  }

  /// There always is room: what is older than the longest lag has been taken out.
  private mutating func append(_ entry: Entry) {
    entries[(first + count) % Self.capacity] = entry
    count += 1
  }
}
