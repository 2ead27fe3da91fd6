// SPDX-License-Identifier: MIT
import PostureCore

/// An accelerometer with known errors: what it shows of a specific force.
struct Accelerometer {
  /// m/s².
  var offset = Acceleration.zero
  /// What it shows too much of a g.
  var excess = Vector3<Ratio>.zero
  /// Errors beside the model's: what an axis shows of the next one.
  var crossAxis = 0.0

  /// As bad as a good MPU-6050 may be.
  static let bad = Accelerometer(
    offset: Acceleration(mg(45), mg(-38), mg(71)), excess: Vector3(0.021, -0.017, 0.009))

  func shown(of force: Acceleration) -> Acceleration {
    Acceleration(
      (force.x + crossAxis * force.y) * (1 + excess.x) + offset.x,
      (force.y + crossAxis * force.z) * (1 + excess.y) + offset.y,
      (force.z + crossAxis * force.x) * (1 + excess.z) + offset.z)
  }

  func shown(up: Direction, gravity: Double = standardGravity) -> Acceleration {
    shown(of: (up * gravity).reinterpreted())
  }
}

/// m/s².
func mg(_ milli: Double) -> Double { milli * 0.001 * standardGravity }

/// The six sides up, then three edges.
let nineWays: [Direction] =
  [SensorAxis.plusX, .minusX, .plusY, .minusY, .plusZ, .minusZ].map(\.direction)
  + [Direction(0.6, 0.8, 0), Direction(0, -0.6, 0.8), Direction(-0.8, 0, -0.6)]

func fit(_ means: [Acceleration]) -> AccelerometerFit {
  var fit = AccelerometerFit()
  for mean in means { fit.add(mean) }
  return fit
}

func calibration(_ offset: (Int32, Int32, Int32), _ scale: (Int32, Int32, Int32)) -> AccelerometerCalibration? {
  AccelerometerCalibration(
    offset: .init(offset.0, offset.1, offset.2), scale: .init(scale.0, scale.1, scale.2))
}
