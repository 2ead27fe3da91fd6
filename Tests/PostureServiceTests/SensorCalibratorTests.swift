// SPDX-License-Identifier: MIT
import Drivers
import Glibc
import PostureCore
import PostureFormats
import PostureSimulation
import Synchronization
import TestSupport
import Testing

@testable import PostureService

private final class Time: Sendable {
  let microseconds = Atomic<Int64>(0)
}

/// A client calibrates the accelerometer over the socket, on frames of a sensor that is turned from pose to pose.
struct SensorCalibratorTests {
  let directory = TemporaryDirectory()
  var store: CalibrationStore { CalibrationStore(path: directory.file("c")) }

  /// From 0.2 s on, until the sensor lies in the ninth pose.
  static let posed: [Frame] = LoopBench(.sixPoses, settings: batched).frames(for: .seconds(59.8))

  func run(_ body: (ServerBench, Client) async throws -> Void) async throws {
    try await ServerBench.run(calibrator: SensorCalibrator(store: store)) { bench in
      bench.publishRunning()
      try await body(bench, try Client.greeted(bench.path))
    }
  }

  func begin(_ client: Client) throws {
    let begun = try client.ask("calibrate-sensor", for: CalibrateSensorMessage.self)
    #expect(begun.sensor == "MPU-6050 at 0x68" && begun.window_s == 2)
    #expect(begun.fewest_poses == 9 && begun.most_poses == 24)
  }

