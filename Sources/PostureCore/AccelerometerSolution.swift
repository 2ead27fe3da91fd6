// SPDX-License-Identifier: MIT

extension AccelerometerFit {
  /// What a fit found, and how good it is.
  package struct Solution: BitwiseCopyable, Sendable {
    /// Nil where no sensor that works can be so.
    package let calibration: AccelerometerCalibration?
    /// m/s², sensor frame.
    package let offset: Acceleration
    package let scale: Vector3<Ratio>
    /// Without and with the calibration.
    package let before: Residual
    package let after: Residual
    /// Of one pose, m/s²: the residual by the poses beyond the six unknowns, so that the fitting does not shrink it.
    package let standardError: Double
    /// The pose that fits worst, counted from 0.
    package let worstPose: Int
    /// How far the calibration turns up in any of the poses: how wrong it was.
    package let largestTurn: Angle

    /// How wrong up may still be, where the rest of the error lies across: a mg is a thousandth of a radian.
    package var remainingTurn: Angle { Angle(radians: standardError / standardGravity) }

    /// Why it must not be used; nil where it may.
    package var refusal: Refusal? {
      let limit = Double(AccelerometerCalibration.largestOffset) * (standardGravity * 1e-6)
      if let axis = Self.axis(of: offset, beyond: limit) { return .offset(axis) }
      if let axis = Self.axis(of: scale, beyond: Double(AccelerometerCalibration.largestScale) * 1e-6) {
        return .scale(axis)
      }
      if standardError > Self.largestError || after.largest > Self.largestSingle || calibration == nil {
        return .residual(pose: worstPose)
      }
      return nil
    }

    /// m/s². A chip whose axes are not quite square to each other, by up to 2 % (PS-MPU-6000A-00 rev 3.4, 6.2), leaves
    /// about so much; more is a sensor that was moved, or held.
    private static var largestError: Double { 0.010 * standardGravity }
    /// The same in any single pose, m/s².
    private static var largestSingle: Double { 0.025 * standardGravity }

    /// The axis with the largest part, where that is beyond the limit.
    private static func axis<Unit>(of v: Vector3<Unit>, beyond limit: Double) -> SensorAxis? {
      let axis = SensorAxis(nearest: v)
      return v.dot(axis.direction) > limit ? axis : nil
    }
  }

  package enum Refusal: BitwiseCopyable, Sendable, Equatable {
    /// The offset along this axis is none that a sensor that works has.
    case offset(SensorAxis)
    /// The same of the scale: towards this axis above zero, towards its opposite below.
    case scale(SensorAxis)
    /// The poses contradict each other, this one (counted from 0) the others most.
    case residual(pose: Int)
  }
}

extension SensorAxis {
  /// The axis, or its opposite, that lies nearest to a vector: the side of the sensor that is up.
  package init<Unit>(nearest v: Vector3<Unit>) {
    let (x, y, z) = (v.x.magnitude, v.y.magnitude, v.z.magnitude)
    if x >= y && x >= z {
      self = v.x < 0 ? .minusX : .plusX
    } else if y >= z {
      self = v.y < 0 ? .minusY : .plusY
    } else {
      self = v.z < 0 ? .minusZ : .plusZ
    }
  }
}
