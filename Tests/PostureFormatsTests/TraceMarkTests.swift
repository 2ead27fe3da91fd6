// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct TraceMarkTests {
  private func mark(_ word: LabelWord, _ time: Int64, _ length: Interval? = nil) -> TraceMark {
    TraceMark(word, length: length, at: Timestamp(microseconds: time))
  }

  @Test func marksAreReadInTheirOrderAndChangeNothingElse() throws {
    let rows = "0,1,2,3,4,5,6\n10000,1,2,3,4,5,6\n20000,1,2,3,4,5,6\n"
    let marked =
      "0,1,2,3,4,5,6\n#! 0 mark false-cue\n10000,1,2,3,4,5,6\n20000,1,2,3,4,5,6\n#! 20000 mark ouch-2 5000000 us\n"
    var reader = TraceReader(source: "t")
    let bytes = Array((headerLines + marked).utf8)
    try reader.read(bytes.span) { _ in }
    try reader.finish { _ in }
    let word = try #require(LabelWord("ouch-2"))
    #expect(reader.marks == [mark(.falseCue, 0), mark(word, 20_000, .seconds(5))])
    #expect(reading(headerLines + marked) == reading(headerLines + rows))
  }

  @Test func whatIsWrittenReadsBackTheSame() throws {
    var writer = TraceWriter()
    var text = Array(headerLines.utf8)
    let raw = RawSample(time: Timestamp(microseconds: 7_000_000), ax: 1, ay: 2, az: 3, gx: 4, gy: 5, gz: 6)
    // Before the first row there is no time yet.
    writer.append(mark(.missedCue, 6_000_000), to: &text)
    writer.append(
      Measurement(raw: raw, sample: SensorScale(acceleration: 1, angularVelocity: 1).sample(from: raw)), to: &text)
    writer.append(mark(.falseCue, 7_000_000, .seconds(30)), to: &text)
    writer.append(mark(.deviation, 8_500_000), to: &text)
    var reader = TraceReader(source: "t")
    try reader.read(text.span) { _ in }
    #expect(reader.marks == [mark(.falseCue, 0, .seconds(30)), mark(.deviation, 1_500_000)])
  }

  @Test func moreMarksThanLabelsAreRefused() {
    let remarks = String(repeating: "#! 0 mark a\n", count: TraceLabels.most + 1)
    #expect(
      reading(headerLines + "0,1,2,3,4,5,6\n" + remarks).error?.description
        == "t:100008: found a mark more, expected at most 100000 marks")
  }
}
