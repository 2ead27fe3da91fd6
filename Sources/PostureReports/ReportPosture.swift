// SPDX-License-Identifier: MIT
import PostureFormats
import PostureHistory
import PosturePlots

/// What the page says of deviations and cues.
extension Report {
  func addDirections(to body: inout Markup) {
    body.element("section") { section in
      section.element("h2", text: "Beyond a limit, by direction")
      let postures = totals.postures
      let judged = Double(max(1, postures.judged))
      let rows = [
        ("forward", postures.forward), ("backward", postures.backward), ("left", postures.left),
        ("right", postures.right), ("all", postures.beyond),
      ].map { name, time in
        BarTable.Row(
          name: name,
          cells: [
            Words.duration(tenths: time), Words.percent(Double(time) / judged),
            name == "all" ? "\(totals.cues)" : "\(totals.cuesByLean[name] ?? 0)",
          ], share: Double(time) / judged)
      }
      BarTable(heads: ["Direction", "Time", "Of judged", "Cues"], rows: rows).add(to: &section)
    }
  }

  func addRhythm(to body: inout Markup) {
    body.element("section") { section in
      section.element("h2", text: "Beyond a limit, by weekday and hour")
      guard let hours = rhythm.hours else {
        section.element("p", text: "Nothing was judged.")
        return
      }
      RhythmMap(rhythm, hours).add(to: &section)
      section.element(
        "p", ["class": "key"],
        text: "Percent of the judged time, all weeks together; darker: more. Empty: less than ten minutes judged.")
    }
  }

  func addCues(to body: inout Markup) {
    body.element("section") { section in
      section.element("h2", text: "Cues and what came of them")
      guard totals.cues > 0 || !totals.suppressed.isEmpty else {
        section.element("p", text: "No cue was due.")
        return
      }
      addOutcomes(to: &section)
      let held = totals.suppressed.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      guard !held.isEmpty else { return }
      let sum = held.reduce(0) { $0 + $1.value }
      let rows = held.prefix(Self.mostReasons).map { reason, count in
        BarTable.Row(
          name: Words.reason(reason), cells: ["\(count)"], share: Double(count) / Double(sum))
      }
      BarTable(heads: ["Due and not given: \(sum)", "Number"], rows: rows).add(to: &section)
      if held.count > Self.mostReasons {
        section.element("p", ["class": "key"], text: "And \(held.count - Self.mostReasons) rarer reasons.")
      }
    }
  }

  private static let mostReasons = 4

  private func addOutcomes(to section: inout Markup) {
    guard totals.cues > 0 else { return }
    let slowly = totals.corrected - totals.quicklyCorrected
    let rows = [
      ("corrected within 20 s", totals.quicklyCorrected), ("corrected later", slowly), ("ignored", totals.ignored),
      ("ended by something else", totals.ended), ("not known", totals.unresolved),
    ].filter { $0.1 > 0 || !$0.0.hasPrefix("not") }.map { name, count in
      BarTable.Row(
        name: name, cells: ["\(count)", Words.percent(Double(count) / Double(totals.cues))],
        share: Double(count) / Double(totals.cues))
    }
    BarTable(
      heads: [
        "Given: \(Words.counted(totals.nudges, "nudge")), \(Words.counted(totals.reminders, "reminder"))", "Number",
        "Share",
      ],
      rows: rows
    ).add(to: &section)
  }
}