  /// All that is told of poses until so many have been taken.
  func poses(_ client: Client, until count: Int) throws -> [PoseMessage] {
    var told: [PoseMessage] = []
    while told.last.map({ $0.finding != .taken || $0.poses < count }) ?? true {
      let line = try #require(try client.line())
      told.append(try #require(JSONLine.decode(PoseMessage.self, from: line), "\(line)"))
    }
    return told
  }

  @Test func ninePosesAreToldStoredAndApplied() async throws {
    try await run { bench, client in
      try begin(client)
      bench.publish(Self.posed)
      let told = try poses(client, until: 9)
      let taken = told.filter { $0.finding == .taken }
      #expect(taken.map(\.pose) == Array(1...9))
      #expect(taken.map(\.up) == ["z", "-x", "-z", "x", "y", "-y", "z", "x", "-x"])
      #expect(taken[0].seen == ["z"] && taken[5].seen == ["x", "-x", "y", "-y", "z", "-z"])
      #expect(taken[0].undetermined == ["x", "y", "z"] || taken[0].undetermined.count > 0)
      #expect(taken[4].undetermined == ["y"] && taken[5].undetermined == [])
      #expect(taken[7].fit == nil)
      // Between two poses it moves, then lies still.
      #expect(told.map(\.finding).suffix(3) == [.moving, .still, .taken])
      let shown = try #require(taken[0].acceleration_mg)
      #expect(abs(shown[0] - 45) < 15 && abs(shown[1] + 30) < 15 && abs(shown[2] - 1070) < 1)
      let fit = try #require(taken[8].fit)
      #expect(fit.refusal == nil && fit.residual_mg < 0.5 && fit.residual_before_mg > 40)
      #expect(abs(fit.offset_mg[2] - 60) < 1 && abs(fit.scale_percent[1] - 2.04) < 0.1)
      #expect(bench.commandBesideSilences() == nil && directory.names == [])

      let applied = try client.ask("apply-sensor-calibration", for: SensorCalibrationMessage.self)
      #expect(applied.is_calibrated && applied.path == store.path && applied.fault == nil)
      #expect(applied.sensor == "MPU-6050 at 0x68" && applied.poses == 9)
      guard case .record(let record) = store.load() else {
        Issue.record("\(store.load())")
        return
      }
      // No sample has come since.
      #expect(try client.status().accelerometer_calibrated)
      #expect(try client.ask("sensor-calibration", for: SensorCalibrationMessage.self) == applied)
      #expect(bench.commandBesideSilences() == .calibrateAccelerometer(record.calibration))
      #expect(
        applied.offset_ug == [record.calibration.offset.x, record.calibration.offset.y, record.calibration.offset.z])
      #expect(record.residual == fit.residual_mg && record.worst == fit.worst_mg)
      #expect(bench.log.count(of: "notice: accelerometer: calibrated, offset ") == 1)
      // It is over: another needs other poses.
      #expect(
        try client.ask("apply-sensor-calibration", for: ErrorMessage.self).message
          == "apply-sensor-calibration: found no poses, expected calibrate-sensor before it")
    }
  }

  @Test func tooFewPosesAreRefused() async throws {
    try await run { bench, client in
      try begin(client)
      bench.publish(Self.posed.prefix(2470))
      _ = try poses(client, until: 2)
      let message = try client.ask("apply-sensor-calibration", for: ErrorMessage.self).message
      #expect(message == "apply-sensor-calibration: found 2 poses, expected at least 9")
      #expect(directory.names == [] && bench.commandBesideSilences() == nil)
    }
  }

  /// A client that hangs up leaves everything as it was, and the way free for the next.
  @Test func whoHangsUpChangesNothing() async throws {
    try await run { bench, other in
      do {
        let client = try Client.greeted(bench.path)
        try begin(client)
        bench.publish(Self.posed.prefix(2470))
        _ = try poses(client, until: 2)
        #expect(
          try other.ask("calibrate-sensor", for: ErrorMessage.self).message
            == "calibrate-sensor: another client is calibrating the sensor")
        #expect(
          try other.ask("apply-sensor-calibration", for: ErrorMessage.self).message
            == "apply-sensor-calibration: found no poses, expected calibrate-sensor before it")
      }
      #expect(try await eventually { try other.ask("status", for: StatusMessage.self).clients == 1 })
      #expect(directory.names == [] && bench.commandBesideSilences() == nil)
      try begin(other)
    }
  }

  @Test func withoutSamplesThereIsNothingToCalibrate() async throws {
    try await ServerBench.run(calibrator: SensorCalibrator(store: store)) { bench in
      let client = try Client.greeted(bench.path)
      #expect(
        try client.ask("calibrate-sensor", for: ErrorMessage.self).message
          == "calibrate-sensor: the sensor is starting")
      bench.publishRunning()
      try begin(client)
      bench.publish(.sensorState(.lost))
      let line = try #require(try client.line())
      #expect(JSONLine.decode(PoseMessage.self, from: line)?.finding == .lost)
      #expect(try client.isSilent(for: 20))
    }
  }

  /// Samples before and after a loss are no one pose.
  @Test func aLossIsNoPartOfAPose() async throws {
    try await run { bench, client in
      try begin(client)
      // It is turned from 20 s on, and its pose would be taken at 24.1 s.
      bench.publish(Self.posed[1980..<2320])
      bench.publish(.sensorState(.lost))
      bench.publish(.sensorState(.running))
      bench.publish(Self.posed[2320..<2470])
      var told: [PoseMessage.Finding] = []
      while !(told.contains(.lost) && told.last == .still) {
        let line = try #require(try client.line())
        told.append(try #require(JSONLine.decode(PoseMessage.self, from: line)).finding)
      }
      #expect(!told.contains(.taken))
      #expect(try client.isSilent(for: 20))
    }
  }

  /// A sensor that repeats itself looks perfectly still: the pipeline gives no estimate then.
  @Test func whatSaysNothingIsNoPose() async throws {
    try await run { bench, client in
      try begin(client)
      var frames = Self.posed[1980..<2470]
      for index in frames.indices.dropFirst(300) { frames[index].output.up = nil }
      bench.publish(frames)
      // What was published before a request is told before its answer.
      client.send("status\n")
      var told: [PoseMessage.Finding] = []
      while let line = try client.line(), let pose = JSONLine.decode(PoseMessage.self, from: line) {
        told.append(pose.finding)
      }
      #expect(told == [.moving, .still, .lost])
    }
  }

  /// Nobody waits for ever for a client who has gone to lunch.
  @Test func whoShowsNoNewPoseMakesWay() async throws {
    let time = Time()
    let calibrator = SensorCalibrator(store: store, now: { time.microseconds.load(ordering: .relaxed) })
    try await ServerBench.run(calibrator: calibrator) { bench in
      bench.publishRunning()
      let (client, other) = (try Client.greeted(bench.path), try Client.greeted(bench.path))
      try begin(client)
      time.microseconds.store(599_000_000, ordering: .relaxed)
      bench.publish(Self.posed.prefix(2470))
      _ = try poses(client, until: 2)
      // Counted from the last new pose.
      time.microseconds.store(1_199_000_000, ordering: .relaxed)
      #expect(try client.isSilent(for: 60))
      #expect(
        try other.ask("calibrate-sensor", for: ErrorMessage.self).message
          == "calibrate-sensor: another client is calibrating the sensor")
      time.microseconds.store(1_199_000_001, ordering: .relaxed)
      var line = try #require(try client.line())
      while JSONLine.decode(PoseMessage.self, from: line) != nil { line = try #require(try client.line()) }
      #expect(
        JSONLine.decode(ErrorMessage.self, from: line)?.message
          == "calibrate-sensor: ended, because there was no new pose for 10 min")
      try begin(other)
    }
  }

  /// The thread takes one command a turn: until there is room again, the calibration waits.
  @Test func aCommandThatFindsNoRoomIsSentLater() async throws {
    try store.store(record())
    try await run { bench, client in
      for _ in 0..<8 { _ = try client.ask("calibrate", for: CalibrateMessage.self) }
      #expect(try !client.ask("clear-sensor-calibration", for: SensorCalibrationMessage.self).is_calibrated)
      for _ in 0..<8 { #expect(bench.commandBesideSilences() == .calibrate) }
      _ = try client.status()
      #expect(bench.commandBesideSilences() == .calibrateAccelerometer(.identity))
      _ = try client.status()
      #expect(bench.commandBesideSilences() == nil)
    }
  }

  @Test func whatNoSensorThatWorksShowsIsToldWithItsLength() async throws {
    try await run { bench, client in
      try begin(client)
      bench.publish(
        Self.posed.prefix(500).map { frame in
          var frame = frame
          frame.measurement.sample.acceleration = frame.measurement.sample.acceleration * 0.3
          return frame
        })
      var told: PoseMessage?
      while told?.finding != .implausible {
        told = JSONLine.decode(PoseMessage.self, from: try #require(try client.line()))
      }
      let length = try #require(told?.length_mg)
      #expect((300...340).contains(length) && told?.pose == nil && told?.acceleration_mg == nil)
    }
  }
}
