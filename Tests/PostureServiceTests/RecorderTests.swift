// SPDX-License-Identifier: MIT
import Drivers
import Glibc
import LinuxIO
import NIOPosix
import PostureCore
import PostureFormats
import PostureSimulation
import TestSupport
import Testing

@testable import PostureService

struct RecorderTests {
  private let directory = TemporaryDirectory()
  private let log = LogLines()
  private var path: String { directory.file("t.trace") }

  static let header = TraceHeader(
    title: "A test", shows: nil, sensor: "MPU-6050", rate: 100, scale: Recorded.found.scale, accelerationRange: 4,
    angularVelocityRange: 500, origin: nil)

  private func recorder() throws -> Recorder { try Recorder(path: path) { _ in Self.header } }

  private func rows() throws -> [Substring] {
    try contents(of: path).split(separator: "\n").drop { !$0.hasPrefix("time_us") }.dropFirst().map { $0 }
  }

  /// What is written of the sensor is known with the first sample.
  @Test func theHeaderComesWithTheFirstSample() throws {
    let recorder = try Recorder(path: path) { found in
      var header = Self.header
      header.origin = found.map { "\($0.model.name) at \($0.address.value)" } ?? "a trace"
      return header
    }
    recorder.append(fault: "not-found", at: at(0))
    recorder.flushIfDue(log.logger)
    #expect(try contents(of: path) == "")
    recorder.append(Recorded.frames[0])
    recorder.append(Recorded.frames[1].measurement, from: nil, lostSoFar: 0, reason: "late")
    recorder.close(log.logger)
    var header = Self.header
    header.origin = "MPU-6050 at 104"
    let text = try contents(of: path)
    #expect(text.hasPrefix(header.text) && text.split(separator: "\n").count == header.text.count { $0 == "\n" } + 2)
    #expect(log.lines == [])
  }

  @Test func aMarkStandsAfterTheSampleItWasSaidAt() throws {
    let recorder = try recorder()
    recorder.append(Recorded.frames[0])
    recorder.append(TraceMark(.falseCue, length: .seconds(3), at: Recorded.frames[0].output.time))
    recorder.append(Recorded.frames[1])
    recorder.close(log.logger)
    #expect(try rows()[1] == "#! 0 mark false-cue 3000000 us")
    #expect(try rows().count == 3)
  }

  @Test func aPlayedTraceHasNoSensorThatWasFound() throws {
    let recorder = try Recorder(path: path) { found in
      #expect(found == nil)
      return Self.header
    }
    recorder.append(Recorded.frames[0].measurement, from: nil, lostSoFar: 0, reason: "late")
    recorder.close(log.logger)
    #expect(try contents(of: path).hasPrefix(Self.header.text))
  }

  @Test func withoutASampleTheFileStaysEmpty() throws {
    let recorder = try recorder()
    recorder.append(fault: "no-adapter", at: at(3))
    recorder.close(log.logger)
    #expect(try contents(of: path) == "")
    #expect(log.lines == [])
  }

  @Test func everySampleIsARowWithItsTimeFromTheFirst() throws {
    let recorder = try recorder()
    let frames = Recorded.frames.prefix(3)
    for frame in frames { recorder.append(frame) }
    recorder.close(log.logger)
    let expected = frames.enumerated().compactMap { index, frame in
      frame.measurement.raw.map {
        "\(index * 10_000),\($0.ax),\($0.ay),\($0.az),\($0.gx),\($0.gy),\($0.gz)"
      }
    }
    #expect(try rows().map(String.init) == expected)
  }

