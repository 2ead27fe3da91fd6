// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import PosturePacing
import Testing

struct SessionFileTests {
  static let head = "# postured-session: 1\n# title: Hands\n"

  private func read(_ text: String) throws -> SessionFile {
    try SessionFile(reading: Array(text.utf8), named: "h.session")
  }

  private func error(_ text: String) -> String {
    do {
      _ = try read(text)
      return "none"
    } catch { return "\(error)" }
  }

  @Test func aFileIsRead() throws {
    let file = try read(
      Self.head + """
        # source: a book
        # note: Warm hands.
        # note: Und Ruhe.
        # SPDX-License-Identifier: CC0-1.0
        # a remark

        step 10s silent: Sit: comfortably.
        repeat 2
          step 7 s cue tense, check moving: Clench both fists – fest.
        \tstep 0.5 min cue release, check still: Let go.
        end
        step 1 min cue step: Rest.
        """)
    let tense = try SessionStep(.seconds(7), cue: .tense, check: .moving, words: "Clench both fists – fest.")
    let release = try SessionStep(.seconds(30), cue: .release, check: .still, words: "Let go.")
    #expect(file.source == "a book" && file.notes == ["Warm hands.", "Und Ruhe."])
    #expect(
      try file.plan
        == SessionPlan(
          title: "Hands",
          steps: [
            SessionStep(.seconds(10), cue: nil, words: "Sit: comfortably."), tense, release, tense, release,
            SessionStep(.seconds(60), cue: .step, words: "Rest."),
          ]))
    #expect(file.plan.length == .seconds(144))
  }

  @Test func windowsLineEndsAreTaken() throws {
    let file = try read("# postured-session: 1\r\n# title: T\r\nstep 5 s cue step: W.\r\n")
    #expect(file.plan.title == "T" && file.plan.steps.first?.words == "W.")
  }

  /// As some editors of Windows write it; a second one is a character like others.
  @Test func aByteOrderMarkIsTaken() throws {
    let text = "\u{FEFF}" + Self.head + "step 5 s cue step: W.\n"
    #expect(try read(text).plan.title == "Hands")
    #expect(
      error("\u{FEFF}" + text)
        == "h.session:1: found '\\u{feff}# postured-session: 1', expected '# postured-session: 1'")
  }

  @Test func asMuchAsIsAllowedOfNotesAndSourceIsTaken() throws {
    let long = String(repeating: "n", count: 500)
    let notes = String(repeating: "# note: \(long)\n", count: 20)
    let file = try read(Self.head + "# source: \(long)\n" + notes + "step 5 s cue step: W.\n")
    #expect(file.source == long && file.notes == Array(repeating: long, count: 20))
  }

  @Test(arguments: wrong) func whatIsWrongIsSaidWithItsPlace(text: String, message: String) {
    #expect(error(text) == message)
  }

  @Test func otherBytesAndLargerFilesAreRefused() {
    #expect(throws: InputError.self) { try SessionFile(reading: [0x23, 0xFF], named: "f") }
    #expect(throws: InputError.self) { try SessionFile(reading: Array(repeating: 0x23, count: 131_073), named: "f") }
  }

  /// Whatever is done to a file: a session within its limits, or an error that names the file.
  @Test(arguments: 0..<200 as Range<UInt64>) func aDamagedFileIsReadOrRefused(seed: UInt64) {
    var random = SeededRandom(seed)
    var bytes = Array(
      (Self.head + "repeat 3\nstep 7 s cue tense, check still: Clench.\nend\nstep 1 min silent: W.\n").utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let index = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: index)
      default: bytes.insert(contentsOf: bytes[index...].prefix(9), at: index)
      }
    }
    do throws(InputError) {
      let plan = try SessionFile(reading: bytes, named: "f").plan
      #expect((1...500).contains(plan.steps.count) && plan.length <= .seconds(3600))
    } catch { #expect(error.source == "f") }
  }
}

extension SessionFileTests {
  /// What is wrong, and what is said of it.
  private static let wrong = wrongHeads + wrongSteps.map { (head + $0, $1) } + wrongBlocks.map { (head + $0, $1) }

  private static let wrongHeads: [(String, String)] = [
    (
      "",
      "h.session:1: found '', expected '# postured-session: 1'"
    ),
    (
      "# posture-trace: 1\n",
      "h.session:1: found '# posture-trace: 1', expected '# postured-session: 1'"
    ),
    (
      "# postured-session: 2\n",
      "h.session:1: postured-session: found '2', expected 1"
    ),
    (
      "# postured-session: 1\nstep 5 s silent: W.\n",
      "h.session: title: found none, expected a line '# title: ...' before the steps"
    ),
    (
      head,
      "h.session: found no steps, expected at least one"
    ),
    (
      head + "# title: Again\n",
      "h.session:3: title: found it again, expected it once"
    ),
    (
      head + "# source: a\n# source: b\n",
      "h.session:4: source: found it again, expected it once"
    ),
    (
      head + "# source:\n",
      "h.session:3: source: found no words, expected 1 to 500 bytes"
    ),
    (
      head + "# source: a\u{1B}]0;b\u{7}\n",
      "h.session:3: source: found characters that cannot be seen, expected words on one line"
    ),
    (
      head + "# note: a\n# note: \u{1B}[2Jb\n",
      "h.session:4: note: found characters that cannot be seen, expected words on one line"
    ),
    (
      head + "# note:  \n",
      "h.session:3: note: found no words, expected 1 to 500 bytes"
    ),
    (
      head + "# note: " + String(repeating: "n", count: 501) + "\n",
      "h.session:3: note: found 501 bytes, expected at most 500"
    ),
    (
      head + String(repeating: "# note: n\n", count: 21),
      "h.session:23: note: found another note, expected at most 20"
    ),
    (
      "# postured-session: 1\n# title:\n",
      "h.session:2: title: found no words, expected 1 to 100 bytes"
    ),
    (
      "\u{0}",
      "h.session: found binary data, expected text in UTF-8"
    ),
  ]

