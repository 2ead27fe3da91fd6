// SPDX-License-Identifier: MIT
import PostureProgramme

extension Plan.Reason {
  /// A sentence: why the training is as long as it is.
  package var explanation: String {
    switch self {
    case .start: "It is as long as on a first day, because nothing has changed it yet."
    case .longer(let good, let all): "It was made longer after \(good) good days of \(all)."
    case .shorterForPosture(let days):
      "It was made shorter after \(counted(days, "day")) on which the goal was missed clearly."
    case .shorterForTime(let days):
      "It was made shorter after \(counted(days, "day")) on which less than half of it was done."
    case .shorterAfterPause(let days): "It was made shorter after \(counted(days, "day")) without training."
    case .anew(let days): "It begins anew after \(counted(days, "day")) without training."
    case .settings: "It goes on from what was planned under other settings."
    case .before: "It goes on from what was planned before the days that are looked at."
    }
  }

  /// For programs.
  package var name: String {
    switch self {
    case .start: "start"
    case .longer: "longer"
    case .shorterForPosture: "shorter-for-posture"
    case .shorterForTime: "shorter-for-time"
    case .shorterAfterPause: "shorter-after-pause"
    case .anew: "anew"
    case .settings: "settings"
    case .before: "before"
    }
  }
}

extension Plan.Outlook {
  /// A sentence: what a longer training takes.
  package var explanation: String {
    switch self {
    case .longer(let good, let needed, let days):
      "A longer one takes \(needed) good days, of which there have been \(good)"
        + (days > 0 ? ", and \(counted(days, "more day")) at least." : ".")
    case .longest: "There is no longer one (programme.longest)."
    case .noShorter: "It would become shorter, but there is no shorter one (programme.shortest)."
    }
  }
}

extension Learning {
  /// A sentence or two: what the probes say, and nothing beyond.
  package var explanation: String {
    var sentences: [String] = []
    switch verdict {
    case .tooFew(let found, let needed):
      sentences.append("Too few probes to tell anything: \(found) of at least \(needed).")
    case .tooSoon(let days, let needed):
      sentences.append("Too soon to tell anything: probes within \(days) of at least \(needed) days.")
    case .unchanged(let trend): sentences.append("No change can be told: \(Self.interval(trend)).")
    case .improved(let trend): sentences.append("More upright without cues than before: \(Self.interval(trend)).")
    case .worsened(let trend): sentences.append("Less upright without cues than before: \(Self.interval(trend)).")
    case .fading(let trend):
      sentences.append("Less upright without cues over the last three weeks: \(Self.interval(trend)).")
    }
    if let level {
      sentences.append("Upright for \(Decimal.text(level, places: 0)) % of the probes of three weeks (median).")
    }
    if let days = daysSinceTraining, days >= 7 {
      sentences.append(
        "The last training was \(days) days ago; in a study of such training no effect was found to be left after one and "
          + "three weeks.")
    }
    return sentences.joined(separator: " ")
  }

  /// For programs.
  package var name: String {
    switch verdict {
    case .tooFew: "too-few"
    case .tooSoon: "too-soon"
    case .unchanged: "unchanged"
    case .improved: "improved"
    case .worsened: "worsened"
    case .fading: "fading"
    }
  }

  package var trend: Trend? {
    switch verdict {
    case .tooFew, .tooSoon: nil
    case .unchanged(let trend), .improved(let trend), .worsened(let trend), .fading(let trend): trend
    }
  }

  private static func interval(_ trend: Trend) -> String {
    "between \(points(trend.lower)) and \(points(trend.upper)) points a week"
  }

  /// Signed, in tenths; an end that is not 0 is not shown as 0.
  private static func points(_ value: Double) -> String {
    let sign = value > 0 ? "+" : value < 0 ? "-" : ""
    let tenths = max(value.magnitude, value == 0 ? 0 : 0.1).rounded(places: 1)
    return sign + Decimal.text(tenths, places: tenths == tenths.rounded() ? 0 : 1)
  }
}

private func counted(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }
