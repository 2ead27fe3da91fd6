// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation

extension Event.Kind {
  var name: String {
    switch self {
    case .calibrated: "calibrated"
    case .calibrationRefused: "refused"
    case .deviated: "deviated"
    case .ended: "ended"
    case .suppressed: "suppressed"
    case .takenOff: "taken off"
    case .putOn: "put on"
    case .bendAwaited, .referenceUsed, .wornDifferently, .wornAsBefore: "reference"
    case .modeSet, .quietSet, .silenced, .unsilenced, .sessionSet, .played, .breakSuggested: "asked for"
    case .reminded: "reminded"
    case .recovered: "recovered"
    case .gap: "gap"
    case .frozen: "frozen"
    case .resumed: "resumed"
    case .saturated: "saturated"
    }
  }
}

/// Runs a pipeline and keeps the events.
struct EventRecorder {
  var pipeline: PosturePipeline
  var events: [Event] = []
  var greatestError = 0.0
  var moved = false

  mutating func take(_ sample: InertialSample, truth: Tilt? = nil) {
    guard let output = pipeline.process(sample) else { return }
    for index in 0..<output.eventCount { events.append(output.event(index)) }
    if output.context == .moving || output.context == .walking { moved = true }
    if let truth, let tilt = output.tilt {
      greatestError = max(greatestError, (tilt.total.degrees - truth.total.degrees).magnitude)
    }
  }

  var names: [String] { events.map(\.kind.name) }
}

/// Feeds the wearer's true motion at 100 Hz into the core's pipeline.
func idealRun(of wearer: SimulatedWearer, for length: Interval) -> EventRecorder {
  var parameters = PosturePipeline.Parameters.holding
  // Computed samples may repeat: off the body nothing moves at all.
  parameters.monitor.frozenAfter = nil
  // Nor is the true motion late, as a sensor's samples are.
  parameters.filter.sensorDelay = .zero
  var recorder = EventRecorder(pipeline: PosturePipeline(parameters))
  for tick in 0..<(length.microseconds / 10_000) {
    let time = Timestamp(microseconds: tick * 10_000)
    let state = wearer.state(at: time)
    recorder.take(
      InertialSample(time: time, acceleration: state.specificForce, angularVelocity: state.angularVelocity),
      truth: wearer.tilt(at: time))
  }
  return recorder
}

func idealEvents(of wearer: SimulatedWearer, for length: Interval) -> [String] {
  idealRun(of: wearer, for: length).names
}

extension PosturePipeline.Parameters {
  /// With the trigger `hold`, so that a deviation takes seconds; cues at full strength, and none for a correction.
  static var holding: Self {
    var parameters = Self()
    parameters.detector.trigger = .hold
    parameters.gate.intensity = 100
    parameters.praiseWithin = nil
    return parameters
  }
}
