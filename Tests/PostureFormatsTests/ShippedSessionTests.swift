// SPDX-License-Identifier: MIT
import Foundation
import PostureCore
import PostureFormats
import PosturePacing
import Testing

/// `systemd/sessions`: what is installed can be run, and keeps to the times that its sources give.
struct ShippedSessionTests {
  private static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "systemd/sessions")

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: Self.directory.appending(path: name + ".session")))
  }

  private func session(_ name: String) throws -> SessionFile {
    try SessionFile(reading: bytes(name), named: "\(name).session")
  }

  @Test func theyAreThese() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.directory.path).sorted()
    #expect(
      files == ["mobility.session", "own.session", "relaxation-long.session", "relaxation-short.session"])
  }

  /// Tense 5 to 7 s, let go for 30 to 40 s, each tensing followed by its letting go.
  @Test(arguments: [("relaxation-long", 19, 840.0...960), ("relaxation-short", 14, 540...660)])
  func relaxationKeepsItsTimes(name: String, groups: Int, length: ClosedRange<Double>) throws {
    let file = try session(name)
    let steps = file.plan.steps
    #expect(file.source?.contains("Jacobson") == true && !file.notes.isEmpty)
    #expect(length.contains(file.plan.length.seconds))
    let tensed = steps.indices.filter { steps[$0].cue == .tense }
    #expect(tensed.count == groups && steps.filter { $0.cue == .release }.count == groups)
    for index in tensed {
      #expect((5...7).contains(steps[index].length.seconds), "\(steps[index].words)")
      let release = steps[index + 1]
      #expect(release.cue == .release && release.check == .still)
      #expect((30...40).contains(release.length.seconds), "\(release.words)")
    }
    #expect(steps.first?.cue == .step && steps.last?.cue == .step)
  }

  /// Nobody is to strain against a held breath, or to get a cramp in the calf.
  @Test(arguments: ["relaxation-long", "relaxation-short"]) func relaxationIsGentle(name: String) throws {
    let file = try session(name)
    let words = file.plan.steps.map { $0.words.lowercased() }
    #expect(
      words.allSatisfy { words in
        !["hold the breath", "hold your breath", "breathe in", "hard"].contains { words.contains($0) }
      })
    #expect(file.source?.contains("adapted from Bernstein and Borkovec") == true)
    for advice in [
      "never hold your breath", "leave out a step that hurts", "heart, blood pressure or eyes ask a physician",
    ] {
      #expect(file.notes.contains { $0.contains(advice) }, "\(advice)")
    }
    let toes = file.plan.steps.filter { $0.cue == .tense && $0.words.contains("toes") }
    #expect(!toes.isEmpty && toes.allSatisfy { $0.length == .seconds(5) })
  }

  /// Three minutes, in which movement is looked for, and no exercise is named.
  @Test func theTimerNamesNoExercise() throws {
    let file = try session("mobility")
    let exercises = file.plan.steps.filter { $0.check == .moving }
    #expect(file.plan.length == .seconds(180) && exercises.count == 3)
    #expect(exercises.allSatisfy { $0.words.hasSuffix("exercise, as your therapist showed you.") })
    #expect(file.plan.steps.allSatisfy { $0.check != .still } && !file.notes.isEmpty)
  }

  /// An empty box: nothing to be run, until its lines are taken out of the remarks.
  @Test func theBoxIsEmptyAndItsExampleIsRight() throws {
    #expect(throws: InputError(source: "own.session", found: "no steps", expected: "at least one")) {
      try session("own")
    }
    let text = String(decoding: try bytes("own"), as: UTF8.self)
    let filled = text.replacing(/(?m)^#(step|repeat|  step|end)/) { "\($0.1)" }
    let file = try SessionFile(reading: Array(filled.utf8), named: "own.session")
    #expect(file.plan.steps.count == 6 && file.plan.length == .seconds(144))
    // What explains the headers is none itself.
    #expect(file.plan.title == "My own session" && file.source == nil && file.notes.isEmpty)
  }
}
