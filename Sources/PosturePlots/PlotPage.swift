// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

extension Plot {
  /// A file that stands alone: SVG.
  package var svg: String { Figure(self).file }

  /// A file that stands alone: HTML, with the still picture in it for paper and for browsers that run no script.
  package var page: String {
    let figure = Figure(self)
    var page = Page(title: title)
    page.style = String(decoding: PackageResources.plot_css, as: UTF8.self)
    page.script = Self.script
    page.data = JSONLine.encode(PlotData(self, labelRows: figure.labelRows))
    page.body.element("main") { main in
      main.element("h1", text: title)
      main.element("p", ["class": "soft"], text: remark)
      main.element("p", ["id": "summary"], text: summary.joined(separator: " · "))
      main.element("div", ["class": "figure"]) { addFigure(figure, to: &$0) }
      addKey(to: &main)
      main.element("h2", text: "What happened")
      addTable(to: &main)
      main.element(
        "footer",
        text: "A reminder, not a medical device. Made by posturectl \(Version.program) on this recording alone; this "
          + "file fetches nothing and sends nothing.")
    }
    return page.text
  }

  /// Signed, but for zero.
  private static func degrees(_ angle: Double) -> String {
    let text = Decimal.text(angle.magnitude, places: 1) + "°"
    return text == "0.0°" ? text : (angle > 0 ? "+" : "−") + text
  }

  private static let script =
    "\"use strict\";\n(() => {\n"
    + [
      PackageResources.data_js, PackageResources.text_js, PackageResources.chart_js, PackageResources.curves_js,
      PackageResources.bands_js,
      PackageResources.input_js,
    ].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n") + "})();\n"

  private func addFigure(_ figure: Figure, to body: inout Markup) {
    body.element("div", ["class": "still"]) { $0.add(raw: figure.element) }
    body.element("div", ["class": "moving"]) { live in
      live.element("div", ["class": "controls", "role": "group", "aria-label": "What is shown"]) { controls in
        for (does, word, name) in [
          ("in", "+", "Zoom in"), ("out", "−", "Zoom out"), ("all", "Whole", "Whole recording"),
          ("previous", "‹ event", "Event before"), ("next", "event ›", "Next event"),
        ] { controls.element("button", ["type": "button", "data-do": does, "aria-label": name], text: word) }
      }
      live.element("canvas", ["id": "chart", "tabindex": "0", "role": "img", "aria-describedby": "summary"], text: "")
      live.element("div", ["class": "told", "aria-live": "polite"]) { told in
        told.element(
          "div",
          [
            "id": "values",
            "data-hint":
              "Point at the picture for its values. Wheel or pinch zooms, dragging moves; on the keyboard + and −, "
              + "arrows, n and p for events, 0 for all.",
          ], text: "")
        told.element("div", ["id": "words"], text: "")
      }
    }
  }

  /// What the marks and the bands are; the curves say it themselves.
  private func addKey(to body: inout Markup) {
    body.element("ul", ["class": "key"]) { key in
      for (isFull, role, word) in [
        (true, Role.cue, "cue: the motor spoke"), (false, .silent, "silence: a cue was due and held back"),
      ] {
        key.element("li") { item in
          item.element("svg", ["width": "14", "height": "12", "aria-hidden": "true"]) {
            $0.mark(7, 6, role, isFull: isFull)
          }
          item.add(word)
        }
      }
      for (role, word) in [(Role.leaning, "beyond a limit"), (.deviated, "for too long: a deviation")] {
        key.element("li") { item in
          item.element("svg", ["width": "14", "height": "12", "aria-hidden": "true"]) {
            $0.rectangle(0, 0, 14, 12, role, opacity: "0.35")
          }
          item.add(word)
        }
      }
      for context in Context.allCases where track.contexts.all.contains(where: { $0.value == context }) {
        guard let role = context.role else { continue }
        key.element("li") { item in
          item.element("svg", ["width": "14", "height": "12", "aria-hidden": "true"]) {
            $0.rectangle(0, 0, 14, 12, role, opacity: Palette.band)
          }
          item.add(context.name)
        }
      }
      guard let limits = track.limits.all.last?.value else { return }
      let angles = Figure.limits(limits).map { "\($0.name) \(Markup.number($0.limit.enter.degrees))°" }
      key.element("li", text: "dashed: the limits, \(angles.joined(separator: ", "))")
      key.element("li", text: "dotted: below them a lean is over")
    }
  }

  private func addTable(to body: inout Markup) {
    guard !track.events.isEmpty else {
      body.element("p", text: "Nothing.")
      return
    }
    body.element("table") { table in
      table.element("thead") { head in
        head.element("tr") { row in
          row.element("th", ["class": "number", "scope": "col"], text: "Time")
          row.element("th", ["scope": "col"], text: "Event")
          row.element("th", ["class": "number angle", "scope": "col"], text: "Forward")
          row.element("th", ["class": "number angle", "scope": "col"], text: "Left")
        }
      }
      table.element("tbody") { rows in
        for (index, event) in track.events.enumerated() {
          rows.element("tr") { add(event, index, to: &$0) }
          rows.add(raw: "\n")
        }
      }
    }
    if track.eventsLeftOut > 0 {
      body.element("p", ["class": "soft"], text: "And \(track.eventsLeftOut) more, which are not shown.")
    }
  }

  private func add(_ event: PlotEvent, _ index: Int, to row: inout Markup) {
    let time = ClockText.time(Double(event.time) * 1e-6, tenths: true)
    row.element("td", ["class": "number"]) {
      $0.element("button", ["type": "button", "data-event": "\(index)"], text: time)
    }
    row.element("td") { cell in
      if event.kind != .other {
        cell.element("svg", ["class": "kind", "width": "14", "height": "12", "aria-hidden": "true"]) {
          $0.mark(7, 6, event.kind == .cue ? .cue : .silent, isFull: event.kind == .cue)
        }
      }
      cell.add(event.sentence)
      if let explanation = event.explanation { cell.element("span", ["class": "why"], text: explanation) }
    }
    for angle in [event.flexion, event.lateral] {
      row.element("td", ["class": "number angle"], text: angle.map(Self.degrees) ?? "")
    }
  }
}