  @Test func commandsLossesAndFaultsStandBeforeTheirRow() throws {
    let recorder = try recorder()
    var measurements = Recorded.frames.prefix(4).map(\.measurement)
    measurements[1].command = .calibrate
    measurements[2].missing = 4
    for (measurement, lost) in zip(measurements, [0, 5, 5, 7] as [UInt64]) {
      if lost == 7 { recorder.append(fault: "overrun", at: measurements[0].sample.time + .milliseconds(25)) }
      recorder.append(measurement, from: Recorded.found, lostSoFar: lost, reason: "overrun")
    }
    recorder.close(log.logger)
    let remarks = try rows().map { $0.hasPrefix("#!") ? String($0) : String($0.prefix { $0 != "," }) }
    #expect(
      remarks == [
        "0", "#! 10000 lost 5 dropped", "#! 10000 calibrate", "10000", "#! 20000 lost 4 overrun", "20000",
        "#! 25000 fault overrun", "#! 30000 lost 2 dropped", "30000",
      ])
  }

  @Test func rowsAreFlushedWhenTwoSecondsHavePassed() async throws {
    let recorder = try recorder()
    let start = SystemClock().now()
    recorder.append(Recorded.frames[0])
    recorder.flushIfDue(log.logger)
    #expect(try rows().count == 1)
    recorder.append(Recorded.frames[1])
    let isFlushed = try await eventually {
      recorder.flushIfDue(log.logger)
      return try rows().count == 2
    }
    #expect(isFlushed)
    #expect(SystemClock().now() - start >= 2_000_000)
    recorder.close(log.logger)
  }

  @Test func manyRowsAreFlushedEarlier() throws {
    let recorder = try recorder()
    recorder.append(Recorded.frames[0])
    recorder.flushIfDue(log.logger)
    let first = Int(attributes(of: path).st_size)
    var written = first
    for frame in Recorded.frames {
      recorder.append(frame)
      recorder.flushIfDue(log.logger)
      written = Int(attributes(of: path).st_size)
      if written > first { break }
    }
    #expect(written > 65_536 && written < 70_000)
    recorder.close(log.logger)
  }

  @Test func aFullDiskEndsTheRecordingWithOneErrorAndNothingElse() async {
    // In a process of its own, whose standard output is the full disk: a recording is never made into a file that
    // exists.
    await #expect(processExitsWith: .success) {
      let full = open("/dev/full", O_WRONLY)
      try #require(full >= 0 && dup2(full, STDOUT_FILENO) == STDOUT_FILENO)
      let log = LogLines()
      let recorder = try Recorder(path: "-") { _ in Self.header }
      recorder.flushIfDue(log.logger)
      #expect(log.lines == [])
      for frame in Recorded.frames {
        recorder.append(frame)
        recorder.append(fault: "overrun", at: frame.output.time)
        recorder.flushIfDue(log.logger)
        #expect(log.lines == ["error: recording to - has stopped: write standard output: No space left on device"])
      }
      recorder.close(log.logger)
      recorder.close(log.logger)
      #expect(log.lines.count == 1)
    }
  }

  @Test func aFileThatExistsIsRefusedAndUntouched() throws {
    try write("an earlier recording", to: path)
    #expect(throws: SystemError(call: "open \(path)", number: EEXIST)) { try recorder() }
    #expect(try contents(of: path) == "an earlier recording")
  }

  @Test func aFileThatCannotBeMadeIsAnError() {
    #expect(throws: SystemError(call: "open \(directory.path)/no/t", number: ENOENT)) {
      try Recorder(path: directory.file("no/t")) { _ in Self.header }
    }
  }

  /// The promise of a trace: the very decisions of the recorded hour, bit for bit, commands included.
  @Test(arguments: [settings, batched])
  func theTraceReplaysToTheSameDecisions(settings: SensorSettings) throws {
    let recorder = try recorder()
    let bench = LoopBench(.slowSlouch, faults: [.noAnswer(from: at(50), to: at(52))], settings: settings)
    var frames = bench.frames(for: .seconds(12))
    #expect(bench.service.send(.calibrate))
    frames += bench.frames(for: Scenario.slowSlouch.duration)
    for frame in frames {
      recorder.append(frame)
      recorder.flushIfDue(log.logger)
    }
    recorder.close(log.logger)

    var outputs: [PosturePipeline.Output] = []
    var pipeline = PosturePipeline(.holding)
    var reader = TraceReader(source: "test")
    let bytes = Array(try contents(of: path).utf8)
    let take = { (measurement: Measurement) in
      if let command = measurement.command { pipeline.perform(command, at: measurement.sample.time) }
      if let output = pipeline.process(measurement.sample) { outputs.append(output) }
    }
    try reader.read(bytes.span, take)
    try reader.finish(take)

    #expect(reader.header == Self.header)
    #expect(outputs.count == frames.count)
    let start = try #require(frames.first?.time)
    for (output, frame) in zip(outputs, frames) {
      try #require(output.up?.x.bitPattern == frame.output.up?.x.bitPattern)
      try #require(output.up?.y.bitPattern == frame.output.up?.y.bitPattern)
      try #require(output.up?.z.bitPattern == frame.output.up?.z.bitPattern)
      try #require(output.tilt == frame.output.tilt && output.posture == frame.output.posture)
      try #require(output.time.microseconds == frame.time - start && output.cue == frame.output.cue)
    }
    let events = outputs.flatMap { output in (0..<output.eventCount).map { EventRecord(output.event($0)) } }
    #expect(events.map(\.event) == frames.events.map(\.event))
    #expect(events.map { $0.time_us + start } == frames.events.map(\.time_us))
    #expect(events.map(\.event).contains("deviated") && events.map(\.event).contains("gap"))
    #expect(events.filter { $0.event == "calibrated" }.count == 2)
  }
}

extension Recorder {
  /// Of the recorded sensor, without a loss.
  fileprivate func append(_ frame: Frame) {
    append(frame.measurement, from: Recorded.found, lostSoFar: 0, reason: "late")
  }
}
