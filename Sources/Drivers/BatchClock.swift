// SPDX-License-Identifier: MIT
import PostureCore

/// Gives the samples of a FIFO the times at which the chip took them.
///
/// The chip's clock is its own, up to some percent off the host's. All that is known at a reading is that the newest
/// sample has been taken and the one after it has not: its time lies within one period before the reading. A time that
/// the counted periods put outside is moved to the nearer end, and the period corrected by a share of what it took. So
/// neither error adds up, and intervals stay even: the jitter of the readings does not reach the samples.
struct BatchClock: BitwiseCopyable, Sendable {
  /// The period is not believed further off its nominal value: no chip here is (LIS3DH, the worst, 10 %).
  private static var tolerance: Double { 0.12 }
  /// So many readings correct the period by a quarter of what each sample was off; later ones by a twentieth.
  private static var eagerReadings: Int { 20 }
  /// A time further outside than so many periods, and than the period can be off, means that samples are missing.
  private static var longestCorrection: Double { 4 }

  private let nominal: Double
  /// Between two samples of the chip, microseconds of the host.
  private(set) var period: Double
  private var readings = 0
  /// Times are microseconds after this.
  private var anchor = Timestamp(microseconds: 0)
  /// The newest sample that was timed.
  private var newest: Double?
  /// Of the reading at hand: its sample i, from 1 on, was taken at start + i * spacing.
  private var start = 0.0
  private var spacing = 0.0

  init(nominal: Interval) {
    self.nominal = Double(nominal.microseconds)
    period = self.nominal
    spacing = period
  }

  /// The count of samples is interrupted: some are missing, nobody knows how many.
  mutating func interrupt() { newest = nil }

  /// So many samples, at least one, were read of those that were waiting at a time; the others are newer.
  mutating func read(_ count: Int, of waiting: Int, at now: Timestamp) {
    let left = Double(waiting - count)
    let count = Double(count)
    guard let newest else { return restart(count, left, at: now) }
    let latest = Double((now - anchor).microseconds) - left * period
    let predicted = newest + count * period
    let error =
      predicted > latest ? latest - predicted : predicted < latest - period ? latest - period - predicted : 0
    guard error < (Self.longestCorrection + Self.tolerance * count) * period else {
      return restart(count, left, at: now)
    }
    // Whatever a reading says, the samples came one after the other.
    let corrected = max(predicted + error, newest + count)
    start = newest
    spacing = (corrected - newest) / count
    self.newest = corrected
    readings += 1
    let share = readings <= Self.eagerReadings ? 0.25 : 0.05
    let most = nominal * Self.tolerance
    // What is off by more is not the period.
    period += share * min(max(error / count, -most), most)
    period = min(max(period, nominal - most), nominal + most)
  }

  /// When sample i of the reading was taken, from 1 to its count.
  func time(of index: Int) -> Timestamp {
    anchor + Interval(microseconds: Int64((start + Double(index) * spacing).rounded()))
  }

  private mutating func restart(_ count: Double, _ left: Double, at now: Timestamp) {
    anchor = now
    // Half a period old, on average.
    let newest = -(left + 0.5) * period
    self.newest = newest
    spacing = period
    start = newest - count * period
  }
}
