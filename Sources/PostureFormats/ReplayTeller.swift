// SPDX-License-Identifier: MIT
import PostureCore

/// The last stage of a replay: what is decided, and the texts that tell of it.
package struct ReplayTeller: Sendable {
  private let options: Replay.Options
  /// Whether more than events is told. Stored: computed, it cost a copy of the whole for every row.
  private let isTelling: Bool
  private var judge: PostureJudge?
  private var start = Timestamp(microseconds: 0)
  private var refusal: ReferenceCalibration.Refusal?
  private var smoother: FixedLag?
  /// CSV rows: see `Replay.estimates`.
  package var estimates: [UInt8] = []
  /// One event a line.
  package var events: [UInt8] = []
  package private(set) var summary = ReplaySummary()
  package private(set) var observer: (any ReplayObserver)?

  package init(_ options: Replay.Options) {
    self.options = options
    isTelling = options.wantsEstimates || options.wantsChecksum || options.observer != nil
    smoother = options.lag.map { FixedLag(lag: $0) }
    observer = options.observer
    if options.wantsEstimates { estimates.append(contentsOf: Replay.estimateColumns.utf8) }
  }

  /// Throws where a reference posture was asked for, and there is none.
  package func checkReference(of source: String) throws(InputError) {
    guard options.reference != nil, judge?.reference == nil else { return }
    let found =
      refusal?.advice ?? "a recording of \(Decimal.text(summary.duration, places: 1)) s, too short for it"
    throw InputError(
      source: source, key: "--reference", found: found, expected: "a posture that can be the reference")
  }

  package mutating func take(_ block: EstimateBlock) {
    var output = PosturePipeline.Output()
    var next = 0
    for index in 0..<block.count {
      while next < block.actions.count, block.actions[next].before <= index {
        take(block.actions[next].action, at: block[index].sample.time)
        next += 1
      }
      let isEventful = judge?.update(block[index], into: &output) ?? false
      let elapsed = block[index].sample.time - start
      let isWanted = elapsed >= options.window.lowerBound && elapsed <= options.window.upperBound
      if isWanted {
        summary.samples += 1
        summary.duration = (elapsed - options.window.lowerBound).seconds
      }
      if isTelling || isEventful { tell(output, block, index, isWanted) }
    }
  }

  private mutating func take(_ action: EstimateBlock.Action, at time: Timestamp) {
    switch action {
    case .begin(let parameters):
      judge = PostureJudge(parameters)
      if let reference = options.reference { judge?.takeReference(over: reference.window, from: time) }
      observer?.judge(by: parameters)
      start = time
    case .configure(let parameters):
      judge?.configure(parameters)
      observer?.judge(by: parameters)
    case .perform(let command): judge?.perform(command, at: time)
    case .correct(let earlier, let later): judge?.correct(from: earlier, to: later, at: time)
    }
  }

  private mutating func tell(_ output: PosturePipeline.Output, _ block: EstimateBlock, _ index: Int, _ isWanted: Bool) {
    let time = output.time
    var smoothed: FixedLag.Estimate?
    if !block.moments.isEmpty, output.up != nil { smoothed = smoother?.update(block.moments[index], at: time) }
    noteRefusals(output)
    if let smoothed, options.window.contains(smoothed.time - start) { append(smoothed) }
    guard isWanted else { return }
    if options.wantsChecksum { summary.include(output.up) }
    observer?.see(output, after: time - start)
    if options.wantsEstimates, smoother == nil { append(output, block.uncertainties[index]) }
    for index in 0..<output.eventCount { append(output.event(index)) }
  }

  private mutating func noteRefusals(_ output: PosturePipeline.Output) {
    for index in 0..<output.eventCount {
      if case .calibrationRefused(let refusal) = output.event(index).kind { self.refusal = refusal }
    }
  }

  private mutating func append(_ output: PosturePipeline.Output, _ uncertainty: Angle) {
    append(output.up, output.tilt, at: output.time)
    if output.up != nil { Decimal.append(uncertainty.degrees, places: 3, to: &estimates) }
    estimates.append(UInt8(ascii: "\n"))
  }

  private mutating func append(_ estimate: FixedLag.Estimate) {
    append(estimate.up, judge?.reference?.tilt(of: estimate.up), at: estimate.time)
    estimates.append(UInt8(ascii: "\n"))
  }

  private mutating func append(_ up: Direction?, _ tilt: Tilt?, at time: Timestamp) {
    Decimal.append(time.microseconds, to: &estimates)
    appendFields(up.map { [$0.x, $0.y, $0.z] }, places: 8)
    appendFields(tilt.map { [$0.flexion.degrees, $0.lateral.degrees, $0.total.degrees] }, places: 4)
    estimates.append(UInt8(ascii: ","))
  }

  /// Three fields, empty where nothing is known.
  private mutating func appendFields(_ values: [Double]?, places: Int) {
    for index in 0..<3 {
      estimates.append(UInt8(ascii: ","))
      if let values { Decimal.append(values[index], places: places, to: &estimates) }
    }
  }

  private mutating func append(_ event: Event) {
    let record = EventRecord(event)
    if record.event == "deviated" { summary.deviations += 1 }
    if record.event == "reminded" { summary.reminders += 1 }
    let line = options.eventFormat == .json ? JSONLine.encode(record) : record.text
    events.append(contentsOf: line.utf8)
    events.append(UInt8(ascii: "\n"))
  }
}
