// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// The whole recording as a still picture: SVG that needs no script, on a page, on paper or alone.
///
/// From the top: the cues and the silences, the tilt with its limits, the exposure, what the wearer was about, labels,
/// other events; all over one axis of time.
package struct Figure: Sendable {
  /// On A4 paper a letter is then as large as in a footnote.
  package static let width = 820.0
  private static let left = 44.0
  private static let right = 108.0
  /// Curves are drawn with a column for so many pixels.
  private static let column = 1.0
  /// Labels that overlap stand in rows of their own, but not in more.
  private static let mostLabelRows = 4

  let plot: Plot
  let x: Scale
  var y = Layout()
  var markup = Markup()

  /// Where the parts stand, from the top.
  struct Layout: Sendable {
    var legend = 14.0
    var cues = 38.0
    var tilt = 84.0..<344.0
    var exposure = 370.0..<426.0
    var contexts = 450.0..<470.0
    var labels = 494.0
    var events = 0.0
    var axis = 0.0
    var height = 0.0
  }

  package init(_ plot: Plot) {
    self.plot = plot
    x = Scale(plot.seconds, from: Self.left, to: Self.width - Self.right)
    let rows = labelRows.compactMap(\.row).max().map { $0 + 1 } ?? 0
    y.events = rows == 0 ? y.labels : y.labels + 18 * Double(rows) + 22
    y.axis = y.events + 26
    y.height = y.axis + 28
  }

  /// Of a page; the page's style gives it its colours.
  package var element: String { drawn(isAlone: false) }

  /// A file of its own.
  package var file: String { drawn(isAlone: true) + "\n" }

  private func drawn(isAlone: Bool) -> String {
    var figure = self
    let title = "\(plot.title). \(plot.summary.joined(separator: "; "))."
    let top = isAlone ? -46.0 : 0
    let box = "0 \(Markup.number(top)) \(Markup.number(Self.width)) \(Markup.number(y.height - top))"
    var attributes: Markup.Attributes {
      isAlone
        ? [
          "xmlns": "http://www.w3.org/2000/svg", "viewBox": box, "width": Markup.number(Self.width),
          "height": Markup.number(y.height - top), "role": "img", "font-family": "system-ui, DejaVu Sans, sans-serif",
          "font-size": "12",
        ] : ["viewBox": box, "role": "img", "font-size": "12"]
    }
    figure.markup.element("svg", attributes) { markup in
      markup.element("title", text: title)
      if isAlone {
        markup.element("style") { $0.add(raw: Palette.picture) }
        markup.shape(
          "rect",
          ["y": Markup.number(top), "width": "100%", "height": "100%", "class": "fill-paper", "fill": Role.paper.light])
        markup.text(plot.title, at: 8, top + 20, .ink, size: 15)
        markup.text(plot.summary.joined(separator: " · "), at: 8, top + 38, .soft)
      }
      draw(into: &markup)
    }
    return figure.markup.text
  }

  private func draw(into markup: inout Markup) {
    drawTime(into: &markup)
    drawTilt(into: &markup)
    drawExposure(into: &markup)
    drawCues(into: &markup)
    drawContexts(into: &markup)
    drawLabels(into: &markup)
    drawEvents(into: &markup)
  }

  func number(_ value: Double) -> String { Markup.number(value) }
  func seconds(_ time: Int64) -> Double { Double(time) * 1e-6 }
  var range: Range<Int64> {
    let range = plot.track.range ?? 0...0
    return range.lowerBound..<max(range.upperBound, range.lowerBound + 1)
  }
  var columns: Int { Int((x.end - x.start) / Self.column) }
  var right: Double { x.end }

  /// Of each label, so that none stands on another; nil for those that find no row.
  var labelRows: [(label: Plot.Label, row: Int?)] {
    var ends: [Double] = []
    return plot.labels.map { label in
      let start = x(seconds(label.start))
      let end = max(x(seconds(label.end)), start + Markup.width(label.word) + 8)
      if let row = ends.firstIndex(where: { $0 <= start }) {
        ends[row] = end
        return (label, row)
      }
      guard ends.count < Self.mostLabelRows else { return (label, nil) }
      ends.append(end)
      return (label, ends.count - 1)
    }
  }
}
