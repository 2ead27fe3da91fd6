// SPDX-License-Identifier: MIT
import Foundation
import PostureFormats
import PosturePlots
import Testing

struct TuningPlotTests {
  private func point(_ enter: String, _ hold: String, _ value: Double?) -> TuningPlot.Point {
    TuningPlot.Point(
      settings: [
        TraceSetting(key: "detector.enter", value: enter), TraceSetting(key: "detector.hold", value: hold),
      ], precision: value, recall: value.map { 1 - $0 / 2 }, value: value)
  }

  private func plot(_ points: [TuningPlot.Point]) -> TuningPlot {
    TuningPlot(
      points: points, usual: point("15 deg", "10 s", 0.25),
      varied: [("detector.enter", ["8 deg", "9 deg"]), ("detector.hold", ["2 s", "5 s", "10 s"])], objective: "f1",
      report: "<the best>")
  }

  private func count(_ part: String, in text: String) -> Int { text.components(separatedBy: part).count - 1 }

  @Test func everyCombinationIsADotAndACell() {
    let page = plot([
      point("8 deg", "2 s", 0.875), point("9 deg", "5 s", 0.75), point("9 deg", "10 s", 0.5),
      point("8 deg", "10 s", nil),
    ]).page
    #expect(count("<circle", in: page) == 3)
    #expect(count("<rect", in: page) == 3)
    #expect(page.contains(">0.875: detector.enter: 8 deg, detector.hold: 2 s<"))
    #expect(page.contains("f1 by detector.hold and detector.enter"))
    #expect(count(">best<", in: page) == 1 && count(">as set now<", in: page) == 1)
    #expect(page.contains("<pre>&lt;the best&gt;</pre>"))
  }

  /// Of those on one place the best alone.
  @Test func dotsOnOneAnotherAreOneAndACellIsItsBest() {
    let page = plot([point("8 deg", "2 s", 0.875), point("8 deg", "2 s", 0.875), point("8 deg", "2 s", 0.5)]).page
    #expect(count("<circle", in: page) == 2 && count("<rect", in: page) == 1)
  }

  @Test func itFetchesNothing() {
    let page = plot([point("8 deg", "2 s", 0.5)]).page
    #expect(page.contains("default-src &#39;none&#39;"))
    #expect(
      count("http", in: page.replacing("http://www.w3.org/2000/svg", with: "").replacing("http-equiv", with: "")) == 0)
  }

  @Test func nothingKnownIsNoDot() {
    let page = plot([point("8 deg", "2 s", nil)]).page
    #expect(count("<circle", in: page) == 0 && count("<rect", in: page) == 0)
  }
}
