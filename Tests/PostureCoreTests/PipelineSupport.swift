// SPDX-License-Identifier: MIT
import PostureCore

/// A pipeline, and what came of the samples it was fed.
struct Run {
  var pipeline: PosturePipeline
  private(set) var outputs: [PosturePipeline.Output] = []
  private(set) var events: [Event] = []

  init(_ parameters: PosturePipeline.Parameters = .init()) { pipeline = PosturePipeline(parameters) }

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
  case .deviated: "deviated"
  case .reminded: "reminded"
  case .recovered: "recovered"
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
