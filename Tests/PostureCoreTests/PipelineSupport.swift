// SPDX-License-Identifier: MIT
import PostureCore

/// A pipeline, and what came of the samples it was fed.
struct Run {
  var pipeline: PosturePipeline
  private(set) var outputs: [PosturePipeline.Output] = []
  private(set) var events: [Event] = []

  /// - Parameter isWorn: false for samples of a body that neither breathes nor sways.
  init(_ parameters: PosturePipeline.Parameters = .holding, isWorn: Bool = false) {
    var parameters = parameters
    if !isWorn { parameters.context.life.patience = nil }
    pipeline = PosturePipeline(parameters)
  }

  mutating func take(_ samples: some Sequence<InertialSample>) {
    for sample in samples {
      guard let output = pipeline.process(sample) else { continue }
      outputs.append(output)
      for index in 0..<output.eventCount { events.append(output.event(index)) }
    }
  }

  /// Every event as its second and its name: "15.30 deviated".
  var names: [String] { events.map(name) }
  /// The same without the times.
  var kinds: [String] { events.map { name($0.kind) } }

  var cues: [(time: Timestamp, cue: Cue)] {
    outputs.compactMap { output in output.cue.map { (output.time, $0) } }
  }

  func last(_ kind: String) -> Event? { events.last { name($0.kind) == kind } }

  /// Every bit that a replay has to repeat.
  var bits: [UInt64] {
    outputs.flatMap { output -> [UInt64] in
      let up = output.up ?? Direction(2, 2, 2)
      let tilt = output.tilt ?? Tilt(flexion: .degrees(999), lateral: .zero, total: .zero)
      let numbers = [up.x, up.y, up.z, tilt.flexion.radians, tilt.lateral.radians, tilt.total.radians]
      let cue = UInt64(output.cue.map { $0.kind.rawValue + 1 } ?? 0)
      return numbers.map(\.bitPattern) + [cue, output.context == .still ? 0 : 1, UInt64(output.eventCount)]
    }
  }
}

func name(_ kind: Event.Kind) -> String {
  switch kind {
  case .calibrated: "calibrated"
  case .calibrationRefused(let refusal): "refused \(refusal)"
  case .bendAwaited: "bend awaited"
  case .referenceUsed(let name): "uses \(name)"
  case .wornDifferently: "worn differently"
  case .wornAsBefore: "worn as before"
  case .deviated(_, nil): "deviated"
  case .deviated(_, let reason?): "deviated without a cue: \(reason)"
  case .reminded: "reminded"
  case .recovered: "recovered"
  case .ended(_, let context): "ended by \(context)"
  case .suppressed(_, let reason): "suppressed by \(reason)"
  case .takenOff: "taken off"
  case .putOn: "put on"
  case .modeSet(let mode): "\(mode)"
  case .quietSet(let isQuiet): isQuiet ? "quiet" : "no longer quiet"
  case .silenced(let silence, _): "\(silence)"
  case .unsilenced: "unsilenced"
  case .sessionSet(let isSet): isSet ? "in a session" : "session over"
  case .played(let kind): "played \(kind)"
  case .breakSuggested(let sitting): "break after \(sitting.microseconds / 1_000_000)"
  case .gap(let interval): "gap \(interval.microseconds / 1000)"
  case .frozen: "frozen"
  case .resumed: "resumed"
  case .saturated: "saturated"
  }
}

private func name(_ event: Event) -> String {
  let hundredths = event.time.microseconds / 10_000
  let fraction = hundredths % 100
  return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) \(name(event.kind))"
}

extension PosturePipeline.Parameters {
  /// With the trigger `hold`, so that a deviation takes seconds.
  static var holding: Self {
    var parameters = Self()
    parameters.detector.trigger = .hold
    return parameters
  }
}

extension DeviationDetector.Parameters {
  /// The same, of a tilt without sway: each sample counts as it is.
  static var instant: Self {
    var parameters = Self.holding
    parameters.smoothing = .zero
    return parameters
  }

  static var holding: Self {
    var parameters = Self()
    parameters.trigger = .hold
    return parameters
  }
}
