// SPDX-License-Identifier: MIT
import PostureCore

/// What a line that begins with `#` among the rows of a trace says to a program: `#! TIME WORD ...`.
enum TraceRemark {
  /// Nothing: what was lost, what failed, and what is for people.
  case none
  case command(Command)
  case setting(TraceSetting)
  case mark(TraceMark)

  init(_ text: String, source: String, line: Int) throws(InputError) {
    func error(expected: String) -> InputError {
      InputError(source: source, line: line, found: InputError.quote(text), expected: expected)
    }
    self = .none
    guard text.hasPrefix("#!") else { return }
    let words = text.dropFirst(2).split(separator: " ")
    guard words.count >= 2, let time = Int64(words[0]), Double(time).magnitude < TraceReader.endOfTime
    else { throw error(expected: "'#! TIME_US WORD'") }
    switch String(words[1]) {
    case TraceWriter.lostWord:
      guard words.count == 3 || words.count == 4, UInt64(words[2]) != nil else {
        throw error(expected: "'#! TIME_US \(TraceWriter.lostWord) COUNT REASON'")
      }
    case TraceWriter.faultWord:
      guard words.count == 3 else { throw error(expected: "'#! TIME_US \(TraceWriter.faultWord) NAME'") }
    case TraceWriter.settingWord:
      guard words.count >= 4, words[2].hasSuffix(":") else {
        throw error(expected: "'#! TIME_US \(TraceWriter.settingWord) KEY: VALUE'")
      }
      self = .setting(
        try TraceSetting(
          String(words[2].dropLast()), words[3...].joined(separator: " "), whileRunning: true, source: source,
          line: line))
    case TraceWriter.markWord:
      guard let mark = TraceMark(words[2...], at: time) else { throw error(expected: TraceMark.expected) }
      self = .mark(mark)
    default:
      guard let command = Command(text: words.dropFirst().joined(separator: " ")) else {
        let known =
          CommandWord.allCases.map(\.rawValue)
          + [TraceWriter.lostWord, TraceWriter.faultWord, TraceWriter.settingWord, TraceWriter.markWord]
        throw error(
          expected: CommandWord(rawValue: String(words[1]))?.expected ?? "one of " + known.joined(separator: ", "))
      }
      self = .command(command)
    }
  }
}
