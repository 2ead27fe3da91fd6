// SPDX-License-Identifier: MIT
import PostureCore

/// How much the wearer moves: the mean distance of the specific force's length from its own running mean.
///
/// The mean amplitude deviation (MAD) of H. Vähä-Ypyä et al., "A universal, accurate intensity-based classification of
/// different physical activities using raw data of accelerometer", Clin. Physiol. Funct. Imaging 35 (2015), over a
/// running mean of their 6 s in place of epochs. What the accelerometer is wrong by does not count, nor does how it is
/// turned. They tell sitting from walking at 17 mg.
package struct Movement: Sendable {
  private static let timeConstant = 6.0
  private static let standardGravity = 9.80665

  private var mean: Double?
  private var last: Timestamp?

  package init() {}

  /// Takes the next sample; mg.
  package mutating func update(_ sample: InertialSample) -> Double {
    let length = sample.acceleration.length / Self.standardGravity * 1000
    defer { last = sample.time }
    guard let mean, let last, sample.time > last else {
      self.mean = length
      return 0
    }
    let share = min(1, (sample.time - last).seconds / Self.timeConstant)
    self.mean = mean + (length - mean) * share
    return (length - mean).magnitude
  }
}
