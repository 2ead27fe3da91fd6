// SPDX-License-Identifier: MIT
import PostureFormats
import PosturePlots
import PostureProgramme

/// A picture with a place for each day of the report.
struct DayChart {
  /// Pixels, of a picture that shrinks and grows with its room.
  static let (width, height) = (360.0, 158.0)
  private static let (left, right, top, bottom) = (46.0, 8.0, 10.0, 24.0)

  let first: CivilDate
  let count: Int
  let up: Scale

  /// - Parameter most: of the values, which begin at 0.
  init(first: CivilDate, count: Int, most: Double) {
    self.first = first
    self.count = count
    up = Scale(0...most, from: Self.height - Self.bottom, to: Self.top)
  }

  /// Pixels that a day takes.
  var step: Double { (Self.width - Self.left - Self.right) / Double(count) }

  /// The middle of a day, from 0.
  func x(_ day: Double) -> Double { Self.left + (day + 0.5) * step }

  func add(
    _ name: String, to body: inout Markup, ticks: [Double], unit: String, _ draw: (inout Markup) -> Void
  ) {
    body.element(
      "svg",
      [
        "class": "chart", "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": "0 0 \(Markup.number(Self.width)) \(Markup.number(Self.height))", "role": "img",
        "aria-label": name,
      ]
    ) { svg in
      for tick in ticks {
        svg.line(Self.left, up(tick), Self.width - Self.right, up(tick), .grid)
        svg.text(Markup.number(tick) + unit, at: Self.left - 5, up(tick) + 4, .soft, anchor: "end")
      }
      addDates(to: &svg)
      draw(&svg)
    }
  }

  /// Mondays, or some of them, or each of a few days.
  private func addDates(to svg: inout Markup) {
    let mondays = (0..<count).filter { (first + $0).weekday == .monday }
    let days = count <= 8 ? Array(0..<count) : mondays
    let room = 52.0
    let every = max(1, Int((room / (step * (count <= 8 ? 1 : 7))).rounded(.up)))
    for (index, day) in days.enumerated() {
      let place = Self.left + Double(day) * step
      if count > 8 { svg.line(place, up(0), place, up(0) + 4, .soft) }
      guard index % every == 0 else { continue }
      let text = Words.short(first + day)
      // The start of a week is marked at its left; a label never leaves the picture.
      let x = count > 8 ? place : x(Double(day))
      let half = Markup.width(text) / 2
      svg.text(
        text, at: max(Self.left - 24 + half, min(x, Self.width - half)), Self.height - 6, .soft, anchor: "middle")
    }
  }

  /// A day of which nothing is known: hatched from top to bottom.
  func addGap(_ day: Int, to svg: inout Markup, _ words: String) {
    let (from, to) = (x(Double(day)) - step / 2, x(Double(day)) + step / 2)
    svg.element("g") { group in
      group.element("title", text: "\(Words.short(first + day)): \(words)")
      group.shape(
        "rect",
        [
          "x": Markup.number(from), "y": Markup.number(Self.top), "width": Markup.number(step),
          "height": Markup.number(up(0) - Self.top), "fill": "url(#gap)",
        ])
      group.line(from, up(0), to, up(0), .soft)
    }
  }

  /// The line of a trend and the slopes that the data allow, through the middle of the points.
  func add(
    _ trend: Trend, through middle: (day: Double, share: Double), over days: ClosedRange<Int>, to svg: inout Markup
  ) {
    func place(_ day: Int, _ slope: Double) -> String {
      let share = middle.share + slope * (Double(day) - middle.day) / 7
      return "\(Markup.number(x(Double(day)))) \(Markup.number(up.clamped(share)))"
    }
    let (first, last) = (days.lowerBound, days.upperBound)
    let centre = "\(Markup.number(x(middle.day))) \(Markup.number(up.clamped(middle.share)))"
    svg.shape(
      "path",
      [
        "d": "M\(place(first, trend.lower))L\(centre)L\(place(last, trend.lower))L\(place(last, trend.upper))"
          + "L\(centre)L\(place(first, trend.upper))z",
        "class": "fill-flexion", "fill": Role.flexion.light, "fill-opacity": "0.2",
      ])
    svg.shape(
      "path",
      [
        "d": "M\(place(first, trend.slope))L\(place(last, trend.slope))", "class": "line-flexion",
        "stroke": Role.flexion.light, "stroke-width": "2", "fill": "none",
      ])
  }

  func dot(_ day: Int, _ value: Double, isFull: Bool, to svg: inout Markup, _ words: String) {
    svg.element(
      "circle",
      [
        "cx": Markup.number(x(Double(day))), "cy": Markup.number(up.clamped(value)),
        "r": Markup.number(max(1.5, min(3.5, step * 0.4))),
        "class": isFull ? "fill-ink" : "fill-paper line-ink",
        "fill": isFull ? Role.ink.light : Role.paper.light, "stroke": Role.ink.light, "stroke-width": "1",
      ]
    ) { $0.element("title", text: "\(Words.short(first + day)): \(words)") }
  }
}
