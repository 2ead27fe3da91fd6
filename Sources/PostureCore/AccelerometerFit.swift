// SPDX-License-Identifier: MIT

/// Finds the accelerometer's offset and scale from poses in which it lay still: there, whichever way it is turned, the
/// specific force is one g.
///
/// Least squares over |(m - offset) * (1 + scale)| = g by Gauss and Newton, m being a pose's mean. How the poses are
/// turned need not be known; that they are spread is seen by what an error of theirs would do to each unknown. A g is
/// standard gravity: where the local one is not (9.780 at the equator, 9.832 m/s² at the poles), all three scales are
/// off by the same part, 0.3 % at most, which changes no direction and so no tilt.
package struct AccelerometerFit: Sendable {
  /// More teach nothing new.
  package static var mostPoses: Int { 24 }
  /// Three more than there are unknowns: six poses would fit whatever they are.
  package static var fewestPoses: Int { 9 }
  /// The greatest error of an offset that an error of one in the poses may become. Six sides up give 0.7.
  private static var largestAmplification: Double { 2 }
  /// The part of the largest variance that the others may have of it.
  private static var leakage: Double { 0.05 }
  /// Makes what the poses leave open large and not infinite.
  private static var ridge: Double { 1e-4 }
  /// Convergence is quadratic, and starts within a fifth.
  private static var mostSteps: Int { 20 }

  private var means = InlineArray<24, Acceleration>(repeating: .zero)
  package private(set) var count = 0

  package init() {}

  package var isFull: Bool { count == Self.mostPoses }

  /// Takes the mean of a pose, m/s², sensor frame, as measured, without any correction.
  package mutating func add(_ mean: Acceleration) {
    precondition(!isFull, "a fit takes so many poses and no more")
    means[count] = mean
    count += 1
  }

  /// The mean of a pose, in the order in which they came.
  package subscript(pose: Int) -> Acceleration {
    precondition(pose < count, "no such pose")
    return means[pose]
  }

  /// Which axes the poses say too little of.
  package var undetermined: AxisSet {
    var equations = NormalEquations()
    for pose in 0..<count { equations.add(Row(means[pose], Unknowns()).derivatives) }
    guard let factor = equations.factored(ridge: Self.ridge) else { return .all }
    var variances = SixNumbers(repeating: 0)
    var largest = 0.0
    for unknown in 0..<6 {
      var one = SixNumbers(repeating: 0)
      one[unknown] = 1
      variances[unknown] = factor.quadratic(one)
      largest = max(largest, variances[unknown])
    }
    // Where one is wide open, some of it shows in the others, because no pose is quite along an axis.
    let limit = max(Self.largestAmplification * Self.largestAmplification, largest * Self.leakage)
    return AxisSet(
      x: max(variances[0], variances[3]) > limit, y: max(variances[1], variances[4]) > limit,
      z: max(variances[2], variances[5]) > limit)
  }

  /// What the poses say, or nil while they are too few or leave something open.
  package func solve() -> Solution? {
    guard count >= Self.fewestPoses, undetermined.isEmpty else { return nil }
    var unknowns = Unknowns()
    for _ in 0..<Self.mostSteps {
      let equations = equations(at: unknowns)
      guard let factor = equations.factored() else { return nil }
      let largest = unknowns.step(by: factor.solve(equations.gradient))
      if largest < 1e-12 { break }
    }
    guard unknowns.isFinite else { return nil }
    return solution(of: unknowns)
  }

  private func equations(at unknowns: Unknowns) -> NormalEquations {
    var equations = NormalEquations()
    for pose in 0..<count {
      let row = Row(means[pose], unknowns)
      equations.add(row.derivatives, residual: row.residual)
    }
    return equations
  }

  private func solution(of unknowns: Unknowns) -> Solution? {
    let calibration = unknowns.calibration
    // What is applied, in whole millionths, is what is reported on.
    let correction = calibration?.correction
    guard let factor = equations(at: unknowns).factored() else { return nil }
    var (before, after) = (Residual.Sum(), Residual.Sum())
    var largestTurn = Angle.zero
    var (worstPose, worst) = (0, -1.0)
    for pose in 0..<count {
      let mean = means[pose]
      let force = correction?.apply(to: mean) ?? unknowns.apply(to: mean)
      let left = force.length - standardGravity
      before.add(mean.length - standardGravity)
      after.add(left)
      let across: Acceleration = mean.cross(force)
      largestTurn = max(largestTurn, Angle(ofY: across.length, x: mean.dot(force)))
      // A pose that the fit leans on draws it near: its residual is told in parts of what it could be.
      let free = max(1 - factor.quadratic(Row(mean, unknowns).derivatives), 1e-6)
      if left * left / free > worst { (worstPose, worst) = (pose, left * left / free) }
    }
    return Solution(
      calibration: calibration, offset: unknowns.offset * standardGravity, scale: unknowns.scale,
      before: before.residual(count), after: after.residual(count), standardError: after.root(count - 6),
      worstPose: worstPose, largestTurn: largestTurn)
  }
}

