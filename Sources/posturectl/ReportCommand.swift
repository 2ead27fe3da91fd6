// SPDX-License-Identifier: MIT
import ArgumentParser
import LinuxIO
import PostureFormats
import PostureHistory
import PostureReports

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write a report of some weeks, for somebody who helps.",
    discussion: """
      A page (.html) that is read in two minutes, prints on two sheets of A4, needs no other file and fetches nothing; a \
      table with a row a day (.csv); or all of it for other programs (.json). It tells what was, and gives no advice. \
      Whom it is shown to is up to you: nothing leaves this machine by itself.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case html, csv, json, fhir }

  private static let mostWeeks = 53
  private static let longestTitle = 120

  @Option(help: ArgumentHelp("How many weeks, 1 to 53.", valueName: "n"))
  var weeks = 4

  @Option(help: ArgumentHelp("The last day: YYYY-MM-DD, today or yesterday; without it, today.", valueName: "date"))
  var until: DateArgument?

  @Option(name: [.short, .long], help: ArgumentHelp("File to write; - for standard output.", valueName: "file"))
  var output: String

  @Option(
    help: """
      What to write, html, csv, json, or fhir: observations of HL7 FHIR R4, as JSON; without it, what the file's name \
      ends with.
      """)
  var format: Format?

  @Option(help: "What stands above it: a name, a question; up to 120 characters.")
  var title = Report.usualTitle

  @OptionGroup var options: HistoryOptions

  func validate() throws {
    guard (1...Self.mostWeeks).contains(weeks) else {
      throw ValidationError("--weeks: found \(weeks), expected 1 to \(Self.mostWeeks).")
    }
    guard !title.isEmpty, title.count <= Self.longestTitle else {
      throw ValidationError("--title: found \(title.count) characters, expected 1 to \(Self.longestTitle).")
    }
    _ = try chosenFormat()
  }

  private func chosenFormat() throws -> Format {
    if let format { return format }
    for format in [Format.html, .csv, .json] where output.lowercased().hasSuffix(".\(format.rawValue)") {
      return format
    }
    throw ValidationError(
      "--output: found \(InputError.quote(output)), expected a name that ends with .html, .csv or .json, or --format.")
  }

  func run() throws {
    try reporting {
      try OutputCheck.allow(output, "--output", reading: [])
      let last = until?.date ?? DateArgument.today
      let history = try options.history(last - (weeks * 7 - 1)...last)
      let report = Report(history, title: title, made: DateArgument.today)
      try report.write(chosenFormat(), to: output)
    }
  }
}

extension Report {
  func write(_ format: ReportCommand.Format, to path: String) throws {
    let text =
      switch format {
      case .html: page
      case .csv: csv
      case .json: json
      case .fhir: fhir
      }
    var file: FileWriter
    do { file = try FileWriter(path: path) } catch { throw ProgramError(.cannotCreate, error.message) }
    try file.write(text)
    try file.close()
  }
}
