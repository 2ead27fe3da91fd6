// SPDX-License-Identifier: MIT
import ArgumentParser

/// The history without the daemon: what the power-cut rig and the bench write and look at.
@main
struct HistoryRig: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history-rig", abstract: "Writes a history, or looks at one.",
    subcommands: [Writing.self, Checking.self])
}
