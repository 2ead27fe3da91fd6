// SPDX-License-Identifier: MIT
import Foundation
import PostureFormats
import TestSupport
import Testing

struct ReplayTests {
  private let directory = TemporaryDirectory()

  /// The words of an event line that are no numbers: what happened.
  private func kinds(_ text: String) -> [Substring] {
    text.split(separator: "\n").map { $0.split(separator: " ")[1] }
  }

  @Test func theDaemonsRecordingShowsWhatTheSceneSays() throws {
    let daemon = try Recording.outcome.get()
    #expect(daemon.status == 0)
    #expect(daemon.output.isEmpty)
    #expect(daemon.errors.hasSuffix(" ended, motor off\n"))
    #expect(try !Recording.socketIsLeft())
    let replay = try posturectl("replay", try Recording.path())
    #expect(replay.status == 0)
    #expect(kinds(replay.output) == ["calibrated", "deviated", "recovered"])
    #expect(replay.errors.wholeMatch(of: /\d+ samples, (69\.\d|70\.0) s: 1 deviations?, 0 reminders\n/) != nil)
  }

  @Test func standardInputIsTheSameAsTheFile() throws {
    let path = try Recording.path()
    let file = try posturectl("replay", path, "--checksum")
    #expect(file.output.contains("\n# "))
    #expect(try posturectl("replay", "-", "--checksum", input: path) == file)
  }

