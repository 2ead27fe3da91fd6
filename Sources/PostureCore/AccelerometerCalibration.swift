// SPDX-License-Identifier: MIT

/// What is wrong with one accelerometer, and taken off each of its samples: an offset, and a scale, on each axis.
///
/// On each axis a = (m - offset) * (1 + scale), where m is what the sensor measures, in its own frame. Whole millionths
/// are all there is: what a file or a trace holds as text is then, bit for bit, what is applied. A value of either
/// stands for the chip at the temperature at which it was found; an offset moves by up to 0.5 mg, on z 0.9 mg, a degree
/// (PS-MPU-6000A-00 rev 3.4, 6.2: 35 mg and 60 mg between 0 and 70 degrees Celsius).
package struct AccelerometerCalibration: BitwiseCopyable, Sendable, Equatable {
  /// Whole millionths on each axis, sensor frame.
  package struct Millionths: BitwiseCopyable, Sendable, Equatable {
    package let x: Int32
    package let y: Int32
    package let z: Int32

    package init(_ x: Int32, _ y: Int32, _ z: Int32) {
      self.x = x
      self.y = y
      self.z = z
    }

    fileprivate func isWithin(_ largest: Int32) -> Bool {
      -largest <= x && x <= largest && -largest <= y && y <= largest && -largest <= z && z <= largest
    }
  }

  /// Of standard gravity (micro-g): beyond 200 mg a chip is broken. A good one has 50 mg, on z 80 mg, at most
  /// (PS-MPU-6000A-00 rev 3.4, 6.2); soldering adds to it.
  package static var largestOffset: Int32 { 200_000 }
  /// Parts per million: beyond 10 % a chip is broken. A good one has 3 % at most (PS-MPU-6000A-00 rev 3.4, 6.2).
  package static var largestScale: Int32 { 100_000 }

  /// What the sensor shows where there is no force, micro-g; it is subtracted first.
  package let offset: Millionths
  /// What is then missing of a true g for each g that is shown, parts per million: above zero where it shows too
  /// little.
  package let scale: Millionths

  /// Nil beyond what a sensor that works can have.
  package init?(offset: Millionths, scale: Millionths) {
    guard offset.isWithin(Self.largestOffset), scale.isWithin(Self.largestScale) else { return nil }
    self.offset = offset
    self.scale = scale
  }

  private init() {
    offset = Millionths(0, 0, 0)
    scale = Millionths(0, 0, 0)
  }

  /// That of a sensor without an error: nothing is changed, not a bit of it.
  package static var identity: AccelerometerCalibration { AccelerometerCalibration() }

  /// The same as numbers to compute with.
  package var correction: AccelerometerCorrection { AccelerometerCorrection(self) }
}

/// A calibration made ready to be applied to every sample.
package struct AccelerometerCorrection: BitwiseCopyable, Sendable {
  /// m/s².
  package let offset: Acceleration
  package let factor: Vector3<Ratio>

  init(_ calibration: AccelerometerCalibration) {
    func force(_ millionths: Int32) -> Double { Double(millionths) * (standardGravity * 1e-6) }
    func factor(_ millionths: Int32) -> Double { Double(1_000_000 + millionths) * 1e-6 }
    let (offset, scale) = (calibration.offset, calibration.scale)
    self.offset = Acceleration(force(offset.x), force(offset.y), force(offset.z))
    // One times a number is that number, so that an identity changes nothing.
    self.factor = Vector3(
      scale.x == 0 ? 1 : factor(scale.x), scale.y == 0 ? 1 : factor(scale.y), scale.z == 0 ? 1 : factor(scale.z))
  }

  /// The specific force that was, m/s², for the one that was measured.
  package func apply(to measured: Acceleration) -> Acceleration {
    Acceleration(
      (measured.x - offset.x) * factor.x, (measured.y - offset.y) * factor.y, (measured.z - offset.z) * factor.z)
  }

  /// The direction of a specific force at rest, of which an earlier correction showed another one.
  ///
  /// Only its direction is known, and that it was one g: by this correction, or by the earlier one where that was a
  /// calibration too.
  func direction(of shown: Direction, by earlier: AccelerometerCorrection, isCalibrated: Bool) -> Direction? {
    // For a length l as it was shown, this one shows l * along + fixed.
    let along = Acceleration(
      shown.x / earlier.factor.x * factor.x, shown.y / earlier.factor.y * factor.y,
      shown.z / earlier.factor.z * factor.z)
    let fixed = Acceleration(
      (earlier.offset.x - offset.x) * factor.x, (earlier.offset.y - offset.y) * factor.y,
      (earlier.offset.z - offset.z) * factor.z)
    if isCalibrated { return (along * standardGravity + fixed).direction }
    let half = along.dot(fixed)
    let square = half * half + along.squaredLength * (standardGravity * standardGravity - fixed.squaredLength)
    // Offsets are far below one g, so that it is above zero.
    return (along * ((square.squareRoot() - half) / along.squaredLength) + fixed).direction
  }
}
