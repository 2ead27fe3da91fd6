// SPDX-License-Identifier: MIT
import PostureCore
import PosturePacing

/// Reads a session file line by line.
struct SessionReader {
  private static let version = "postured-session"
  private static let title = "title"

  private let name: String
  private var title: String?
  private var source: String?
  private var notes: [String] = []
  private var steps: [SessionStep] = []
  private var length = Interval.zero
  /// Where a block began, how often it is repeated, and the steps before it.
  private var block: (line: Int, times: Int, before: Int)?

  init(_ name: String) { self.name = name }

  mutating func take(_ whole: Substring, number: Int) throws(InputError) {
    let line = Self.trim(whole)
    if number == 1 { return try checkVersion(line) }
    if line.hasPrefix("#") { return try takeHeader(line, number) }
    guard let word = line.split(separator: " ", maxSplits: 1).first else { return }
    let rest = Self.trim(line.dropFirst(word.count))
    switch word {
    case "step": try append(step(rest, at: number), at: number)
    case "repeat": try begin(rest, number)
    case "end": try endBlock(rest, number)
    default: throw error(number, InputError.quote(line), "a line that begins with 'step', 'repeat', 'end' or '#'")
    }
  }

  func finish() throws(InputError) -> SessionFile {
    if let block { throw error(block.line, key: "repeat", "no 'end' after it", "'end' after the steps to be repeated") }
    guard let title else {
      throw InputError(source: name, key: Self.title, found: "none", expected: "a line '# title: ...' before the steps")
    }
    do throws(SessionFault) {
      return SessionFile(plan: try SessionPlan(title: title, steps: steps), source: source, notes: notes)
    } catch { throw InputError(source: name, found: error.found, expected: error.expected) }
  }

  private func checkVersion(_ line: Substring) throws(InputError) {
    let expected = "'# \(Self.version): \(Version.session)'"
    guard line.hasPrefix("# \(Self.version):") else { throw error(1, InputError.quote(line), expected) }
    let found = Self.trim(line.dropFirst("# \(Self.version):".count))
    guard found == "\(Version.session)" else {
      throw error(1, key: Self.version, InputError.quote(found), "\(Version.session)")
    }
  }

  /// Other lines that begin with `#` are remarks.
  private mutating func takeHeader(_ line: Substring, _ number: Int) throws(InputError) {
    let text = line.drop { $0 == "#" || $0 == " " }
    guard let colon = text.firstIndex(of: ":") else { return }
    let value = String(Self.trim(text[text.index(after: colon)...]))
    switch text[..<colon] {
    case Self.version: throw error(number, key: Self.version, "it again", "it once")
    case Self.title:
      guard title == nil else { throw error(number, key: Self.title, "it again", "it once") }
      try checked(number, Self.title) { () throws(SessionFault) in try SessionPlan.check(title: value) }
      title = value
    case "source":
      guard source == nil else { throw error(number, key: "source", "it again", "it once") }
      try checkNote(value, number, "source")
      source = value
    case "note":
      guard notes.count < SessionFile.mostNotes else {
        throw error(number, key: "note", "another note", "at most \(SessionFile.mostNotes)")
      }
      try checkNote(value, number, "note")
      notes.append(value)
    default: break
    }
  }

  private func checkNote(_ value: String, _ number: Int, _ key: String) throws(InputError) {
    try checked(number, key) { () throws(SessionFault) in
      try SessionFault.check(value, mostBytes: SessionFile.longestNote)
    }
  }

  private mutating func append(_ step: SessionStep, at number: Int) throws(InputError) {
    steps.append(step)
    length = length + step.length
    guard steps.count <= SessionPlan.mostSteps else {
      throw error(number, "more steps", "at most \(SessionPlan.mostSteps) steps, with those that are repeated")
    }
    guard length <= SessionPlan.longest else {
      let most = SessionPlan.longest.microseconds / 60_000_000
      throw error(number, "a step beyond \(most) min", "at most \(most) min in all, with what is repeated")
    }
  }

