// SPDX-License-Identifier: MIT
import PostureCore

/// What values of settings look like.
extension Setting {
  static func isWord(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  /// A chip by its name or its path, and a number: what `PWMSelector` of LinuxIO takes.
  static func isPWMChannel(_ text: String) -> Bool {
    guard isWord(text), let colon = text.lastIndex(of: ":"), UInt32(text[text.index(after: colon)...]) != nil else {
      return false
    }
    let chip = text[..<colon]
    return chip.hasPrefix("/") || chip.hasPrefix("pwmchip") && !chip.contains("/")
  }

  /// One of an enumeration's words, or `auto` for none of them in particular.
  static func word<Word: RawRepresentable & CaseIterable & Sendable>(
    _ name: String, _ words: Word.Type, _ set: @escaping @Sendable (inout Configuration, Word?) -> Void
  ) -> Setting where Word.RawValue == String {
    Setting(name, "auto, " + words.allCases.map(\.rawValue).joined(separator: ", ")) { text, configuration in
      let word = Word(rawValue: text)
      guard word != nil || text == "auto" else { return false }
      set(&configuration, word)
      return true
    }
  }

  /// `0x68`, two hexadecimal digits.
  static func byte(
    _ name: String, _ range: ClosedRange<UInt8>, orAuto: Bool,
    _ set: @escaping @Sendable (inout Configuration, UInt8?) -> Void
  ) -> Setting {
    let expected = "0x" + hexadecimal(range.lowerBound) + " to 0x" + hexadecimal(range.upperBound)
    return Setting(name, orAuto ? "auto or " + expected : expected) { text, configuration in
      if orAuto && text == "auto" {
        set(&configuration, nil)
        return true
      }
      guard text.utf8.count == 4, text.hasPrefix("0x"), !text.contains("+"),
        let value = UInt8(text.dropFirst(2), radix: 16), range.contains(value)
      else { return false }
      set(&configuration, value)
      return true
    }
  }

  static func text(
    _ name: String, _ expected: String, _ isValid: @escaping @Sendable (String) -> Bool,
    _ set: @escaping @Sendable (inout Configuration, String) -> Void
  ) -> Setting {
    Setting(name, expected) { text, configuration in
      guard isValid(text) else { return false }
      set(&configuration, text)
      return true
    }
  }

  static func yesNo(_ name: String, _ set: @escaping @Sendable (inout Configuration, Bool) -> Void) -> Setting {
    Setting(name, "yes or no") { text, configuration in
      guard text == "yes" || text == "no" else { return false }
      set(&configuration, text == "yes")
      return true
    }
  }

  static func quantity(
    _ name: String, _ unit: String, _ range: ClosedRange<Double>,
    _ set: @escaping @Sendable (inout Configuration, Double) -> Void
  ) -> Setting {
    Setting(name, "\(plain(range.lowerBound)) to \(plain(range.upperBound)) \(unit)") { text, configuration in
      guard let quantity = Quantity(text), quantity.unit == unit, range.contains(quantity.value) else { return false }
      set(&configuration, quantity.value)
      return true
    }
  }

  static func angle(
    _ name: String, _ range: ClosedRange<Double>, _ set: @escaping @Sendable (inout Configuration, Angle) -> Void
  ) -> Setting {
    quantity(name, "deg", range) { set(&$0, .degrees($1)) }
  }

  static func time(
    _ name: String, _ range: ClosedRange<Double>, _ set: @escaping @Sendable (inout Configuration, Interval) -> Void
  ) -> Setting {
    Setting(name, "\(plain(range.lowerBound)) s to \(plain(range.upperBound)) s, as s, ms or min") {
      text, configuration in
      // Compared as whole microseconds: 0.2 s is not below 0.2 s.
      let allowed = Interval.seconds(range.lowerBound)...Interval.seconds(range.upperBound)
      guard let quantity = Quantity(text), let interval = Interval(quantity), allowed.contains(interval) else {
        return false
      }
      set(&configuration, interval)
      return true
    }
  }

  /// The same, or `never`.
  static func timeOrNever(
    _ name: String, _ range: ClosedRange<Double>, _ set: @escaping @Sendable (inout Configuration, Interval?) -> Void
  ) -> Setting {
    let timed = time(name, range) { set(&$0, $1) }
    return Setting(name, "never, or \(timed.expected)") { text, configuration in
      guard text == "never" else { return timed.apply(text, &configuration) == nil }
      set(&configuration, nil)
      return true
    }
  }

  /// Whole days, `1 day` or `7 days`, or `never`.
  static func days(
    _ name: String, _ range: ClosedRange<Int>, _ set: @escaping @Sendable (inout Configuration, Int?) -> Void
  ) -> Setting {
    Setting(name, "never, or \(range.lowerBound) to \(range.upperBound) days") { text, configuration in
      guard text != "never" else {
        set(&configuration, nil)
        return true
      }
      guard let quantity = Quantity(text), let days = Int(exactly: quantity.value), range.contains(days),
        quantity.unit == "days" || quantity.unit == "day" && days == 1
      else { return false }
      set(&configuration, days)
      return true
    }
  }

  /// Whole minutes, `10 min`.
  static func minutes(
    _ name: String, _ range: ClosedRange<Int>, _ set: @escaping @Sendable (inout Configuration, Int) -> Void
  ) -> Setting {
    Setting(name, "\(range.lowerBound) min to \(range.upperBound) min, in whole minutes") { text, configuration in
      guard let quantity = Quantity(text), quantity.unit == "min", let minutes = Int(exactly: quantity.value),
        range.contains(minutes)
      else { return false }
      set(&configuration, minutes)
      return true
    }
  }

  static func whole(
    _ name: String, _ range: ClosedRange<Int>, _ set: @escaping @Sendable (inout Configuration, Int) -> Void
  ) -> Setting {
    Setting(name, "a whole number from \(range.lowerBound) to \(range.upperBound)") { text, configuration in
      guard let value = Int(text), range.contains(value), String(value) == text else { return false }
      set(&configuration, value)
      return true
    }
  }

  /// One of the core's words.
  static func named<Word: Named & Sendable>(
    _ name: String, _ words: Word.Type, _ set: @escaping @Sendable (inout Configuration, Word) -> Void
  ) -> Setting {
    Setting(name, words.allCases.map(\.name).joined(separator: " or ")) { text, configuration in
      guard let word = Word(name: text) else { return false }
      set(&configuration, word)
      return true
    }
  }

  static func hours(
    _ name: String, _ set: @escaping @Sendable (inout Configuration, DayHours?) -> Void
  ) -> Setting {
    Setting(name, "none, or hours of the day such as 22:00-07:00, parted by commas") { text, configuration in
      let hours = DayHours(text: text)
      guard hours != nil || text == "none" else { return false }
      set(&configuration, hours)
      return true
    }
  }

  static func choice(
    _ name: String, _ unit: String, _ choices: [Int], _ set: @escaping @Sendable (inout Configuration, Int) -> Void
  ) -> Setting {
    let expected = choices.map { "\($0) \(unit)" }.joined(separator: ", ")
    return Setting(name, "one of \(expected)") { text, configuration in
      guard let quantity = Quantity(text), quantity.unit == unit,
        let chosen = choices.first(where: { Double($0) == quantity.value })
      else { return false }
      set(&configuration, chosen)
      return true
    }
  }

  static func plain(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : String(value)
  }
}

/// Two digits, in capitals.
package func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return digits.count == 1 ? "0" + digits : digits
}
