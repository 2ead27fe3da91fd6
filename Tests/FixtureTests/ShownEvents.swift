// SPDX-License-Identifier: MIT

/// The words in which a trace's `shows:` line may speak, and what each means for the events.
struct ShownEvents {
  /// `TIME EVENT key=value ...` lines.
  let lines: [[Substring]]
  /// How strong each cue of a deviation was, percent.
  let strengths: [UInt8]

  init(_ text: String, strengths: [UInt8] = []) {
    lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ") }
    self.strengths = strengths
  }

  /// Whether the events bear a phrase out; nil where no such phrase is known.
  func bearOut(_ phrase: String) -> Bool? {
    if let pattern = Self.present[phrase] { return lines.contains { pattern.matches($0) } }
    if let pattern = Self.absent[phrase] { return !lines.contains { pattern.matches($0) } }
    if let patterns = Self.ordered[phrase] { return areOnceInOrder(patterns) }
    switch phrase {
    case "recovery": return lines.last?[1] == "recovered"
    case "a cue that waited": return lines.contains(where: Self.hasWaited)
    default: return direction(phrase) ?? strengths(phrase) ?? number(phrase)
    }
  }

  /// An event, with a word of its line where one is wanted.
  private struct Pattern {
    var event: String?
    var word: String?

    init(_ event: String? = nil, _ word: String? = nil) {
      self.event = event
      self.word = word
    }

    func matches(_ line: [Substring]) -> Bool {
      (event.map { line[1] == $0 } ?? true) && (word.map { line.contains(Substring($0)) } ?? true)
    }
  }

  /// At least once.
  private static let present: [String: Pattern] = [
    "saturation": Pattern("saturated"),
    "a question": Pattern("worn-differently"),
    "a bend asked for": Pattern("bend-awaited"),
    "forward shown by a bend": Pattern("calibrated", "forward=bend"),
    "sitting used": Pattern("reference-used", "reference=sitting"),
    "ended by walking": Pattern("ended", "context=walking"),
    "ended by lying": Pattern("ended", "context=lying"),
    "calibration refused for moving": Pattern("calibration-refused", "reason=moving"),
    "calibration refused as unsettled": Pattern("calibration-refused", "reason=unsettled"),
    "calibration refused without an estimate": Pattern("calibration-refused", "reason=no-estimate"),
    "calibration refused for an upright axis": Pattern("calibration-refused", "reason=forward-axis-vertical"),
    "calibration refused without a bend": Pattern("calibration-refused", "reason=no-bend"),
    "suppressed by moving": Pattern(nil, "suppressed=moving"),
    "suppressed by walking": Pattern(nil, "suppressed=walking"),
    "suppressed by bending": Pattern(nil, "suppressed=bending"),
    "suppressed by lying": Pattern(nil, "suppressed=lying"),
    "suppressed by transport": Pattern(nil, "suppressed=transport"),
    "suppressed as off the body": Pattern(nil, "suppressed=off-body"),
    "suppressed by tracking": Pattern(nil, "suppressed=tracking"),
    "suppressed by quiet hours": Pattern(nil, "suppressed=quiet-hours"),
    "suppressed by a snooze": Pattern(nil, "suppressed=snoozed"),
    "suppressed by the hourly limit": Pattern(nil, "suppressed=hourly-limit"),
    "suppressed as up was uncertain": Pattern(nil, "suppressed=uncertain"),
    "suppressed as too soon": Pattern(nil, "suppressed=too-soon"),
    "suppressed as worn differently": Pattern(nil, "suppressed=worn-differently"),
  ]

  /// Not at all.
  private static let absent: [String: Pattern] = [
    "no question": Pattern("worn-differently"),
    "never taken off": Pattern("taken-off"),
  ]