  /// A file that is long enough is replayed on two threads where there are two processors, standard input never is.
  @Test func aLongFileIsReplayedAsStandardInputIs() throws {
    let all = lines(try contents(of: try Recording.path()))
    let first = try #require(all.firstIndex { $0.hasPrefix("time_us") }) + 1
    let rows = all[first...].filter { !$0.hasPrefix("#") }.map { $0.split(separator: ",", maxSplits: 1) }
    let length = try #require(Int(rows[rows.count - 1][0])) + 10_000
    var text = all[..<first].joined(separator: "\n") + "\n"
    for turn in 0..<12 {
      if turn == 5 { text += "#! \(turn * length) set detector.enter: 10 deg\n" }
      if turn == 7 { text += "#! \(turn * length) calibrate\n" }
      for row in rows { text += "\(try #require(Int(row[0])) + turn * length),\(row[1])\n" }
    }
    #expect(text.utf8.count > 2 << 20)
    let whole = try directory.write(text, to: "long.trace")
    let broken = try directory.write(text + "1,2,3\n", to: "broken.trace")
    for options in [
      ["--checksum"], ["--checksum", "--to", "400s"], ["--checksum", "--at", "300s", "detector.enter=60deg"],
      ["--estimates", directory.file("u"), "--events", "-", "--lag", "3"],
    ] {
      let file = try run("posturectl", ["replay", whole] + options)
      let estimates = options.contains("--lag") ? try contents(of: directory.file("u")) : ""
      #expect(try run("posturectl", ["replay", "-"] + options, input: whole) == file && file.status == 0)
      if options.contains("--lag") { #expect(try contents(of: directory.file("u")) == estimates) }
    }
    // What came before a broken row is told, and the row is named.
    let (file, piped) = (try posturectl("replay", broken), try posturectl("replay", "-", input: broken))
    #expect(file.status == 65 && piped.status == 65 && file.output == piped.output)
    #expect(kinds(file.output).count { $0 == "deviated" } > 5)
    #expect(file.errors.replacing(broken, with: "standard input") == piped.errors)
  }

  /// It is opened once: between two openings there would be nobody to write to.
  @Test func aNamedPipeIsReadToItsEnd() throws {
    let path = try Recording.path()
    let file = try posturectl("replay", path, "--checksum")
    let pipe = directory.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    for _ in 0..<8 {
      let writer = try Running(path: "/bin/sh", ["-c", "exec cat '\(path)' >'\(pipe)'"])
      #expect(try posturectl("replay", pipe, "--checksum") == file)
      #expect(try writer.wait().status == 0)
    }
  }

  /// Also under another name of it, and a recording that is not read at all.
  @Test func noOutputTakesTheRecordingsPlace() throws {
    let text = try contents(of: try Recording.path())
    let trace = try directory.write(text, to: "a.trace")
    let other = try directory.write(text, to: "b.trace")
    let again = directory.path + "/./a.trace"
    let itself = "found the recording itself, expected another file"
    for (arguments, message) in [
      (["replay", trace, "--events", again], "posturectl: --estimates and --events: \(itself)\n"),
      (["replay", trace, "--estimates", again], "posturectl: --estimates and --events: \(itself)\n"),
      (["plot", trace, "--format", "svg", "-o", again], "posturectl: --output: \(itself)\n"),
      (
        ["plot", trace, "--format", "html", "-o", other],
        "posturectl: --output: found a recording or its labels in '\(other)', expected another file: it would be lost\n"
      ),
    ] {
      let refused = try run("posturectl", arguments)
      #expect(refused.status == 64 && refused.errors == message, "\(refused)")
    }
    #expect(try contents(of: trace) == text && contents(of: other) == text)
  }

  @Test func estimatesGoToTheirFile() throws {
    let path = try Recording.path()
    let piped = try posturectl("replay", path, "--estimates", "-")
    let filed = try posturectl(
      "replay", path, "--estimates", directory.file("u"), "--events", directory.file("e"))
    #expect(filed.output.isEmpty)
    #expect(filed.errors == piped.errors)
    #expect(try contents(of: directory.file("u")) == piped.output)
    #expect(try contents(of: directory.file("e")) == (try posturectl("replay", path).output))
    let rows = lines(try contents(of: path)).count { !$0.hasPrefix("#") }
    #expect(lines(piped.output).count == rows)
  }

  @Test func jsonHoldsTheSameEvents() throws {
    let path = try Recording.path()
    let json = try posturectl("replay", path, "--json")
    let records = lines(json.output).compactMap { JSONLine.decode(EventRecord.self, from: $0)?.text }
    #expect(records == lines(try posturectl("replay", path).output))
    let summary = /\{"class":"summary","deviations":1,"duration_s":[\d.]+,"reminders":0,"samples":\d+\}\n/
    #expect(json.errors.wholeMatch(of: summary) != nil)
  }

  @Test func settingsAndFilesChangeTheDecisions() throws {
    let path = try Recording.path()
    let set = try posturectl("replay", path, "--set", "detector.enter=60deg")
    #expect(kinds(set.output) == ["calibrated"])
    let file = try directory.write("detector.enter: 60 deg\n", to: "c")
    #expect(try posturectl("replay", path, "--config", file) == set)
    let reference = try posturectl("replay", path, "--reference", "first 2 s")
    #expect(reference.output.hasPrefix("2000000 calibrated "))
  }

  /// One that was killed is a recording all the same; what must be whole says that it is not.
  @Test func aRecordingThatBreaksOffIsReplayedUpToItsLastWholeLine() throws {
    let whole = lines(try contents(of: try Recording.path()))
    let kept = whole.prefix(3999).joined(separator: "\n") + "\n"
    let path = try directory.write(kept + whole[3999].dropLast(), to: "t")
    let cut = "\(path):4000: found '\(whole[3999].dropLast())' and then the end of the file, expected a whole line"
    let replay = try posturectl("replay", path)
    #expect(replay.status == 0)
    #expect(kinds(replay.output) == ["calibrated", "deviated"])
    #expect(replay.errors.hasPrefix("posturectl: \(cut): left out, all lines before it were read\n"))
    #expect(replay.output == (try posturectl("replay", try directory.write(kept, to: "k"))).output)

    let golden = try directory.write(replay.output, to: "g")
    let check = try posturectl("replay", path, "--check", golden)
    #expect(check.status == 65 && check.errors == "posturectl: \(cut)\n")
    let daemon = try postured("--trace", path, "--check")
    #expect(daemon.status == 0 && daemon.output.contains("warning: \(cut): left out"))
    let playing = try postured("--trace", path, "--speed", "max", "--socket", directory.file("s"))
    #expect(playing.status == 0 && playing.errors.contains("warning \(cut): left out"))
  }

  @Test func aReaderThatHasSeenEnoughEndsItQuietly() throws {
    let command = "'\(try program("posturectl"))' replay '\(try Recording.path())' --estimates - | head -1"
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/bash")
    shell.arguments = ["-c", command + "; echo ${PIPESTATUS[0]}"]
    let (output, errors) = (Pipe(), Pipe())
    shell.standardOutput = output
    shell.standardError = errors
    try shell.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaints = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    #expect(text == "timestamp_us,ux,uy,uz,flexion_deg,lateral_deg,total_deg,uncertainty_deg\n0\n")
    #expect(complaints.isEmpty)
  }
}
