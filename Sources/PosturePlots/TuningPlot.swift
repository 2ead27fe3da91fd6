// SPDX-License-Identifier: MIT
import PostureFormats

/// What trying settings came to, as a page that stands alone: precision against recall, and how good two of the
/// settings are together.
package struct TuningPlot: Sendable {
  /// One combination of settings.
  package struct Point: Sendable {
    package let settings: [TraceSetting]
    /// Nil where there is nothing to divide by.
    package let precision: Double?
    package let recall: Double?
    /// 0 to 1: what was to be best.
    package let value: Double?

    package init(settings: [TraceSetting], precision: Double?, recall: Double?, value: Double?) {
      self.settings = settings
      self.precision = precision
      self.recall = recall
      self.value = value
    }

    var words: String { settings.map { "\($0.key): \($0.value)" }.joined(separator: ", ") }
  }

  /// The best first.
  package let points: [Point]
  /// The settings in force.
  package let usual: Point
  /// Settings that were varied and their values, in their order.
  package let varied: [(key: String, values: [String])]
  /// Of what was to be best.
  package let objective: String
  /// What is said of it in words.
  package let report: String

  package init(
    points: [Point], usual: Point, varied: [(key: String, values: [String])], objective: String, report: String
  ) {
    self.points = points
    self.usual = usual
    self.varied = varied
    self.objective = objective
    self.report = report
  }

  package var page: String {
    var page = Page(title: "Settings tried on recordings")
    page.style =
      "figure{margin:0;overflow-x:auto}.whole{height:auto;max-width:100%}pre{overflow-x:auto;font-size:.8rem}@media print{figure{break-inside:avoid}}\n"
    page.body.element("main") { main in
      main.element("h1", text: "Settings tried on recordings")
      main.element("h2", text: "Precision against recall, a dot for each combination")
      main.element("figure") { addScatter(to: &$0) }
      if let map = HeatMap(self) {
        main.element("h2", text: map.title)
        main.element("figure") { map.add(to: &$0) }
      }
      main.element("h2", text: "In words")
      main.element("pre", text: report)
      main.element(
        "footer", text: "Made by posturectl \(Version.program). This file fetches nothing and sends nothing.")
    }
    return page.text
  }

  private static let (side, left, top) = (340.0, 44.0, 32.0)

  private func addScatter(to body: inout Markup) {
    let (side, left, top) = (Self.side, Self.left, Self.top)
    let across = Scale(0...1, from: left, to: left + side)
    let up = Scale(0...1, from: top + side, to: top)
    body.element(
      "svg", Self.frame("Precision against recall", width: left + side + 16, height: top + side + 50, isWhole: true)
    ) {
      svg in
      for tick in Ticks.linear(0...1, atMost: 5) {
        let text = Decimal.text(tick, places: 1)
        svg.line(across(tick), top, across(tick), top + side, .grid)
        svg.line(left, up(tick), left + side, up(tick), .grid)
        svg.text(text, at: across(tick), top + side + 18, .soft, anchor: "middle")
        svg.text(text, at: left - 8, up(tick) + 4, .soft, anchor: "end")
      }
      svg.text("recall", at: left + side / 2, top + side + 40, .soft, anchor: "middle")
      svg.text("precision", at: left, top - 16, .soft, anchor: "middle")
      // Those that stand on one another are one dot, of the best of them.
      var seen: Set<String> = []
      for point in points {
        guard let precision = point.precision, let recall = point.recall else { continue }
        let (x, y) = (Markup.number(across(recall)), Markup.number(up(precision)))
        guard seen.insert("\(x) \(y)").inserted else { continue }
        svg.element(
          "circle",
          ["cx": x, "cy": y, "r": "3", "fill-opacity": "0.6", "class": "fill-flexion", "fill": Role.flexion.light]
        ) { $0.element("title", text: point.words) }
      }
      for (point, word, isFull) in [(usual, "as set now", false), (points.first ?? usual, "best", true)] {
        guard let precision = point.precision, let recall = point.recall else { continue }
        svg.mark(across(recall), up(precision), .cue, isFull: isFull)
        let isLeft = recall > 0.7
        svg.text(
          word, at: across(recall) + (isLeft ? -9 : 9), up(precision) + (isFull ? -4 : 14), .ink,
          anchor: isLeft ? "end" : "start")
      }
    }
  }

  /// - Parameter isWhole: it shrinks where there is less room; without, it is moved under the finger.
  static func frame(_ name: String, width: Double, height: Double, isWhole: Bool = false) -> Markup.Attributes {
    [
      "class": isWhole ? "whole" : "wide",
      "xmlns": "http://www.w3.org/2000/svg", "width": Markup.number(width), "height": Markup.number(height),
      "viewBox": "0 0 \(Markup.number(width)) \(Markup.number(height))", "role": "img", "aria-label": name,
    ]
  }
}
