// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct TraceLabelsTests {
  private static let head = "# posture-labels: 1\nstart_us,end_us,word\n"

  private func read(_ text: String) -> (labels: TraceLabels?, error: String?) {
    do throws(InputError) { return (try TraceLabels(Array(text.utf8), source: "l"), nil) } catch {
      return (nil, error.description)
    }
  }

  private func label(_ word: String, _ start: Int64, _ end: Int64) throws -> TraceLabels.Label {
    TraceLabels.Label(
      try #require(LabelWord(word)), from: Timestamp(microseconds: start), to: Timestamp(microseconds: end))
  }

  @Test func rowsAreReadInTheOrderOfTheirStarts() throws {
    let text =
      Self.head
      + "5000000,6000000,walking\n# a remark\n-3,0,deviation\n5000000,5000000,false-cue\n5,7000000,my-word-2\n"
    let expected = [
      try label("deviation", -3, 0), try label("my-word-2", 5, 7_000_000), try label("walking", 5_000_000, 6_000_000),
      try label("false-cue", 5_000_000, 5_000_000),
    ]
    #expect(read(text).labels?.labels == expected)
  }

  @Test func linesMayEndAsOnOtherMachinesAndTheLastOneNot() throws {
    let text = "# posture-labels: 1\r\n# of a day\r\nstart_us,end_us,word\r\n1,2,deviation\r\n3,4,missed-cue"
    #expect(read(text).labels?.labels == [try label("deviation", 1, 2), try label("missed-cue", 3, 4)])
  }

  @Test func whatIsWrittenReadsBackTheSame() throws {
    let labels = TraceLabels([
      try label("walking", 9, 12), try label("deviation", -1, 9_007_199_254_740_991), try label("a", 0, 0),
    ])
    #expect(
      labels.text(remark: "of a day")
        == "# posture-labels: 1\n# of a day\nstart_us,end_us,word\n-1,9007199254740991,deviation\n0,0,a\n9,12,walking\n"
    )
    #expect(read(labels.text(remark: "of a day")).labels == labels)
    #expect(read(TraceLabels().text()).labels == TraceLabels())
  }

  @Test func aWordIsFoundByItself() throws {
    let labels = TraceLabels([
      try label("deviation", 1, 2), try label("walking", 2, 3), try label("deviation", 4, 5),
    ])
    #expect(labels.spans(.deviation).map(\.start.microseconds) == [1, 4])
    #expect(labels.spans(.missedCue).isEmpty)
  }

  @Test(arguments: [
    ("", "l:1: found an empty line, expected '# posture-labels: 1' as the first line"),
    ("start_us,end_us,word\n", "l:1: found 'start_us,end_us,word', expected '# posture-labels: 1' as the first line"),
    ("# posture-labels: 2\n", "l:1: found '# posture-labels: 2', expected '# posture-labels: 1' as the first line"),
    (
      "# posture-labels: 1\n",
      "l:2: found the end of the file, expected the row of column names 'start_us,end_us,word'"
    ),
    ("# posture-labels: 1\n1,2,a\n", "l:2: found '1,2,a', expected the row of column names 'start_us,end_us,word'"),
    (head + "1,2\n", "l:3: found 2 fields in '1,2', expected the 3 fields start_us,end_us,word"),
    (head + "1,2,a,b\n", "l:3: found 4 fields in '1,2,a,b', expected the 3 fields start_us,end_us,word"),
    (head + "\n1,2,a\n", "l:3: found an empty line, expected the 3 fields start_us,end_us,word"),
    (head + "x,2,a\n", "l:3: start_us: found 'x', expected a whole number of microseconds"),
    (head + "1.5,2,a\n", "l:3: start_us: found '1.5', expected a whole number of microseconds"),
    (head + "1,9007199254740992,a\n", "l:3: end_us: found '9007199254740992', expected a whole number of microseconds"),
    (head + "2,1,a\n", "l:3: end_us: found '1', expected at least start_us, which is 2"),
    (
      head + "1,2,False cue\n",
      "l:3: word: found 'False cue', expected a word of at most 32 lowercase letters, digits and hyphens"
    ),
    (head + "1,2,\n", "l:3: word: found '', expected a word of at most 32 lowercase letters, digits and hyphens"),
    (head + "1,2, a\n", "l:3: word: found ' a', expected a word of at most 32 lowercase letters, digits and hyphens"),
  ]) func whatIsWrongIsNamedWithItsPlace(text: String, message: String) {
    #expect(read(text).error == message)
  }

  @Test func moreThanPeopleWriteIsRefused() {
    let row = "1,2,a\n"
    let whole = Self.head + String(repeating: row, count: TraceLabels.most)
    #expect(read(whole).labels?.labels.count == TraceLabels.most)
    #expect(read(whole + row).error == "l:100003: found '1,2,a', expected at most 100000 labels")
    let long = [UInt8](repeating: UInt8(ascii: "#"), count: TraceLabels.longestFile + 1)
    #expect(throws: InputError.self) { try TraceLabels(long, source: "l") }
  }

  @Test(arguments: [
    "a", "deviation", "false-cue", "2", "a1-b", String(repeating: "a", count: 32),
  ]) func aWord(text: String) {
    #expect(LabelWord(text)?.text == text)
  }

  @Test(arguments: ["", "A", "a b", "a_b", "-a", "a-", "\u{e4}", "a,b", "#", String(repeating: "a", count: 33)])
  func noWord(text: String) {
    #expect(LabelWord(text) == nil)
  }

  @Test(arguments: [
    ("day.trace", "day.labels"), ("a/b.c/day.trace", "a/b.c/day.labels"), ("a.b/day", "a.b/day.labels"),
    ("day.1.csv", "day.1.labels"), (".trace", ".trace.labels"), ("a/.trace", "a/.trace.labels"),
  ]) func labelsStandBesideTheirTrace(trace: String, labels: String) {
    #expect(TraceLabels.path(beside: trace) == labels)
  }
}
