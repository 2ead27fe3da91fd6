// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import PostureTuning
import Testing

struct MarkedLabelsTests {
  /// Leant forward from 20 s to 50 s and from 80 s to 110 s, each with a cue after 10 s.
  private func day(marks: String = "") throws -> (marks: [TraceMark], history: CueHistory) {
    let text = leaning(from: [20, 80], for: 30, until: 130, marks: marks)
    var run = try TraceRun([TraceSetting(key: "detector.trigger", value: "hold")], of: TraceOpening())
    var reader = TraceReader(source: "t")
    try reader.read(Array(text.utf8).span) { run.take($0) }
    return (reader.marks, run.history)
  }

  private func rows(_ labels: TraceLabels) -> [String] {
    labels.labels.map {
      "\(Int(($0.start.microseconds / 1_000_000))) \(Int($0.end.microseconds / 1_000_000)) \($0.word.text)"
    }
  }

  @Test func cuesThatNobodyObjectsToWereRight() throws {
    let (marks, history) = try day()
    #expect(history.cues.count == 2 && history.deviations.count == 2)
    let labels = rows(MarkedLabels.labels(marks, history))
    #expect(labels == ["20 50 deviation", "80 110 deviation"])
  }

  @Test func aFalseCueReachesFromBeforeTheLastCueToTheMark() throws {
    let (marks, history) = try day(marks: "#! 100000000 mark false-cue")
    let labels = rows(MarkedLabels.labels(marks, history))
    #expect(labels == ["20 50 deviation", "85 100 false-cue"])
  }

  @Test func aComplaintWithoutACueIsAboutItsMinute() throws {
    let (marks, history) = try day(marks: "#! 15000000 mark false-cue")
    #expect(rows(MarkedLabels.labels(marks, history)).first == "-45 15 false-cue")
  }

  @Test func anyOtherMarkIsAboutItsMinuteOrWhatItSays() throws {
    let (marks, history) = try day(
      marks: "#! 70000000 mark missed-cue\n#! 75000000 mark walking 5000000 us\n#! 95000000 mark false-cue 2000000 us")
    let labels = rows(MarkedLabels.labels(marks, history))
    // The cue came before what is complained of.
    #expect(
      labels
        == ["10 70 missed-cue", "20 50 deviation", "70 75 walking", "80 110 deviation", "93 95 false-cue"])
  }

  /// Snoozed from 15 s to 45 s: the cue at 30 s is suppressed, and the reminder is the first that is felt.
  @Test func aDeviationWhoseFirstCueIsAReminderIsOne() throws {
    let text = leaning(from: [20], for: 90, until: 130, marks: "#! 15000000 snooze 30000000 us")
    var run = try TraceRun([TraceSetting(key: "detector.trigger", value: "hold")], of: TraceOpening())
    var reader = TraceReader(source: "t")
    try reader.read(Array(text.utf8).span) { run.take($0) }
    #expect(run.history.cues.count == 1)
    #expect(rows(MarkedLabels.labels([], run.history)) == ["20 110 deviation"])
  }
}
