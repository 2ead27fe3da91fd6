// SPDX-License-Identifier: MIT
import PostureCore

/// A gyroscope bias with the frame that it needs, carried along as the filter does.
struct Learner {
  var parameters = GyroscopeBias.Parameters()
  private(set) var bias = GyroscopeBias()
  private(set) var frame: Rotation
  private var lastRate: AngularVelocity?

  init(frame: Rotation = .identity) { self.frame = frame }

  var estimate: AngularVelocity { bias.estimate }
  var deviation: Double { degrees(bias.deviation) }

  mutating func take(_ sample: InertialSample, after interval: Double = 0.01) -> GyroscopeBias
    .Correction?
  {
    let between =
      ((lastRate ?? sample.angularVelocity) + sample.angularVelocity) * 0.5 - bias.estimate
    lastRate = sample.angularVelocity
    frame = (frame * Rotation(turning: (between * interval).reinterpreted())).renormalised()
    let matrix = frame.matrix
    let isOver = bias.add(
      force: matrix.apply(to: sample.acceleration), rate: sample.angularVelocity, frame: matrix, after: interval)
    return isOver ? bias.learn(frame: matrix, parameters) : nil
  }

  mutating func interrupt() {
    bias.interrupt(for: 0, parameters)
    lastRate = nil
  }

  /// 100 Hz of a motion, over a time in seconds; the errors in degrees a second at the end of each block.
  @discardableResult mutating func follow(
    _ motion: Motion, from start: Double = 0, to end: Double, chip: inout Chip
  ) -> [(time: Double, error: Double)] {
    var errors: [(time: Double, error: Double)] = []
    for tick in Int((start * 100).rounded()) + 1...Int((end * 100).rounded()) {
      let time = Double(tick) * 0.01
      guard take(chip.reading(of: motion.sample(at: time))) != nil else { continue }
      errors.append((time, error(from: motion.bias(time))))
    }
    return errors
  }

  /// Degrees a second.
  func error(from truth: AngularVelocity) -> Double { degrees((estimate - truth).length) }
}

func rate(_ x: Double, _ y: Double, _ z: Double) -> AngularVelocity {
  AngularVelocity(radians(x), radians(y), radians(z))
}

/// Turns about an axis of the room, by an angle in degrees that is a function of the time, in a mount.
func turning(
  about axis: Direction, mount: Rotation = .identity, bias: AngularVelocity = .zero,
  by angle: @escaping (Double) -> Double
) -> Motion {
  Motion(attitude: { turn(of: radians(angle($0)), about: axis) * mount }, bias: { _ in bias })
}

/// Degrees a second: across the vertical, where an error tilts the estimate, and along it.
func errors(_ learner: Learner, _ motion: Motion, at time: Double) -> (
  across: Double, along: Double
) {
  let error = learner.estimate - motion.bias(time)
  let up = motion.up(at: time)
  let along = up.dot(error)
  let across: AngularVelocity = error - (up * along).reinterpreted()
  return (degrees(across.length), degrees(along.magnitude))
}
