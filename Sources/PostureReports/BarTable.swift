// SPDX-License-Identifier: MIT
import PosturePlots

/// A table in which each row's share is a bar, too: read without colour.
struct BarTable {
  struct Row {
    let name: String
    let cells: [String]
    /// 0 to 1; nil for no bar.
    let share: Double?
  }

  private static let (width, height) = (90.0, 10.0)

  /// Of the name and the cells.
  let heads: [String]
  let rows: [Row]

  func add(to body: inout Markup) {
    body.element("table", ["class": "bars"]) { table in
      table.element("thead") { head in
        head.element("tr") { row in
          for (index, name) in heads.enumerated() {
            row.element("th", ["scope": "col", "class": index > 0 ? "number" : "name"], text: name)
          }
          row.element("th", ["class": "bar", "aria-hidden": "true"], text: "")
        }
      }
      table.element("tbody") { body in
        for one in rows {
          body.element("tr") { row in
            row.element("th", ["scope": "row", "class": "name"], text: one.name)
            for cell in one.cells { row.element("td", ["class": "number"], text: cell) }
            row.element("td", ["class": "bar", "aria-hidden": "true"]) { add(one.share, to: &$0) }
          }
        }
      }
    }
  }

  private func add(_ share: Double?, to cell: inout Markup) {
    guard let share else { return }
    cell.element(
      "svg",
      ["viewBox": "0 0 \(Markup.number(Self.width)) \(Markup.number(Self.height))", "preserveAspectRatio": "none"]
    ) { svg in
      svg.rectangle(0, 0, Self.width, Self.height, .grid)
      svg.rectangle(0, 0, Self.width * max(0, min(share, 1)), Self.height, .flexion)
    }
  }
}
