// SPDX-License-Identifier: MIT
import PostureCore
import PostureSimulation

/// Prints the true motion of a wearer's upper trunk through desk work, 100 rows a second: specific force in m/s²,
/// angular velocity in rad/s, up, and whether the wearer walks, all in the body frame (x forward, y left, z up).
@main
enum SimulatedHours {
  private static let usage = "simulated-hours SEED SECONDS, of at least \(DeskWork.shortest) s"
  /// Microseconds.
  private static let interval: Int64 = 10_000
  /// Rows that are written at once.
  private static let chunk: Int64 = 1000

  static func main() {
    let words = CommandLine.arguments.dropFirst()
    guard words.count == 2, let seed = UInt64(words[1]), let seconds = Int64(words[2]), seconds >= DeskWork.shortest
    else { fatalError("found \(words.joined(separator: " ")), expected \(usage)") }
    let wearer = SimulatedWearer(DeskWork.script(seed: seed, seconds: seconds), seed: seed)
    var text = "timestamp_us,ax,ay,az,gx,gy,gz,ux,uy,uz,walking\n"
    for index in 0..<(seconds * 1_000_000 / interval) {
      text += row(of: wearer, at: Timestamp(microseconds: index * interval))
      if index % chunk == 0 {
        print(text, terminator: "")
        text = ""
      }
    }
    print(text, terminator: "")
  }

  private static func row(of wearer: SimulatedWearer, at time: Timestamp) -> String {
    let state = wearer.state(at: time)
    let (a, g, up) = (state.specificForce, state.angularVelocity, state.up)
    let walking = wearer.activity(at: time) == .walk ? 1 : 0
    return "\(time.microseconds),\(a.x),\(a.y),\(a.z),\(g.x),\(g.y),\(g.z),\(up.x),\(up.y),\(up.z),\(walking)\n"
  }
}
