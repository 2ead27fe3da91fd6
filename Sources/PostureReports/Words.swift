// SPDX-License-Identifier: MIT
import PostureFormats
import PostureProgramme

/// Figures as people read them.
enum Words {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// `27 Nov 2026`.
  static func date(_ date: CivilDate) -> String { "\(short(date)) \(date.parts.year)" }

  /// `27 Nov`, in which no line breaks.
  static func short(_ date: CivilDate) -> String { "\(date.parts.day)\u{A0}\(months[date.parts.month - 1])" }

  static func range(_ range: ClosedRange<CivilDate>) -> String {
    let (first, last) = (range.lowerBound, range.upperBound)
    if first == last { return date(last) }
    return first.parts.year == last.parts.year ? "\(short(first)) to \(date(last))" : "\(date(first)) to \(date(last))"
  }

  /// Days that follow each other as a range; the first of many, and how many more there are.
  static func dates(_ dates: [CivilDate], atMost most: Int = 6) -> String {
    var ranges: [ClosedRange<CivilDate>] = []
    for date in dates {
      if let last = ranges.last, last.upperBound + 1 == date {
        ranges[ranges.count - 1] = last.lowerBound...date
      } else {
        ranges.append(date...date)
      }
    }
    let shown = ranges.prefix(most).map { range in
      range.lowerBound == range.upperBound
        ? short(range.lowerBound) : "\(short(range.lowerBound)) to \(short(range.upperBound))"
    }
    let left = ranges.dropFirst(most).reduce(0) { $0 + $1.upperBound.number - $1.lowerBound.number + 1 }
    return shown.joined(separator: ", ") + (left > 0 ? " and \(left) more" : "")
  }

  /// `7 h 24 min`, `24 min` or `24 s`, of seconds.
  static func duration(_ seconds: Double) -> String {
    guard seconds >= 60 else { return "\(Decimal.text(seconds, places: 0)) s" }
    let minutes = Int((seconds / 60).rounded())
    guard minutes >= 60 else { return "\(minutes) min" }
    return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
  }

  /// The same, of tenths of a second.
  static func duration(tenths: Int) -> String { duration(Double(tenths) / 10) }

  /// Of 0 to 1, with the sign that a line does not break before.
  static func percent(_ share: Double) -> String { "\(Decimal.text(share * 100, places: 0))\u{A0}%" }

  /// What was read and may be of any length, cut so that a page stays on two sheets.
  static func cut(_ text: some StringProtocol, to most: Int) -> String {
    text.count > most ? text.prefix(most - 1) + "\u{2026}" : String(text)
  }

  static func counted(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }

  /// Signed but for zero, with the minus of print.
  static func signed(_ value: Double) -> String {
    let text = Decimal.text(value.magnitude, places: 1)
    return text == "0.0" ? text : (value > 0 ? "+" : "\u{2212}") + text
  }

  /// What can be said of a change, in points of percent a week.
  static func change(_ trend: Trend) -> String {
    let between = "between \(signed(trend.lower)) and \(signed(trend.upper)) points a week"
    if trend.lower > 0 { return "rises by \(Decimal.text(trend.slope, places: 1)) points a week (\(between))" }
    if trend.upper < 0 { return "falls by \(Decimal.text(-trend.slope, places: 1)) points a week (\(between))" }
    return "no change can be told: \(between)"
  }

  static func tooFew(_ found: Int, _ thing: String) -> String {
    "too few \(thing)s to tell a change: \(found) of at least \(Trend.fewest)"
  }

  /// Why a cue that was due was not given.
  static func reason(_ reason: String) -> String {
    switch reason {
    case "tracking": "no cues wanted: tracking mode or a probe"
    case "quiet-hours": "quiet hours"
    case "snoozed": "snoozed or paused"
    case "hourly-limit": "most cues an hour reached"
    case "too-soon": "too soon after the cue before"
    case "uncertain": "posture uncertain"
    case "worn-differently": "worn otherwise than when calibrated"
    case "off-body": "not worn"
    case "transport": "in a vehicle"
    case "moving", "walking", "bending", "lying": reason
    default: cut(reason, to: 30)
    }
  }
}
