// SPDX-License-Identifier: MIT
import PostureFormats
import PostureTuning
import Testing

struct TuningTests {
  /// Hits, missed and false cues on each recording.
  private func trial(_ name: String, _ counts: [(Int, Int, Int)]) -> Tuning.Trial {
    Tuning.Trial(
      [TraceSetting(key: "k", value: name)],
      counts.map { counts in
        var score = CueScore()
        (score.hits, score.missed, score.falseCues) = counts
        score.cues = counts.0 + counts.2
        return score
      })
  }

  private func names(_ tuning: Tuning) -> [String] { tuning.ranked.map { $0.settings[0].value } }

  @Test func theBestIsFirstAndEqualOnesKeepTheirOrder() {
    let trials = [
      trial("a", [(5, 5, 5)]), trial("b", [(9, 1, 1)]), trial("c", [(9, 1, 1)]), trial("d", [(10, 0, 40)]),
      trial("e", [(0, 10, 0)]),
    ]
    let usual = trial("usual", [(1, 1, 1)])
    #expect(names(Tuning(trials, usual: usual, objective: .f1)) == ["b", "c", "a", "d", "e"])
    #expect(Tuning(trials, usual: usual, objective: .f1).bestCount == 2)
    #expect(names(Tuning(trials, usual: usual, objective: .recall)) == ["d", "b", "c", "a", "e"])
    // Nothing is known of the precision of one that gave no cue.
    #expect(names(Tuning(trials, usual: usual, objective: .precision)) == ["b", "c", "a", "d", "e"])
  }

  @Test func ofEqualOnesTheOneWithFewerFalseCuesIsBetter() {
    let trials = [trial("a", [(8, 2, 4)]), trial("b", [(8, 4, 2)])]
    #expect(names(Tuning(trials, usual: trials[0], objective: .f1)) == ["b", "a"])
  }

  /// Each recording has a setting that suits it alone; what suits all is in force.
  @Test func aChoiceThatSuitsOneRecordingIsSaidNotToGeneralise() throws {
    let trials = [
      trial("a", [(10, 0, 0), (4, 6, 6), (4, 6, 6)]), trial("b", [(3, 7, 6), (10, 0, 0), (5, 5, 6)]),
      trial("c", [(5, 5, 6), (3, 7, 6), (10, 0, 0)]),
    ]
    let usual = trial("usual", [(6, 4, 4), (6, 4, 4), (6, 4, 4)])
    let result = try #require(Tuning(trials, usual: usual, objective: .f1).leaveOneOut([0, 1, 2]))
    #expect(result.folds.map(\.left) == [0, 1, 2])
    // Without the first recording b is best on the others, without the second c, without the third a.
    #expect(result.folds.map { $0.settings[0].value } == ["b", "c", "a"])
    #expect(result.total.hits == 3 + 3 + 4 && result.total.falseCues == 18)
    #expect(result.doubt?.contains("worse than the settings in force") == true)
  }

  @Test func aChoiceThatHoldsEverywhereGeneralises() throws {
    let trials = [trial("a", [(9, 1, 1), (9, 1, 0), (8, 2, 1)]), trial("b", [(5, 5, 5), (4, 6, 5), (6, 4, 5)])]
    let usual = trial("usual", [(6, 4, 4), (6, 4, 4), (6, 4, 4)])
    let result = try #require(Tuning(trials, usual: usual, objective: .f1).leaveOneOut([0, 1, 2]))
    #expect(result.folds.allSatisfy { $0.settings[0].value == "a" } && result.doubt == nil)
    #expect(result.total == result.seen)
  }

  @Test func aChoiceThatLosesMuchIsDoubtedThoughItIsBetterThanBefore() throws {
    let trials = [trial("a", [(10, 0, 0), (5, 5, 5)]), trial("b", [(5, 5, 5), (9, 1, 0)])]
    let usual = trial("usual", [(1, 9, 9), (1, 9, 9)])
    let result = try #require(Tuning(trials, usual: usual, objective: .f1).leaveOneOut([0, 1]))
    #expect(result.doubt?.contains("much worse than on those it was chosen on") == true)
  }

