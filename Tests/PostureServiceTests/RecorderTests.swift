// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import NIOPosix
import PostureCore
import PostureFormats
import PostureSimulation
import Testing

@testable import PostureService

struct RecorderTests {
  private let directory = TemporaryDirectory()
  private let log = LogLines()
  private var path: String { directory.file("t.trace") }

  static let header = TraceHeader(
    title: "A test", shows: nil, sensor: "MPU-6050", rate: 100, scale: settings.scale, accelerationRange: 4,
    angularVelocityRange: 500, origin: nil)

  private func rows() throws -> [Substring] {
    try contents(of: path).split(separator: "\n").drop { !$0.hasPrefix("time_us") }.dropFirst().map { $0 }
  }

  @Test func theHeaderIsWrittenAtOnce() throws {
    let recorder = try Recorder(path: path, header: Self.header)
    recorder.flushIfDue(log.logger)
    #expect(try contents(of: path) == Self.header.text)
    recorder.close(log.logger)
    #expect(log.lines == [])
  }

  @Test func everySampleIsARowWithItsTimeFromTheFirst() throws {
    let recorder = try Recorder(path: path, header: Self.header)
    let frames = Recorded.frames.prefix(3)
    for frame in frames { recorder.append(frame.measurement, lostSoFar: 0) }
    recorder.close(log.logger)
    let expected = frames.enumerated().compactMap { index, frame in
      frame.measurement.raw.map {
        "\(index * 10_000),\($0.ax),\($0.ay),\($0.az),\($0.gx),\($0.gy),\($0.gz)"
      }
    }
    #expect(try rows().map(String.init) == expected)
  }

  @Test func commandsAndLossesStandBeforeTheirRow() throws {
    let recorder = try Recorder(path: path, header: Self.header)
    var measurements = Recorded.frames.prefix(4).map(\.measurement)
    measurements[1].command = .calibrate
    for (measurement, lost) in zip(measurements, [0, 5, 5, 7] as [UInt64]) {
      recorder.append(measurement, lostSoFar: lost)
    }
    recorder.close(log.logger)
    let remarks = try rows().map { $0.hasPrefix("#!") ? String($0) : String($0.prefix { $0 != "," }) }
    #expect(
      remarks == ["0", "#! 10000 lost 5", "#! 10000 calibrate", "10000", "20000", "#! 30000 lost 2", "30000"])
  }

  @Test func rowsAreFlushedWhenTwoSecondsHavePassed() async throws {
    let recorder = try Recorder(path: path, header: Self.header)
    let start = SystemClock().now()
    recorder.flushIfDue(log.logger)
    recorder.append(Recorded.frames[0].measurement, lostSoFar: 0)
    let isFlushed = try await eventually {
      recorder.flushIfDue(log.logger)
      return try !rows().isEmpty
    }
    #expect(isFlushed)
    #expect(SystemClock().now() - start >= 2_000_000)
    recorder.close(log.logger)
  }

  @Test func manyRowsAreFlushedEarlier() throws {
    let recorder = try Recorder(path: path, header: Self.header)
    recorder.flushIfDue(log.logger)
    var written = 0
    for frame in Recorded.frames {
      recorder.append(frame.measurement, lostSoFar: 0)
      recorder.flushIfDue(log.logger)
      written = Int(attributes(of: path).st_size)
      if written > 60_000 { break }
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
      let recorder = try Recorder(path: "-", header: Self.header)
      #expect(log.lines == [])
      recorder.flushIfDue(log.logger)
      #expect(log.lines == ["error: recording to - has stopped: write standard output: No space left on device"])
      for frame in Recorded.frames {
        recorder.append(frame.measurement, lostSoFar: 0)
        recorder.flushIfDue(log.logger)
      }
      recorder.close(log.logger)
      recorder.close(log.logger)
      #expect(log.lines.count == 1)
    }
  }

  @Test func aFileThatExistsIsRefusedAndUntouched() throws {
    try write("an earlier recording", to: path)
    #expect(throws: SystemError(call: "open \(path)", number: EEXIST)) { try Recorder(path: path, header: Self.header) }
    #expect(try contents(of: path) == "an earlier recording")
  }

  @Test func aFileThatCannotBeMadeIsAnError() {
    #expect(throws: SystemError(call: "open \(directory.path)/no/t", number: ENOENT)) {
      try Recorder(path: directory.file("no/t"), header: Self.header)
    }
  }

  /// The promise of a trace: the very decisions of the recorded hour, bit for bit, commands included.
  @Test func theTraceReplaysToTheSameDecisions() throws {
    let recorder = try Recorder(path: path, header: Self.header)
    let bench = try LoopBench(.slowSlouch, faults: [.noAnswer(from: at(50), to: at(52))])
    var frames = bench.frames(for: .seconds(12))
    #expect(bench.service.send(.calibrate))
    frames += bench.frames(for: Scenario.slowSlouch.duration)
    for frame in frames {
      recorder.append(frame.measurement, lostSoFar: 0)
      recorder.flushIfDue(log.logger)
    }
    recorder.close(log.logger)

    var outputs: [PosturePipeline.Output] = []
    var pipeline = PosturePipeline()
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
      try #require(output.time.microseconds == frame.time - start && output.motor.isOn == frame.output.motor.isOn)
    }
    let events = outputs.flatMap { output in (0..<output.eventCount).map { EventRecord(output.event($0)) } }
    #expect(events.map(\.event) == frames.events.map(\.event))
    #expect(events.map { $0.time_us + start } == frames.events.map(\.time_us))
    #expect(events.map(\.event).contains("deviated") && events.map(\.event).contains("gap"))
    #expect(events.filter { $0.event == "calibrated" }.count == 2)
  }

  /// A loss is marked where the samples are missing, not where the service side learns of it.
  @Test func aLossIsMarkedWhereTheSamplesAreMissing() async throws {
    let loop = try LoopBench(.upright, capacity: 16)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let hub = try loop.service.makeHub(on: group, log)
    let path = path
    try await hub.record { try Recorder(path: path, header: Self.header) }
    let end = loop.clock.now() + 1_000_000
    while loop.clock.now() < end { _ = loop.turn() }
    let lost = loop.service.control.lost
    #expect(lost > 50)
    // It takes what there is, once at its start and once at its end.
    await hub.start(isRealtime: false) {}
    for _ in 0..<4 { _ = loop.turn() }
    await hub.close()
    try await group.shutdownGracefully()
    let rows = try rows()
    #expect(rows.count == 16 + 4 + 1)
    let mark = try #require(rows.firstIndex { $0.hasPrefix("#!") })
    #expect(rows[mark].hasSuffix("lost \(lost)"))
    #expect(mark == 16)
  }
}
