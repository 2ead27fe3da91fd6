// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureCore
import PostureFormats
import PostureTuning

struct LabelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "labels", abstract: "Make labels of what the wearer has marked in a trace.",
    discussion: """
      A 'false-cue' is from shortly before the last cue to the mark, any other mark the minute before it, unless \
      'mark --last' said how much. A deviation of the recorded day whose cue was not marked as false is labelled \
      'deviation'.
      """)

  @Argument(help: "The trace.")
  var trace: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "File to write, which must be a new one; beside the trace by default; - for standard output.", valueName: "file"))
  var output: String?

  func run() throws {
    try reporting {
      let (marks, history) = try read()
      let labels = MarkedLabels.labels(marks, history)
      let path = output ?? TraceLabels.path(beside: trace)
      let remark = "origin: \(counted(UInt64(marks.count), "mark")), and cues that nobody objected to"
      var file = try create(path)
      try file.write(labels.text(remark: remark))
      try file.close()
      if path != "-" { try printLine("\(path): \(counted(UInt64(labels.labels.count), "label"))") }
    }
  }

  private func create(_ path: String) throws -> FileWriter {
    do { return try FileWriter(path: path, mustBeNew: true) } catch {
      throw ProgramError(.cannotCreate, error.message)
    }
  }

  /// By the settings of the day.
  private func read() throws -> (marks: [TraceMark], history: CueHistory) {
    let file = TraceInput(path: trace)
    var run = try TraceRun([], of: try file.opening())
    let marks = try file.read(noticing: true) { settings throws(InputError) in
      try run.change(settings)
    } _: { measurement throws(InputError) in
      run.take(measurement)
    }
    return (marks, run.history)
  }
}
