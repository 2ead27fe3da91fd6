// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats
import Testing

struct ReplayTests {
  /// What a replay gave, in all, and how it ended.
  struct Run: Equatable {
    var estimates = ""
    var events = ""
    var summary = ReplaySummary()
    var error: InputError?
    var rows: [Substring] { estimates.split(separator: "\n").dropFirst().map { $0 } }
  }

  private func run(_ text: String, chunk: Int = .max, _ change: (inout Replay.Options) -> Void = { _ in }) -> Run {
    var options = Replay.Options()
    options.parameters.detector.trigger = .hold
    options.wantsEstimates = true
    change(&options)
    var replay = Replay(source: "t", options)
    var result = Run()
    let bytes = Array(text.utf8)
    do {
      var start = 0
      while start < bytes.count {
        let end = start + min(chunk, bytes.count - start)
        try replay.read(bytes.span.extracting(start..<end))
        // Taken piece by piece, as a caller with little memory does.
        result.estimates += String(decoding: replay.estimates, as: UTF8.self)
        result.events += String(decoding: replay.events, as: UTF8.self)
        replay.estimates = []
        replay.events = []
        start = end
      }
      try replay.finish()
    } catch {
      result.error = error
    }
    result.estimates += String(decoding: replay.estimates, as: UTF8.self)
    result.events += String(decoding: replay.events, as: UTF8.self)
    result.summary = replay.summary
    return result
  }

  private static let recording = slouch(quiet: 8, bent: 14)

  @Test func oneRowForEachInputRowWithItsOwnTime() throws {
    let run = run(Self.recording)
    #expect(run.error == nil)
    #expect(run.estimates.hasPrefix("timestamp_us,ux,uy,uz,flexion_deg,lateral_deg,total_deg,uncertainty_deg\n"))
    #expect(run.rows.count == 2200)
    #expect(run.rows.map { $0.prefix { $0 != "," } } == (0..<2200).map { Substring("\($0 * 10_000)") })
    #expect(run.rows.allSatisfy { $0.count { $0 == "," } == 7 })
    #expect(run.summary.samples == 2200)
    #expect(run.summary.duration == 21.99)
  }

