// SPDX-License-Identifier: MIT
import PostureCore

/// What walking adds at the trunk: two steps make a stride, which sways to both sides once.
///
/// At 1.8 steps a second, with a vertical acceleration of 2 m/s² (root mean square), which is the middle of the 1.5 to
/// 3 m/s² that `ContextDetector` cites for the trunk.
enum Gait {
  /// - Parameter stepFrequency: the fewer, the further each goes: it is felt as much.
  static func motion(at seconds: Double, stepsPerSecond stepFrequency: Double = 1.8) -> TrunkMotion {
    let strideFrequency = stepFrequency / 2
    let degree = Angle.degrees(1).radians
    func swing(_ amplitude: Double, _ frequency: Double, _ phase: Double) -> Jet {
      Oscillator(amplitude: amplitude, frequency: frequency, phase: phase).jet(at: seconds)
    }
    return TrunkMotion(
      flexion: swing(1.5 * degree, stepFrequency, 0.1),
      lateral: swing(2 * degree, strideFrequency, 0.35),
      yaw: swing(5 * degree, strideFrequency, 0.6),
      forward: swing(amplitude(of: 1.2, stepFrequency), stepFrequency, 0.75),
      left: swing(amplitude(of: 0.8, strideFrequency), strideFrequency, 0.2),
      up: swing(amplitude(of: 2.6, stepFrequency), stepFrequency, 0.5)
        + swing(amplitude(of: 1.1, 2 * stepFrequency), 2 * stepFrequency, 0.15))
  }

  /// The amplitude in m of a swing whose acceleration has this amplitude in m/s².
  private static func amplitude(of acceleration: Double, _ frequency: Double) -> Double {
    let angularFrequency = 2 * Double.pi * frequency
    return acceleration / (angularFrequency * angularFrequency)
  }
}
