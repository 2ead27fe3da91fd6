// SPDX-License-Identifier: MIT
import Foundation
import TestSupport
import Testing

/// What `posturectl demo` makes up is what `posturectl report` tells of.
struct ReportCommandTests {
  private let directory = TemporaryDirectory()
  private var weeks: String { directory.file("weeks") }
  private var database: String { weeks + "/history.db" }

  private func demo(_ options: String...) throws -> Outcome {
    try posturectl("demo", "--days", "7", "--until", "2026-11-27", "-o", weeks, arguments: options)
  }

  private func report(_ options: String...) throws -> Outcome {
    try posturectl("report", "--database", database, "--until", "2026-11-27", arguments: options)
  }

  private func posturectl(_ options: String..., arguments: [String] = []) throws -> Outcome {
    try run("posturectl", options + arguments)
  }

  @Test func theDemonstrationSaysWhatItIsAndLeavesItsFiles() throws {
    let outcome = try demo()
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(outcome.output.hasPrefix("Drawn from a model, of no person and no sensor: 7 days of a simulated learner"))
    #expect(outcome.output.contains("Fr 2026-11-27"))
    for name in ["history.db", "report.html", "report.csv", "report.json"] { #expect(exists("\(weeks)/\(name)")) }
    #expect(try contents(of: weeks + "/report.html").contains("Simulated: these figures are of no person"))
  }

  @Test func theDemonstrationIsTheSameForTheSameSeed() throws {
    _ = try demo()
    let first = try contents(of: weeks + "/report.csv")
    for (seed, isSame) in [("1", true), ("2", false)] {
      let other = directory.file("other-\(seed)")
      let outcome = try posturectl("demo", "--days", "7", "--until", "2026-11-27", "--seed", seed, "-o", other)
      #expect(outcome.status == 0)
      #expect(try (contents(of: other + "/report.csv") == first) == isSame)
    }
  }

  @Test func theDemonstrationWritesOverNoHistory() throws {
    _ = try demo()
    let before = try Data(contentsOf: URL(fileURLWithPath: database))
    let again = try demo("--seed", "2")
    #expect(again.status == 73 && again.output == "")
    #expect(again.errors.contains("history.db: found a history, expected none"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: database)) == before)
    let astray = try posturectl("demo", "-o", directory.file("none/weeks"))
    #expect(astray.status == 73 && astray.errors.contains("none/weeks"))
  }

  @Test(arguments: [
    ["--days", "0"], ["--days", "3651"], ["--trainee", "saint"], ["--hours", "16"], ["--until", "yesteryear"],
    ["--until", "1970-01-03"],
  ]) func wrongUseOfTheDemonstrationWritesNothing(_ arguments: [String]) throws {
    let outcome = try posturectl("demo", "-o", weeks, arguments: arguments)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(!exists(weeks))
  }

  @Test func theNameSaysWhatIsWritten() throws {
    _ = try demo()
    for (name, start) in [
      ("r.html", "<!DOCTYPE html>"), ("R.HTML", "<!DOCTYPE html>"), ("r.csv", "date,worn_s,"), ("r.json", "{\n"),
    ] {
      let outcome = try report("--weeks", "1", "-o", directory.file(name))
      #expect(outcome.status == 0 && outcome.output == "" && outcome.errors == "")
      #expect(try contents(of: directory.file(name)).hasPrefix(start))
    }
    let table = try report("--weeks", "2", "-o", "-", "--format", "csv")
    #expect(lines(table.output).count == 15)
    let bundle = try report("-o", "-", "--format", "fhir")
    #expect(bundle.output.contains("\"resourceType\" : \"Bundle\""))
  }

  @Test func theTitleStandsAboveIt() throws {
    _ = try demo()
    let outcome = try report("-o", "-", "--format", "html", "--title", "M. Muster <back & neck>")
    #expect(outcome.output.contains("<h1>M. Muster &lt;back &amp; neck&gt;</h1>"))
  }

  @Test(arguments: [
    ["-o", "r.pdf"], ["-o", "-"], [], ["-o", "r.html", "--weeks", "0"], ["-o", "r.html", "--weeks", "54"],
    ["-o", "r.html", "--title", ""], ["-o", "r.html", "--format", "png"], ["-o", "r.html", "--until", "27.11.2026"],
  ]) func wrongUseWritesNothing(_ arguments: [String]) throws {
    let outcome = try run("posturectl", ["report", "--database", database] + arguments)
    #expect(outcome.status == 64 && outcome.output == "" && outcome.errors != "")
    #expect(!exists("r.html"))
  }

  @Test func whatCannotBeReadOrWrittenIsSaid() throws {
    let missing = try report("-o", directory.file("r.html"))
    #expect(missing.status == 66 && missing.errors.contains("there is no history"))
    #expect(!exists(directory.file("r.html")))
    _ = try demo()
    #expect(try report("-o", directory.file("none/r.html")).status == 73)
    let over = try posturectl("report", "--database", database, "-o", database, "--format", "html")
    #expect(over.status == 64 && over.errors.contains("a history would be lost"))
    #expect(try report("-o", directory.file("r.html")).status == 0)
  }
}
