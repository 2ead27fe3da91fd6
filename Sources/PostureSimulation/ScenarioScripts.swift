// SPDX-License-Identifier: MIT
import PostureCore

extension Scenario {
  package var script: Script {
    switch self {
    case .upright: Script([step(.upright, 60)])
    case .slowSlouch, .gyroBias: slouch(over: 15, held: 20, corrected: 20)
    case .slouchUntilReminded, .motorShake: slouch(over: 3, held: 77, corrected: 15)
    case .upsideDown: slouch(over: 3, held: 20, corrected: 22)
    case .briefLean: slouch(over: 1, held: 4, corrected: 40)
    case .sidewaysLean:
      Script([
        step(.upright, 15), step(.lean(to: .degrees(20), over: .seconds(2)), 22), step(.correct, 23),
      ])
    case .reaching:
      Script([
        step(.upright, 15), step(.reach, 3), step(.hold, 7), step(.reach, 3), step(.hold, 7), step(.reach, 3),
        step(.hold, 22),
      ])
    case .walking: Script([step(.upright, 15), step(.walk, 30), step(.upright, 15)])
    case .nodding:
      Script([
        step(.upright, 15),
        step(.nod(about: .degrees(15.5), amplitude: .degrees(3), period: .seconds(5)), 42),
        step(.correct, 13),
      ])
    case .saturation:
      Script([
        step(.upright, 20), step(.jolt, 1), step(.hold, 9), step(.jolt, 1), step(.hold, 9), step(.jolt, 1),
        step(.hold, 19),
      ])
    case .gap, .stuck:
      Script([
        step(.upright, 35), step(.slouch(to: .degrees(25), over: .seconds(2)), 17), step(.correct, 18),
      ])
    case .offBody: Script([step(.upright, 20), step(.offBody, 30), step(.upright, 20)])
    case .sixPoses: Script([step(.upright, 15)] + lyingPoses + lyingPoses)
    }
  }

  /// Up are the sensor's z, -x, -z, x, y and -y, then three edges.
  private var lyingPoses: [Step] {
    [(0, 0), (90, 0), (180, 0), (270, 0), (270, -90), (270, 90), (315, 35), (225, -35), (120, 20)].map {
      step(.lie(flexion: .degrees($0), lateral: .degrees($1)), 5)
    }
  }

  /// Bends to 25 degrees, the hold time beginning when it is reached. Lengths in seconds.
  private func slouch(over: Double, held: Double, corrected: Double) -> Script {
    Script([
      step(.upright, 15), step(.slouch(to: .degrees(25), over: .seconds(over)), over + held),
      step(.correct, corrected),
    ])
  }

  private func step(_ activity: Activity, _ seconds: Double) -> Step { Step(activity, for: .seconds(seconds)) }
}
