// SPDX-License-Identifier: MIT
// Members are named as in the output, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import Foundation
import PostureFormats
import TestSupport
import Testing

/// What the daemon stores is what `posturectl history` shows and `posturectl forget` removes.
struct HistoryCommandTests {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("s") }
  private var database: String { directory.file("history.db") }

  private struct Rows: Decodable {
    struct Row: Decodable {
      var date: String
      var hour: Int?
      var worn_s: Double
      var judged_s: Double
      var upright_s: Double
      var forward_s: Double
      var nudges: Int
    }
    var rows: [Row]
  }

  private func rows(_ options: String...) throws -> [Rows.Row] {
    let outcome = try run("posturectl", ["history", "--json", "--database", database] + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(Rows.self, from: Data(outcome.output.utf8)).rows
  }

  private func play() throws {
    let outcome = try postured(
      "--scenario", "slow-slouch", "--speed", "max", "--set", "detector.trigger=hold", "--history", database,
      "--socket", socket)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func whatWasWornIsShownByDayAndByHour() throws {
    try play()
    let days = try rows("--days", "2")
    #expect(days.count == 2)
    // It may be past midnight by now.
    let worn = days.map(\.worn_s).reduce(0, +)
    #expect(worn > 30)
    #expect(days.map(\.nudges).reduce(0, +) == 1)
    #expect(days.map(\.forward_s).reduce(0, +) > 5)
    #expect(days.allSatisfy { $0.upright_s + $0.forward_s <= $0.judged_s + 0.05 && $0.judged_s <= $0.worn_s + 0.05 })
    let date = try #require(days.last { $0.worn_s > 0 }).date
    let hours = try rows("--day", "--date", date)
    #expect(abs(hours.map(\.worn_s).reduce(0, +) - (try #require(days.last { $0.worn_s > 0 }).worn_s)) < 0.01)
    #expect(hours.allSatisfy { $0.date == date && $0.hour != nil })
    let table = try posturectl("history", "--database", database, "--days", "2")
    #expect(lines(table.output).contains { $0.contains(date) && $0.contains("0:01") })
    let csv = try posturectl("history", "--database", database, "--days", "2", "--csv")
    #expect(lines(csv.output).count == 3)
    #expect(Set(lines(csv.output).map { $0.split(separator: ",", omittingEmptySubsequences: false).count }) == [26])
  }

  @Test func everyStartIsAddedToTheSameHistory() throws {
    try play()
    let once = try rows("--days", "2").map(\.worn_s).reduce(0, +)
    try play()
    #expect(abs(try rows("--days", "2").map(\.worn_s).reduce(0, +) - 2 * once) < 0.3)
  }

  @Test func whatIsForgottenIsGoneWhileTheDaemonGoesOn() throws {
    try play()
    let daemon = try daemon(
      socket, "--simulate", "--seed", "3", "--speed", "50", "--history", database)
    try waitUntil("a sample") { try !posturectl("status", "--socket", socket).output.contains("not found yet") }
    #expect(try rows("--days", "2").map(\.nudges).reduce(0, +) == 1)
    let outcome = try posturectl("forget", "--all", "--socket", socket)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try rows("--days", "2").map(\.nudges).reduce(0, +) == 0)
    daemon.signal(SIGINT)
    #expect(try daemon.wait().status == 0)
  }

  @Test func aDaemonWithoutAHistoryHasNothingToForget() throws {
    let daemon = try daemon(socket, "--simulate", "--speed", "50")
    let outcome = try posturectl("forget", "--last", "60min", "--socket", socket)
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("forget: there is no history"))
    daemon.signal(SIGINT)
    _ = try daemon.wait()
  }

  @Test(
    arguments: [
      (["history", "--database", "/nowhere/h.db"], 66, "/nowhere/h.db: there is no history: found no such file"),
      (["history", "--day", "--week"], 64, "--day and --week: found both, expected one of them"),
      (["history", "--date", "2026-02-30"], 64, "2026-02-30"),
      (["history", "--days", "0"], 64, "--days: found 0, expected 1 to 3700"),
      (["forget"], 64, "expected one of them"), (["forget", "--all", "--last", "5min"], 64, "expected one of them"),
      (["forget", "--last", "5s"], 64, "5s"),
    ] as [([String], Int32, String)]) func wrongUsageIsSaid(_ arguments: [String], status: Int32, words: String) throws
  {
    let outcome = try run("posturectl", arguments)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }
}
