// SPDX-License-Identifier: MIT

/// Spans of every day, such as `22:00-07:00`, in whole minutes of local time.
package struct DayHours: Sendable, Equatable {
  /// Minutes after midnight; a span includes its start and not its end, and goes over midnight where it ends earlier.
  struct Span: Sendable, Equatable {
    var start: Int
    var end: Int

    func contains(_ minute: Int) -> Bool {
      start < end ? start <= minute && minute < end : start <= minute || minute < end
    }
  }

  private static let mostSpans = 12
  private static let minutesInDay = 1440

  private let spans: [Span]

  /// Nil where the text is no such hours.
  package init?(text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard (1...Self.mostSpans).contains(parts.count) else { return nil }
    var spans: [Span] = []
    for part in parts {
      let ends = part.drop { $0 == " " }.split(separator: "-", omittingEmptySubsequences: false)
      guard ends.count == 2, let start = Self.minute(ends[0]), let end = Self.minute(ends[1]), start != end,
        start < Self.minutesInDay
      else { return nil }
      spans.append(Span(start: start, end: end))
    }
    self.spans = spans
  }

  /// - Parameter minute: of the day, in local time.
  package func contains(minute: Int) -> Bool { spans.contains { $0.contains(minute) } }

  package var text: String { spans.map { "\(Self.text($0.start))-\(Self.text($0.end))" }.joined(separator: ", ") }

  /// `07:30`; 24:00 is the day's end.
  private static func minute(_ text: Substring) -> Int? {
    let digits = Array(text.utf8)
    guard digits.count == 5, digits[2] == UInt8(ascii: ":") else { return nil }
    func number(_ index: Int) -> Int? {
      guard let tens = UInt8(exactly: digits[index]).map({ Int($0) - 48 }), (0...9).contains(tens) else { return nil }
      let ones = Int(digits[index + 1]) - 48
      return (0...9).contains(ones) ? tens * 10 + ones : nil
    }
    guard let hour = number(0), let minute = number(3), minute < 60, hour < 24 || hour == 24 && minute == 0 else {
      return nil
    }
    return hour * 60 + minute
  }

  private static func text(_ minute: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minute / 60)):\(two(minute % 60))"
  }
}
