// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// Where the labels of a recording want cues, and where none.
///
/// A span is a `deviation` or a `missed-cue`; spans that touch are one, and count once. A cue in it, or within the
/// tolerance after it, hits it; more cues in it are no matter. A cue in a `false-cue` is false whatever else is said of
/// that moment, and one outside of every span is false but in an `optional`.
package struct WantedCues: Sendable {
  /// A cue may come so long after its span, unless somebody says otherwise: a reaction to its end is not its measure.
  package static let usualTolerance = Interval.seconds(2)

  private typealias Span = (start: Int64, end: Int64)

  private let wanted: [Span]
  private let unwanted: [Span]
  private let optional: [Span]
  private let tolerance: Int64

  package init(_ labels: TraceLabels, tolerance: Interval = usualTolerance) {
    func spans(_ words: LabelWord...) -> [Span] {
      var spans: [Span] = []
      for label in labels.labels where words.contains(label.word) {
        let (start, end) = (label.start.microseconds, label.end.microseconds)
        if let last = spans.last, start <= last.end {
          spans[spans.count - 1].end = max(last.end, end)
        } else {
          spans.append((start, end))
        }
      }
      return spans
    }
    wanted = spans(.deviation, .missedCue)
    unwanted = spans(.falseCue)
    optional = spans(.optional)
    self.tolerance = tolerance.microseconds
  }

  /// - Parameter cues: in order.
  package func score(_ cues: [Timestamp]) -> CueScore {
    var score = CueScore()
    score.cues = cues.count
    var isHit = [Bool](repeating: false, count: wanted.count)
    for cue in cues.lazy.map(\.microseconds) {
      if Self.index(of: cue, in: unwanted, after: 0) != nil {
        score.falseCues += 1
      } else if let index = Self.index(of: cue, in: wanted, after: 0)
        ?? Self.index(of: cue, in: wanted, after: tolerance)
      {
        guard !isHit[index] else { continue }
        isHit[index] = true
        score.latencies.append(Double(cue - wanted[index].start) * 1e-6)
      } else if Self.index(of: cue, in: optional, after: 0) == nil {
        score.falseCues += 1
      }
    }
    score.hits = score.latencies.count
    score.missed = wanted.count - score.hits
    return score
  }

  /// Of the span that a time is in, or so long after.
  private static func index(of time: Int64, in spans: [Span], after tolerance: Int64) -> Int? {
    // The last that has begun, by halving.
    var (low, high) = (0, spans.count)
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].start <= time { low = middle + 1 } else { high = middle }
    }
    guard low > 0, time - spans[low - 1].end <= tolerance else { return nil }
    return low - 1
  }
}
