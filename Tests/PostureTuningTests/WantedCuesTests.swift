// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import PostureTuning
import Testing

/// Times in seconds.
struct WantedCuesTests {
  private func at(_ seconds: Double) -> Timestamp { Timestamp(microseconds: Int64(seconds * 1e6)) }

  private func score(_ labels: [(LabelWord, Double, Double)], cues: [Double]) -> CueScore {
    let labels = labels.map { TraceLabels.Label($0.0, from: at($0.1), to: at($0.2)) }
    return WantedCues(TraceLabels(labels)).score(cues.map(at))
  }

  /// Hits, missed, false and all cues.
  private func counts(_ score: CueScore) -> [Int] { [score.hits, score.missed, score.falseCues, score.cues] }

  @Test func aCueInASpanHitsItAndAnyOtherIsFalse() {
    let result = score([(.deviation, 10, 20), (.missedCue, 40, 50), (.deviation, 80, 90)], cues: [5, 12, 50, 60])
    #expect(counts(result) == [2, 1, 2, 4])
    #expect(result.latencies == [2, 10] && result.medianLatency == 6)
  }

  @Test func aSpanCountsOnceHoweverManyCuesItGets() {
    #expect(counts(score([(.deviation, 10, 200)], cues: [12, 72, 132])) == [1, 0, 0, 3])
  }

  @Test func aCueMayComeShortlyAfterItsSpan() {
    #expect(counts(score([(.deviation, 10, 20)], cues: [22])) == [1, 0, 0, 1])
    #expect(counts(score([(.deviation, 10, 20)], cues: [22.01])) == [0, 1, 1, 1])
    #expect(counts(score([(.deviation, 10, 20)], cues: [9.99])) == [0, 1, 1, 1])
  }

  /// Between two spans a cue belongs to the one it is in.
  @Test func theNextSpanComesBeforeTheToleranceOfTheLast() {
    #expect(counts(score([(.deviation, 10, 20), (.deviation, 21, 30)], cues: [21.5])) == [1, 1, 0, 1])
  }

  @Test func spansThatTouchAreOne() {
    #expect(
      counts(score([(.deviation, 10, 20), (.missedCue, 15, 30), (.deviation, 30, 31)], cues: [12])) == [1, 0, 0, 1])
    // A long one holds a short one.
    #expect(counts(score([(.deviation, 10, 40), (.missedCue, 15, 20)], cues: [39])) == [1, 0, 0, 1])
  }

  @Test func aCueThatIsComplainedOfIsFalseWhateverElseIsSaid() {
    #expect(counts(score([(.deviation, 10, 40), (.falseCue, 20, 30)], cues: [25])) == [0, 1, 1, 1])
    #expect(counts(score([(.deviation, 10, 40), (.falseCue, 20, 30)], cues: [15, 25])) == [1, 0, 1, 2])
  }

  @Test func anOptionalCueIsNeitherRightNorFalse() {
    #expect(counts(score([(.optional, 10, 20)], cues: [15])) == [0, 0, 0, 1])
    // Wanted is more than that.
    #expect(counts(score([(.optional, 10, 20), (.deviation, 12, 20)], cues: [15])) == [1, 0, 0, 1])
  }

  @Test func otherWordsAreForPeople() throws {
    let walking = try #require(LabelWord("walking"))
    #expect(counts(score([(walking, 10, 20)], cues: [15])) == [0, 0, 1, 1])
  }

  @Test func withoutAnythingToDivideByThereIsNoFigure() {
    let none = score([], cues: [])
    #expect(none.precision == nil && none.recall == nil && none.f(1) == nil && none.medianLatency == nil)
    let missed = score([(.deviation, 10, 20)], cues: [])
    #expect(missed.precision == nil && missed.recall == 0 && missed.f(1) == 0)
  }

  @Test func withoutAnythingWantedNoMeasureHasAValue() {
    let result = score([(.falseCue, 10, 20)], cues: [15])
    #expect(result.falseCues == 1 && result.f(1) == nil)
    #expect(Objective.allCases.allSatisfy { $0.value(of: result) == nil })
  }

  /// Of 3 hits, 1 missed and 2 false: P is 3/5, R is 3/4, and F is (1 + b^2) P R / (b^2 P + R), by hand.
  @Test(arguments: [
    (Objective.precision, 0.6), (.recall, 0.75), (.f1, 2.0 / 3), (.f2, 0.714_285_714_285_714), (.fHalf, 0.625),
  ]) func figuresAreThoseOfTheTextbook(objective: Objective, expected: Double) throws {
    var score = CueScore()
    (score.hits, score.missed, score.falseCues) = (3, 1, 2)
    let value = try #require(objective.value(of: score))
    #expect((value - expected).magnitude < 1e-12)
  }
}
