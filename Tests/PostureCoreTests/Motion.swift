// SPDX-License-Identifier: MIT
import Glibc
import PostureCore

/// A sensor on a body that moves: its attitude and its own acceleration as functions of the time in seconds.
struct Motion {
  /// From the sensor to the room, whose z axis is up.
  var attitude: (Double) -> Rotation = { _ in .identity }
  /// In the room, m/s².
  var acceleration: (Double) -> Acceleration = { _ in .zero }
  /// Of the gyroscope, sensor frame.
  var bias: (Double) -> AngularVelocity = { _ in .zero }

  func up(at time: Double) -> Direction { attitude(time).inverse.apply(to: Direction(0, 0, 1)) }

  /// Without noise.
  func sample(at time: Double) -> InertialSample {
    let now = attitude(time)
    let force = acceleration(time) + Acceleration(0, 0, standardGravity)
    return InertialSample(
      time: at(time), acceleration: now.inverse.apply(to: force),
      angularVelocity: rate(at: time) + bias(time))
  }

  private func at(_ seconds: Double) -> Timestamp { Timestamp(microseconds: 0) + .seconds(seconds) }

  private func rate(at time: Double) -> AngularVelocity {
    let step = 1e-4
    let turned = attitude(time - step).inverse * attitude(time + step)
    let sign = turned.w < 0 ? -1.0 : 1
    return AngularVelocity(turned.x, turned.y, turned.z) * (sign / step)
  }
}

extension Motion {
  /// At rest with its z axis so, and its heading anywhere.
  static func rest(_ up: Direction = Direction(0, 0, 1), bias: AngularVelocity = .zero) -> Motion {
    let attitude = rotation(taking: up)
    return Motion(attitude: { _ in attitude }, bias: { _ in bias })
  }

  /// Takes `up` to the vertical of the room.
  private static func rotation(taking up: Direction) -> Rotation {
    let axis: Vector3<UnitLength> = up.cross(Direction(0, 0, 1))
    guard let axis = axis.direction else {
      return up.z > 0 ? .identity : Rotation(w: 0, x: 1, y: 0, z: 0)
    }
    return turn(of: radians(angle(between: up, Direction(0, 0, 1))), about: axis)
  }

  /// Bends, sways and turns all the time, by some ten degrees, and walks: no second of it is a rest.
  static func restless(seed: UInt64, bias: AngularVelocity = .zero) -> Motion {
    var random = SeededRandom(seed: seed)
    let mount = random.rotation()
    let flexion = sines([(14, 0.13), (9, 0.31), (4, 0.9)], &random)
    let lateral = sines([(6, 0.17), (5, 0.43), (2, 0.9)], &random)
    let heading = sines([(50, 0.05), (20, 0.21), (4, 0.9)], &random)
    let across = sines([(0.5, 0.37), (0.8, 0.9)], &random)
    let along = sines([(0.6, 0.29), (1.2, 1.8)], &random)
    let bounce = sines([(2.1, 1.8)], &random)
    return Motion(
      attitude: { time in
        turn(of: radians(heading(time)), about: Direction(0, 0, 1))
          * turn(of: radians(flexion(time)), about: Direction(0, 1, 0))
          * turn(of: radians(lateral(time)), about: Direction(1, 0, 0)) * mount
      },
      acceleration: { Acceleration(along($0), across($0), bounce($0)) }, bias: { _ in bias })
  }

  /// Amplitudes and frequencies in Hz; a phase from chance, and a tenth of either.
  private static func sines(
    _ parts: [(Double, Double)], _ random: inout SeededRandom
  ) -> (Double) -> Double {
    let parts = parts.map { part in
      (
        part.0 * (1 + random.within(0.1)), 2 * .pi * part.1 * (1 + random.within(0.1)),
        random.within(.pi)
      )
    }
    return { time in parts.reduce(0) { $0 + $1.0 * sin($1.1 * time + $1.2) } }
  }
}

/// What an MPU-6050 at 16 g and 2000 deg/s makes of a sample: noise of 3 mg and 0.05 deg/s, and whole numbers.
struct Chip {
  private var random: SeededRandom
  private let scale = SensorScale(acceleration: 2048, angularVelocity: 16.4)

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func reading(of sample: InertialSample) -> InertialSample {
    let force = sample.acceleration * (2048 / standardGravity)
    let rate = sample.angularVelocity * (16.4 * 180 / .pi)
    let raw = RawSample(
      time: sample.time, ax: noisy(force.x, 6), ay: noisy(force.y, 6), az: noisy(force.z, 6),
      gx: noisy(rate.x, 0.8), gy: noisy(rate.y, 0.8), gz: noisy(rate.z, 0.8))
    return scale.sample(from: raw)
  }

  /// Noise that looks normal: the sum of three even ones.
  private mutating func noisy(_ value: Double, _ deviation: Double) -> Int16 {
    let noise = random.within(deviation) + random.within(deviation) + random.within(deviation)
    return Int16((value + noise).rounded())
  }
}
