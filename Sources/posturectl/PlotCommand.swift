// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureCore
import PostureFormats
import PosturePlots

struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draw a recording: tilt, limits, contexts, cues, and why there was none.",
    discussion: """
      TRACE is read and judged as by 'posturectl replay'; - is standard input. What is written is one file that needs no \
      other and fetches nothing: a page that can be zoomed into (.html), or a still picture (.svg).
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case html, svg }

  @Argument(help: "The recording; - for standard input.")
  var trace: String

  @Option(name: [.short, .long], help: ArgumentHelp("File to write; - for standard output.", valueName: "file"))
  var output: String

  @Option(help: "What to write, html or svg; without it, what the file's name ends with.")
  var format: Format?

  @Option(
    help: ArgumentHelp(
      "The labels to show; without it those beside the recording, NAME.labels, if there are any.", valueName: "file"))
  var labels: String?

  @OptionGroup var settings: ReplaySettings
  @OptionGroup var part: ReplayWindow

  func validate() throws { _ = try chosenFormat() }

  private func chosenFormat() throws -> Format {
    if let format { return format }
    for format in Format.allCases where output.lowercased().hasSuffix(".\(format.rawValue)") { return format }
    throw ValidationError(
      "--output: found \(InputError.quote(output)), expected a name that ends with .html or .svg, or --format.")
  }

  func run() throws {
    try reporting {
      try OutputCheck.allow(output, "--output", reading: [trace])
      let format = try chosenFormat()
      // Before the recording, which may be long.
      let labels = try readLabels()
      let (track, header) = try replayed()
      let name = trace == "-" ? "standard input" : trace.split(separator: "/").last.map(String.init) ?? trace
      let title = header?.title ?? name
      let remark = [
        header?.title == nil ? nil : name, header?.sensor, header.map { "\(Decimal.text($0.rate, places: 0)) Hz" },
      ]
      let plot = Plot(
        title: title, remark: remark.compactMap { $0 }.joined(separator: " · "), track: track, labels: labels)
      try write(format == .html ? plot.page : plot.svg)
      StandardError.write("\(plot.summary.joined(separator: "; "))\n")
    }
  }

  private func readLabels() throws -> TraceLabels {
    let path = labels ?? TraceLabels.path(beside: trace)
    if labels == nil, trace == "-" || FileAttributes.size(of: path) == nil { return TraceLabels() }
    let bytes: [UInt8]
    do throws(SystemError) {
      var file = try FileReader(path: path)
      bytes = try file.read(atMost: TraceLabels.longestFile + 1)
    } catch { throw ProgramError(.noInput, error.message) }
    return try TraceLabels(bytes, source: path)
  }

  private func replayed() throws -> (PlotTrack, TraceHeader?) {
    var options = try settings.options()
    options.window = part.window
    options.timed = try part.timed()
    options.wantsChecksum = false
    options.observer = PlotTrack()
    var teller = ReplayTeller(options)
    var run = try ReplayRun.open([trace], options)
    let header = try run.tell(&teller) { teller, cut in
      teller.events.removeAll(keepingCapacity: true)
      if let cut { StandardError.write("posturectl: \(cut.notice)\n") }
    }
    guard let track = teller.observer as? PlotTrack, track.range != nil else {
      throw InputError(
        source: trace == "-" ? "standard input" : trace, found: "no sample in the part that was asked for",
        expected: "one at least")
    }
    return (track, header)
  }

  private func write(_ text: String) throws {
    var file: FileWriter
    do { file = try FileWriter(path: output) } catch { throw ProgramError(.cannotCreate, error.message) }
    try file.write(text)
    try file.close()
  }
}
