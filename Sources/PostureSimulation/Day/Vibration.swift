// SPDX-License-Identifier: MIT
import PostureCore

/// Broad vibration: oscillators without a common period, whose strength comes and goes. Accelerations in m/s².
struct Vibration: BitwiseCopyable, Sendable, Equatable {
  private let phase: Double
  private let rms: Double
  private let kind: Kind

  enum Kind: BitwiseCopyable, Sendable, Equatable {
    case road, typing, engine
  }

  init(_ kind: Kind, rms: Double, _ draw: inout Draw) {
    self.kind = kind
    self.rms = rms
    phase = draw.number(0, 1)
  }

  /// Hz and share. Assumed: most of it about 4 to 5 Hz, where seat and body resonate, and little above 20 Hz.
  private static var road: InlineArray<8, (Double, Double)> {
    [
      (2.27, 0.45), (3.13, 0.6), (4.31, 0.75), (5.57, 0.6), (7.83, 0.45), (10.91, 0.3), (14.33, 0.25), (19.07, 0.15),
    ]
  }
  /// Root of half the sum of the squared shares above.
  private static var roadShare: Double { 0.951 }

  func motion(at seconds: Double) -> TrunkMotion {
    switch kind {
    case .road: road(at: seconds)
    // Keys make a desk ring between 5 and 20 Hz.
    case .typing: typing(at: seconds)
    // Four cylinders at 750 turns a minute fire 25 times a second.
    case .engine: TrunkMotion(up: shake(2.squareRoot() * rms, 25, 0.3, seconds))
    }
  }

  private func shake(_ amplitude: Double, _ frequency: Double, _ offset: Double, _ seconds: Double) -> Jet {
    Jet(
      0,
      acceleration: Oscillator(amplitude: amplitude, frequency: frequency, phase: phase + offset).jet(at: seconds).value
    )
  }

  private func swell(_ frequency: Double, _ offset: Double, _ seconds: Double) -> Double {
    Oscillator(amplitude: 1, frequency: frequency, phase: phase * 3 + offset).jet(at: seconds).value
  }

  /// Assumed: sideways, and fore and aft, half as strong as upward.
  private func road(at seconds: Double) -> TrunkMotion {
    let level = rms / Self.roadShare * (1 + 0.3 * swell(0.031, 0, seconds) + 0.2 * swell(0.087, 0.4, seconds))
    var motion = TrunkMotion()
    for index in 0..<8 {
      let (frequency, share) = Self.road[index]
      // A road of its own: up to 8 percent off.
      let own = frequency * (1 + 0.08 * phase)
      motion.up = motion.up + shake(level * share, own, 0.37 * Double(index), seconds)
      if index & 1 == 0 {
        motion.forward = motion.forward + shake(0.7 * level * share, own * 0.93, 0.61 * Double(index), seconds)
        motion.left = motion.left + shake(0.7 * level * share, own * 1.07, 0.23 * Double(index), seconds)
      }
    }
    // The trunk nods and rolls with it, more on a worse road.
    let nod = Angle.degrees(0.5 * rms).radians
    motion.flexion = Oscillator(amplitude: nod, frequency: 1.37, phase: phase).jet(at: seconds)
    motion.lateral = Oscillator(amplitude: nod, frequency: 1.09, phase: phase + 0.5).jet(at: seconds)
    return motion
  }

  /// Bursts with pauses.
  private func typing(at seconds: Double) -> TrunkMotion {
    let burst = swell(0.019, 0, seconds) * swell(0.133, 0.2, seconds)
    let level = rms * 2 * burst * burst
    return TrunkMotion(
      forward: shake(0.5 * level, 7.3, 0.1, seconds),
      up: shake(level, 5.9, 0, seconds) + shake(level, 11.7, 0.4, seconds) + shake(0.7 * level, 18.1, 0.7, seconds))
  }
}

/// How a hand shakes and turns what it holds: some degrees and up to about 1 m/s² at 0.4 to 2.5 Hz, as hands do that
/// are not in a hurry.
struct HandMotion: BitwiseCopyable, Sendable, Equatable {
  private let phase: Double

  init(_ draw: inout Draw) { phase = draw.number(0, 1) }

  func motion(at seconds: Double) -> TrunkMotion {
    func swing(_ degrees: Double, _ frequency: Double, _ offset: Double) -> Jet {
      Oscillator(amplitude: Angle.degrees(degrees).radians, frequency: frequency, phase: phase + offset).jet(
        at: seconds)
    }
    func shake(_ acceleration: Double, _ frequency: Double, _ offset: Double) -> Jet {
      let wave = Oscillator(amplitude: acceleration, frequency: frequency, phase: phase + offset).jet(at: seconds)
      return Jet(0, acceleration: wave.value)
    }
    return TrunkMotion(
      flexion: swing(5, 0.43, 0) + swing(2, 1.31, 0.3), lateral: swing(6, 0.37, 0.6) + swing(2, 1.13, 0.2),
      yaw: swing(15, 0.29, 0.1).withoutValue,
      forward: shake(0.6, 0.71, 0.4), left: shake(0.6, 0.93, 0.8), up: shake(0.8, 1.57, 0.5) + shake(0.3, 2.49, 0.9))
  }
}