  /// With a lag the rows are of earlier times, about every 20 ms, and end that much before the recording.
  @Test func aLagTellsOfEarlierTimes() throws {
    let now = run(Self.recording)
    let later = run(Self.recording) { $0.lag = .seconds(3) }
    let rows = later.rows.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let times = rows.compactMap { Int($0[0]) }
    #expect(times.first == 0)
    #expect(times.last.map { (18_950_000...18_990_000).contains($0) } == true)
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == 20_000 })
    #expect(rows.allSatisfy { $0.count == 8 && $0[7].isEmpty && Double($0[1]) != nil })
    #expect(later.events == now.events)
    let last = try #require(rows.last?[6])
    #expect((24.0...26).contains(try #require(Double(last))))
  }

  @Test func tiltIsEmptyBeforeTheReference() throws {
    let run = run(Self.recording)
    let first = try #require(run.rows.first)
    #expect(first.contains(",,,,"))
    let reference = try #require(run.rows.firstIndex { !$0.contains(",,,,") })
    #expect((300..<800).contains(reference))
    #expect(run.rows[reference...].allSatisfy { !$0.contains(",,") })
    let calibrated = try #require(run.events.split(separator: "\n").first)
    #expect(calibrated.hasPrefix("\(reference * 10_000) calibrated "))
    let last = try #require(run.rows.last).split(separator: ",").compactMap { Double($0) }
    #expect((24.0...26).contains(last[4]) && (-1.0...1).contains(last[5]) && (24.0...26).contains(last[6]))
  }

  @Test func theEventsAreThese() throws {
    let run = run(Self.recording)
    let words = run.events.split(separator: "\n").map { $0.split(separator: " ")[1] }
    #expect(words == ["calibrated", "deviated"])
    #expect(run.summary.deviations == 1)
    #expect(run.summary.reminders == 0)
    let json = self.run(Self.recording) { $0.eventFormat = .json }
    let lines = json.events.split(separator: "\n").map(String.init)
    #expect(lines.compactMap { JSONLine.decode(EventRecord.self, from: $0)?.text } == run.events.lines)
  }

  @Test func withoutAUpThereIsNone() {
    // Free fall: no force to tell up by.
    let run = run(plain("5,0,0,0,0,0,0", "7,0,0,0,0,0,0"))
    #expect(run.rows == ["5,,,,,,,", "7,,,,,,,"])
    #expect(run.error == nil)
  }

  @Test func chunksDoNotMatter() {
    let short = String(Self.recording.prefix(40_000)).split(separator: "\n").dropLast().joined(separator: "\n") + "\n"
    let whole = run(short)
    #expect(whole.rows.count > 1000)
    for chunk in [1, 2, 3, 5, 17, 64, 4096, 65_536] { #expect(run(short, chunk: chunk) == whole, "\(chunk)") }
  }

  @Test func theChecksumSeesEveryBitOfTheInput() {
    let text = trace("0,100,200,16000,1,2,3", "10000,101,201,16001,2,3,4", "20000,102,202,16002,3,4,5")
    let checksum = run(text).summary.checksum
    #expect(run(text).summary.checksum == checksum)
    let rows = [
      "10000,102,201,16001,2,3,4", "10000,101,200,16001,2,3,4", "10000,101,201,16002,2,3,4",
      "10000,101,201,16001,3,3,4",
      "10000,101,201,16001,2,2,4", "10000,101,201,16001,2,3,5", "10001,101,201,16001,2,3,4",
    ]
    var seen: Set<UInt64> = [checksum]
    for row in rows {
      let changed = run(text.replacing("10000,101,201,16001,2,3,4", with: row)).summary.checksum
      #expect(seen.insert(changed).inserted, "\(row)")
    }
    #expect(seen.insert(run(trace("0,100,200,16000,1,2,3", "10000,101,201,16001,2,3,4")).summary.checksum).inserted)
  }

  @Test func theChecksumIsWrittenWithAllItsDigits() {
    var summary = ReplaySummary()
    #expect(summary.checksumLine == "# 0 samples, checksum of up cbf29ce484222325\n")
    summary.checksum = 0xABC
    summary.samples = 2
    #expect(summary.checksumLine == "# 2 samples, checksum of up 0000000000000abc\n")
  }

  @Test func aReferenceMayBeNamed() throws {
    let run = run(Self.recording) { $0.reference = ReferenceOption("first 1 s") }
    #expect(run.error == nil)
    #expect(run.events.hasPrefix("1000000 calibrated "))
    #expect(run.rows[99].contains(",,,,"))
    #expect(!run.rows[100].contains(",,,,"))
  }

  @Test func aReferenceLongerThanTheRecordingIsAnErrorAfterAllRows() {
    let run = run(Self.recording) { $0.reference = ReferenceOption("first 30 s") }
    #expect(run.rows.count == 2200)
    #expect(
      run.error?.description
        == "t: --reference: found a recording of 22.0 s, too short for it, expected a posture that can be the reference"
    )
  }

  @Test func aRecordedCommandIsPerformedAgain() throws {
    var lines = Self.recording.split(separator: "\n").map(String.init)
    lines.insert("#! 0 calibrate", at: 6)
    let refused = run(lines.joined(separator: "\n") + "\n")
    #expect(refused.events.split(separator: "\n").count { $0.contains("calibrated") } == 1)
    // 15 s in, the wearer bends: a reference taken then is the bent posture.
    lines.insert("#! 15000000 calibrate", at: 1508)
    let bent = run(lines.joined(separator: "\n") + "\n")
    #expect(bent.events.lines.map { $0.split(separator: " ")[1] } == ["calibrated", "calibrated"])
    #expect(bent.events.lines[1].contains("total_deg=0."))
  }

  @Test func settingsCount() {
    let run = run(Self.recording) { $0.parameters.detector.limits.flexion.enter = .degrees(60) }
    #expect(run.summary.deviations == 0)
    #expect(run.events.lines.count == 1)
  }

  @Test func computedSamplesMayRepeatAndAChipsMayNot() {
    let rows = (0..<300).map { "\($0 * 10_000),0,0,9,1,0,0" }.joined(separator: "\n") + "\n"
    #expect(run(plainHeader + rows).events == "")
    #expect(run(headerLines + rows).events == "1000000 frozen\n")
  }

  /// The noise of an accelerometer alone can be smaller than its steps; but nobody wears what shows none for long.
  @Test func withoutAGyroscopeAChipsMayRepeatForAMinute() {
    let header = headerLines.replacing("131 LSB/dps, range 250 dps", with: "none")
    let rows = (0..<6200).map { "\($0 * 10_000),0,0,16384,0,0,0" }.joined(separator: "\n") + "\n"
    #expect(
      run(header + rows).events.lines.map { $0.split(separator: " ")[1] } == ["taken-off", "frozen"])
  }

  /// A chip's noise is no life; computed samples may lack it.
  @Test func computedSamplesAreTakenForWorn() {
    let rows = (0..<3000).map { "\($0 * 10_000),0,0,\($0 % 2 == 0 ? 9.81 : 9.82),0,0,0" }.joined(separator: "\n") + "\n"
    #expect(run(plainHeader + rows).events.lines.map { $0.split(separator: " ")[1] } == ["calibrated"])
    #expect(
      run(headerLines + rows.replacing("9.81", with: "16384").replacing("9.82", with: "16392")).events.lines
        .map { $0.split(separator: " ")[1] } == ["taken-off"])
  }

  /// What the wearer asked for is in the trace, and its replay does the same.
  @Test func whatIsAskedForIsDecidedAgain() {
    func events(_ command: String) -> [String] {
      var lines = Self.recording.split(separator: "\n").map(String.init)
      lines.insert("#! 0 \(command)", at: 6)
      return run(lines.joined(separator: "\n") + "\n").events.lines.map {
        $0.split(separator: " ").dropFirst().filter { !$0.contains("_deg=") }.joined(separator: " ")
      }
    }
    let calibrated = "calibrated reference=sitting forward=x"
    let lean = "leaning_s=10.00 exposure=1.00 context=still"
    let summary = [
      "mode tracking": ["mode-set mode=tracking", calibrated, "deviated lean=forward \(lean) suppressed=tracking"],
      "quiet yes": ["quiet-begun", calibrated, "deviated lean=forward \(lean) suppressed=quiet-hours"],
      "snooze 60000000 us": [
        "silenced silence=snooze for_s=60.0", calibrated, "deviated lean=forward \(lean) suppressed=snoozed",
      ],
      "pause 60000000 us": ["silenced silence=pause for_s=60.0", calibrated],
      "use-reference car": [
        "calibration-refused reason=unknown-reference", calibrated, "deviated lean=forward \(lean) cue=nudge",
      ],
    ]
    for (command, expected) in summary { #expect(events(command) == expected, "\(command)") }
  }

  @Test func aSuppressedDeviationIsCounted() {
    let run = run(Self.recording) { $0.parameters.gate.mode = .tracking }
    #expect(run.summary.deviations == 1)
    #expect(run.events.contains(" suppressed=tracking\n") && !run.events.contains("cue="))
  }

  @Test func anErrorLeavesWhatCameBefore() {
    let run = run(trace("0,1,2,3,4,5,6", "10,1,2,3,4,5,6", "20,x"))
    #expect(run.rows.count == 2)
    #expect(run.summary.samples == 2)
    #expect(run.error?.line == 9)
  }
}

extension String {
  fileprivate var lines: [String] { split(separator: "\n").map(String.init) }
}
