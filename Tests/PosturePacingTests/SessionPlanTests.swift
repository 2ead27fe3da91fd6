// SPDX-License-Identifier: MIT
import PostureCore
import PosturePacing
import Testing

/// The limits of sessions and their steps, from both sides.
struct SessionPlanTests {
  private func fault(_ make: () throws -> Void) -> SessionFault? {
    do { try make() } catch { return error as? SessionFault }
    return nil
  }

  @Test func aStepKeepsItsLimits() throws {
    _ = try step(1)
    _ = try step(600, nil, String(repeating: "w", count: 160))
    _ = try step(5, .release, "Löse den Kiefer – ganz.")
    #expect(fault { _ = try step(0.999) }?.expected == "1 s to 10 min")
    #expect(fault { _ = try step(600.000001) }?.expected == "1 s to 10 min")
    #expect(fault { _ = try step(5, .step, "") }?.found == "no words")
    #expect(fault { _ = try step(5, .step, String(repeating: "ü", count: 81)) }?.found == "162 bytes")
    for words in ["a\nb", "a\tb", "a\u{1B}[2J", "a\u{202E}b", "a\u{2028}b", "a\u{0}"] {
      #expect(fault { _ = try step(5, .step, words) }?.expected == "words on one line", "\(words)")
    }
    for cue in [Cue.Kind.nudge, .finish, .breakReminder] { #expect(fault { _ = try step(5, cue) } != nil, "\(cue)") }
  }

  @Test func aSessionKeepsItsLimits() throws {
    let seconds = try (0..<500).map { _ in try step(1) }
    #expect(try SessionPlan(title: "t", steps: seconds).length == .seconds(500))
    #expect(fault { _ = try SessionPlan(title: "t", steps: seconds + [try step(1)]) }?.found == "501 steps")
    let minutes = try (0..<6).map { _ in try step(600) }
    #expect(try SessionPlan(title: "t", steps: minutes).length == SessionPlan.longest)
    let longer = fault { _ = try SessionPlan(title: "t", steps: minutes + [try step(1)]) }
    #expect(longer?.found == "3601 s in all" && longer?.expected == "at most 60 min")
    #expect(fault { _ = try SessionPlan(title: "t", steps: []) }?.found == "no steps")
    #expect(fault { _ = try SessionPlan(title: "", steps: seconds) }?.found == "no words")
    #expect(
      fault { _ = try SessionPlan(title: String(repeating: "t", count: 101), steps: seconds) }?.found == "101 bytes")
  }
}
