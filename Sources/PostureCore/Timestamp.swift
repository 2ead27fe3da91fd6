// SPDX-License-Identifier: MIT

/// A point on a monotonic clock, in whole microseconds from an arbitrary start.
///
/// Microseconds from the sensor to the trace: a replay then sees the very times the daemon saw, and decides the same.
package struct Timestamp: BitwiseCopyable, Sendable, Equatable, Comparable {
  package var microseconds: Int64

  @inlinable package init(microseconds: Int64) { self.microseconds = microseconds }

  @inlinable package static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }
  @inlinable package static func - (a: Timestamp, b: Timestamp) -> Interval {
    Interval(microseconds: a.microseconds &- b.microseconds)
  }
  @inlinable package static func + (t: Timestamp, i: Interval) -> Timestamp {
    Timestamp(microseconds: t.microseconds &+ i.microseconds)
  }
}

/// A length of time in whole microseconds.
package struct Interval: BitwiseCopyable, Sendable, Equatable, Comparable {
  package var microseconds: Int64

  @inlinable package init(microseconds: Int64) { self.microseconds = microseconds }

  @inlinable package static func milliseconds(_ n: Int64) -> Interval { Interval(microseconds: n * 1000) }
  /// Rounded to the nearest microsecond.
  @inlinable package static func seconds(_ s: Double) -> Interval { Interval(microseconds: Int64((s * 1e6).rounded())) }
  @inlinable package static var zero: Interval { Interval(microseconds: 0) }

  @inlinable package var seconds: Double { Double(microseconds) * 1e-6 }

  @inlinable package static func < (a: Interval, b: Interval) -> Bool { a.microseconds < b.microseconds }
  @inlinable package static func + (a: Interval, b: Interval) -> Interval {
    Interval(microseconds: a.microseconds &+ b.microseconds)
  }
  @inlinable package static func - (a: Interval, b: Interval) -> Interval {
    Interval(microseconds: a.microseconds &- b.microseconds)
  }
  @inlinable package static func * (a: Interval, n: Int64) -> Interval { Interval(microseconds: a.microseconds * n) }
}
