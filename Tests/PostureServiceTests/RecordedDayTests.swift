// SPDX-License-Identifier: MIT
import Drivers
import LinuxIO
import PostureCore
import PostureFormats
import PostureSimulation
import TestSupport
import Testing

@testable import PostureService

/// A long run through the loop, recorded into files, and replayed from them: minutes every day, a day with
/// `make replay-day`.
struct RecordedDayTests {
  /// Of simulated time.
  private static let hours = Environment.value("POSTURED_RECORDED_HOURS").map { text in
    guard let hours = Double(text), (0.1...48).contains(hours) else {
      fatalError("POSTURED_RECORDED_HOURS: found '\(text)', expected 0.1 to 48")
    }
    return hours
  }

  private let directory = TemporaryDirectory()
  private let log = LogLines()

  /// What the run decided, and every bit of its estimates.
  private struct Run {
    var summary = ReplaySummary()
    var events: [String] = []
    var missing: UInt64 = 0
    private var start: Int64?

    mutating func take(_ frame: Frame) {
      let start = start ?? frame.time
      self.start = start
      summary.samples += 1
      summary.include(frame.output.up)
      missing += UInt64(frame.measurement.missing)
      for var event in frame.events {
        event.time_us -= start
        events.append(event.text)
      }
    }
  }

  private static func settings(_ number: UInt32) -> [TraceSetting] {
    number == 0 ? [] : [TraceSetting(key: "detector.hold", value: "\(4 + number % 5) s")]
  }

  /// What a wearer asks for in a day, one after another.
  private static let commands: [Command] = [
    .silence(.snooze, for: .seconds(90)), .setSession(true), .play(.tense), .setSession(false),
    .suggestBreak(sitting: .seconds(1800)), .setMode(.tracking), .takeReference(.standing, isBending: false),
    .setMode(.training), .useReference(.sitting), .silence(.pause, for: .seconds(600)), .resume, .keepReference,
    .setQuiet(true), .setReference(.standing, nil), .setQuiet(false),
  ]

  /// Three faults an hour, each of another kind.
  private static func faults(for seconds: Double) -> [SimulatedFault] {
    stride(from: 100.0, to: seconds, by: 1200).enumerated().map { index, second in
      switch index % 4 {
      case 0: .noAnswer(from: at(second), to: at(second + 3))
      case 1: .brownOut(at: at(second))
      case 2: .busFault(from: at(second), to: at(second + 0.05))
      default: .timeout(from: at(second), to: at(second + 1))
      }
    }
  }

  private func record(for seconds: Double, files: Double) -> Run {
    var sensor = SimulatedSensorParameters()
    sensor.faults = Self.faults(for: seconds)
    let loop = LoopBench(SimulatedWearer(endlessFrom: 5), sensor, capacity: 512, settings: batched)
    var configuration = Configuration.Recording()
    configuration.directory = directory.path
    configuration.fileLength = .seconds(files)
    configuration.budget = .max
    let archive = Archive(configuration)
    var (run, box, judgement) = (Run(), BlackBox(), UInt32(0))
    for step in 0..<Int(seconds / 10) {
      if step % 3 == 1 { #expect(loop.service.send(Self.commands[step / 3 % Self.commands.count])) }
      if step % 31 == 30 {
        var parameters = PosturePipeline.Parameters.holding
        let number = UInt32(step / 31 + 1)
        parameters.detector.hold = .seconds(Double(4 + number % 5))
        loop.judge(by: parameters, number: number)
      }
      for frame in loop.frames(for: .seconds(10)) {
        box.take(frame)
        let settings = frame.judgement == judgement ? nil : Self.settings(frame.judgement)
        judgement = frame.judgement
        archive.take(frame, settings, judgedBy: Self.settings(judgement), reason: "late", log.logger) {
          Archive.Beginning(
            opening: box.trace(lastSeconds: 0, header: someHeader(), settings: Self.settings),
            header: run.summary.samples == 0 ? someHeader() : nil)
        }
        run.take(frame)
        archive.upkeep(log.logger)
      }
    }
    archive.close(log.logger)
    #expect(loop.service.control.lost == 0)
    return run
  }

  @Test func whatIsRecordedReplaysToTheSameBits() throws {
    let seconds = (Self.hours ?? 0.1) * 3600
    let live = record(for: seconds, files: Self.hours == nil ? 60 : 3600)
    var options = Replay.Options()
    options.parameters = .holding
    var replay: Replay?
    var (events, bytes): ([String], Int) = ([], 0)
    let names = directory.names
    for name in names {
      if replay == nil { replay = Replay(source: name, options) } else { try replay?.follow(name) }
      var file = try FileReader(path: directory.file(name))
      var chunk = [UInt8](repeating: 0, count: 1 << 18)
      while true {
        var space = chunk.mutableSpan
        let count = try file.read(into: &space)
        guard count > 0 else { break }
        try replay?.read(chunk.span.extracting(0..<count))
        events += text([replay?.events ?? []]).split(separator: "\n").map(String.init)
        replay?.events.removeAll(keepingCapacity: true)
        bytes += count
      }
    }
    try replay?.finish()
    let summary = try #require(replay?.summary)
    #expect(summary.checksumLine == live.summary.checksumLine)
    #expect(events == live.events)
    // Something was decided, and something failed.
    #expect(live.events.contains { $0.contains(" calibrated ") } && live.missing > 0)
    #expect(names.count >= Int(seconds / (Self.hours == nil ? 60 : 3600)))
    #expect(log.count(of: "error") == 0 && log.count(of: "warning") == 0)
    if Self.hours != nil {
      StandardError.write(
        "\(summary.samples) samples, \(live.missing) missing, \(events.count) events, \(names.count) files, \(bytes) bytes: the same, "
          + summary.checksumLine)
    }
  }
}
