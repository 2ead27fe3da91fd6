// SPDX-License-Identifier: MIT
import ArgumentParser
import PostureFormats

struct ProgrammeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "programme",
    abstract: "Show today's training, what is done of it, why it is so long, and what the probes say.",
    discussion: """
      Times are of judged wear: nobody has to train at an hour of the day. A probe is a time without cues before the \
      training; what probes say is meant of one look, every few weeks: who looks every day sees chance's ups and downs.
      """)

  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    try reporting {
      var daemon = try Connection(connection)
      let (programme, line) = try daemon.answer(ProgrammeMessage.self, to: "programme")
      try printLine(connection.json ? line : ProgrammePage.text(programme))
    }
  }
}

/// The message for people.
enum ProgrammePage {
  static func text(_ message: ProgrammeMessage) -> String {
    guard message.has_plan else { return message.explanation }
    let trained = part(message.trained_s ?? 0, of: message.planned_s ?? 0, message.trained_upright_s ?? 0)
    let sessions = counted(UInt64(message.sessions ?? 1), "session")
    var lines = ["\(message.date ?? "today"), now: \(stage(message))"]
    if let probe = message.probe_s {
      lines.append("probe: " + part(message.probed_s ?? 0, of: probe, message.probed_upright_s ?? 0))
    } else {
      lines.append("probe: none today")
    }
    lines.append("training: \(trained), in \(sessions); the goal is \(message.goal_percent ?? 0) %")
    return (lines + [message.explanation]).joined(separator: "\n")
  }

  private static func stage(_ message: ProgrammeMessage) -> String {
    let left = message.left_s.map { ", \(minutes($0)) of judged wear left" } ?? ""
    return switch message.stage {
    case "probe": "probe, no cues" + left
    case "training": "training, session \(message.session ?? 1)" + left
    case "between": "between two sessions, no cues" + left
    case "done": "all done, no cues"
    default: "not begun, no cues" + left
    }
  }

  private static func part(_ done: Int, of planned: Int, _ upright: Int) -> String {
    let share = done > 0 ? ", upright \((upright * 100 + done / 2) / done) %" : ""
    return "\(minutes(done)) of \(minutes(planned))\(share)"
  }

  private static func minutes(_ seconds: Int) -> String { "\((seconds + 30) / 60) min" }
}