  private static let wrongSteps: [(String, String)] = [
    (
      "Step 5 s silent: W.\n",
      "h.session:3: found 'Step 5 s silent: W.', expected a line that begins with 'step', 'repeat', 'end' or '#'"
    ),
    (
      "step 5 s silent\n",
      "h.session:3: step: found '5 s silent', expected such as 'step 7 s cue tense, check still: Clench both fists.'"
    ),
    (
      "step 5 silent: W.\n",
      "h.session:3: step: found '5 silent', expected a length of 1 s to 10 min"
    ),
    (
      "step 5 h silent: W.\n",
      "h.session:3: step: found '5 h', expected a length of 1 s to 10 min"
    ),
    (
      "step five s silent: W.\n",
      "h.session:3: step: found 'five', expected a length of 1 s to 10 min"
    ),
    (
      "step 0.5 s silent: W.\n",
      "h.session:3: step: found '0.5 s', expected a length of 1 s to 10 min"
    ),
    (
      "step 11 min silent: W.\n",
      "h.session:3: step: found '11 min', expected a length of 1 s to 10 min"
    ),
    (
      "step 700s silent: W.\n",
      "h.session:3: step: found '700s', expected a length of 1 s to 10 min"
    ),
    (
      "step: W.\n",
      "h.session:3: found 'step: W.', expected a line that begins with 'step', 'repeat', 'end' or '#'"
    ),
    (
      "step 5 s: W.\n",
      "h.session:3: step: found nothing after the length, expected 'cue step', 'cue tense', 'cue release' or 'silent'"
    ),
    (
      "step 5 s cue nudge: W.\n",
      "h.session:3: step: found 'cue nudge', expected 'cue step', 'cue tense', 'cue release' or 'silent'"
    ),
    (
      "step 5 s cue step silent: W.\n",
      "h.session:3: step: found 'cue step silent', expected 'cue step', 'cue tense', 'cue release' or 'silent'"
    ),
    (
      "step 5 s silent, check: W.\n",
      "h.session:3: step: found 'check', expected 'check still' or 'check moving', once"
    ),
    (
      "step 5 s silent, check calm: W.\n",
      "h.session:3: step: found 'check calm', expected 'check still' or 'check moving', once"
    ),
    (
      "step 5 s silent, check still, check still: W.\n",
      "h.session:3: step: found 'check still', expected 'check still' or 'check moving', once"
    ),
    (
      "step 5 s silent,: W.\n",
      "h.session:3: step: found '', expected 'check still' or 'check moving', once"
    ),
    (
      "step 5 s silent:  \n",
      "h.session:3: step: found no words, expected 1 to 160 bytes"
    ),
    (
      "step 5 s silent: a\u{1B}b\n",
      "h.session:3: step: found characters that cannot be seen, expected words on one line"
    ),
  ]

  private static let wrongBlocks: [(String, String)] = [
    (
      "repeat 1\n",
      "h.session:3: repeat: found '1', expected a whole number from 2 to 50"
    ),
    (
      "repeat 51\n",
      "h.session:3: repeat: found '51', expected a whole number from 2 to 50"
    ),
    (
      "repeat\n",
      "h.session:3: repeat: found '', expected a whole number from 2 to 50"
    ),
    (
      "repeat +2\n",
      "h.session:3: repeat: found '+2', expected a whole number from 2 to 50"
    ),
    (
      "repeat 2\nrepeat 2\n",
      "h.session:4: repeat: found a block within a block, expected 'end' before it"
    ),
    (
      "repeat 2\nend\n",
      "h.session:4: found 'end', expected a step since 'repeat' on line 3"
    ),
    (
      "repeat 2\nstep 5 s silent: W.\n",
      "h.session:3: repeat: found no 'end' after it, expected 'end' after the steps to be repeated"
    ),
    (
      "end\n",
      "h.session:3: found 'end', expected 'repeat' before it"
    ),
    (
      "repeat 2\nstep 5 s silent: W.\nend it\n",
      "h.session:5: end: found 'it', expected nothing after it"
    ),
    (
      "repeat 50\n" + String(repeating: "step 1 s silent: W.\n", count: 11) + "end\n",
      "h.session:15: found more steps, expected at most 500 steps, with those that are repeated"
    ),
    (
      "repeat 7\nstep 10 min silent: W.\nend\n",
      "h.session:5: found a step beyond 60 min, expected at most 60 min in all, with what is repeated"
    ),
  ]
}
