// SPDX-License-Identifier: MIT
// Members are named as in the report, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import PostureFormats
import TestSupport
import Testing

/// `posturectl session` against a running daemon, twenty times as fast as the world, and against files.
struct SessionCommandTests {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("s") }

  private static let text = """
    # postured-session: 1
    # title: A try
    # note: Warm hands.
    step 10 s cue tense, check moving: Clench both fists.
    step 20 s cue release, check still: Let go.

    """

  private func file(_ text: String = text) throws -> String { try directory.write(text, to: "try.session") }

  private func started(speed: String = "20") throws -> Running {
    let running = try daemon(socket, "--simulate", "--speed", speed, "--set", "history.file=none")
    try waitUntil("samples") { try status().state == "running" }
    return running
  }

  private func status() throws -> StatusMessage {
    let output = try run("posturectl", ["status", "--json", "--socket", socket]).output
    guard let message = JSONLine.decode(StatusMessage.self, from: lines(output).first ?? "") else {
      throw Failure("no status: \(output)")
    }
    return message
  }

  private func session(_ arguments: String...) throws -> Outcome {
    try run("posturectl", ["session"] + arguments + ["--socket", socket])
  }

  @Test func itIsRunToItsEnd() throws {
    let daemon = try started()
    let outcome = try session("run", file())
    #expect(outcome.status == 0 && outcome.errors == "")
    let said = lines(outcome.output)
    #expect(said.first == "A try: 2 steps, 30 s")
    // Before the first step, in whole.
    #expect(said[1].contains("not a medical device") && said[1].contains("ask a physician first"))
    #expect(said[2] == "Warm hands." && said[3] == "1/2, 10 s  Clench both fists.")
    #expect(said[4].hasPrefix("    moving for ") && said[5] == "2/2, 20 s  Let go.")
    #expect(said[6].hasPrefix("    still for ") && said.count == 8)
    #expect(said[7].hasPrefix("Finished after 30 s, 2 of 2 steps: still for ") && said[7].hasSuffix("."))
    try waitUntil("the end of it") { try daemon.errors.contains(" session-ended") }
    let errors = try daemon.errors
    for event in [" session-begun", "cue=tense", "cue=release", "cue=finish"] { #expect(errors.contains(event)) }
  }

  @Test func itIsToldAsJSON() throws {
    let daemon = try started()
    let outcome = try session("run", file(), "--json")
    #expect(outcome.status == 0 && outcome.errors.contains("ask a physician first") && daemon.isRunning)
    #expect(
      lines(outcome.output).compactMap { JSONLine.messageClass(of: $0) } == [
        "session", "session-step", "session-check", "session-step", "session-check", "session-ended",
      ])
  }

  private struct Report: Decodable {
    struct Session: Decodable, Equatable {
      var title: String
      var ending: String
      var planned_s: Int
      var lasted_s: Int
      var steps: Int
    }
    var sessions: [Session]
  }

  /// What came of it is kept beyond the daemon's end.
  @Test func itIsKeptInTheHistory() throws {
    let database = directory.file("history.db")
    let daemon = try Running(
      "postured", ["--simulate", "--speed", "20", "--socket", socket, "--history", database])
    try waitUntil("the daemon") { try daemon.errors.contains(" listening on ") }
    try waitUntil("samples") { try status().state == "running" }
    #expect(try session("run", file()).status == 0)
    daemon.signal(SIGTERM)
    #expect(try daemon.wait().status == 0)
    let report = try posturectl("report", "--output", "-", "--format", "json", "--database", database)
    let kept = try JSONDecoder().decode(Report.self, from: Data(report.output.utf8)).sessions
    #expect(kept == [Report.Session(title: "A try", ending: "finished", planned_s: 30, lasted_s: 30, steps: 2)])
  }

  /// Whoever goes away without a word does not end it; whoever presses Ctrl-C does.
  @Test func itGoesOnWithoutItsClientUnlessThatStopsIt() throws {
    let daemon = try started(speed: "1")
    let path = try file()
    do {
      let client = try Running("posturectl", ["session", "run", path, "--socket", socket])
      try waitUntil("the first step") { try client.output.contains("1/2") }
      client.signal(SIGKILL)
      #expect(try client.wait().status == -SIGKILL)
    }
    #expect(try status().session == "A try")
    let again = try session("run", path)
    #expect(again.status == 69 && again.errors == "posturectl: session: one runs already: A try\n")
    let running = try session("status")
    #expect(running.output.hasPrefix("A try, ") && running.output.contains("\n1/2, "))
    #expect(try session("stop") == Outcome(status: 0, output: "", errors: ""))
    #expect(try session("status").output == "No session runs.\n")
    #expect(try session("stop").errors == "posturectl: session-stop: no session runs\n")

    let client = try Running("posturectl", ["session", "run", path, "--socket", socket])
    try waitUntil("the first step") { try client.output.contains("1/2") }
    client.signal(SIGINT)
    let outcome = try client.wait()
    #expect(outcome.status == 0 && lines(outcome.output).last?.hasPrefix("Stopped after ") == true)
    #expect(try status().session == nil && daemon.isRunning)
  }

  /// A countdown, of which nothing is left.
  @Test func onATerminalItCountsDown() throws {
    let daemon = try started()
    let terminal = try PseudoTerminal()
    let client = try Running(
      "posturectl", ["session", "run", file(), "--socket", socket], output: terminal.handle)
    #expect(try client.wait().status == 0 && daemon.isRunning)
    let text = terminal.take()
    #expect(text.contains("1/2  Clench both fists.") && text.contains("\r\u{1B}[K    10 s"))
    #expect(text.contains("\r\u{1B}[KFinished after 30 s"))
  }

  @Test func aFileIsCheckedBeforeAnythingIsAsked() throws {
    #expect(try posturectl("session", "check", file()).output == "A try: 2 steps, 30 s\n")
    let wrong = try file(Self.text + "step 5 s cue nudge: W.\n")
    for command in ["check", "show", "run"] {
      let outcome = try posturectl("session", command, wrong)
      #expect(
        outcome
          == Outcome(
            status: 65, output: "",
            errors:
              "posturectl: \(wrong):6: step: found 'cue nudge', expected 'cue step', 'cue tense', 'cue release' or 'silent'\n"
          ))
    }
    #expect(try posturectl("session", "check", directory.file("none.session")).status == 66)
  }

  @Test func aNameIsLookedForOnTheShelf() throws {
    _ = try file()
    _ = try directory.write("# postured-session: 1\n# title: Box\n", to: "box.session")
    _ = try directory.write("# postured-session: 1\n# title: \nstep\n", to: "wrong.session")
    let shelf = ["--directory", directory.path]
    let list = try run("posturectl", ["session", "list"] + shelf)
    #expect(
      lines(list.output) == [
        "box                     empty: to be filled in",
        "try                     A try: 2 steps, 30 s",
        "wrong                   cannot be run: found no words, expected 1 to 100 bytes",
      ])
    let listed = try run("posturectl", ["session", "list", "--json"] + shelf)
    let messages = lines(listed.output).compactMap { JSONLine.decode(SessionFileMessage.self, from: $0) }
    #expect(messages.map(\.name) == ["box", "try", "wrong"] && messages.map(\.length_s) == [nil, 30, nil])
    #expect(messages[0].fault == "found no steps, expected at least one" && messages[1].fault == nil)
    let shown = try run("posturectl", ["session", "show", "try", "--json"] + shelf).output
    #expect(
      shown == #"{"class":"session-file","length_s":30,"notes":["Warm hands."],"steps":["#
        + #"{"check":"moving","cue":"tense","for_s":10,"words":"Clench both fists."},"#
        + #"{"check":"still","cue":"release","for_s":20,"words":"Let go."}],"title":"A try"}"# + "\n")
    #expect(try run("posturectl", ["session", "check", "try", "--json"] + shelf).output == shown)
    let show = try run("posturectl", ["session", "show", "try"] + shelf)
    #expect(show.output.hasPrefix("A try: 2 steps, 30 s\nA reminder, not a medical device."))
    #expect(show.output.contains("\n2   20 s         release, check still   Let go.\n"))
    let none = try run("posturectl", ["session", "show", "other"] + shelf)
    #expect(none.status == 66 && none.errors.contains("there is no session 'other' in \(directory.path)"))
  }

  @Test func aDirectoryThatIsNotThereIsToldFromOneWithoutSessions() throws {
    let missing = directory.file("missing")
    for command in [["list"], ["show", "try"]] {
      let outcome = try run("posturectl", ["session"] + command + ["--directory", missing])
      let reason = "there is no directory \(missing): give the one that holds the sessions with --directory"
      #expect(outcome == Outcome(status: 66, output: "", errors: "posturectl: \(reason)\n"))
    }
    let empty = try posturectl("session", "list", "--directory", directory.path)
    let reason = "there are no sessions in \(directory.path): no file there ends in .session"
    #expect(empty == Outcome(status: 66, output: "", errors: "posturectl: \(reason)\n"))
  }
}
