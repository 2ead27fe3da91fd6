// SPDX-License-Identifier: MIT
// Members are named as the page's script reads them.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import PostureCore
import PostureFormats

/// What the page's script draws from: times in seconds since the recording's first sample, but `from`, `to` and `slot` in
/// microseconds.
struct PlotData: Message {
  static let messageClass = "plot"

  struct Span: Codable, Sendable {
    var from: Double
    var to: Double
    var word: String
    var row: Int?
  }

  struct Limits: Codable, Sendable {
    var from: Double
    var forward: Double
    var forward_leave: Double
    var backward: Double
    var backward_leave: Double
    var side: Double
    var side_leave: Double
  }

  struct Event: Codable, Sendable {
    var at: Double
    var kind: String
    var name: String
    var text: String
    var why: String?
  }

  /// As `SlotCode` writes them, in base64; the spread is the highest value less the lowest.
  struct Stream: Codable, Sendable {
    var low: String
    var spread: String
  }

  var title: String
  var from: Int64
  var to: Int64
  var slot: Int64
  var count: Int
  var has_tilt: Bool
  var degrees: [Double]
  var streams: [String: Stream]
  var limits: [Limits]
  var contexts: [Span]
  var postures: [Span]
  var motor: [Span]
  var labels: [Span]
  var label_rows: Int
  var events: [Event]

  init(_ plot: Plot, labelRows: [(label: Plot.Label, row: Int?)]) {
    let track = plot.track
    func seconds(_ time: Int64) -> Double { (Double(time) * 1e-6).rounded(places: 3) }
    func span(_ start: Int64, _ end: Int64, _ word: String, row: Int? = nil) -> Span {
      Span(from: seconds(start), to: seconds(end), word: word, row: row)
    }
    title = plot.title
    from = track.range?.lowerBound ?? 0
    to = track.range?.upperBound ?? 0
    slot = track.slots.length
    count = track.slots.count
    has_tilt = plot.hasTilt
    degrees = [plot.degrees.lowerBound, plot.degrees.upperBound]
    let named = [
      ("flexion", PlotTrack.flexion), ("lateral", PlotTrack.lateral), ("total", PlotTrack.total),
      ("exposure", PlotTrack.exposure),
    ]
    streams = Dictionary(uniqueKeysWithValues: named.map { ($0.0, Stream(track.slots.quantities[$0.1])) })
    limits = track.limits.all.map {
      Limits(
        from: seconds($0.start), forward: $0.value.flexion.enter.degrees.rounded(places: 2),
        forward_leave: $0.value.flexion.leave.degrees.rounded(places: 2),
        backward: $0.value.backward.enter.degrees.rounded(places: 2),
        backward_leave: $0.value.backward.leave.degrees.rounded(places: 2),
        side: $0.value.lateral.enter.degrees.rounded(places: 2),
        side_leave: $0.value.lateral.leave.degrees.rounded(places: 2))
    }
    contexts = track.contexts.all.map { span($0.start, $0.end, $0.value.name) }
    postures = track.postures.all.filter { $0.value == .leaning || $0.value == .deviated }
      .map { span($0.start, $0.end, $0.value.name) }
    motor = track.motor.all.filter(\.value).map { span($0.start, $0.end, "on") }
    let last = labelRows.compactMap(\.row).max() ?? 0
    labels = labelRows.map { span($0.label.start, $0.label.end, $0.label.word, row: $0.row ?? last) }
    label_rows = last + 1
    events = track.events.map {
      Event(at: seconds($0.time), kind: $0.kind.rawValue, name: $0.name, text: $0.sentence, why: $0.explanation)
    }
  }
}

extension PlotData.Stream {
  init(_ quantity: Slots.Quantity) {
    low = Base64.encode(SlotCode.encode(quantity.low))
    let spread = zip(quantity.low, quantity.high).map { $0 == Slots.none ? 0 : $1 &- $0 }
    self.spread = Base64.encode(SlotCode.encode(spread))
  }
}
