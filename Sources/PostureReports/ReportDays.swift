// SPDX-License-Identifier: MIT
import PostureFormats
import PostureHistory
import PosturePlots
import PostureProgramme

/// What the page shows by day.
extension Report {
  private var first: CivilDate { range.lowerBound }

  func addUpright(to body: inout Markup) {
    body.element("section") { section in
      section.element("h2", text: "Upright time by day")
      let chart = DayChart(first: first, count: history.days.count, most: 100)
      chart.add("Share of upright time by day", to: &section, ticks: [0, 25, 50, 75, 100], unit: " %") { svg in
        addGaps(chart, to: &svg) { $0.postures.judged > 0 }
        let days = trend.points.filter(\.counts).map(\.day)
        if let slope = trend.trend, let middle = trend.middle, let first = days.first, let last = days.last {
          chart.add(slope, through: middle, over: first...last, to: &svg)
        }
        for point in trend.points {
          let words = "\(Decimal.text(point.share, places: 0)) % upright"
          chart.dot(
            point.day, point.share, isFull: point.counts, to: &svg,
            point.counts ? words : "\(words), of less than half an hour judged")
        }
      }
      let words = trend.trend.map(Words.change) ?? Words.tooFew(trend.counted, "day")
      section.element("p") { line in
        line.element("strong", text: "Change: ")
        line.add(words + ".")
      }
      section.element(
        "p", ["class": "key"],
        text: "Dot: a day; hollow: less than half an hour judged, left out of the line. Line and shade: the change and "
          + "what it lies between. Hatched: nothing judged.")
    }
  }

  func addWear(to body: inout Markup) {
    body.element("section") { section in
      section.element("h2", text: "Wear time by day")
      let hours = history.days.map { Double($0.totals.contexts.worn) / 36_000 }
      let most = max(1, (hours.max() ?? 0).rounded(.up))
      let chart = DayChart(first: first, count: history.days.count, most: most)
      chart.add("Wear time by day, hours", to: &section, ticks: Ticks.linear(0...most, atMost: 4), unit: " h") { svg in
        addGaps(chart, to: &svg) { $0.contexts.worn > 0 }
        for (index, day) in history.days.enumerated() where day.totals.contexts.worn > 0 {
          add(day.totals, index, chart, to: &svg)
        }
      }
      let moved = totals.contexts.walking + totals.contexts.moving
      section.element("p") { line in
        line.element("strong", text: "In all: ")
        line.add(
          "\(Words.duration(tenths: totals.contexts.worn)) worn, of which posture counted and was known for "
            + "\(Words.duration(tenths: totals.postures.judged)); walking or moving \(Words.duration(tenths: moved)).")
      }
      section.element(
        "p", ["class": "key"],
        text:
          "Full: posture was judged; striped: worn and not judged (walking, moving, bending, lying). Hatched: not worn, "
          + "or nothing known.")
    }
  }

  private func add(_ totals: Totals, _ day: Int, _ chart: DayChart, to svg: inout Markup) {
    let (worn, judged) = (Double(totals.contexts.worn) / 36_000, Double(totals.postures.judged) / 36_000)
    let (x, width) = (chart.x(Double(day)) - chart.step * 0.36, chart.step * 0.72)
    svg.element("g") { group in
      group.element(
        "title",
        text: "\(Words.short(first + day)): worn \(Words.duration(tenths: totals.contexts.worn)), judged "
          + Words.duration(tenths: totals.postures.judged))
      group.shape(
        "rect",
        [
          "x": Markup.number(x), "y": Markup.number(chart.up(worn)), "width": Markup.number(width),
          "height": Markup.number(chart.up(0) - chart.up(worn)), "fill": "url(#unjudged)",
          "class": "line-flexion", "stroke": Role.flexion.light, "stroke-width": "0.6",
        ])
      group.rectangle(x, chart.up(judged), width, chart.up(0) - chart.up(judged), .flexion)
    }
  }

  private func addGaps(_ chart: DayChart, to svg: inout Markup, _ hasSomething: (Totals) -> Bool) {
    for (index, day) in history.days.enumerated() where !hasSomething(day.totals) {
      let words =
        day.knownMinutes == 0
        ? "nothing known" : day.totals.contexts.worn > 0 ? "nothing judged" : "not worn"
      chart.addGap(index, to: &svg, words)
    }
  }

  func addProbes(to body: inout Markup) {
    body.element("section") { section in
      section.element("h2", text: "Probes: without cues")
      guard !probes.probes.isEmpty else {
        section.element(
          "p",
          text:
            "None of at least \(Words.duration(Double(Rules().shortestProbe))). Without probes nothing can be told of "
            + "what was learnt: upright time with cues shows what the cues do.")
        return
      }
      let chart = DayChart(first: first, count: history.days.count, most: 100)
      chart.add("Upright share in probes, by day", to: &section, ticks: [0, 25, 50, 75, 100], unit: " %") { svg in
        if let slope = probes.trend, let middle = probes.middle, let first = probes.recent.first,
          let last = probes.recent.last
        {
          chart.add(slope, through: middle, over: first.day...last.day, to: &svg)
        }
        for probe in probes.probes {
          if let spread = probes.spread, probes.recent.contains(probe) {
            let x = chart.x(Double(probe.day))
            svg.line(
              x, chart.up.clamped(probe.share - spread), x, chart.up.clamped(probe.share + spread), .ink)
          }
          chart.dot(
            probe.day, probe.share, isFull: true, to: &svg,
            "\(Decimal.text(probe.share, places: 0)) % upright of \(Words.duration(tenths: probe.judged))")
        }
      }
      section.element("p") { line in
        line.element("strong", text: "Learnt: ")
        line.add(probes.learning.explanation)
      }
      let whiskers =
        probes.spread.map {
          "Whiskers: how far a single probe usually lies from the line, \(Decimal.text($0, places: 0)) points. "
        } ?? ""
      let window =
        history.days.count > Learning.window
        ? "Line, whiskers and words: of the last \(Learning.window / 7) weeks. " : ""
      section.element(
        "p", ["class": "key"],
        text:
          "Dot: the upright share of a day's probe. \(whiskers)\(window)What is learnt by training fades within weeks without it."
      )
    }
  }
}
