// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// The parts of the figure that are curves.
extension Figure {
  func drawTime(into markup: inout Markup) {
    let bottom = y.axis
    for tick in Ticks.time(plot.seconds, atMost: 10) {
      markup.line(x(tick), y.tilt.lowerBound, x(tick), bottom, .grid)
      markup.text(
        ClockText.time(tick, tenths: tick != tick.rounded()), at: x(tick), bottom + 16, .soft, anchor: "middle")
    }
    markup.text("time", at: right + 8, bottom + 16, .soft)
  }

  func drawTilt(into markup: inout Markup) {
    let scale = Scale(plot.degrees, from: y.tilt.upperBound, to: y.tilt.lowerBound)
    let top = y.tilt.lowerBound
    for run in plot.track.postures.columns(range, columns) where run.value == .leaning || run.value == .deviated {
      let role = run.value == .deviated ? Role.deviated : .leaning
      let columns = Double(run.columns.lowerBound)..<Double(run.columns.upperBound)
      markup.rectangle(
        x.start + columns.lowerBound, top, columns.upperBound - columns.lowerBound, y.tilt.upperBound - top, role,
        opacity: run.value == .deviated ? "0.2" : "0.15")
    }
    for tick in Ticks.linear(plot.degrees, atMost: 9) {
      markup.line(x.start, scale(tick), right, scale(tick), tick == 0 ? .soft : .grid)
      markup.text(Self.degrees(tick), at: x.start - 6, scale(tick) + 4, .soft, anchor: "end")
    }
    drawLimits(scale, into: &markup)
    markup.element("clipPath", ["id": "tilt"]) {
      $0.shape(
        "rect",
        [
          "x": number(x.start), "y": number(top), "width": number(right - x.start),
          "height": number(y.tilt.upperBound - top),
        ])
    }
    markup.element("g", ["clip-path": "url(#tilt)"]) { group in
      for (quantity, role, width) in [
        (PlotTrack.total, Role.total, "0.7"), (PlotTrack.lateral, .lateral, "1.3"),
        (PlotTrack.flexion, .flexion, "1.6"),
      ] {
        group.curve(
          envelope(plot.track.slots.quantities[quantity]) { scale(Double($0) / PlotTrack.perDegree) }, role, width)
      }
    }
    var at = x.start
    for (word, role) in [("flexion, forward +", Role.flexion), ("lateral, left +", .lateral), ("total", .total)] {
      markup.line(at, y.legend - 4, at + 18, y.legend - 4, role, width: "2")
      markup.text(word, at: at + 23, y.legend, .ink)
      at += Markup.width(word) + 44
    }
    guard !plot.hasTilt else { return }
    markup.text(
      "no reference posture: there is no tilt to show", at: (x.start + right) / 2, (top + y.tilt.upperBound) / 2, .soft,
      anchor: "middle")
  }

  /// Entered above the dashed line, left below the dotted one.
  private func drawLimits(_ scale: Scale, into markup: inout Markup) {
    for span in plot.track.limits.all {
      let last = plot.track.limits.all.last == span
      let (start, end) = (x(seconds(span.start)), last ? right : x(seconds(span.end)))
      for (_, sign, limit, role) in Self.limits(span.value) {
        markup.line(
          start, scale(sign * limit.enter.degrees), end, scale(sign * limit.enter.degrees), role, dashes: "6 4")
        markup.line(
          start, scale(sign * limit.leave.degrees), end, scale(sign * limit.leave.degrees), role, dashes: "1 5")
      }
    }
    guard let limits = plot.track.limits.all.last?.value else { return }
    let named = Self.limits(limits)
    let places = Ticks.spread(
      named.map { scale($0.sign * $0.limit.enter.degrees) }, gap: 13,
      within: y.tilt.lowerBound...y.tilt.upperBound)
    for (limit, place) in zip(named, places) {
      let degrees = Decimal.text(limit.limit.enter.degrees, places: 0)
      markup.text("\(limit.name) \(degrees)°", at: right + 8, place + 4, .ink)
      markup.line(right + 1, scale(limit.sign * limit.limit.enter.degrees), right + 6, place, limit.role)
    }
  }

  static func limits(
    _ limits: TiltLimits
  ) -> [(name: String, sign: Double, limit: TiltLimits.Limit, role: Role)] {
    [
      ("forward", 1, limits.flexion, .flexion), ("left", 1, limits.lateral, .lateral),
      ("right", -1, limits.lateral, .lateral), ("backward", -1, limits.backward, .flexion),
    ]
  }

  private static func degrees(_ angle: Double) -> String {
    (angle < 0 ? "−" : "") + Decimal.text(angle.magnitude, places: 0) + "°"
  }

  func drawExposure(into markup: inout Markup) {
    let scale = Scale(0...1, from: y.exposure.upperBound, to: y.exposure.lowerBound)
    markup.text("Exposure: how near a cue is", at: x.start, y.exposure.lowerBound - 6, .soft)
    for (share, word) in [(0.0, "0"), (1.0, "100 %")] {
      markup.line(x.start, scale(share), right, scale(share), .grid)
      if share == 0 { markup.text(word, at: x.start - 6, scale(share) + 4, .soft, anchor: "end") }
    }
    markup.text("100 %: a cue", at: right + 8, scale(1) + 4, .soft)
    let columns = envelope(plot.track.slots.quantities[PlotTrack.exposure]) {
      scale(Double($0) / PlotTrack.perExposure)
    }
    markup.area(columns, to: scale(0), .exposure)
    markup.curve(columns, .exposure, "1.3")
  }

  /// Of each column of pixels that has a value: where it stands, and its lowest and highest point.
  private func envelope(
    _ quantity: Slots.Quantity, _ place: (Int16) -> Double
  ) -> [[Markup.Column]] {
    var parts: [[Markup.Column]] = [[]]
    let count = plot.track.slots.count
    // Fewer slots than pixels: a column for each slot, or a curve would have steps.
    let columns = max(1, min(self.columns, count))
    let span = Double(count) * Double(plot.track.slots.length)
    let shown = max(Double(range.upperBound - range.lowerBound), 1)
    for column in 0..<columns {
      let slots = count * column / columns..<max(count * (column + 1) / columns, count * column / columns + 1)
      guard let (low, high) = quantity.extremes(slots) else {
        if parts[parts.count - 1].count > 0 { parts.append([]) }
        continue
      }
      let share = (Double(column) + 0.5) / Double(columns) * span / shown
      parts[parts.count - 1].append(
        Markup.Column(x: x.start + min(share, 1) * (x.end - x.start), low: place(low), high: place(high)))
    }
    return parts.filter { !$0.isEmpty }
  }
}