/// Some of the sensor's three axes.
package struct AxisSet: BitwiseCopyable, Sendable, Equatable {
  package var x: Bool
  package var y: Bool
  package var z: Bool

  package init(x: Bool = false, y: Bool = false, z: Bool = false) {
    self.x = x
    self.y = y
    self.z = z
  }

  package static var all: AxisSet { AxisSet(x: true, y: true, z: true) }
  package var isEmpty: Bool { !x && !y && !z }
}

/// How far the lengths of the poses' forces are from one g, m/s².
package struct Residual: BitwiseCopyable, Sendable, Equatable {
  package var rootMeanSquare: Double
  package var largest: Double

  fileprivate struct Sum {
    private var squares = 0.0
    private var largest = 0.0

    mutating func add(_ difference: Double) {
      squares += difference * difference
      largest = max(largest, difference.magnitude)
    }

    func residual(_ count: Int) -> Residual { Residual(rootMeanSquare: root(count), largest: largest) }

    func root(_ count: Int) -> Double { (squares / Double(count)).squareRoot() }
  }
}

/// The six unknowns: offsets in g, and scales.
private struct Unknowns {
  var offset = Acceleration.zero
  var scale = Vector3<Ratio>.zero

  /// Subtracts the step; returns its largest part.
  mutating func step(by step: SixNumbers) -> Double {
    offset = offset - Vector3(step[0], step[1], step[2])
    scale = scale - Vector3(step[3], step[4], step[5])
    var largest = 0.0
    for index in 0..<6 { largest = max(largest, step[index].magnitude) }
    return largest
  }

  var isFinite: Bool { offset.squaredLength.isFinite && scale.squaredLength.isFinite }

  /// m/s².
  func apply(to mean: Acceleration) -> Acceleration {
    let bare = mean - offset * standardGravity
    return Acceleration(bare.x * (1 + scale.x), bare.y * (1 + scale.y), bare.z * (1 + scale.z))
  }

  /// Nil where no sensor that works can be so.
  var calibration: AccelerometerCalibration? {
    typealias Millionths = AccelerometerCalibration.Millionths
    func whole<Unit>(_ v: Vector3<Unit>) -> Millionths? {
      guard let x = millionths(v.x), let y = millionths(v.y), let z = millionths(v.z) else { return nil }
      return Millionths(x, y, z)
    }
    guard let offset = whole(offset), let scale = whole(scale) else { return nil }
    return AccelerometerCalibration(offset: offset, scale: scale)
  }

  /// The nearest whole number of millionths; nil for more than one.
  private func millionths(_ value: Double) -> Int32? {
    guard value.magnitude < 1 else { return nil }
    return Int32(value * 1e6 + (value < 0 ? -0.5 : 0.5))
  }
}

/// One pose in the fit: how far its force is from one g, in g, and what changes that.
private struct Row {
  let residual: Double
  let derivatives: SixNumbers

  init(_ mean: Acceleration, _ unknowns: Unknowns) {
    let bare = mean * (1 / standardGravity) - unknowns.offset
    let factor = Vector3<Ratio>(1 + unknowns.scale.x, 1 + unknowns.scale.y, 1 + unknowns.scale.z)
    let force = Acceleration(bare.x * factor.x, bare.y * factor.y, bare.z * factor.z)
    let length = force.length
    residual = length - 1
    var derivatives = SixNumbers(repeating: 0)
    if length > 0 {
      let (x, y, z) = (force.x / length, force.y / length, force.z / length)
      derivatives[0] = -x * factor.x
      derivatives[1] = -y * factor.y
      derivatives[2] = -z * factor.z
      derivatives[3] = x * bare.x
      derivatives[4] = y * bare.y
      derivatives[5] = z * bare.z
    }
    self.derivatives = derivatives
  }
}