  private mutating func begin(_ rest: Substring, _ number: Int) throws(InputError) {
    guard block == nil else { throw error(number, key: "repeat", "a block within a block", "'end' before it") }
    guard let times = Int(rest), SessionFile.repetitions.contains(times), rest == "\(times)" else {
      let (least, most) = (SessionFile.repetitions.lowerBound, SessionFile.repetitions.upperBound)
      throw error(number, key: "repeat", InputError.quote(rest), "a whole number from \(least) to \(most)")
    }
    block = (number, times, steps.count)
  }

  private mutating func endBlock(_ rest: Substring, _ number: Int) throws(InputError) {
    guard rest.isEmpty else { throw error(number, key: "end", InputError.quote(rest), "nothing after it") }
    guard let block else { throw error(number, "'end'", "'repeat' before it") }
    let repeated = steps[block.before...]
    guard !repeated.isEmpty else { throw error(number, "'end'", "a step since 'repeat' on line \(block.line)") }
    self.block = nil
    for _ in 1..<block.times { for step in repeated { try append(step, at: number) } }
  }

  /// `7 s cue tense, check still: Clench both fists.`
  private func step(_ text: Substring, at number: Int) throws(InputError) -> SessionStep {
    guard let colon = text.firstIndex(of: ":") else {
      throw error(number, key: "step", InputError.quote(text), "such as \(Self.example)")
    }
    let parts = text[..<colon].split(separator: ",", omittingEmptySubsequences: false).map { Self.trim($0) }
    var words = parts[0].split(separator: " ")[...]
    let length = try length(&words, number)
    let cue = try cue(words, number)
    var check: SessionStep.Check?
    for part in parts.dropFirst() {
      let words = part.split(separator: " ")
      guard words.count == 2, words[0] == "check", check == nil, let asked = SessionStep.Check(rawValue: "\(words[1])")
      else { throw error(number, key: "step", InputError.quote(part), "'check still' or 'check moving', once") }
      check = asked
    }
    let spoken = String(Self.trim(text[text.index(after: colon)...]))
    do throws(SessionFault) {
      return try SessionStep(length, cue: cue, check: check, words: spoken)
    } catch { throw self.error(number, key: "step", error.found, error.expected) }
  }

  /// With a blank before the unit or without.
  private func length(_ words: inout ArraySlice<Substring>, _ number: Int) throws(InputError) -> Interval {
    let first = words.popFirst() ?? ""
    var quantity = Quantity(String(first))
    if quantity?.unit == "", let unit = words.popFirst() { quantity?.unit = String(unit) }
    guard let quantity, ["s", "min"].contains(quantity.unit), let length = Interval(quantity),
      SessionStep.lengths.contains(length)
    else {
      let found = quantity.map { "\(first)\($0.unit.isEmpty ? "" : first.hasSuffix($0.unit) ? "" : " " + $0.unit)" }
      throw error(
        number, key: "step", InputError.quote(found ?? "\(first)"), "a length of \(SessionStep.expectedLength)")
    }
    return length
  }

  private func cue(_ words: ArraySlice<Substring>, _ number: Int) throws(InputError) -> Cue.Kind? {
    if words == ["silent"] { return nil }
    guard words.count == 2, words.first == "cue", let cue = words.last.flatMap({ Cue.Kind(name: $0) }),
      SessionStep.cues.contains(cue)
    else {
      let cues = SessionStep.cues.map { "'cue \($0.name)'" }.joined(separator: ", ")
      let found = words.isEmpty ? "nothing after the length" : InputError.quote(words.joined(separator: " "))
      throw error(number, key: "step", found, "\(cues) or 'silent'")
    }
    return cue
  }

  private static let example = "'step 7 s cue tense, check still: Clench both fists.'"

  private func checked(
    _ number: Int, _ key: String, _ body: () throws(SessionFault) -> Void
  ) throws(InputError) {
    do throws(SessionFault) { try body() } catch { throw self.error(number, key: key, error.found, error.expected) }
  }

  private func error(_ line: Int, key: String? = nil, _ found: String, _ expected: String) -> InputError {
    InputError(source: name, line: line, key: key, found: found, expected: expected)
  }

  private static func trim(_ text: Substring) -> Substring {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    guard let last = text.lastIndex(where: { !isBlank($0) }) else { return text[text.endIndex...] }
    return text[...last].drop(while: isBlank)
  }
}
