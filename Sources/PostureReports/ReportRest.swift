// SPDX-License-Identifier: MIT
import PostureFormats
import PostureHistory
import PosturePlots

/// What the page says besides posture, and how to read it.
extension Report {
  private static let (mostTitles, longestTitle, mostSettings, longestSetting) = (6, 48, 24, 40)

  /// Sessions of one title.
  struct SessionFigures: Equatable {
    let title: String
    let runs: Int
    let finished: Int
    let seconds: Int
    /// Mean percent of the time in which stillness was asked for, and kept; nil where none was.
    let still: Double?
  }

  var sessions: [SessionFigures] {
    let records = history.days.flatMap(\.sessions).map(\.record)
    return Dictionary(grouping: records, by: \.title).map { title, runs in
      let still = runs.compactMap(\.still)
      return SessionFigures(
        title: title, runs: runs.count, finished: runs.count { $0.ending == "finished" },
        seconds: runs.reduce(0) { $0 + $1.lasted },
        still: still.isEmpty ? nil : Double(still.reduce(0, +)) / Double(still.count))
    }.sorted { ($1.runs, $0.title) < ($0.runs, $1.title) }
  }

  func addSessions(to body: inout Markup) {
    body.element("section") { section in
      section.element("h2", text: "Paced sessions")
      guard !sessions.isEmpty else {
        section.element("p", text: "None.")
        return
      }
      section.element("table") { table in
        table.element("thead") { head in
          head.element("tr") { row in
            for (index, name) in ["Session", "Runs", "To the end", "Time", "Kept still"].enumerated() {
              row.element("th", ["scope": "col", "class": index > 0 ? "number" : "name"], text: name)
            }
          }
        }
        table.element("tbody") { rows in
          for one in sessions.prefix(Self.mostTitles) {
            rows.element("tr") { row in
              row.element("th", ["scope": "row", "class": "name"], text: Words.cut(one.title, to: Self.longestTitle))
              for cell in [
                "\(one.runs)", "\(one.finished)", Words.duration(Double(one.seconds)),
                one.still.map { Words.percent($0 / 100) } ?? "\u{2013}",
              ] {
                row.element("td", ["class": "number"], text: cell)
              }
            }
          }
        }
      }
      if sessions.count > Self.mostTitles {
        section.element("p", ["class": "key"], text: "And \(sessions.count - Self.mostTitles) others.")
      }
    }
  }

  func addMovement(to body: inout Markup) {
    body.element("section") { section in
      section.element("h2", text: "Movement and breaks")
      let days = Double(max(1, wornDays))
      let contexts = totals.contexts
      section.element("table") { table in
        table.element("tbody") { rows in
          for (name, value) in [
            ("Walking, a worn day", Words.duration(Double(contexts.walking) / 10 / days)),
            ("Otherwise moving, a worn day", Words.duration(Double(contexts.moving) / 10 / days)),
            ("Lying, a worn day", Words.duration(Double(contexts.lying) / 10 / days)),
            ("Breaks from sitting suggested", "\(breaksSuggested)"),
            ("Of these taken within 15 min", "\(breaksTaken)"),
            ("Reference postures taken", "\(count(of: "calibrated"))"),
            ("Snoozes and pauses", "\(count(of: "silenced"))"),
          ] {
            rows.element("tr") { row in
              row.element("th", ["scope": "row", "class": "name"], text: name)
              row.element("td", ["class": "number"], text: value)
            }
          }
        }
      }
    }
  }

  func addQuality(to body: inout Markup) {
    body.element("section") { section in
      section.element("h2", text: "What is missing or doubtful")
      section.element("ul") { list in
        for line in qualityLines { list.element("li", text: line) }
      }
    }
  }

  func addSettings(to body: inout Markup) {
    body.element("section") { section in
      section.element("h2", text: "Settings in force at the end")
      guard let settings = history.settings else {
        section.element("p", text: "Not known.")
        return
      }
      let lines = settings.split(separator: "\n")
      guard !lines.isEmpty else {
        section.element("p", text: "All as by default.")
        return
      }
      section.element("p", text: "As by default, but for:")
      section.element("ul", ["class": "settings"]) { list in
        for line in lines.prefix(Self.mostSettings) {
          list.element("li") { $0.element("code", text: Words.cut(line, to: Self.longestSetting)) }
        }
      }
      if lines.count > Self.mostSettings {
        section.element("p", ["class": "key"], text: "And \(lines.count - Self.mostSettings) more.")
      }
    }
  }

  func addReading(to body: inout Markup) {
    body.element("section", ["class": "reading"]) { section in
      section.element("h2", text: "How to read this")
      section.element("dl") { list in
        for (term, words) in Reading.terms {
          list.element("div") { item in
            item.element("dt", text: term)
            item.element("dd", text: words)
          }
        }
      }
    }
  }
}
