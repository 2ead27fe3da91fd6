// SPDX-License-Identifier: MIT

/// A point on a monotonic clock, in whole microseconds from an arbitrary start.
///
/// Microseconds from the sensor to the trace: a replay then sees the very times the daemon saw, and decides the same.
public struct Timestamp: BitwiseCopyable, Sendable, Equatable, Comparable {
  public var microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }

  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }
  public static func - (a: Timestamp, b: Timestamp) -> Interval {
    Interval(microseconds: a.microseconds &- b.microseconds)
  }
  public static func + (t: Timestamp, i: Interval) -> Timestamp {
    Timestamp(microseconds: t.microseconds &+ i.microseconds)
  }
}

/// A length of time in whole microseconds.
public struct Interval: BitwiseCopyable, Sendable, Equatable, Comparable {
  public var microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }

  public static func milliseconds(_ n: Int64) -> Interval { Interval(microseconds: n * 1000) }
  /// Rounded to the nearest microsecond.
  public static func seconds(_ s: Double) -> Interval { Interval(microseconds: Int64((s * 1e6).rounded())) }
  public static var zero: Interval { Interval(microseconds: 0) }

  public var seconds: Double { Double(microseconds) * 1e-6 }

  public static func < (a: Interval, b: Interval) -> Bool { a.microseconds < b.microseconds }
  public static func + (a: Interval, b: Interval) -> Interval {
    Interval(microseconds: a.microseconds &+ b.microseconds)
  }
  public static func - (a: Interval, b: Interval) -> Interval {
    Interval(microseconds: a.microseconds &- b.microseconds)
  }
  public static func * (a: Interval, n: Int64) -> Interval { Interval(microseconds: a.microseconds * n) }
}
