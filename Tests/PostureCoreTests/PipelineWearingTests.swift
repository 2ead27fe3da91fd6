// SPDX-License-Identifier: MIT
import PostureCore
import Testing

@Suite struct PipelineWearingTests {
  /// Worn upright, taken off after `off` seconds, and put on again 60 s later, so many degrees from how it sat.
  private func trunk(off: Double, turned: Double) -> Trunk {
    var trunk = Trunk()
    trunk.flexion = { time in
      if time < off { return swing(0.3, 0.25)(time) }
      if time < off + 60 { return 0 }
      if time < off + 62 { return turned * (time - off - 60) / 2 }
      return turned + swing(0.3, 0.25)(time)
    }
    return trunk
  }

  @Test func takenOffAndPutOnAsBefore() throws {
    var run = Run(isWorn: true)
    run.take(trunk(off: 30, turned: 5).samples(0, 130))
    #expect(run.kinds == ["calibrated", "taken off", "put on"])
    let off = try #require(run.last("taken off")).time
    #expect(off > at(50) && off < at(60))
    let on = try #require(run.last("put on")).time
    #expect(on > at(90) && on < at(102))
    #expect(run.outputs.filter { $0.time > off && $0.time < on }.allSatisfy { $0.context == .offBody })
    #expect(run.outputs.last?.posture == .upright && !run.pipeline.circumstances.isDoubted)
    #expect(run.cues.map(\.cue.kind) == [.acknowledgement])
  }

  /// Doubted, it asks once, and reminds of nothing until the wearer has answered.
  @Test func aDoubtIsAskedOnceAndSilences() throws {
    var run = Run(isWorn: true)
    let trunk = self.trunk(off: 30, turned: 40)
    run.take(trunk.samples(0, 300))
    #expect(run.pipeline.circumstances.isDoubted)
    #expect(run.kinds.filter { $0 == "worn differently" }.count == 1)
    #expect(run.cues.map(\.cue.kind) == [.acknowledgement, .question])
    #expect(!run.kinds.contains("deviated") && !run.kinds.contains("reminded"))
    #expect(run.kinds.contains("deviated without a cue: wornDifferently"))
    run.pipeline.perform(.keepReference, at: at(300))
    run.take(trunk.samples(300, 310))
    #expect(run.kinds.suffix(2) == ["worn as before", "reminded"])
    #expect(
      run.cues.suffix(2).map(\.cue.kind) == [.acknowledgement, .reminder] || run.cues.last?.cue.kind == .reminder)
    #expect(!run.pipeline.circumstances.isDoubted)
  }

  /// At night it is doubted without a question.
  @Test func aDoubtInQuietHoursIsNotAsked() {
    var run = Run(isWorn: true)
    run.pipeline.perform(.setQuiet(true), at: at(0))
    run.take(trunk(off: 30, turned: 40).samples(0, 150))
    #expect(run.pipeline.circumstances.isDoubted && run.kinds.contains("worn differently"))
    #expect(run.cues.map(\.cue.kind) == [.acknowledgement])
  }

  /// It is owed: asked once, as soon as cues may be given.
  @Test func aQuestionWaitsForTheEndOfTheQuietHours() {
    var run = Run(isWorn: true)
    let trunk = trunk(off: 30, turned: 40)
    run.pipeline.perform(.setQuiet(true), at: at(0))
    run.take(trunk.samples(0, 150))
    run.pipeline.perform(.setQuiet(false), at: at(150))
    run.take(trunk.samples(150, 300))
    #expect(run.cues.map(\.cue.kind) == [.acknowledgement, .question])
    #expect(run.cues.last.map { $0.time >= at(150) && $0.time < at(151) } == true)
  }

  /// Answered before it could be asked.
  @Test func aQuestionThatIsNotOwedAnyMoreIsNotAsked() {
    var run = Run(isWorn: true)
    let trunk = trunk(off: 30, turned: 40)
    run.pipeline.perform(.setQuiet(true), at: at(0))
    run.take(trunk.samples(0, 150))
    run.pipeline.perform(.keepReference, at: at(150))
    run.pipeline.perform(.setQuiet(false), at: at(150))
    run.take(trunk.samples(150, 200))
    #expect(!run.cues.map(\.cue.kind).contains(.question))
  }

  /// While life is not seen a cue waits: in the seconds before it is known to be off, nothing buzzes on a table.
  @Test func aTableIsNotReminded() {
    var trunk = Trunk()
    trunk.flexion = { $0 < 30 ? swing(0.3, 0.25)($0) : min(($0 - 30) * 60, 50) }
    var run = Run(isWorn: true)
    run.take(trunk.samples(0, 120))
    #expect(run.kinds.first == "calibrated" && run.kinds.contains("taken off"))
    #expect(run.cues.map(\.cue.kind) == [.acknowledgement])
    #expect(!run.pipeline.circumstances.isAlive)
  }
}
