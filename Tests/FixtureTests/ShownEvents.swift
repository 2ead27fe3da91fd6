// SPDX-License-Identifier: MIT

/// The words in which a trace's `shows:` line may speak, and what each means for the events.
struct ShownEvents {
  /// `TIME EVENT key=value ...` lines.
  let lines: [[Substring]]

  init(_ text: String) {
    lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ") }
  }

  private func count(_ event: String, _ detail: String? = nil) -> Int {
    lines.count { line in line[1] == event && (detail.map { line.contains(Substring($0)) } ?? true) }
  }

  /// Whether the events bear a phrase out; nil where no such phrase is known.
  func bearOut(_ phrase: String) -> Bool? {
    switch phrase {
    case "no cue": lines.allSatisfy { line in !line.contains { $0.hasPrefix("cue=") } }
    case "one deviation": count("deviated") == 1
    case "one deviation forward": count("deviated") == 1 && count("deviated", "lean=forward") == 1
    case "one deviation to the left": count("deviated") == 1 && count("deviated", "lean=left") == 1
    case "one reminder": count("reminded") == 1
    case "no reminder": count("reminded") == 0
    case "recovery": lines.last?[1] == "recovered"
    case "saturation": count("saturated") > 0
    case "one gap": count("gap") == 1
    case "frozen, then resumed":
      count("frozen") == 1 && count("resumed") == 1
        && lines.firstIndex { $0[1] == "frozen" }! < lines.firstIndex { $0[1] == "resumed" }!
    default: nil
    }
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
