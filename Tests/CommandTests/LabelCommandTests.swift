// SPDX-License-Identifier: MIT
import Foundation
import PostureFormats
import TestSupport
import Testing

/// What the wearer marks becomes a label.
struct LabelCommandTests {
  private let directory = TemporaryDirectory()

  @Test func aMarkIsRecordedAndBecomesALabel() throws {
    let (socket, trace) = (directory.file("s"), directory.file("day.trace"))
    let daemon = try daemon(socket, "--simulate", "--speed", "20", "--record", trace)
    try waitUntil("samples") { try posturectl("mark", "false-cue", "--socket", socket).status == 0 }
    #expect(
      try posturectl("mark", "my-word", "--last", "2.5 s", "--socket", socket, "--json").output
        == #"{"class":"done","request":"mark"}"# + "\n")
    daemon.signal(SIGTERM)
    #expect(try daemon.wait().status == 0)
    let marks = lines(try contents(of: trace)).filter { $0.contains(" mark ") }
    #expect(marks.first?.hasSuffix(" mark false-cue") == true)
    #expect(marks.last?.hasSuffix(" mark my-word 2500000 us") == true)
    let made = try posturectl("labels", trace)
    let file = directory.file("day.labels")
    #expect(made == Outcome(status: 0, output: "\(file): 2 labels\n", errors: ""))
    let labels = try TraceLabels([UInt8](Data(contentsOf: URL(fileURLWithPath: file))), source: file).labels
    let own = labels.filter { $0.word.text == "my-word" }
    #expect(own.map { $0.end.microseconds - $0.start.microseconds } == [2_500_000])
    #expect(labels.count { $0.word == .falseCue } == 1)
    // What somebody may have written by hand is not written over.
    let again = try posturectl("labels", trace)
    #expect(again.status == 73 && again.errors.contains(file))
    #expect(try posturectl("labels", trace, "--output", "-").output == contents(of: file))
  }

  @Test(arguments: ["Ouch", "false cue", ""]) func noWordIsRefused(word: String) throws {
    #expect(try posturectl("mark", word, "--socket", directory.file("s")).status == 64)
  }

  @Test func aTraceFromStandardInputHasNoLabels() throws {
    let outcome = try posturectl("labels", "-")
    #expect(outcome.status == 64 && outcome.errors.contains("expected a file"))
  }
}
