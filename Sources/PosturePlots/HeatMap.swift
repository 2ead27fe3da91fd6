// SPDX-License-Identifier: MIT
import PostureFormats

/// How good each pair of values of two settings is, with the best of everything else.
struct HeatMap {
  /// Pixels of a cell with a number in it, and of one without.
  private static let (wide, high, narrow) = (52.0, 24.0, 10.0)
  /// Columns that have room for numbers.
  private static let mostNumbered = 24
  private static let (left, top) = (110.0, 10.0)

  let title: String
  private let across: (key: String, values: [String])
  private let down: (key: String, values: [String])
  /// By row and column; nil where nothing is known.
  private let cells: [[(value: Double, words: String)?]]

  /// Nil where nothing is varied. Of more than two settings, the two with the most values.
  init?(_ plot: TuningPlot) {
    let order = plot.varied.indices.sorted {
      (plot.varied[$1].values.count, $0) < (plot.varied[$0].values.count, $1)
    }
    guard let first = order.first else { return nil }
    across = plot.varied[first]
    down = order.count > 1 ? plot.varied[order[1]] : ("", [""])
    title =
      "\(plot.objective) by \(across.key)" + (down.key.isEmpty ? "" : " and \(down.key)")
      + (order.count > 2 ? ", with the best of the others" : "")
    let columns = Dictionary(across.values.enumerated().map { ($1, $0) }) { first, _ in first }
    let rows = Dictionary(down.values.enumerated().map { ($1, $0) }) { first, _ in first }
    var cells = [[(value: Double, words: String)?]](
      repeating: Array(repeating: nil, count: across.values.count), count: down.values.count)
    // The best first: the first of a cell is its best.
    for point in plot.points {
      guard let value = point.value, let column = columns[Self.value(of: across.key, point)],
        let row = rows[Self.value(of: down.key, point)], cells[row][column] == nil
      else { continue }
      cells[row][column] = (value, point.words)
    }
    self.cells = cells
  }

  private static func value(of key: String, _ point: TuningPlot.Point) -> String {
    point.settings.first { $0.key == key }?.value ?? ""
  }

  func add(to body: inout Markup) {
    let isNumbered = across.values.count <= Self.mostNumbered
    let (width, height) = (isNumbered ? Self.wide : Self.narrow, down.values.count <= 60 ? Self.high : Self.narrow)
    let right = Self.left + width * Double(across.values.count)
    let bottom = Self.top + height * Double(down.values.count)
    let all = cells.joined().compactMap { $0?.value }
    let range = Scale((all.min() ?? 0)...(all.max() ?? 1), from: 0.05, to: 0.5)
    body.element("svg", TuningPlot.frame(title, width: right + 60, height: bottom + 45)) { svg in
      for (row, cells) in cells.enumerated() {
        let y = Self.top + Double(row) * height
        if row % Self.step(down.values.count, height) == 0 {
          svg.text(down.values[row], at: Self.left - 8, y + height / 2 + 4, .soft, anchor: "end")
        }
        for (column, cell) in cells.enumerated() {
          guard let cell else { continue }
          let x = Self.left + Double(column) * width
          svg.element("g") { group in
            group.element("title", text: "\(Decimal.text(cell.value, places: 3)): \(cell.words)")
            group.rectangle(x, y, width, height, .flexion, opacity: Markup.number(range(cell.value)))
            guard isNumbered, height == Self.high else { return }
            let text = Decimal.text(cell.value, places: 2)
            group.text(text, at: x + width / 2, y + height / 2 + 4, .ink, anchor: "middle")
          }
        }
      }
      for (column, value) in across.values.enumerated() where column % Self.step(across.values.count, width) == 0 {
        svg.text(value, at: Self.left + (Double(column) + 0.5) * width, bottom + 16, .soft, anchor: "middle")
      }
      svg.text(across.key, at: (Self.left + right) / 2, bottom + 36, .soft, anchor: "middle")
    }
  }

  /// Every so many-th value is written.
  private static func step(_ count: Int, _ size: Double) -> Int { size >= high ? 1 : max(1, count / 12) }
}
