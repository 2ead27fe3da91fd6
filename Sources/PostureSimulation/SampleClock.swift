// SPDX-License-Identifier: MIT

/// The clock by which a chip takes its samples: sample n at `start` and n of its periods, on a clock that may run fast
/// or slow.
///
/// Every time is computed from the sample's number, so that no rounding adds up. All times are microseconds since the
/// chip's creation, rounded down.
struct SampleClock: BitwiseCopyable, Sendable {
  let start: Int64
  /// So many of the chip's microseconds for so many samples.
  private let microseconds: Int64
  private let samples: Int64
  /// The chip's microseconds in a true one.
  private let speed: Double

  /// - Parameter error: as `SimulatedSensorParameters.clockError`.
  init(start: Int64, microseconds: Int64, per samples: Int64 = 1, error: Double) {
    precondition(microseconds > 0 && samples > 0 && error > -1, "a clock runs forward")
    self.start = start
    self.microseconds = microseconds
    self.samples = samples
    speed = 1 + error
  }

  /// When the chip's clock has counted so many microseconds since `start`.
  func time(after counted: Int64) -> Int64 {
    start + (speed == 1 ? counted : Int64((Double(counted) / speed).rounded(.down)))
  }

  /// What the chip's clock has counted when it takes sample n, n at least 0.
  func counted(at number: Int64) -> Int64 { number * microseconds / samples }

  func time(of number: Int64) -> Int64 { time(after: counted(at: number)) }

  /// The latest sample taken at a time or before; 0 where there is none yet.
  func newest(at time: Int64) -> Int64 {
    guard time > start else { return 0 }
    var number = Int64(Double(time - start) * speed * Double(samples) / Double(microseconds))
    while self.time(of: number) > time { number -= 1 }
    while self.time(of: number + 1) <= time { number += 1 }
    return number
  }
}