  /// Each once, one after the other.
  private static let ordered: [String: [Pattern]] = [
    "frozen, then resumed": [Pattern("frozen"), Pattern("resumed")],
    "taken off, then put on": [Pattern("taken-off"), Pattern("put-on")],
    "a question, then its answer": [Pattern("worn-differently"), Pattern("worn-as-before")],
    "tracking, then training": [Pattern("mode-set", "mode=tracking"), Pattern("mode-set", "mode=training")],
    "quiet hours begun, then ended": [Pattern("quiet-begun"), Pattern("quiet-ended")],
    "one snooze, over by itself": [Pattern("silenced", "silence=snooze"), Pattern("unsilenced")],
    "an unknown reference refused, then sitting used": [
      Pattern("calibration-refused", "reason=unknown-reference"), Pattern("reference-used", "reference=sitting"),
    ],
  ]

  private func areOnceInOrder(_ patterns: [Pattern]) -> Bool {
    let found = patterns.map { pattern in lines.indices.filter { pattern.matches(lines[$0]) } }
    return found.allSatisfy { $0.count == 1 } && zip(found, found.dropFirst()).allSatisfy { $0[0] < $1[0] }
  }

  /// `one deviation forward`, the only one; `a deviation to the left`, the only one of its direction.
  private func direction(_ phrase: String) -> Bool? {
    let directions = ["forward": "forward", "backward": "backward", "to the left": "left", "to the right": "right"]
    for (words, lean) in directions {
      let count = lines.count { Pattern("deviated", "lean=\(lean)").matches($0) }
      if phrase == "one deviation \(words)" { return count == 1 && self.count("deviation") == 1 }
      if phrase == "a deviation \(words)" { return count == 1 }
    }
    return nil
  }

  /// `two nudges`, `no cue`: so many, neither more nor fewer.
  private func number(_ phrase: String) -> Bool? {
    let words = phrase.split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2, let wanted = ["no", "one", "two", "three"].firstIndex(of: words[0]) else { return nil }
    let plurals = [
      "recoveries": "recovery", "references taken": "reference taken", "ends of a silence": "end of a silence",
    ]
    let noun = plurals[words[1]] ?? (wanted > 1 && words[1].hasSuffix("s") ? String(words[1].dropLast()) : words[1])
    return count(noun).map { $0 == wanted }
  }

  private func count(_ noun: String) -> Int? {
    func lines(_ event: String?, _ word: String? = nil) -> Int {
      self.lines.count { Pattern(event, word).matches($0) }
    }
    return switch noun {
    case "cue": self.lines.count { line in line.contains { $0.hasPrefix("cue=") } }
    case "suppression": self.lines.count { line in line.contains { $0.hasPrefix("suppressed=") } }
    case "deviation": lines("deviated")
    case "nudge": lines(nil, "cue=nudge")
    case "reminder": lines("reminded")
    case "recovery": lines("recovered")
    case "praise": lines(nil, "cue=well-done")
    case "reference taken": lines("calibrated")
    case "gap": lines("gap")
    case "pause": lines("silenced", "silence=pause")
    case "end of a silence": lines("unsilenced")
    default: nil
    }
  }

  /// `cues of 40, 55 and 60 %`: all there were.
  private func strengths(_ phrase: String) -> Bool? {
    guard phrase.hasPrefix("cues of "), phrase.hasSuffix(" %") else { return nil }
    let numbers = phrase.split { !$0.isNumber }.compactMap { UInt8($0) }
    return numbers == strengths
  }

  /// Later than at the end of the usual hold.
  private static func hasWaited(_ line: [Substring]) -> Bool {
    guard line.contains("cue=nudge"), let leaning = line.first(where: { $0.hasPrefix("leaning_s=") }) else {
      return false
    }
    return Double(leaning.dropFirst("leaning_s=".count)).map { $0 > 10.5 } ?? false
  }

  /// The phrases of a `shows:` line: parted by semicolons, without what stands in parentheses.
  static func phrases(of shows: String) -> [String] {
    shows.split(separator: ";").map { phrase in
      let words = phrase.drop { $0 == " " }
      guard let parenthesis = words.firstRange(of: " (") else { return String(words) }
      return String(words[..<parenthesis.lowerBound])
    }
  }
}
