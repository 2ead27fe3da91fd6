// SPDX-License-Identifier: MIT
import PostureCore

/// How one person's trunk moves though the person sits still: breath, heartbeat, slow sway and small shifts.
///
/// Richer than `Sway`, and different from person to person.
struct LivingSway: BitwiseCopyable, Sendable, Equatable {
  private let breath: Oscillator
  private let restingBreath: Oscillator
  private let breathDrift: Oscillator
  private let heart: Oscillator
  private let flexion: InlineArray<3, Oscillator>
  private let lateral: InlineArray<3, Oscillator>
  private let yaw: Oscillator
  private let random: CounterRandom
  /// Seconds between two shifts, and how far they go, rad.
  private let shiftPeriod: Double
  private let shiftSize: Double

  static func == (a: LivingSway, b: LivingSway) -> Bool { a.random == b.random }

  init(_ random: CounterRandom) {
    self.random = random
    var draw = Draw(random, stream: 10)
    func swing(_ amplitude: Double, _ frequency: Double) -> Oscillator {
      Oscillator(amplitude: Angle.degrees(amplitude).radians, frequency: frequency, phase: draw.number(0, 1))
    }
    // Adults at rest breathe 12 to 20 times a minute, lying more slowly; the chest turns the sensor by some tenths of
    // a degree.
    let amplitude = draw.number(0.15, 0.5)
    breath = swing(amplitude, draw.number(0.2, 0.33))
    restingBreath = swing(amplitude, draw.number(0.17, 0.24))
    // No two breaths are of the same length: a tenth of a breath sooner or later.
    breathDrift = Oscillator(amplitude: 0.1, frequency: draw.number(0.02, 0.04), phase: draw.number(0, 1))
    // The heart shakes the trunk by some mg, 60 to 80 times a minute.
    heart = Oscillator(amplitude: draw.number(0.01, 0.03), frequency: draw.number(1, 1.35), phase: draw.number(0, 1))
    flexion = [
      swing(draw.number(0.05, 0.15), draw.number(0.13, 0.2)), swing(draw.number(0.1, 0.3), draw.number(0.05, 0.09)),
      swing(draw.number(0.1, 0.4), draw.number(0.015, 0.03)),
    ]
    lateral = [
      swing(draw.number(0.05, 0.12), draw.number(0.12, 0.18)), swing(draw.number(0.08, 0.25), draw.number(0.04, 0.08)),
      swing(draw.number(0.1, 0.3), draw.number(0.012, 0.028)),
    ]
    yaw = swing(draw.number(0.3, 1), draw.number(0.04, 0.08))
    shiftPeriod = draw.number(9, 25)
    shiftSize = Angle.degrees(draw.number(0.2, 0.8)).radians
  }

  /// - Parameter rest: how much the body is supported and at rest: then it breathes more slowly, to all sides, and
  ///   sways a fifth as far.
  func motion(at seconds: Double, rest: Jet) -> TrunkMotion {
    var motion = TrunkMotion()
    for index in 0..<3 {
      motion.flexion = motion.flexion + flexion[index].jet(at: seconds)
      motion.lateral = motion.lateral + lateral[index].jet(at: seconds)
    }
    motion.flexion = motion.flexion + shift(at: seconds, stream: 11)
    motion.lateral = motion.lateral + shift(at: seconds, stream: 12)
    motion.yaw = yaw.jet(at: seconds)
    if rest.value > 0 { motion = motion * (Jet(1) + rest * -0.8) }
    let drift = breathDrift.jet(at: seconds)
    if rest.value < 1 {
      motion.flexion = motion.flexion + breathing(breath, drift, seconds) * (Jet(1) + rest * -1)
    }
    if rest.value > 0 {
      let resting = breathing(restingBreath, drift, seconds) * rest
      motion.flexion = motion.flexion + resting
      motion.lateral = motion.lateral + resting * 0.4
    }
    motion.up = Jet(0, acceleration: heart.jet(at: seconds).value)
    return motion
  }

  private func breathing(_ breath: Oscillator, _ drift: Jet, _ seconds: Double) -> Jet {
    let phase = Jet(breath.frequency * seconds + breath.phase, rate: breath.frequency) + drift
    return Jet.sine(ofTurns: phase) * breath.amplitude
  }

  /// From one small offset to the next, within 1.5 s.
  private func shift(at seconds: Double, stream: UInt64) -> Jet {
    let number = max(0, Int64(seconds / shiftPeriod))
    func offset(_ number: Int64) -> Double {
      number <= 0 ? 0 : (random.uniform(stream: stream, index: UInt64(number)) * 2 - 1) * shiftSize
    }
    let (last, next) = (offset(number - 1), offset(number))
    return Jet(last)
      + Jet.minimumJerk(after: seconds - Double(number) * shiftPeriod, over: 1.5) * (next - last)
  }
}
