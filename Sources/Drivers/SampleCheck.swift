// SPDX-License-Identifier: MIT
import PostureCore

/// Whether the chip's integers can be a measurement at all.
struct SampleCheck: BitwiseCopyable, Sendable {
  /// The pipeline calls the data frozen first; starting the chip anew is the remedy.
  private static var frozenAfter: Interval { .seconds(2) }

  private var last = RawSample.zero
  private var changed: Timestamp?

  /// Forgets what was before a new start.
  mutating func restart() { changed = nil }

  /// All bits 0, or all 1: noise alone keeps a chip from that.
  static func isImplausible(_ raw: RawSample, hasGyroscope: Bool) -> Bool {
    let ones = raw.ax & raw.ay & raw.az & (hasGyroscope ? raw.gx & raw.gy & raw.gz : -1)
    let any = raw.ax | raw.ay | raw.az | raw.gx | raw.gy | raw.gz
    return any == 0 || ones == -1
  }

  /// True once the sample has been repeated for too long: a chip's own noise never repeats all values. That of an
  /// accelerometer alone may be smaller than its steps, and says nothing.
  mutating func isFrozen(_ raw: RawSample, hasGyroscope: Bool) -> Bool {
    let isSame =
      raw.ax == last.ax && raw.ay == last.ay && raw.az == last.az && raw.gx == last.gx && raw.gy == last.gy
      && raw.gz == last.gz
    last = raw
    guard isSame, let changed else {
      changed = raw.time
      return false
    }
    return hasGyroscope && raw.time - changed >= Self.frozenAfter
  }
}
