// SPDX-License-Identifier: MIT
import PostureCore

/// One walk, with its own cadence and strength, neither of which is quite steady.
///
/// The shares of its swings are `Gait`'s, whose vertical acceleration is 2 m/s² (root mean square).
struct IrregularGait: BitwiseCopyable, Sendable, Equatable {
  /// Steps a second.
  let cadence: Double
  /// Of the vertical acceleration, m/s².
  let strength: Double
  private let slowCadence: Oscillator
  private let fastCadence: Oscillator
  private let slowStrength: Oscillator
  private let fastStrength: Oscillator
  private let heading: Oscillator

  init(cadence: Double, strength: Double, _ draw: inout Draw) {
    self.cadence = cadence
    self.strength = strength
    func swing(_ amplitude: Double, _ low: Double, _ high: Double) -> Oscillator {
      Oscillator(amplitude: amplitude, frequency: draw.number(low, high), phase: draw.number(0, 1))
    }
    // Assumed: strides that vary in length by 2 to 4 percent, slowly. In turns, by which a step comes sooner or later.
    slowCadence = swing(0.12, 0.03, 0.05)
    fastCadence = swing(0.04, 0.1, 0.15)
    slowStrength = swing(0.12, 0.025, 0.06)
    fastStrength = swing(0.08, 0.15, 0.3)
    // Nobody walks straight on for minutes: up to 8 deg/s.
    heading = swing(Angle.degrees(50).radians, 0.012, 0.025)
  }

  func motion(at seconds: Double) -> TrunkMotion {
    let stride =
      Jet(cadence / 2 * seconds, rate: cadence / 2) + slowCadence.jet(at: seconds) + fastCadence.jet(at: seconds)
    func swing(_ amplitude: Double, _ perStride: Double, _ phase: Double) -> Jet {
      Jet.sine(ofTurns: stride * perStride + Jet(phase)) * amplitude
    }
    /// The swing in m whose acceleration has this amplitude in m/s² at the usual cadence.
    func shake(_ acceleration: Double, _ perStride: Double, _ phase: Double) -> Jet {
      let angularFrequency = Double.pi * cadence * perStride
      return swing(acceleration / (angularFrequency * angularFrequency), perStride, phase)
    }
    let degree = Angle.degrees(1).radians
    let usual = TrunkMotion(
      flexion: swing(1.5 * degree, 2, 0.1), lateral: swing(2 * degree, 1, 0.35), yaw: swing(5 * degree, 1, 0.6),
      forward: shake(1.2, 2, 0.75), left: shake(0.8, 1, 0.2),
      // The last makes left and right differ.
      up: shake(2.6, 2, 0.5) + shake(1.1, 4, 0.15) + shake(0.3, 1, 0.8))
    let share = Jet(1) + slowStrength.jet(at: seconds) + fastStrength.jet(at: seconds)
    var motion = usual * (share * (strength / 2))
    motion.yaw = motion.yaw + heading.jet(at: seconds).withoutValue
    return motion
  }
}
