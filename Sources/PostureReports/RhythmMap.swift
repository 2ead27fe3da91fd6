// SPDX-License-Identifier: MIT
import PostureFormats
import PosturePlots

/// Weekdays by hours, with a number in each cell: the colour says nothing that it does not.
struct RhythmMap {
  private static let (width, left, top, high) = (360.0, 26.0, 4.0, 18.0)
  /// Fewer columns would be wider than they have to be.
  private static let fewest = 12
  /// Percent at which a cell is as dark as text on it allows.
  private static let darkest = 60.0

  private let rhythm: WeekRhythm
  private let hours: ClosedRange<Int>

  init(_ rhythm: WeekRhythm, _ hours: ClosedRange<Int>) {
    self.rhythm = rhythm
    self.hours = hours
  }

  func add(to body: inout Markup) {
    let wide = (Self.width - Self.left - 4) / Double(max(Self.fewest, hours.count))
    let bottom = Self.top + 7 * Self.high
    let strength = Scale(0...Self.darkest, from: 0.04, to: 0.6)
    body.element(
      "svg",
      [
        "class": hours.count > 16 ? "chart tight" : "chart", "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": "0 0 \(Markup.number(Self.width)) \(Markup.number(bottom + 22))", "role": "img",
        "aria-label": "Share of judged time beyond a limit, by weekday and hour",
      ]
    ) { svg in
      for weekday in CivilDate.Weekday.allCases {
        let y = Self.top + Double(weekday.rawValue) * Self.high
        svg.text(weekday.short, at: Self.left - 6, y + Self.high / 2 + 4, .soft, anchor: "end")
        for hour in hours {
          let x = Self.left + Double(hour - hours.lowerBound) * wide
          let cell = rhythm.cells[weekday.rawValue][hour]
          svg.element("g") { group in
            group.element("title", text: "\(weekday.short) \(hour):00: \(words(cell))")
            group.shape(
              "rect",
              [
                "x": Markup.number(x), "y": Markup.number(y), "width": Markup.number(wide),
                "height": Markup.number(Self.high),
                "class": "line-grid \(cell.share == nil ? "fill-paper" : "fill-cue")",
                "stroke": Role.grid.light, "fill": cell.share == nil ? Role.paper.light : Role.cue.light,
                "fill-opacity": Markup.number(strength.clamped(cell.share ?? 0)),
              ])
            guard let share = cell.share else { return }
            let text = Decimal.text(share, places: 0)
            group.text(text, at: x + wide / 2, y + Self.high / 2 + 4, .ink, anchor: "middle")
          }
        }
      }
      let every = hours.count > 16 ? 3 : hours.count > 12 ? 2 : 1
      for hour in hours where (hour - hours.lowerBound) % every == 0 {
        let x = Self.left + Double(hour - hours.lowerBound) * wide
        svg.line(x, bottom, x, bottom + 4, .soft)
        svg.text("\(hour)", at: x, bottom + 16, .soft, anchor: "middle")
      }
      let end = Self.left + Double(hours.count) * wide
      svg.line(end, bottom, end, bottom + 4, .soft)
    }
  }

  private func words(_ cell: WeekRhythm.Cell) -> String {
    guard let share = cell.share else { return "\(Words.duration(tenths: cell.judged)) judged: too little" }
    return "\(Decimal.text(share, places: 0)) % of \(Words.duration(tenths: cell.judged)) judged"
  }
}
