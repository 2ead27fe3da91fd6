// SPDX-License-Identifier: MIT
import PostureCore

/// Patterns as people write them: `pulse 150 ms, gap 150 ms, ramp 400 ms 20 % to 100 %`, or `none`.
///
/// A step is a word, its duration and, where it is no full vibration, its level. What is written here is read as the
/// very same pattern.
extension HapticPattern {
  package static let expected = "none, or steps such as 'pulse 150 ms 80 %, gap 150 ms, ramp 400 ms 20 % to 100 %'"

  private static let silence = "none"

  package var text: String {
    count == 0 ? Self.silence : (0..<count).map { Self.text(of: self[$0]) }.joined(separator: ", ")
  }

  package init(text: String) throws(Setting.Mismatch) {
    self.init()
    guard text != Self.silence else { return }
    guard !text.isEmpty else { throw Setting.Mismatch(text, expected: Self.expected) }
    for (index, part) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
      guard index < Self.mostSteps else {
        throw Setting.Mismatch(found: "step \(index + 1)", expected: "at most \(Self.mostSteps) steps")
      }
      let words = part.split { $0 == " " || $0 == "\t" }
      let shown = words.isEmpty ? "nothing" : InputError.quote(words.joined(separator: " "))
      let found = "step \(index + 1), \(shown)"
      guard let step = Self.step(words) else {
        throw Setting.Mismatch(found: found, expected: Self.expected(after: words.first))
      }
      try checkRoom(for: step, found)
      append(step)
    }
  }

  private func checkRoom(for step: Step, _ found: String) throws(Setting.Mismatch) {
    let on = step.isGap ? .zero : lastOn + step.duration
    guard on <= Self.longestOn else {
      throw Setting.Mismatch(
        found: "\(found), which makes \(Self.text(of: on)) on without a gap",
        expected: "at most \(Self.text(of: Self.longestOn))")
    }
    guard length + step.duration <= Self.longestLength else {
      throw Setting.Mismatch(
        found: "\(found), which makes \(Self.text(of: length + step.duration)) in all",
        expected: "at most \(Self.text(of: Self.longestLength))")
    }
  }

  private static func text(of step: Step) -> String {
    let duration = text(of: step.duration)
    if step.isGap { return "gap \(duration)" }
    if step.start != step.end { return "ramp \(duration) \(step.start) % to \(step.end) %" }
    return "pulse \(duration)" + (step.start == 100 ? "" : " \(step.start) %")
  }

  /// To the microsecond.
  private static func text(of duration: Interval) -> String {
    let isWhole = duration.microseconds.isMultiple(of: 1000)
    return Decimal.text(Double(duration.microseconds) / 1000, places: isWhole ? 0 : 3) + " ms"
  }

  /// Nil where the words are no step.
  private static func step(_ words: [Substring]) -> Step? {
    var rest = StepWords(words.dropFirst())
    let step: Step? =
      switch words.first {
      case "pulse":
        rest.duration(upTo: longestOn).flatMap { duration in
          (rest.isEmpty ? 100 : rest.level()).map { Step(duration, from: $0, to: $0) }
        }
      case "gap": rest.duration(upTo: longestLength).map { Step($0, from: 0, to: 0) }
      case "ramp":
        rest.duration(upTo: longestOn).flatMap { duration in
          rest.level().flatMap { start in
            rest.skips("to") ? rest.level().map { Step(duration, from: start, to: $0) } : nil
          }
        }
      default: nil
      }
    return rest.isEmpty ? step : nil
  }

  private static func expected(after word: Substring?) -> String {
    let on = "\(text(of: shortestStep)) to \(text(of: longestOn))"
    let level = "\(levels.lowerBound) to \(levels.upperBound) %"
    return switch word {
    case "pulse": "'pulse', \(on), and \(level) where it is not 100 %"
    case "gap": "'gap', \(text(of: shortestStep)) to \(text(of: longestLength))"
    case "ramp": "'ramp', \(on), \(level), 'to', \(level)"
    default: "'pulse', 'gap' or 'ramp', and how long"
    }
  }
}

/// What follows a step's first word.
private struct StepWords {
  private var words: ArraySlice<Substring>

  init(_ words: ArraySlice<Substring>) { self.words = words }

  var isEmpty: Bool { words.isEmpty }

  mutating func skips(_ word: Substring) -> Bool { words.popFirst() == word }

  mutating func duration(upTo longest: Interval) -> Interval? {
    quantity().flatMap(Interval.init).flatMap {
      (HapticPattern.shortestStep...longest).contains($0) ? $0 : nil
    }
  }

  /// A whole percentage.
  mutating func level() -> UInt8? {
    guard let quantity = quantity(), quantity.unit == "%", let level = UInt8(exactly: quantity.value),
      HapticPattern.levels.contains(level)
    else { return nil }
    return level
  }

  /// With or without a blank before the unit.
  private mutating func quantity() -> Quantity? {
    guard var quantity = words.popFirst().flatMap({ Quantity(String($0)) }) else { return nil }
    if quantity.unit.isEmpty, let unit = words.popFirst() { quantity.unit = String(unit) }
    return quantity
  }
}
