// SPDX-License-Identifier: MIT
import LinuxIO
import PostureFormats

/// The live picture: two gauges, the state, and the last events, redrawn in place.
struct WatchScreen {
  /// Ends of the gauges, in degrees.
  private static let span = 45.0
  private static let shownEvents = 5

  private let greeting: VersionMessage
  private let status: StatusMessage
  private let limits: WatchMessage
  private var events: [String] = []
  private var drawnLines = 0

  init(_ greeting: VersionMessage, _ status: StatusMessage, _ limits: WatchMessage) {
    self.greeting = greeting
    self.status = status
    self.limits = limits
  }

  mutating func note(_ event: EventRecord) {
    events.append("\(WallClock.timeOfDay())  " + event.sentence)
    events = events.suffix(Self.shownEvents)
  }

  /// The picture's text, with what puts the cursor back to its top left first.
  mutating func picture(_ tilt: TiltMessage, width: Int) -> String {
    let width = min(max(width, 40), 120) - 1
    let rate = tilt.measured_rate_hz.map { "\(Decimal.text($0, places: 1)) Hz" } ?? ""
    var lines = [
      "postured \(greeting.version)   \(status.source) \(status.sensor ?? "sensor")   \(tilt.state) \(rate)",
      tilt.fault ?? "",
      gauge("back", limits.enter_backward_deg, tilt.flexion_deg, limits.enter_deg, "forward", width),
      gauge("right", limits.enter_sideways_deg, tilt.lateral_deg, limits.enter_sideways_deg, "left", width),
      "",
      "\(Self.coloured(tilt.posture))  flexion \(degrees(tilt.flexion_deg))  lateral \(degrees(tilt.lateral_deg))"
        + "  total \(degrees(tilt.total_deg))",
      "context \((tilt.context ?? "-").padded(to: 9))   exposure \(percent(tilt.exposure))   motor \(tilt.motor_on ? "\u{1B}[1;35mON\u{1B}[0m" : "off")",
      "",
    ]
    lines += events + Array(repeating: "", count: Self.shownEvents - events.count)
    lines.append("Ctrl-C ends.")
    let back = drawnLines > 0 ? "\u{1B}[\(drawnLines)A" : ""
    drawnLines = lines.count
    // Each line is erased to its end; those without colour are cut, so that none wraps.
    return back + lines.map { ($0.contains("\u{1B}") ? $0 : String($0.prefix(width))) + "\u{1B}[K\n" }.joined()
  }

  /// One line for a file or a pipe.
  static func line(_ tilt: TiltMessage) -> String {
    let time = tilt.time_us.map { Decimal.text(Double($0) * 1e-6, places: 2) + " s" } ?? "-"
    return "\(time)  \(tilt.posture.padded(to: 9)) flexion \(degrees(tilt.flexion_deg)) lateral "
      + "\(degrees(tilt.lateral_deg)) total \(degrees(tilt.total_deg))  \(tilt.context ?? "-")  \(tilt.state)  "
      + "motor \(tilt.motor_on ? "on" : "off")"
  }

  private func gauge(
    _ lowEnd: String, _ low: Double, _ value: Double?, _ high: Double, _ highEnd: String, _ width: Int
  ) -> String {
    let cells = max(width - 18, 21) | 1
    func cell(_ angle: Double) -> Int {
      let share = (max(-Self.span, min(Self.span, angle)) + Self.span) / (2 * Self.span)
      return Int((share * Double(cells - 1)).rounded())
    }
    var bar = Array(repeating: "─", count: cells)
    bar[cell(0)] = "┼"
    bar[cell(high)] = "┊"
    bar[cell(-low)] = "┊"
    if let value {
      let beyond = value >= 0 ? value / high : -value / low
      let colour = beyond > 1 ? 31 : beyond > limits.leave_deg / limits.enter_deg ? 33 : 32
      bar[cell(value)] = "\u{1B}[1;\(colour)m●\u{1B}[0m"
    }
    return lowEnd.padded(to: 7) + bar.joined() + "  " + highEnd
  }

  private func percent(_ share: Double?) -> String {
    share.map { "\(Decimal.text($0 * 100, places: 0)) %" } ?? "-"
  }

  private static func coloured(_ posture: String) -> String {
    let colour =
      switch posture {
      case "upright": 32
      case "leaning": 33
      case "deviated": 31
      default: 36
      }
    return "\u{1B}[1;\(colour)m\(posture.padded(to: 8))\u{1B}[0m"
  }
}
