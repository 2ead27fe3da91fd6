// SPDX-License-Identifier: MIT
// Members of messages are named as on the wire, with their unit.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import ArgumentParser
import LinuxIO
import PostureCore
import PostureFormats
import PostureSimulation

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure the pipeline's cost a sample; with --socket also how fast the daemon answers.",
    discussion: "Each figure is the median of several runs, in one run of the program on this machine.")

  @Option(help: ArgumentHelp("Also time 'status' of the daemon on this socket.", valueName: "path"))
  var socket: String?

  @Option(help: ArgumentHelp("Runs of each stage.", valueName: "n"))
  var runs = 7

  @Flag(help: "Print JSON.")
  var json = false

  private static let samples = 100_000
  private static let requests = 200

  func validate() throws {
    guard (1...1000).contains(runs) else { throw ValidationError("--runs takes 1 to 1000.") }
  }

  func run() throws {
    try reporting {
      let recording = Self.recording()
      var rows: [(name: String, nanoseconds: Double)] = []
      for (name, stage) in PipelineStages.all {
        rows.append((name, median { stage(recording) }))
      }
      for row in rows {
        try printLine(
          json
            ? JSONLine.encode(StageMessage(stage: row.name, median_ns: row.nanoseconds.rounded(places: 1)))
            : row.name.padded(to: 12) + Decimal.text(row.nanoseconds, places: 1) + " ns/sample")
      }
      if let socket { try timeStatus(socket) }
    }
  }

  /// A simulated wearer's minutes at 100 Hz, as the chip's integers.
  private static func recording() -> [RawSample] {
    let wearer = SimulatedWearer(endlessFrom: 7)
    let scale = SensorScale(acceleration: 8192, angularVelocity: 65.5)
    return (0..<samples).map { index in
      let time = Timestamp(microseconds: Int64(index) * 10_000)
      let state = wearer.state(at: time)
      let a = state.specificForce * (scale.acceleration / standardGravity)
      let g = state.angularVelocity * (scale.angularVelocity * 180 / .pi)
      return RawSample(
        time: time, ax: Int16(clamping: Int(a.x)), ay: Int16(clamping: Int(a.y)), az: Int16(clamping: Int(a.z)),
        gx: Int16(clamping: Int(g.x)), gy: Int16(clamping: Int(g.y)), gz: Int16(clamping: Int(g.z)))
    }
  }

  /// Nanoseconds a sample, after one run that does not count.
  private func median(_ stage: () -> Double) -> Double {
    var results = stage()
    let times = (0..<runs).map { _ in
      let start = ContinuousClock.now
      results += stage()
      let elapsed = ContinuousClock.now - start
      return Double(elapsed.components.seconds) * 1e9 + Double(elapsed.components.attoseconds) * 1e-9
    }
    // Used, so that the optimiser cannot leave the work out.
    precondition(!results.isNaN, "a stage computes a number")
    return times.sorted()[times.count / 2] / Double(Self.samples)
  }

  private func timeStatus(_ path: String) throws {
    var options = ConnectionOptions()
    options.socket = path
    var daemon = try Connection(options)
    var times: [Double] = []
    for _ in 0..<Self.requests {
      let start = SystemClock().now()
      _ = try daemon.answer(StatusMessage.self, to: "status")
      times.append(Double(SystemClock().now() - start) * 1e-3)
    }
    let sorted = times.sorted()
    let latency = LatencyMessage(
      median_ms: sorted[sorted.count / 2].rounded(places: 3),
      p99_ms: sorted[sorted.count * 99 / 100].rounded(places: 3),
      requests: Self.requests)
    try printLine(
      json
        ? JSONLine.encode(latency)
        : "status".padded(to: 12)
          + "\(latency.median_ms) ms median, \(latency.p99_ms) ms p99 of \(latency.requests) requests")
  }
}

private struct StageMessage: Message {
  static let messageClass = "stage"
  var stage: String
  var median_ns: Double
}

private struct LatencyMessage: Message {
  static let messageClass = "latency"
  var median_ms: Double
  var p99_ms: Double
  var requests: Int
}
