// SPDX-License-Identifier: MIT
import Foundation
import TestSupport
import Testing

/// Settings tried on the fixtures.
struct TuneTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures").path

  private func traces(_ names: String...) -> [String] { names.map { "\(Self.fixtures)/\($0).trace" } }

  private func tune(_ traces: [String], _ options: String...) throws -> Outcome {
    try run("posturectl", ["tune"] + traces + options)
  }

  @Test func theBestIsShownAndReplaysTheSame() throws {
    let outcome = try tune(
      traces("slow-slouch", "brief-lean", "nodding"), "--vary", "detector.hold=2,5,60s", "--vary",
      "detector.enter=5,12deg")
    let text = lines(outcome.output)
    // A hold of 2 s cues the short lean, one of 60 s never.
    #expect(text[1].split(separator: " ").prefix(7) == ["1.000", "1.000", "1.000", "2", "2", "0", "0"])
    #expect(text.contains("detector.hold: 5 s") && text.contains("detector.enter: 12 deg"))
    #expect(text.contains("3 combinations that contradict themselves or a trace: left out"))
    #expect(text.last == "Replayed by the whole pipeline: the same cues.")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
  }

  /// What they are ranked by is seen to fall.
  @Test func theFirstColumnIsWhatTheyAreRankedBy() throws {
    let csv = try tune(
      traces("slow-slouch", "brief-lean", "nodding"), "--vary", "detector.hold=2,5,60s", "--objective", "f2", "--csv")
    let rows = lines(csv.output).map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.first?.first == "f2" && rows.count == 4)
    let values = rows.dropFirst().map { Double($0[0]) ?? 0 }
    #expect(values == values.sorted(by: >) && values.last == 0)
  }

  @Test func whatMakesNoDifferenceIsNamed() throws {
    let outcome = try tune(
      traces("slow-slouch", "brief-lean"), "--vary", "detector.holding-time=60,120s", "--vary", "detector.hold=2,60s")
    let text = lines(outcome.output).filter { $0.contains("made a difference") }
    #expect(
      text == [
        "detector.holding-time: none of its values made a difference; it counts where detector.trigger is exposure"
      ])
    let hold = try tune(traces("brief-lean"), "--vary", "detector.hold=59,60s", "--set", "detector.trigger=hold")
    #expect(lines(hold.output).contains("detector.hold: none of its values made a difference"))
  }

  /// By the file and not by its name; and what is no input is no less a recording.
  @Test func noPageTakesARecordingsPlaceAndNoneCountsTwice() throws {
    let directory = TemporaryDirectory()
    let text = try contents(of: traces("slow-slouch")[0])
    let (own, other) = (try directory.write(text, to: "a.trace"), try directory.write(text, to: "b.trace"))
    let again = directory.path + "/./a.trace"
    for page in [again, other] {
      let refused = try tune([own], "--vary", "detector.hold=5,60s", "--plot", page)
      #expect(refused.status == 64 && refused.errors.contains("expected another file"), "\(refused)")
    }
    #expect(try contents(of: own) == text && contents(of: other) == text)
    let twice = try tune([own, again], "--vary", "detector.hold=5,60s")
    #expect(twice.status == 64 && twice.errors.contains("which are one file, expected each trace once"), "\(twice)")
  }

  @Test func itIsTheSameOnOneProcessorAndOnMany() throws {
    let arguments = traces("slow-slouch", "stairs", "slouch-until-reminded")
    let one = try tune(arguments, "--vary", "detector.hold=1..40s/1", "--csv", "--jobs", "1")
    let many = try tune(arguments, "--vary", "detector.hold=1..40s/1", "--csv", "--jobs", "8")
    #expect(one == many && one.status == 0)
    let rows = lines(one.output)
    #expect(rows.count == 41)
    #expect(rows[0] == "f1,precision,recall,cues,hits,missed,false,latency_s,detector.hold")
  }

  @Test func withoutLabelsCuesAreOnlyCounted() throws {
    let outcome = try tune(traces("upside-down"), "--vary", "detector.hold=5,60s")
    #expect(outcome.output.contains("No trace has labels"))
    #expect(!outcome.output.contains("to be pasted"))
  }

  @Test func whatIsChosenIsScoredOnWhatWasLeftOut() throws {
    let outcome = try tune(
      traces("slow-slouch", "slouch-until-reminded", "sideways-lean"), "--vary", "detector.hold=2,5,60s",
      "--leave-one-out",
      "--json")
    let summary = try #require(lines(outcome.output).last)
    #expect(summary.contains(#""generalises":true"#) && summary.contains(#""replay_agrees":true"#))
    #expect(try tune(traces("slow-slouch"), "--vary", "detector.hold=2,5s", "--leave-one-out").status == 64)
  }

  @Test func whereOnlyFalseCuesAreLabelledNoneIsBest() throws {
    let directory = TemporaryDirectory()
    let copies = ["one", "two"].map { directory.file("\($0).trace") }
    for copy in copies {
      try FileManager.default.copyItem(atPath: traces("slouch-until-reminded")[0], toPath: copy)
      try "# posture-labels: 1\nstart_us,end_us,word\n0,600000000,false-cue\n"
        .write(toFile: copy.dropLast(5) + "labels", atomically: true, encoding: .utf8)
    }
    let outcome = try tune(
      copies, "--vary", "detector.hold=5,10,30,120,600s", "--set", "detector.trigger=hold", "--leave-one-out")
    let text = lines(outcome.output)
    #expect(text.dropFirst().first?.split(separator: " ").prefix(7) == ["-", "-", "-", "0", "0", "0", "0"])
    #expect(
      text.contains(
        "No label wants a cue, so f1 has no meaning. With the fewest false cues, to be pasted; 1 other with as few:"))
    #expect(text.contains("detector.hold: 120 s"))
    #expect(!outcome.output.contains("The choice generalises"))
  }

  /// Days of which the truth is known.
  @Test func simulatedDaysAreTunedOn() throws {
    let directory = TemporaryDirectory()
    func write() throws -> Outcome {
      try run(
        "evaluate", ["--traces", directory.file("days"), "--truth", "hold", "--seeds", "3-4", "--hours", "0.2"])
    }
    #expect(try write() == Outcome(status: 0, output: "", errors: ""))
    let days = ["3", "4"].map { directory.file("days/day-\($0).trace") }
    let outcome = try tune(days, "--vary", "detector.hold=2,10,60s")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let best = try #require(lines(outcome.output).dropFirst().first?.split(separator: " ").map(String.init))
    // By the hold that the truth is by.
    #expect(try #require(Double(best[0])) > 0.8, "\(outcome.output)")
    #expect(lines(outcome.output).contains("detector.hold: 10 s"), "\(outcome.output)")
    // What was written is not written over.
    let again = try write()
    #expect(again.status != 0 && again.errors.contains("day-3.trace"), "\(again)")
  }

  @Test func aPageIsWrittenBesideTheReport() throws {
    let directory = TemporaryDirectory()
    let page = directory.file("tuned.html")
    let (arguments, varied) = (traces("slow-slouch"), "detector.hold=2,5,60s")
    let outcome = try tune(arguments, "--vary", varied, "--vary", "detector.trigger=hold,exposure", "--plot", page)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let text = try String(contentsOfFile: page, encoding: .utf8)
    #expect(text.hasPrefix("<!DOCTYPE html>") && text.contains("precision") && text.contains("detector.hold"))
    // One that cannot be written costs nothing of the report.
    let lost = try tune(
      arguments, "--vary", varied, "--vary", "detector.trigger=hold,exposure", "--plot", "/nonexistent/x.html")
    #expect(lost.status == 73 && lost.errors.contains("/nonexistent/x.html"))
    #expect(lost.output == outcome.output && lost.output.contains("to be pasted"))
  }

  @Test func whatIsWrongIsSaid() throws {
    let missing = try tune(["/nowhere.trace"], "--vary", "detector.hold=2,5s")
    #expect(missing.status == 66 && missing.errors.contains("/nowhere.trace"))
    let many = try tune(traces("upright"), "--vary", "detector.enter=1..90deg/0.1", "--vary", "detector.hold=1..99s/1")
    #expect(many.status == 64 && many.errors.contains("or --random N for N of them"))
    let contradicting = try tune(traces("upright"), "--vary", "detector.enter=5,6deg")
    #expect(contradicting.status == 65 && contradicting.errors.contains("detector.leave"))
    #expect(try tune(traces("upright")).status == 64)
  }
}
