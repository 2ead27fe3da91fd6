// SPDX-License-Identifier: MIT

/// Shapes in the colours of roles: as an attribute, for programs that know no style sheets, and as a class.
extension Markup {
  /// One of a curve's columns of pixels: y runs downward, so that `high` is the smaller.
  package struct Column: Sendable {
    package var x: Double
    package var low: Double
    package var high: Double

    package init(x: Double, low: Double, high: Double) {
      self.x = x
      self.low = low
      self.high = high
    }
  }

  /// Pixels that a text of 12 pixels takes, about: a picture cannot measure.
  package static func width(_ text: String) -> Double { Double(text.count) * 6.7 }

  package mutating func text(
    _ text: String, at x: Double, _ y: Double, _ role: Role, anchor: String? = nil, size: Double? = nil
  ) {
    element(
      "text",
      [
        "x": Self.number(x), "y": Self.number(y), "text-anchor": anchor ?? "start",
        "font-size": Self.number(size ?? 12), "class": "fill-\(role.rawValue)", "fill": role.light,
      ], text: text)
  }

  package mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ role: Role, width: String = "1", dashes: String? = nil,
    opacity: String = "1"
  ) {
    shape(
      "path",
      [
        "d": "M\(Self.number(x1)) \(Self.number(y1))L\(Self.number(x2)) \(Self.number(y2))",
        "stroke-width": width, "stroke-dasharray": dashes ?? "none", "stroke-opacity": opacity,
        "class": "line-\(role.rawValue)",
        "stroke": role.light,
      ])
  }

  package mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ role: Role, opacity: String = "1"
  ) {
    shape(
      "rect",
      [
        "x": Self.number(x), "y": Self.number(y), "width": Self.number(width), "height": Self.number(height),
        "fill-opacity": opacity, "class": "fill-\(role.rawValue)", "fill": role.light,
      ])
  }

  /// A triangle that points down at its place; hollow, its shape says what its colour does.
  package mutating func mark(_ x: Double, _ y: Double, _ role: Role, isFull: Bool) {
    let path = "M\(Self.number(x - 6)) \(Self.number(y - 5))h12l-6 10z"
    if isFull {
      shape("path", ["d": path, "class": "fill-\(role.rawValue)", "fill": role.light])
    } else {
      shape(
        "path",
        [
          "d": path, "class": "fill-paper line-\(role.rawValue)", "fill": Role.paper.light, "stroke": role.light,
          "stroke-width": "1.5",
        ])
    }
  }

  /// The parts of a curve between its gaps.
  package mutating func curve(_ parts: [[Column]], _ role: Role, _ width: String) {
    let path = parts.map(Self.path).joined()
    guard !path.isEmpty else { return }
    shape(
      "path",
      [
        "d": path, "fill": "none", "stroke-width": width, "stroke-linejoin": "round", "stroke-linecap": "round",
        "class": "line-\(role.rawValue)", "stroke": role.light,
      ])
  }

  /// What is between a curve and a level.
  package mutating func area(_ parts: [[Column]], to level: Double, _ role: Role) {
    let base = Self.number(level)
    let path = parts.map { part in
      guard let first = part.first, let last = part.last else { return "" }
      return "M\(Self.number(first.x)) \(base)"
        + part.map { "L\(Self.number($0.x)) \(Self.number($0.high))" }.joined() + "L\(Self.number(last.x)) \(base)z"
    }.joined()
    guard !path.isEmpty else { return }
    shape("path", ["d": path, "fill-opacity": "0.25", "class": "fill-\(role.rawValue)", "fill": role.light])
  }

  private static func path(_ part: [Column]) -> String {
    var path = ""
    var last: Double?
    for column in part {
      let x = number(column.x)
      // The nearer end first, or a steep curve has steps.
      let isFromLow = last.map { ($0 - column.low).magnitude < ($0 - column.high).magnitude } ?? false
      let (near, far) = isFromLow ? (column.low, column.high) : (column.high, column.low)
      path += (path.isEmpty ? "M" : "L") + "\(x) \(number(near))"
      // A column of its own is a point, drawn by its round ends.
      if near != far || part.count == 1 { path += "L\(x) \(number(far))" }
      last = far
    }
    return path
  }
}
