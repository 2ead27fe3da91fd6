// SPDX-License-Identifier: MIT
import Foundation
import TestSupport
import Testing

struct PlotCommandTests {
  private let directory = TemporaryDirectory()

  @Test func theNameSaysWhatIsWritten() throws {
    let trace = try Recording.path()
    for (name, start) in [("r.html", "<!DOCTYPE html>"), ("r.svg", "<svg xmlns="), ("R.SVG", "<svg xmlns=")] {
      let outcome = try posturectl("plot", trace, "-o", directory.file(name))
      #expect(outcome.status == 0 && outcome.output == "")
      #expect(outcome.errors.contains(" beyond a limit, of ") && outcome.errors.contains("cue"))
      #expect(try contents(of: directory.file(name)).hasPrefix(start))
    }
    let piped = try posturectl("plot", "-", "-o", "-", "--format", "svg", input: trace)
    #expect(piped.status == 0)
    #expect(try lines(piped.output).count == lines(contents(of: directory.file("r.svg"))).count)
  }

  @Test(arguments: [
    ["-o", "report.pdf"], ["-o", "-"], [], ["-o", "r.svg", "--format", "png"],
    ["-o", "r.svg", "--from", "5 s", "--to", "4 s"], ["-o", "r.svg", "--speed", "2"],
    ["-o", "r.svg", "--set", "nonsense"],
  ]) func wrongUseWritesNothing(arguments: [String]) throws {
    let trace = try Recording.path()
    let outcome = try run("posturectl", ["plot", trace] + arguments)
    #expect([64, 78].contains(outcome.status) && outcome.output == "" && outcome.errors != "")
    #expect(!exists("r.svg"))
  }

  @Test func whatCannotBeReadWritesNothing() throws {
    let file = directory.file("r.html")
    #expect(try posturectl("plot", directory.file("none"), "-o", file).status == 66)
    let broken = try directory.write("garbage\n", to: "b.trace")
    #expect(try posturectl("plot", broken, "-o", file).status == 65)
    let late = try posturectl("plot", Recording.path(), "-o", file, "--from", "100 min")
    #expect(late.status == 65 && late.errors.contains("found no sample in the part that was asked for"))
    #expect(!exists(file))
    #expect(try posturectl("plot", Recording.path(), "-o", directory.file("none/r.html")).status == 73)
  }

  @Test func labelsBesideTheRecordingAreShown() throws {
    let trace = try directory.write(contents(of: Recording.path()), to: "day.trace")
    let labels = "# posture-labels: 1\nstart_us,end_us,word\n2000000,9000000,sat-well\n"
    _ = try directory.write(labels, to: "day.labels")
    let file = directory.file("r.svg")
    #expect(try posturectl("plot", trace, "-o", file).status == 0)
    #expect(try contents(of: file).contains(">sat-well<"))
    let other = try directory.write(labels.replacing("sat-well", with: "other-word"), to: "o")
    #expect(try posturectl("plot", trace, "-o", file, "--labels", other).status == 0)
    #expect(try contents(of: file).contains(">other-word<") && !contents(of: file).contains(">sat-well<"))
    _ = try directory.write(labels + "x,y,z\n", to: "day.labels")
    let wrong = try posturectl("plot", trace, "-o", file)
    #expect(wrong.status == 65 && wrong.errors.contains("day.labels:4: start_us: found 'x'"))
    #expect(try posturectl("plot", trace, "-o", file, "--labels", directory.file("none")).status == 66)
  }

  @Test func settingsAndPartsAreThoseOfAReplay() throws {
    let (trace, file) = (try Recording.path(), directory.file("r.svg"))
    #expect(try posturectl("plot", trace, "-o", file).status == 0)
    #expect(try contents(of: file).contains(">forward 15°<"))
    #expect(try posturectl("plot", trace, "-o", file, "--set", "detector.enter=40deg").status == 0)
    #expect(try contents(of: file).contains(">forward 40°<"))
    let part = try posturectl("plot", trace, "-o", file, "--from", "5 s", "--to", "15 s")
    #expect(part.status == 0 && part.errors.contains("of 10 s"))
    #expect(try posturectl("plot", trace, "-o", trace, "--format", "svg").status == 64)
  }
}
