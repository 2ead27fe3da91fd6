// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// What came of trying many settings on many recordings, and what follows from it.
package struct Tuning: Sendable {
  /// Settings, and how right their cues were on each recording.
  package struct Trial: Sendable {
    package let settings: [TraceSetting]
    /// One for each recording, in their order.
    package let scores: [CueScore]
    /// Over all recordings.
    package let total: CueScore

    package init(_ settings: [TraceSetting], _ scores: [CueScore]) {
      self.settings = settings
      self.scores = scores
      total = Self.sum(scores, without: nil)
    }

    fileprivate static func sum(_ scores: [CueScore], without left: Int?) -> CueScore {
      var sum = CueScore()
      for (index, score) in scores.enumerated() where index != left { sum += score }
      return sum
    }
  }

  /// One recording left out of the choice.
  package struct Fold: Sendable {
    /// Of the recording.
    package let left: Int
    /// What is best on the others.
    package let settings: [TraceSetting]
    /// Of these settings on the recording that was left out.
    package let score: CueScore
  }

  package struct LeaveOneOut: Sendable {
    package let folds: [Fold]
    /// Over all folds: what to expect on a recording that the choice has not seen.
    package let total: CueScore
    /// Of the settings in force, over the same recordings.
    package let usual: CueScore
    /// The best on all recordings, over the same: what the choice seems worth.
    package let seen: CueScore
    /// Why what is chosen cannot be trusted on other recordings; nil where it can.
    package let doubt: String?
  }

  /// What is chosen may do so much worse on what it has not seen.
  package static let largestLoss = 0.1

  package let objective: Objective
  /// Of the settings in force.
  package let usual: Trial
  /// The best first; of those that are equally good, in the order of the grid.
  package let ranked: [Trial]

  package init(_ trials: [Trial], usual: Trial, objective: Objective) {
    self.objective = objective
    self.usual = usual
    ranked = trials.enumerated().sorted { a, b in
      if objective.isBetter(a.element.total, than: b.element.total) { return true }
      return !objective.isBetter(b.element.total, than: a.element.total) && a.offset < b.offset
    }.map(\.element)
  }

  /// Some recording wants cues; otherwise the fewest false cues are best.
  package var wantsCues: Bool { usual.total.wantsCues }

  /// How many are as good as the best in what they are to be best in.
  package var bestCount: Int {
    guard let best = ranked.first?.total else { return 0 }
    return ranked.prefix { trial in
      wantsCues
        ? objective.value(of: trial.total) == objective.value(of: best) : trial.total.falseCues == best.falseCues
    }.count
  }

  /// - Parameter labelled: the recordings with labels; the others have no say.
  /// - Returns: nil where fewer than two have labels.
  package func leaveOneOut(_ labelled: [Int]) -> LeaveOneOut? {
    guard labelled.count > 1, let best = ranked.first else { return nil }
    var (folds, total) = ([Fold](), CueScore())
    for left in labelled {
      let others = ranked.map { (trial: $0, score: Trial.sum($0.scores, without: left)) }
      // The first of the best: they are in order.
      let chosen = others.dropFirst().reduce(others[0]) { objective.isBetter($1.score, than: $0.score) ? $1 : $0 }
      folds.append(Fold(left: left, settings: chosen.trial.settings, score: chosen.trial.scores[left]))
      total += chosen.trial.scores[left]
    }
    return LeaveOneOut(
      folds: folds, total: total, usual: usual.total, seen: best.total,
      doubt: doubt(of: total, folds, seen: best.total))
  }

  private func doubt(of total: CueScore, _ folds: [Fold], seen: CueScore) -> String? {
    guard folds.contains(where: { objective.value(of: $0.score) != nil }) else {
      return "on none of the recordings that were left out has \(objective.rawValue) a value"
    }
    let (found, promised) = (objective.value(of: total) ?? 0, objective.value(of: seen) ?? 0)
    if let usual = objective.value(of: usual.total), found < usual {
      return "on recordings it has not seen it does worse than the settings in force"
    }
    guard promised - found > Self.largestLoss else { return nil }
    return "on recordings it has not seen it does much worse than on those it was chosen on"
  }
}