  @Test(arguments: Objective.allCases) func whereNothingIsWantedTheFewestFalseCuesAreBest(objective: Objective) throws {
    let trials = [
      trial("a", [(0, 0, 2), (0, 0, 1)]), trial("b", [(0, 0, 0), (0, 0, 1)]), trial("c", [(0, 0, 0), (0, 0, 0)]),
      trial("d", [(0, 0, 0), (0, 0, 0)]),
    ]
    let tuning = Tuning(trials, usual: trials[0], objective: objective)
    #expect(names(tuning) == ["c", "d", "b", "a"])
    #expect(!tuning.wantsCues && tuning.bestCount == 2)
    let result = try #require(tuning.leaveOneOut([0, 1]))
    #expect(
      result.doubt == "on none of the recordings that were left out has \(objective.rawValue) a value")
  }

  /// What is wanted in one recording is no matter in another.
  @Test func aRecordingThatWantsNothingStillCountsItsFalseCues() throws {
    let trials = [trial("a", [(5, 0, 0), (0, 0, 5)]), trial("b", [(5, 0, 0), (0, 0, 0)])]
    let tuning = Tuning(trials, usual: trials[0], objective: .f1)
    #expect(names(tuning) == ["b", "a"] && tuning.wantsCues)
    #expect(try #require(tuning.leaveOneOut([0, 1])).doubt == nil)
  }

  @Test func unlabelledRecordingsHaveNoSay() throws {
    let trials = [trial("a", [(9, 1, 1), (9, 1, 0), (0, 0, 0)]), trial("b", [(5, 5, 5), (4, 6, 5), (0, 0, 0)])]
    let tuning = Tuning(trials, usual: trials[1], objective: .f1)
    #expect(try #require(tuning.leaveOneOut([0, 1])).folds.count == 2)
    #expect(tuning.leaveOneOut([0]) == nil)
  }
}

struct TuningPlanTests {
  private func combinations(_ texts: String...) throws -> [[TraceSetting]] {
    try SettingGrid(texts.map { try VariedSetting($0) }).all()
  }

  @Test func whatContradictsItselfIsLeftOutAndCounted() throws {
    let plan = try TuningPlan(
      combinations("detector.enter=5,15deg", "detector.leave=4,10deg"), usual: [], on: [TraceOpening()], threads: 2)
    #expect(plan.settings.count == 4 && plan.contradictions == 1)
    #expect(plan.firstContradiction?.key == "detector.leave")
    // The trace's own limit may contradict too.
    let strict = TraceOpening(settings: [TraceSetting(key: "detector.leave", value: "12 deg")])
    let other = try TuningPlan(combinations("detector.enter=5,15deg"), usual: [], on: [strict], threads: 2)
    #expect(other.settings.count == 2 && other.contradictions == 1)
  }

  @Test func everySettingIsTriedOnceOnEveryRecording() throws {
    let plan = try TuningPlan(
      combinations("detector.enter=8..20deg/1deg", "filter.time-constant=2,3s", "detector.hold=1..50s/1"), usual: [],
      on: [TraceOpening(), TraceOpening()], threads: 2)
    var seen: [Int: [Int]] = [:]
    for job in plan.jobs {
      seen[job.trace, default: []] += job.settings
      // Up is computed once for all of a job.
      let filters = Set(
        job.settings.map { plan.settings[$0].first { $0.key == "filter.time-constant" }?.value ?? "3 s" })
      #expect(filters.count == 1 && job.settings.count <= 256)
    }
    #expect(seen.count == 2)
    #expect(seen.values.allSatisfy { $0.sorted() == Array(plan.settings.indices) })
    #expect(plan.jobs.count >= 8)
  }

  /// What is kept of them is a number each: one run of a recording for each value of what is known, not for each
  /// setting, and one for what is left to the recording.
  @Test func groupsAreAsManyAsTheValuesOfWhatIsKnown() throws {
    let strict = TraceOpening(settings: [TraceSetting(key: "filter.time-constant", value: "2 s")])
    let plan = try TuningPlan(
      combinations("filter.time-constant=2,3s", "detector.hold=1..8s/1"), usual: [], on: [strict, TraceOpening()],
      threads: 1)
    // The recording's own value and the default are overruled as any other.
    for trace in 0..<2 {
      #expect(plan.jobs.filter { $0.trace == trace }.map(\.settings) == [[0], Array(1...8), Array(9...16)])
    }
    let decided = try TuningPlan(
      combinations("detector.hold=1..7s/1", "cues.refractory=0s,20s"), usual: [], on: [strict], threads: 1)
    #expect(decided.jobs.map(\.settings) == [Array(0...14)])
  }
}
