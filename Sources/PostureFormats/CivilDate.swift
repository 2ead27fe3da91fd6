// SPDX-License-Identifier: MIT

/// A day of the Gregorian calendar, without a place: `2026-11-28`.
package struct CivilDate: Sendable, Equatable, Comparable, Hashable {
  /// Days since 1970-01-01, which was a Thursday.
  package let number: Int

  package init(number: Int) { self.number = number }

  /// Nil where the text is no `YYYY-MM-DD` of the years 1970 to 9999, or no such day is in the calendar.
  package init?(_ text: some StringProtocol) {
    let parts = Array(text.split(separator: "-" as Character, omittingEmptySubsequences: false))
    guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
      text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), year >= 1970,
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    self.init(year: year, month: month, day: day)
    guard self.text == String(text) else { return nil }
  }

  /// Counts from March on, so that the day that a leap year adds is a year's last (H. Hinnant, "chrono-Compatible
  /// Low-Level Date Algorithms", for the formula).
  package init(year: Int, month: Int, day: Int) {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  package var parts: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
    return (year, month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
  }

  package var text: String {
    func digits(_ number: Int, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
    let (year, month, day) = parts
    return "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))"
  }

  package enum Weekday: Int, Sendable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// Two letters.
    package var short: String { ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"][rawValue] }
  }

  package var weekday: Weekday {
    Weekday(rawValue: ((number + 3) % 7 + 7) % 7) ?? .monday
  }

  /// The Monday of its week (ISO 8601).
  package var monday: CivilDate { self - weekday.rawValue }

  package static func < (a: CivilDate, b: CivilDate) -> Bool { a.number < b.number }
  package static func + (date: CivilDate, days: Int) -> CivilDate { CivilDate(number: date.number + days) }
  package static func - (date: CivilDate, days: Int) -> CivilDate { CivilDate(number: date.number - days) }
}
