// SPDX-License-Identifier: MIT

/// How right the cues on one recording, or on many, were.
package struct CueScore: Sendable, Equatable {
  /// All that were given.
  package var cues = 0
  /// Spans that wanted a cue and got one, and those that got none.
  package var hits = 0
  package var missed = 0
  /// Cues that no span wanted, in recordings with labels.
  package var falseCues = 0
  /// From the beginning of each span that was hit to its first cue, seconds.
  package var latencies: [Double] = []

  package init() {}

  package static func += (a: inout CueScore, b: CueScore) {
    a.cues += b.cues
    a.hits += b.hits
    a.missed += b.missed
    a.falseCues += b.falseCues
    a.latencies += b.latencies
  }

  /// Nil where there is nothing to divide by.
  package var precision: Double? { Self.share(Double(hits), Double(hits + falseCues)) }
  package var recall: Double? { Self.share(Double(hits), Double(hits + missed)) }

  /// Without anything that wanted a cue no measure has a meaning: the fewest false cues are best.
  package var wantsCues: Bool { hits + missed > 0 }

  /// The weighted harmonic mean of precision and recall (van Rijsbergen, Information Retrieval, 1979): recall counts
  /// `beta` times as much. Nil where nothing wants a cue.
  package func f(_ beta: Double) -> Double? {
    guard wantsCues else { return nil }
    let weight = beta * beta
    let right = (1 + weight) * Double(hits)
    return Self.share(right, right + weight * Double(missed) + Double(falseCues))
  }

  package var medianLatency: Double? {
    let sorted = latencies.sorted()
    guard !sorted.isEmpty else { return nil }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  private static func share(_ part: Double, _ whole: Double) -> Double? { whole > 0 ? part / whole : nil }
}

/// What the best settings are best in.
package enum Objective: String, CaseIterable, Sendable {
  case f1, f2
  /// False cues weigh more than missed ones.
  case fHalf = "f0.5"
  case precision, recall

  /// Nil where nothing wants a cue, and where there is nothing to divide by.
  package func value(of score: CueScore) -> Double? {
    guard score.wantsCues else { return nil }
    return switch self {
    case .f1: score.f(1)
    case .f2: score.f(2)
    case .fHalf: score.f(0.5)
    case .precision: score.precision
    case .recall: score.recall
    }
  }

  /// Where both are as good, or nothing wants a cue, the one with fewer false cues, then with fewer missed ones, then
  /// the quicker one.
  package func isBetter(_ a: CueScore, than b: CueScore) -> Bool {
    func key(_ score: CueScore) -> [Double] {
      [
        -(value(of: score) ?? -1), Double(score.falseCues), Double(score.missed),
        score.medianLatency ?? .greatestFiniteMagnitude,
      ]
    }
    return key(a).lexicographicallyPrecedes(key(b))
  }
}
