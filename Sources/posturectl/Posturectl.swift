// SPDX-License-Identifier: MIT
import ArgumentParser
import PostureFormats

@main
struct Posturectl: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "posturectl",
    abstract: "Asks the posture trainer postured, and replays what it recorded.",
    discussion: "A reminder, not a medical device. Nothing leaves this machine.",
    version: "posturectl \(Version.program)",
    subcommands: [
      StatusCommand.self, WatchCommand.self, EventsCommand.self, SamplesCommand.self, MetricsCommand.self,
      CalibrateCommand.self, ReferenceCommand.self, WhyCommand.self,
      PauseCommand.self, SnoozeCommand.self, ResumeCommand.self, ModeCommand.self, SessionCommand.self,
      MarkCommand.self, SaveCommand.self,
      RecordCommand.self, ReplayCommand.self, LabelsCommand.self, TuneCommand.self, PlotCommand.self,
      HistoryCommand.self, ProgrammeCommand.self, ReportCommand.self, DemoCommand.self, ForgetCommand.self,
      ConfigCommand.self, BenchCommand.self,
      VersionCommand.self,
    ])
}
