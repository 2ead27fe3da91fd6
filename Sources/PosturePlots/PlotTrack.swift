// SPDX-License-Identifier: MIT
import PostureCore
import PostureFormats

/// All that a picture shows of a recording, gathered while it is replayed.
///
/// What it holds has an end however long the recording is: see `Slots.most`, `Spans.most` and `mostEvents`. Times are
/// microseconds since the recording's first sample.
package struct PlotTrack: ReplayObserver {
  /// What can still be looked through; a day has some hundred.
  package static let mostEvents = 10_000
  /// Values of an angle for one degree.
  package static let perDegree = 50.0
  /// Values of the exposure from none to one.
  package static let perExposure = 1000.0
  /// The quantities' places in `slots`.
  package static let (flexion, lateral, total, exposure) = (0, 1, 2, 3)

  package private(set) var slots = Slots(quantities: 4)
  package private(set) var contexts = Spans<Context>()
  package private(set) var postures = Spans<Posture>()
  package private(set) var limits = Spans<TiltLimits>()
  /// The motor is on.
  package private(set) var motor = Spans<Bool>()
  package private(set) var events: [PlotEvent] = []
  package private(set) var eventsLeftOut: UInt64 = 0
  /// Of the first sample that is shown, and the last.
  package private(set) var range: ClosedRange<Int64>?
  /// In microseconds, beyond a limit where posture counts.
  package private(set) var leaning: Int64 = 0
  /// Degrees, while posture counts.
  package private(set) var judged: ClosedRange<Double>?
  /// In the recording's own time.
  package private(set) var start = Timestamp(microseconds: 0)

  private var parameters = PosturePipeline.Parameters()
  private var hasNewLimits = true
  private var player = HapticPlayer()
  /// When the motor may change next.
  private var nextChange: Timestamp?

  package init() {}

  package mutating func judge(by parameters: PosturePipeline.Parameters) {
    self.parameters = parameters
    hasNewLimits = true
  }

  package mutating func see(_ output: PosturePipeline.Output, after elapsed: Interval) {
    let time = elapsed.microseconds
    let before = range?.upperBound
    if range == nil {
      start = Timestamp(microseconds: output.time.microseconds - time)
      motor.put(false, at: time)
    }
    range = (range?.lowerBound ?? time)...time
    let isGap = time - (before ?? time) > parameters.monitor.longestInterval.microseconds
    // As the daemon counts it: not while walking, riding or lying.
    let counts = output.context.isJudged
    if let before, !isGap, counts, output.posture == .leaning || output.posture == .deviated {
      leaning += time - before
    }
    slots.add(values(of: output), at: time - (range?.lowerBound ?? 0), holds: !isGap)
    contexts.put(output.context, at: time)
    postures.put(counts || output.posture != .leaning ? output.posture : .unknown, at: time)
    if hasNewLimits {
      limits.put(parameters.detector.limits, at: time)
      hasNewLimits = false
    }
    if let tilt = output.tilt, output.context == .still { include(tilt) }
    for index in 0..<output.eventCount { note(output.event(index), after: elapsed) }
    followMotor(output)
  }

  private func values(of output: PosturePipeline.Output) -> InlineArray<4, Int16> {
    // Beyond a whole turn there is nothing, but a broken recording must not end the program.
    func value(_ degrees: Double) -> Int16 { Int16(max(-9000, min((degrees * Self.perDegree).rounded(), 9000))) }
    let exposure = Int16((max(0, min(output.exposure, 1)) * Self.perExposure).rounded())
    guard let tilt = output.tilt else { return [Slots.none, Slots.none, Slots.none, exposure] }
    return [value(tilt.flexion.degrees), value(tilt.lateral.degrees), value(tilt.total.degrees), exposure]
  }

  private mutating func include(_ tilt: Tilt) {
    let (flexion, lateral, total) = (tilt.flexion.degrees, tilt.lateral.degrees, tilt.total.degrees)
    guard let known = judged else {
      judged = min(flexion, lateral)...max(flexion, lateral, total)
      return
    }
    guard min(flexion, lateral) < known.lowerBound || total > known.upperBound else { return }
    judged = min(flexion, lateral, known.lowerBound)...max(total, known.upperBound)
  }

  private mutating func note(_ event: Event, after elapsed: Interval) {
    guard events.count < Self.mostEvents else {
      eventsLeftOut += 1
      return
    }
    events.append(PlotEvent(event, after: elapsed, detector: parameters.detector))
  }

  /// As the daemon's motor would, were there no time between the sample and the motor: it is a batch later at most.
  private mutating func followMotor(_ output: PosturePipeline.Output) {
    while let change = nextChange, change <= output.time { setMotor(at: change) }
    guard let cue = output.cue else { return }
    player.play(parameters.patterns[cue.kind].scaled(by: cue.intensity), for: cue.kind, at: output.time)
    setMotor(at: output.time)
  }

  private mutating func setMotor(at time: Timestamp) {
    let state = player.output(at: time)
    motor.put(state.percent > 0, at: (time - start).microseconds)
    nextChange = state.until
  }
}
