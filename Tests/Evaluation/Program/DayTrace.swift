// SPDX-License-Identifier: MIT
import Evaluation
import LinuxIO
import PostureCore
import PostureFormats
import PostureSimulation

/// A simulated day as a trace with its truth as labels beside it, as a wearer would have recorded and labelled it.
struct DayTrace {
  private static let rowsAtOnce: Int64 = 1000

  let trial: Trial
  let truth: Truth
  /// What the truth is by: exposure or hold.
  let trigger: String

  /// - Parameter directory: made where there is none, in one that is there; files of these names must not be.
  func write(to directory: String) throws {
    try FileAttributes.makeDirectory(directory, mode: 0o755)
    let path = "\(directory)/day-\(trial.seed).trace"
    var file = try FileWriter(path: path, mustBeNew: true)
    var writer = TraceWriter()
    try file.write(writer.header(header).span)
    let samples = DaySamples(trial.day, trial.grade, seed: trial.seed)
    var number: Int64 = 0
    while number < samples.count {
      var text: [UInt8] = []
      for number in number..<min(number + Self.rowsAtOnce, samples.count) {
        let raw = samples.raw(number)
        writer.append(Measurement(raw: raw, sample: trial.grade.scale.sample(from: raw)), to: &text)
      }
      try file.write(text.span)
      number += Self.rowsAtOnce
    }
    try file.close()
    var beside = try FileWriter(path: TraceLabels.path(beside: path), mustBeNew: true)
    try beside.write(labels.text(remark: "origin: \(origin)"))
    try beside.close()
  }

  private var origin: String { "synthetic, simulated day, seed \(trial.seed), mount \(trial.mount.rawValue)" }

  private var header: TraceHeader {
    let hasGyroscope = trial.grade != .noGyroscope
    var header = TraceHeader(
      title: "A simulated day", shows: nil, sensor: hasGyroscope ? "MPU-6050" : "LIS3DH", rate: 100,
      scale: trial.grade.scale, accelerationRange: 4, angularVelocityRange: hasGyroscope ? 500 : nil, origin: origin)
    header.settings = settings
    return header
  }

  /// What the evaluation judges by: it counts every cue that is due, also where the usual limits hold one back.
  private var settings: [TraceSetting] {
    [
      TraceSetting(key: "detector.trigger", value: trigger),
      TraceSetting(key: "cues.refractory", value: "0 s"),
      TraceSetting(key: "cues.most-per-hour", value: "\(CueGate.largestPerHour)"),
    ]
  }

  /// From when a cue would not come too soon; what is over as it is due may have one, or not.
  private var labels: TraceLabels {
    func time(_ seconds: Double) -> Timestamp { Timestamp(microseconds: Int64((seconds * 1e6).rounded())) }
    let deviations = truth.deviations(Truth.moments(of: trial.day)).filter { $0.isDue || $0.isBorderline }.map {
      let start = time(max($0.start, $0.earliest))
      return TraceLabels.Label($0.isDue ? .deviation : .optional, from: start, to: max(start, time($0.end)))
    }
    let contexts = trial.day.spans.compactMap { span in
      LabelWord(span.label.word).map { TraceLabels.Label($0, from: span.start, to: span.end) }
    }
    return TraceLabels(deviations + contexts)
  }
}

extension DayLabel {
  fileprivate var word: String { self == .offBody ? "off-body" : rawValue }
}
