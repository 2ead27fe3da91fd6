// SPDX-License-Identifier: MIT
import Foundation
import PostureFormats
import TestSupport
import Testing

/// The daemon plans the day, and `posturectl programme` says so.
struct ProgrammeCommandTests {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("s") }

  private func programme() throws -> ProgrammeMessage {
    let outcome = try run("posturectl", ["programme", "--json", "--socket", socket])
    #expect(outcome.status == 0 && outcome.errors == "")
    return try #require(JSONLine.decode(ProgrammeMessage.self, from: lines(outcome.output).first ?? ""))
  }

  @Test func whereItIsOffItSaysSo() throws {
    let daemon = try daemon(socket, "--simulate")
    let outcome = try run("posturectl", ["programme", "--socket", socket])
    #expect(outcome == Outcome(status: 0, output: "The programme is off (programme.enabled).\n", errors: ""))
    #expect(daemon.isRunning)
  }

  @Test func theFirstDayIsPlannedAndBeginsWithoutCues() throws {
    let history = directory.file("history.db")
    for _ in 0..<2 {
      let daemon = try daemon(
        socket, "--simulate", "--speed", "200", "--history", history, "--set", "programme.enabled=yes", "--set",
        "programme.shortest=7 min", "--set", "programme.longest=8 min")
      try waitUntil("a plan") { try programme().has_plan }
      let message = try programme()
      // Simulated time may pass midnight, and the next day begin.
      if message.has_plan {
        #expect(message.planned_s == 480 && message.sessions == 1 && message.goal_percent == 80)
        #expect(message.reason == "start" && message.learning == "too-few")
        let page = try run("posturectl", ["programme", "--socket", socket]).output
        #expect(lines(page).count == 4 || page.contains("There is no plan yet"))
      }
      try waitUntil("the motor's silence") {
        let status = try run("posturectl", ["status", "--json", "--socket", socket]).output
        return JSONLine.decode(StatusMessage.self, from: lines(status).first ?? "")?.cue_mode == "tracking"
      }
      daemon.signal(SIGTERM)
      #expect(try daemon.wait().status == 0)
    }
    let happened = try run("posturectl", ["history", "--json", "--days", "3", "--database", history])
    #expect(happened.status == 0)
  }

  @Test func itDoesNotGoWithTrainingHours() throws {
    let outcome = try run(
      "postured",
      ["--check", "--simulate", "--set", "programme.enabled=yes", "--set", "cues.training-hours=09:00-12:00"])
    #expect(outcome.status != 0)
    #expect(outcome.errors.contains("programme.enabled: found yes beside cues.training-hours"))
  }
}
