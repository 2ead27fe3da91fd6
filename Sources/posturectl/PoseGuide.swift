// SPDX-License-Identifier: MIT
import LinuxIO
import PostureCore
import PostureFormats

/// Leads through the poses of an accelerometer calibration: says what was seen and which pose comes next.
struct PoseGuide {
  private let wanted: Int
  /// What passes is shown too, on a line that is overwritten.
  private let isLive: Bool
  private var advice: String?

  init(wanted: Int, isLive: Bool) {
    self.wanted = wanted
    self.isLive = isLive
    if isLive { Terminal.clearLineAtInterrupt(true) }
  }

  func isEnough(_ pose: PoseMessage) -> Bool { pose.poses >= wanted && pose.undetermined.isEmpty && pose.fit != nil }

  func opening(_ begun: CalibrateSensorMessage) -> String {
    """
    Calibrating the accelerometer of the \(begun.sensor): \(wanted) poses, \
    \(Decimal.text(begun.window_s, places: 0)) s of stillness in each. Ctrl-C changes nothing.
    The motor may nudge while you turn the sensor. Lay it on a table and leave it still.
    """
  }

  mutating func show(_ pose: PoseMessage) throws {
    switch pose.finding {
    case .moving: try pass("moving ...")
    case .still: try pass("still, measuring ...")
    case .taken:
      try say(Self.row(pose))
      guard !isEnough(pose) else { return }
      let advice = advice(after: pose)
      if advice != self.advice { try say(advice) }
      self.advice = advice
    case .known: try say("    That was pose \(pose.pose ?? 0) already: turn it another way.")
    case .implausible:
      let length = Decimal.text((pose.length_mg ?? 0) / 1000, places: 2)
      try say("    It lies still and shows \(length) g in place of one: the sensor does not work, or not yet.")
    case .lost: try say("    The sensor gives no samples that say anything: see 'posturectl status'.")
    }
  }

  private func advice(after pose: PoseMessage) -> String {
    if pose.seen.count < SensorAxis.allCases.count { return "Turn it so that another side is up." }
    if pose.poses < wanted { return "Now lean it against something, so that it stands on an edge; each time another." }
    return "The poses so far \(PoseMessage.lack(pose.undetermined)): turn it further about."
  }

  /// A pose that was taken, and which sides have been up.
  private static func row(_ pose: PoseMessage) -> String {
    let shown = (pose.acceleration_mg ?? []).map { CalibrationTexts.signed($0, 0) }.joined(separator: ", ")
    let sides = SensorAxis.allCases.map(\.name).map { pose.seen.contains($0) ? signed($0) : " ." }
    let number = "\(pose.pose ?? 0)"
    return "\(number.count < 2 ? " " : "")\(number)  \(signed(pose.up ?? "?")) up  "
      + "(\(shown)) mg".padded(to: 26) + "  sides seen: " + sides.joined(separator: " ")
  }

  private static func signed(_ axis: String) -> String { axis.hasPrefix("-") ? axis : "+" + axis }

  private func say(_ line: String) throws { try printLine((isLive ? "\r\u{1B}[K" : "") + line) }

  /// Takes away what was only passing, and lets Ctrl-C end the program as it is.
  func finish() {
    guard isLive else { return }
    Terminal.clearLineAtInterrupt(false)
    // Where that cannot be written there is nothing to take away.
    do { try show("\r\u{1B}[K") } catch {}
  }

  /// Shown until something else is.
  private func pass(_ text: String) throws {
    guard isLive else { return }
    try show("\r\u{1B}[K    \(text)")
  }

  private func show(_ text: String) throws {
    var output = try FileWriter(path: "-")
    try output.write(text)
    try output.close()
  }
}
