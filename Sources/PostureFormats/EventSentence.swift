// SPDX-License-Identifier: MIT
import PostureCore

extension EventRecord {
  /// In words, for who looks on; no capital at the start, no full stop at the end.
  package var sentence: String {
    let leaning = leaning_s.map { "\(Decimal.text($0, places: 0)) s" } ?? ""
    return switch event {
    case "calibrated": "reference posture taken"
    case "calibration-refused": "reference posture refused: \(reason ?? "")"
    case "deviated":
      "deviated: \(degrees(total_deg)) \(lean ?? ""), leaning for \(leaning); "
        + (suppressed.map { "no cue: \($0)" } ?? "nudge")
    case "suppressed": "no cue after leaning for \(leaning): \(suppressed ?? "")"
    case "ended": "the deviation ended after \(leaning): \(context ?? "")"
    case "taken-off": "taken off"
    case "put-on": "put on again"
    case "worn-differently": "worn otherwise than when you calibrated? calibrate, or say: posturectl reference keep"
    case "worn-as-before": "worn as when you calibrated"
    case "bend-awaited": "upright is known: bend forward now"
    case "reference-used": "reference posture in use: \(reference ?? "")"
    case "mode-set": "mode: \(mode ?? "")"
    case "silenced": "\(silence ?? "silence") for \(Decimal.text(for_s ?? 0, places: 0)) s"
    case "unsilenced": "cues again"
    case "session-begun": "a paced session began: no posture is judged"
    case "session-ended": "the paced session is over"
    case "played": "played: \(cue ?? "")"
    case "break-suggested": "sitting for \(Decimal.text((for_s ?? 0) / 60, places: 0)) min: a break would be good"
    case "quiet-begun": "quiet hours"
    case "quiet-ended": "quiet hours are over"
    case "reminded": "still deviated after \(leaning); reminder"
    case "recovered": "upright again after \(leaning)" + (cue == nil ? "" : "; well done")
    case "gap": "no samples for \(Decimal.text(gap_s ?? 0, places: 1)) s"
    case "frozen": "the sensor repeats itself: nothing is decided on it"
    case "resumed": "the sensor is alive again"
    case "saturated": "beyond the sensor's range"
    default: event
    }
  }

  private func degrees(_ value: Double?) -> String {
    value.map { ($0 >= 0 ? "+" : "") + Decimal.text($0, places: 1) + " deg" } ?? "-"
  }
}
