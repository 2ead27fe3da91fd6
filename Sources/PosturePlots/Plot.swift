// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// A replayed recording, and what is said of it.
package struct Plot: Sendable {
  /// A span that somebody has put a word to.
  package struct Label: Sendable, Equatable {
    /// Since the recording's first sample, microseconds.
    package var start: Int64
    package var end: Int64
    package var word: String

    package init(start: Int64, end: Int64, word: String) {
      self.start = start
      self.end = end
      self.word = word
    }
  }

  /// More in a picture are no help to anybody.
  package static let mostLabels = 10_000

  package var title: String
  /// What is known of the recording beside its title: the sensor, its file.
  package var remark: String
  package var track: PlotTrack
  package var labels: [Label]

  /// - Parameter labels: what lies outside of the part that is shown is left out.
  package init(title: String, remark: String, track: PlotTrack, labels: TraceLabels = TraceLabels()) {
    self.title = title
    self.remark = remark
    self.track = track
    let range = track.range ?? 0...0
    let all = labels.labels.lazy.map { label in
      Label(
        start: (label.start - track.start).microseconds, end: (label.end - track.start).microseconds,
        word: label.word.text)
    }
    let shown = all.filter { $0.end >= range.lowerBound && $0.start <= range.upperBound }
    self.labels = shown.prefix(Self.mostLabels).map { label in
      Label(
        start: max(label.start, range.lowerBound), end: min(label.end, range.upperBound), word: label.word)
    }
  }

  /// What is shown, seconds since the recording's first sample.
  package var seconds: ClosedRange<Double> {
    let range = track.range ?? 0...0
    return Double(range.lowerBound) * 1e-6...Double(range.upperBound) * 1e-6
  }

  package var hasTilt: Bool { track.judged != nil || track.events.contains { $0.flexion != nil } }

  /// Degrees; beyond, one bend is as bad as another (`Exposure`), and nobody sits so.
  private static let most = 60.0

  /// Degrees: what the wearer did while posture counted, and the limits. Who lies down or takes the device off leaves it.
  package var degrees: ClosedRange<Double> {
    var (low, high) = (track.judged?.lowerBound ?? 0, track.judged?.upperBound ?? 0)
    for span in track.limits.all {
      low = min(low, -span.value.backward.enter.degrees, -span.value.lateral.enter.degrees)
      high = max(high, span.value.flexion.enter.degrees, span.value.lateral.enter.degrees)
    }
    low = max(-Self.most, ((low - 3) / 5).rounded(.down) * 5)
    high = min(Self.most, ((high + 3) / 5).rounded(.up) * 5)
    return low...max(high, low + 5)
  }

  /// What a first glance wants to know, in words.
  package var summary: [String] {
    let length = seconds.upperBound - seconds.lowerBound
    let leaning = Double(track.leaning) * 1e-6
    var parts = ["\(ClockText.length(leaning)) beyond a limit, of \(ClockText.length(length))"]
    parts.append(counted(.cue, "cue", "no cue"))
    parts.append(counted(.silent, "silence", "no cue held back"))
    return parts
  }

  private func counted(_ kind: PlotEvent.Kind, _ thing: String, _ none: String) -> String {
    var names: [(name: String, count: Int)] = []
    for event in track.events where event.kind == kind {
      let name = Self.withoutNumber(event.name)
      if let index = names.firstIndex(where: { $0.name == name }) {
        names[index].count += 1
      } else {
        names.append((name, 1))
      }
    }
    let count = names.reduce(0) { $0 + $1.count }
    guard count > 0 else { return none }
    let list = names.map { $0.count == 1 ? $0.name : "\($0.count) × \($0.name)" }.joined(separator: ", ")
    return "\(count) \(thing)\(count == 1 ? "" : "s"): \(list)"
  }

  private static func withoutNumber(_ name: String) -> String {
    let words = name.split(separator: " ")
    let isNumbered = words.count > 1 && words.last.flatMap { Int($0) } != nil
    let plain = isNumbered ? words.dropLast().joined(separator: " ") : name
    return plain.hasPrefix("silent: ") ? String(plain.dropFirst("silent: ".count)) : plain
  }
}
