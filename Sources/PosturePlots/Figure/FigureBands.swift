// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// The parts of the figure that are marks and bands.
extension Figure {
  /// A full mark where the motor spoke, with a line down through the tilt; a hollow one where it was held back.
  func drawCues(into markup: inout Markup) {
    markup.text("Cues", at: x.start, y.cues, .soft)
    var free = FreeSpace(rows: 2, from: x.start + 34)
    // Shorter than a pixel, mostly, and seen all the same.
    var drawn = -Double.infinity
    for span in plot.track.motor.all where span.value && x(seconds(span.end)) > drawn + 1 {
      let (start, end) = (x(seconds(span.start)), x(seconds(span.end)))
      markup.rectangle(start, y.tilt.lowerBound - 7, max(end - start, 1), 5, .cue)
      drawn = end
    }
    let seen = seen { $0.kind != .other }
    let isCrowded = Double(seen.count) > (right - x.start) / Self.room
    for (event, at) in seen {
      let role = event.kind == .cue ? Role.cue : .silent
      for (top, bottom) in [
        (y.cues + 31, y.tilt.upperBound), (y.exposure.lowerBound, y.exposure.upperBound),
      ] {
        markup.line(
          at, top, at, bottom, role, dashes: event.kind == .cue ? nil : "2 3", opacity: isCrowded ? "0.35" : "1")
      }
      markup.element("g") { group in
        group.element("title", text: told(event))
        group.mark(at, y.cues + 24, role, isFull: event.kind == .cue)
      }
      let width = Markup.width(event.name)
      let isLast = at + width + 12 > Self.width
      guard !isCrowded, let row = free.take(isLast ? at - width - 10 : at + 8, width: width) else { continue }
      markup.text(
        event.name, at: isLast ? at - 8 : at + 8, y.cues + 13 * Double(row), .ink, anchor: isLast ? "end" : nil)
    }
  }

  func drawContexts(into markup: inout Markup) {
    let (top, height) = (y.contexts.lowerBound, y.contexts.upperBound - y.contexts.lowerBound)
    markup.text("What the wearer was about", at: x.start, top - 6, .soft)
    markup.rectangle(x.start, top, right - x.start, height, .grid, opacity: "0.35")
    for run in plot.track.contexts.columns(range, columns) {
      let (start, width) = (x.start + Double(run.columns.lowerBound), Double(run.columns.count))
      if let role = run.value.role { markup.rectangle(start, top, width, height, role, opacity: Palette.band) }
      let name = run.value.name
      if Markup.width(name) + 6 < width {
        markup.text(name, at: start + width / 2, top + 14, run.value == .still ? .soft : .ink, anchor: "middle")
      }
    }
  }

  func drawLabels(into markup: inout Markup) {
    guard !plot.labels.isEmpty else { return }
    markup.text("Labels", at: x.start, y.labels - 6, .soft)
    for (label, row) in labelRows {
      // On the page it is in the last row, and can be zoomed to.
      guard let row else { continue }
      let (start, top) = (x(seconds(label.start)), y.labels + 18 * Double(row))
      markup.rectangle(start, top, max(x(seconds(label.end)) - start, 1.5), 15, .label, opacity: "0.22")
      markup.rectangle(start, top, 1.5, 15, .label)
      let isLast = start + Markup.width(label.word) + 8 > Self.width
      markup.text(
        label.word, at: isLast ? x(seconds(label.end)) - 3 : start + 4, top + 11.5, .ink, anchor: isLast ? "end" : nil)
    }
  }

  func drawEvents(into markup: inout Markup) {
    markup.text("Other events", at: x.start, y.events - 6, .soft)
    var free = FreeSpace(rows: 1, from: x.start)
    let seen = seen { $0.kind == .other }
    for (index, (event, at)) in seen.enumerated() {
      markup.element("g") { group in
        group.element("title", text: told(event))
        group.line(at, y.events + 3, at, y.events + 15, .soft, width: "2")
      }
      let width = Markup.width(event.name)
      let isLast = at + width + 8 > Self.width
      // Not across the marks of those that follow.
      guard isLast || index + 1 == seen.count || seen[index + 1].at > at + width + 8 else { continue }
      guard free.take(isLast ? at - width - 6 : at + 5, width: width) != nil else { continue }
      markup.text(event.name, at: isLast ? at - 5 : at + 5, y.events + 13, .soft, anchor: isLast ? "end" : nil)
    }
  }

  /// Pixels for a cue on average, below which names would not say whose they are.
  private static let room = 40.0

  /// Events with their places; of many within two pixels, one.
  private func seen(_ isWanted: (PlotEvent) -> Bool) -> [(event: PlotEvent, at: Double)] {
    var seen: [(event: PlotEvent, at: Double)] = []
    for event in plot.track.events where isWanted(event) {
      let at = x(seconds(event.time))
      if let last = seen.last, at - last.at < 2, last.event.time != event.time { continue }
      seen.append((event, at))
    }
    return seen
  }

  private func told(_ event: PlotEvent) -> String {
    ClockText.time(seconds(event.time), tenths: true) + "  " + (event.explanation ?? event.sentence)
  }

  /// Rows of text, each filled from the left.
  private struct FreeSpace {
    private var ends: [Double]

    init(rows: Int, from start: Double) { ends = Array(repeating: start, count: rows) }

    /// The first row in which there is room, which is then taken.
    mutating func take(_ start: Double, width: Double) -> Int? {
      guard let row = ends.firstIndex(where: { $0 <= start }) else { return nil }
      ends[row] = start + width + 8
      return row
    }
  }
}

extension Context {
  /// Nil where posture counts as ever.
  var role: Role? {
    switch self {
    case .still: nil
    case .moving: .moving
    case .walking: .walking
    case .bending: .bending
    case .lying: .lying
    case .offBody: .offBody
    case .transport: .transport
    }
  }
}
