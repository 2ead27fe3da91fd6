// SPDX-License-Identifier: MIT
import PostureCore

/// The small movements of a living body that sits still: breathing and slow sway, together under one degree.
struct Sway: BitwiseCopyable, Sendable, Equatable {
  private let breathing: Oscillator
  private let slowFlexion: Oscillator
  private let slowerFlexion: Oscillator
  private let slowLateral: Oscillator
  private let slowerLateral: Oscillator
  private let yaw: Oscillator
  private let forward: Oscillator
  private let left: Oscillator

  /// The phases come from the seed. The frequencies have no common period within two hours.
  init(_ random: CounterRandom) {
    func swing(_ amplitude: Double, _ frequency: Double, _ index: UInt64) -> Oscillator {
      Oscillator(amplitude: amplitude, frequency: frequency, phase: random.uniform(stream: 2, index: index))
    }
    let degree = Angle.degrees(1).radians
    breathing = swing(0.3 * degree, 0.25, 0)
    slowFlexion = swing(0.13 * degree, 0.1731, 1)
    slowerFlexion = swing(0.25 * degree, 0.0713, 2)
    slowLateral = swing(0.12 * degree, 0.1379, 3)
    slowerLateral = swing(0.2 * degree, 0.0531, 4)
    yaw = swing(0.5 * degree, 0.0611, 5)
    forward = swing(0.003, 0.1987, 6)
    left = swing(0.003, 0.1193, 7)
  }

  func motion(at seconds: Double) -> TrunkMotion {
    TrunkMotion(
      flexion: breathing.jet(at: seconds) + slowFlexion.jet(at: seconds) + slowerFlexion.jet(at: seconds),
      lateral: slowLateral.jet(at: seconds) + slowerLateral.jet(at: seconds),
      yaw: yaw.jet(at: seconds),
      forward: forward.jet(at: seconds), left: left.jet(at: seconds))
  }
}
