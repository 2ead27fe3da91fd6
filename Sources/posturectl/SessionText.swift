// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import PosturePacing

/// A session as people read it.
enum SessionText {
  /// `7 s`, `2 min`, `15 min 20 s`.
  static func length(_ seconds: Double) -> String {
    guard seconds >= 60 else { return "\(Decimal.text(seconds, places: seconds == seconds.rounded() ? 0 : 1)) s" }
    let whole = Int(seconds.rounded())
    return "\(whole / 60) min" + (whole % 60 == 0 ? "" : " \(whole % 60) s")
  }

  static func heading(_ plan: SessionPlan) -> String {
    "\(plan.title): \(counted(UInt64(plan.steps.count), "step")), \(length(plan.length.seconds))"
  }

  static func outcome(_ check: SessionCheckMessage) -> String {
    let asked = check.check == SessionStep.Check.still.rawValue ? "still" : "moving"
    guard let share = check.share else { return "the sensor saw too little of it to tell whether you were \(asked)" }
    return "\(asked) for \(percent(share)) of it"
  }

  static func end(_ ended: SessionEndedMessage) -> String {
    let how =
      switch ended.ended_by {
      case "finished": "Finished"
      case "stopped": "Stopped"
      default: "Ended without the sensor"
      }
    let shares = [
      ended.still_share.map { "still for \(percent($0)) of the time that asked for it" },
      ended.moved_share.map { "moving for \(percent($0)) of the time that asked for it" },
    ].compactMap { $0 }
    return "\(how) after \(length(ended.elapsed_s)), \(ended.steps_done) of \(counted(UInt64(ended.steps), "step"))"
      + (shares.isEmpty ? "." : ": " + shares.joined(separator: ", ") + ".")
  }

  /// All of a file.
  static func whole(_ file: SessionFile) -> String {
    var lines = [heading(file.plan)]
    if let source = file.source { lines.append("Source: \(source)") }
    lines += [SessionFile.warning] + file.notes + [""]
    for (index, step) in file.plan.steps.enumerated() {
      let cue = step.cue?.name ?? "silent"
      let check = step.check.map { ", check \($0.rawValue)" } ?? ""
      let place = "\(index + 1)".padded(to: 4) + length(step.length.seconds).padded(to: 13)
      lines.append(place + "\(cue)\(check)".padded(to: 23) + step.words)
    }
    return lines.joined(separator: "\n")
  }

  private static func percent(_ share: Double) -> String { "\(Decimal.text(share * 100, places: 0)) %" }
}
