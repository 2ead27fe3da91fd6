// SPDX-License-Identifier: MIT
import Testing

@testable import PosturePlots

struct SpansTests {
  private func spans(_ values: [(Int64, String)]) -> Spans<String> {
    var spans = Spans<String>()
    for (time, value) in values { spans.put(value, at: time) }
    return spans
  }

  @Test func aSpanLastsUntilSomethingElseIs() {
    let spans = spans([(0, "a"), (10, "a"), (20, "b"), (30, "b"), (40, "a"), (50, "a")])
    #expect(
      spans.all == [
        .init(start: 0, end: 20, value: "a"), .init(start: 20, end: 40, value: "b"),
        .init(start: 40, end: 50, value: "a"),
      ])
  }

  /// What flickers for a day is thinned, what lasts is kept, and spans go on without a hole.
  @Test func whatFlickersIsThinned() {
    var spans = Spans<Int>()
    for index in 0..<200_000 {
      let isCalm = index % 20_000 >= 19_000
      spans.put(isCalm ? 2 : index % 2, at: Int64(index) * 10_000)
    }
    #expect(spans.all.count <= Spans<Int>.most)
    #expect(spans.all.count { $0.value == 2 && $0.end - $0.start >= 9_900_000 } == 10)
    #expect(spans.all.first?.start == 0 && spans.all.last?.end == 1_999_990_000)
    #expect(zip(spans.all, spans.all.dropFirst()).allSatisfy { $0.end == $1.start && $0.value != $1.value })
  }

  @Test func aColumnIsWhatItMostlyWas() {
    let runs = spans([(0, "a"), (26, "b"), (29, "a"), (60, "c"), (100, "c")]).columns(0..<100, 10)
    #expect(runs.map(\.columns) == [0..<6, 6..<10])
    #expect(runs.map(\.value) == ["a", "c"])
  }

  @Test func centuriesHaveColumnsToo() {
    let (first, last) = (Int64(-9_000_000_000_000_000), Int64(9_000_000_000_000_000))
    let runs = spans([(first, "a"), (0, "b"), (last, "b")]).columns(first..<last, 1000)
    #expect(runs.map(\.value) == ["a", "b"] && runs.map(\.columns) == [0..<500, 500..<1000])
  }

  @Test func columnsBeyondTheSpansAreEmpty() {
    let runs = spans([(50, "a"), (60, "a")]).columns(0..<100, 10)
    #expect(runs.map(\.columns) == [5..<6] && runs.map(\.value) == ["a"])
    #expect(Spans<Int>().columns(0..<100, 10).isEmpty)
    #expect(spans([(50, "a")]).columns(0..<100, 10).isEmpty)
  }
}
