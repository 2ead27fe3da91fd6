// SPDX-License-Identifier: MIT
import PostureFormats

/// Times since a recording's start, as people read them.
package enum ClockText {
  /// `0:05`, `12:30`, `1:02:30`; with tenths where they are asked for.
  package static func time(_ seconds: Double, tenths: Bool = false) -> String {
    let isNegative = seconds < 0
    let scaled = (seconds.magnitude * (tenths ? 10 : 1)).rounded()
    // Beyond what a recording can last, a number says it better.
    guard scaled < 1e12 else { return Decimal.text(seconds, places: 0) + " s" }
    let units = Int(scaled)
    let whole = tenths ? units / 10 : units
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    var text = isNegative && units > 0 ? "-" : ""
    text += hours > 0 ? "\(hours):\(two(minutes))" : "\(minutes)"
    text += ":\(two(rest))"
    if tenths { text += ".\(units % 10)" }
    return text
  }

  /// `4.2 s`, `2 min 30 s`, `1 h 5 min`.
  package static func length(_ seconds: Double) -> String {
    guard seconds >= 59.95 else { return Decimal.text(seconds, places: seconds < 10 ? 1 : 0) + " s" }
    guard seconds < 1e12 else { return Decimal.text(seconds, places: 0) + " s" }
    let whole = Int(seconds.rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    if hours > 0 { return minutes == 0 ? "\(hours) h" : "\(hours) h \(minutes) min" }
    return rest == 0 ? "\(minutes) min" : "\(minutes) min \(rest) s"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
