// SPDX-License-Identifier: MIT
import Glibc
import PostureCore

/// Random numbers from a seed (SplitMix64): the same in every run.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func within(_ largest: Double) -> Double { .random(in: -largest...largest, using: &self) }

  mutating func vector<Unit>(within largest: Double) -> Vector3<Unit> {
    Vector3(within(largest), within(largest), within(largest))
  }

  mutating func direction() -> Direction {
    while true {
      let candidate: Vector3<UnitLength> = vector(within: 1)
      if (0.01...1).contains(candidate.squaredLength), let direction = candidate.direction { return direction }
    }
  }

  mutating func rotation() -> Rotation { turn(of: within(.pi), about: direction()) }
}

func at(_ seconds: Double) -> Timestamp { Timestamp(microseconds: 0) + .seconds(seconds) }

func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
func degrees(_ radians: Double) -> Double { radians * 180 / .pi }

/// A rotation by libm's sine and cosine: what the core's own is held against.
func turn(of angle: Double, about axis: Direction) -> Rotation {
  Rotation(w: cos(angle / 2), x: axis.x * sin(angle / 2), y: axis.y * sin(angle / 2), z: axis.z * sin(angle / 2))
}

/// In degrees.
func angle(between a: Direction, _ b: Direction) -> Double {
  let across: Vector3<UnitLength> = a.cross(b)
  return degrees(atan2(across.length, a.dot(b)))
}

/// Up in the sensor frame when the sensor's axes are the body's and the wearer bends so far, in degrees.
func up(flexion: Double, lateral: Double = 0) -> Direction {
  let f = radians(flexion)
  let l = radians(lateral)
  return Direction(-sin(f) * cos(l), -sin(l), cos(f) * cos(l))
}

/// A sensor at rest or in slow motion.
func sample(
  at time: Timestamp, up: Direction = Direction(0, 0, 1), rate: AngularVelocity = .zero
) -> InertialSample {
  InertialSample(time: time, acceleration: (up * standardGravity).reinterpreted(), angularVelocity: rate)
}

/// A wearer with a gyroscope bias and noise who bends forward and back, at 100 Hz; the sensor's axes are the body's.
struct Wearer {
  var bias = AngularVelocity.zero
  /// Greatest error of a value, m/s² and rad/s; never none, because a sensor that repeats itself is stuck.
  var noise = 0.01
  var mount = Rotation.identity
  private(set) var samples: [InertialSample] = []
  private var tick: Int64 = 0
  private var flexion = 0.0
  private var random = SeededRandom(seed: 5)

  var now: Timestamp { Timestamp(microseconds: tick * 10_000) }

  /// Comes to an angle (degrees, forward) over so many seconds along half a cosine.
  mutating func bend(to target: Double, over seconds: Double) {
    let start = flexion
    let count = Int((seconds * 100).rounded())
    for step in 1...max(count, 1) {
      let phase = Double.pi * Double(step) / Double(max(count, 1))
      flexion = start + (target - start) * (1 - cos(phase)) / 2
      take(rate: radians(target - start) * sin(phase) * .pi / 2 / seconds)
    }
  }

  mutating func hold(_ seconds: Double) {
    for _ in 0..<Int((seconds * 100).rounded()) { take(rate: 0) }
  }

  /// Shakes as in walking: 1.8 steps a second, 2.1 m/s² root mean square along the vertical.
  mutating func walk(_ seconds: Double) {
    for _ in 0..<Int((seconds * 100).rounded()) {
      take(rate: 0, bounce: 3 * sin(2 * .pi * 1.8 * Double(tick) * 0.01))
    }
  }

  /// Time passes without a sample.
  mutating func skip(_ seconds: Double) { tick += Int64((seconds * 100).rounded()) }

  /// The last sample again and again.
  mutating func freeze(_ seconds: Double) {
    for _ in 0..<Int((seconds * 100).rounded()) {
      var last = samples[samples.count - 1]
      last.time = now
      samples.append(last)
      tick += 1
    }
  }

  private mutating func take(rate: Double, bounce: Double = 0) {
    let force: Acceleration = (up(flexion: flexion) * (standardGravity + bounce)).reinterpreted()
    let turning = AngularVelocity(0, rate, 0)
    samples.append(
      InertialSample(
        time: now, acceleration: mount.apply(to: force) + random.vector(within: noise),
        angularVelocity: mount.apply(to: turning) + bias + random.vector(within: noise * 0.1)))
    tick += 1
  }
}

extension MotionDetector {
  mutating func update(_ sample: InertialSample) -> Bool { update(sample.acceleration.length, at: sample.time) }
}

extension RideDetector {
  mutating func update(_ sample: InertialSample, isWalking: Bool) -> Bool {
    update(sample.acceleration.length, isWalking: isWalking, at: sample.time)
  }
}
