// SPDX-License-Identifier: MIT
import PostureFormats
import PostureHistory
import PosturePlots

extension Report {
  /// A file that stands alone: a page to be read on a screen or on two sheets of A4.
  package var page: String {
    var page = Page(title: title)
    page.style = String(decoding: PackageResources.report_css, as: UTF8.self)
    page.body.element("main") { main in
      main.add(raw: Self.patterns)
      addHead(to: &main)
      if totals.contexts.worn > 0 {
        addTiles(to: &main)
        main.element("div", ["class": "grid"]) { grid in
          addUpright(to: &grid)
          addWear(to: &grid)
          addDirections(to: &grid)
          addRhythm(to: &grid)
          addCues(to: &grid)
          addProbes(to: &grid)
          addSessions(to: &grid)
          addMovement(to: &grid)
        }
      } else {
        main.element("p", ["class": "notice"], text: "Nothing was worn in these days, as far as is known.")
      }
      main.element("div", ["class": "grid"]) { grid in
        addQuality(to: &grid)
        addSettings(to: &grid)
      }
      addReading(to: &main)
      addFoot(to: &main)
    }
    return page.text
  }

  /// Of a report that nobody has named.
  package static let usualTitle = "Posture report"

  /// What the pictures' areas are hatched with: told apart without colour.
  private static let patterns = """
    <svg class="patterns" width="0" height="0" aria-hidden="true"><defs>\
    <pattern id="gap" width="6" height="6" patternUnits="userSpaceOnUse">\
    <path d="M0 6L6 0" class="line-soft" stroke="#56606a" stroke-width="0.8" stroke-opacity="0.55"/></pattern>\
    <pattern id="unjudged" width="4" height="4" patternUnits="userSpaceOnUse">\
    <path d="M0 0h4M0 2h4" class="line-flexion" stroke="#0072b2" stroke-width="0.9"/></pattern>\
    </defs></svg>
    """

  private func addHead(to body: inout Markup) {
    body.element("header") { head in
      head.element("h1", text: title)
      let days = Words.counted(history.days.count, "day")
      let parts =
        (title == Self.usualTitle ? [] : [Self.usualTitle]) + [
          "\(Words.range(range)) (\(days))", device, "made \(Words.date(made))",
        ]
      head.element("p", ["class": "soft"], text: parts.joined(separator: " · "))
      head.element(
        "p", ["class": "soft"],
        text: "From a wearable that reminds of posture. A reminder, not a medical device; facts, and no advice.")
      if quality.isSimulated || quality.isReplayed {
        head.element("p", ["class": "notice"], text: simulated)
      }
    }
  }

  private var simulated: String {
    let rest = history.sources.subtracting(["simulated", "trace"]).isEmpty ? "" : " in part"
    return quality.isSimulated
      ? "Simulated: these figures are\(rest) of no person and no sensor."
      : "Replayed: these figures are\(rest) of recordings that were played again."
  }

  var device: String {
    guard let sensor = history.sensor else { return "sensor unknown" }
    return "sensor: \(Words.cut(sensor, to: 60))"
  }

  private func addTiles(to body: inout Markup) {
    body.element("dl", ["class": "tiles"]) { tiles in
      func tile(_ name: String, _ value: String, _ remark: String) {
        tiles.element("div") { tile in
          tile.element("dt", text: name)
          tile.element("dd", ["class": "value"], text: value)
          tile.element("dd", ["class": "soft"], text: remark)
        }
      }
      tile(
        "Worn", wornPerWornDay.map(Words.duration) ?? "\u{2013}",
        "a worn day; \(wornDays) of \(Words.counted(history.days.count, "day"))")
      tile("Upright", totals.uprightShare.map(Words.percent) ?? "\u{2013}", "of \(judged); \(change)")
      tile(
        "Cues", cuesPerWornHour.map { Decimal.text($0, places: 1) } ?? "\u{2013}",
        "a worn hour; \(totals.cues) in all, possible in \(Words.duration(tenths: totals.loud))")
      tile(
        "Corrected within 20 s", totals.quickShare.map(Words.percent) ?? "\u{2013}",
        totals.cues > 0 ? "\(totals.quicklyCorrected) of \(Words.counted(totals.cues, "cue"))" : "no cue was given")
      tile(
        "Response", totals.medianResponse.map { "\(Decimal.text($0, places: 0)) s" } ?? "\u{2013}",
        totals.responses.isEmpty
          ? "nothing was corrected" : "median of \(Words.counted(totals.responses.count, "correction"))")
    }
  }

  private var judged: String { "\(Words.duration(tenths: totals.postures.judged)) judged" }

  private var change: String {
    trend.trend.map(Words.change) ?? Words.tooFew(trend.counted, "day")
  }

  private func addFoot(to body: inout Markup) {
    body.element(
      "footer",
      text: "Made by posturectl \(Version.program) on the wearer's own machine. This file fetches nothing and sends "
        + "nothing; what becomes of it is up to whoever has it.")
  }
}
