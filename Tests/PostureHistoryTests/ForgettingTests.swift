// SPDX-License-Identifier: MIT
import Testing

@testable import PostureHistory

@Suite struct ForgettingTests {
  private static let began = 1_795_780_800  // 2026-11-27T12:00:00Z

  private func run(began: Int?) -> RunRecord { RunRecord(began: began, source: "simulated", version: "0.1.0") }

  private func session(at time: Int, lasted: Int) -> HistoryEntry {
    .session(
      SessionRecord(at: time, title: "Stretch", planned: 200, lasted: lasted, stepsDone: 1, steps: 1, ending: "stopped")
    )
  }

  private func cue(at time: Int, response: Int?) -> HistoryEntry {
    var cue = CueRecord(at: time, kind: .nudge, leaning: 100)
    cue.outcome = response.map { _ in .corrected }
    cue.response = response
    return .cue(cue)
  }

  /// The twentieth minute and all that follow are to be forgotten.
  private var entries: [HistoryEntry] {
    [
      .minute(.still(18)), .minute(.still(19)), .minute(.still(20)),
      .absence(AbsenceRecord(minute: 5, minutes: 10)), .absence(AbsenceRecord(minute: 17, minutes: 5)),
      .fault(FaultRecord(minute: 19, fault: "timed-out", count: 1)),
      .fault(FaultRecord(minute: 20, fault: "timed-out", count: 1)),
      cue(at: 11_000, response: 900), cue(at: 11_500, response: 500), cue(at: 11_600, response: nil),
      cue(at: 12_000, response: nil),
      session(at: 10_000, lasted: 199), session(at: 10_001, lasted: 200), session(at: 12_000, lasted: 1),
      .happening(HappeningRecord(at: 10_000, event: "break-taken", seconds: 199)),
      .happening(HappeningRecord(at: 10_001, event: "break-taken", seconds: 200)),
      .happening(HappeningRecord(at: 11_000, event: "break-suggested", seconds: 1800)),
      .happening(HappeningRecord(at: 12_000, event: "calibrated", word: "sitting")),
    ]
  }

  private func expectThatNothingReachesIntoIt(_ path: String) throws {
    let reader = try HistoryReader(path: path)
    var minutes: [Int] = []
    try reader.minutes(of: 1, 0..<100) { minutes.append($0.minute) }
    #expect(minutes == [18, 19])
    #expect(
      try reader.absences(of: 1) == [AbsenceRecord(minute: 5, minutes: 10), AbsenceRecord(minute: 17, minutes: 3)])
    #expect(try reader.faults(of: 1).map(\.minute) == [19])
    #expect(try reader.cues(of: 1).map(\.at) == [11_000, 11_500, 11_600])
    // The second one was corrected in it.
    #expect(try reader.cues(of: 1).map(\.response) == [900, nil, nil])
    #expect(try reader.cues(of: 1).map(\.outcome) == [.corrected, nil, nil])
    #expect(try reader.sessions(of: 1).map(\.at) == [10_000])
    #expect(try reader.happenings(of: 1).map(\.event) == ["break-taken", "break-suggested"])
    #expect(try reader.damage() == nil)
  }

  @Test func whatReachesIntoTheLastSecondsGoesToo() throws {
    let file = HistoryFile()
    var store = try HistoryStore(path: file.path, run: run(began: nil))
    try store.write(entries)
    try store.forget(.last(seconds: 600, at: 18_000, time: Self.began))
    try expectThatNothingReachesIntoIt(file.path)
  }

  @Test func soDoesWhatReachesIntoThemFromAnEarlierRun() throws {
    let file = HistoryFile()
    do {
      var earlier = try HistoryStore(path: file.path, run: run(began: Self.began))
      try earlier.write(entries)
    }
    var store = try HistoryStore(path: file.path, run: run(began: Self.began + 1260))
    try store.forget(.last(seconds: 600, at: 5400, time: Self.began + 1800))
    try expectThatNothingReachesIntoIt(file.path)
  }

  @Test func nothingGoesOfARunThatNobodyCouldDate() throws {
    let file = HistoryFile()
    do {
      var earlier = try HistoryStore(path: file.path, run: run(began: nil))
      try earlier.write(entries)
    }
    var store = try HistoryStore(path: file.path, run: run(began: Self.began + 1260))
    try store.forget(.last(seconds: 600, at: 5400, time: Self.began + 1800))
    let reader = try HistoryReader(path: file.path)
    #expect(try reader.cues(of: 1).count == 4 && reader.sessions(of: 1).count == 3)
    #expect(try reader.absences(of: 1).map(\.minutes) == [10, 5])
  }
}
