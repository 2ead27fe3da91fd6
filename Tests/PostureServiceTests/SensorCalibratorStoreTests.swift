// SPDX-License-Identifier: MIT
import Drivers
import Glibc
import PostureCore
import PostureFormats
import PostureSimulation
import Synchronization
import Testing

@testable import PostureService

/// What is kept, and what cannot be.
extension SensorCalibratorTests {
  @Test func theOneThatIsKeptIsSaidAndCleared() async throws {
    try store.store(record())
    try await run { bench, client in
      var frame = Recorded.frames[0]
      frame.accelerometer = someCalibration
      bench.publish([frame])
      let status = try client.status()
      #expect(status.accelerometer_calibrated && status.calibration_taken == "2026-11-22T03:39:07Z")
      #expect(status.calibration_residual_mg == 0.4 && status.calibration_fault == nil)
      let shown = try client.ask("sensor-calibration", for: SensorCalibrationMessage.self)
      #expect(
        shown == SensorCalibrationMessage(is_calibrated: true, path: store.path, fault: nil, record()))
      let cleared = try client.ask("clear-sensor-calibration", for: SensorCalibrationMessage.self)
      var expected = SensorCalibrationMessage(is_calibrated: false, path: store.path, fault: nil, nil)
      expected.was_cleared = true
      #expect(cleared == expected)
      #expect(try !client.status().accelerometer_calibrated)
      #expect(bench.commandBesideSilences() == .calibrateAccelerometer(.identity))
      #expect(directory.names == [])
      #expect(bench.log.count(of: "notice: accelerometer: calibrated 2026-11-22T03:39:07Z, residual 0.40 mg") == 1)
    }
  }

  /// The sampling thread takes it with the first sample.
  @Test func theOneThatIsKeptIsSaidBeforeTheFirstSample() async throws {
    try store.store(record())
    try await run { bench, client in
      let status = try client.status()
      #expect(!status.accelerometer_calibrated && status.calibration_taken == "2026-11-22T03:39:07Z")
      let shown = try client.ask("sensor-calibration", for: SensorCalibrationMessage.self)
      #expect(shown == SensorCalibrationMessage(is_calibrated: false, path: store.path, fault: nil, record()))
      // And would do so in spite of a file that is gone, unless it is told otherwise.
      #expect(try client.ask("clear-sensor-calibration", for: SensorCalibrationMessage.self).was_cleared == true)
      #expect(bench.commandBesideSilences() == .calibrateAccelerometer(.identity))
    }
  }

  @Test func whatIsNotThereIsNotCleared() async throws {
    try await run { bench, client in
      let cleared = try client.ask("clear-sensor-calibration", for: SensorCalibrationMessage.self)
      #expect(cleared.was_cleared == false && !cleared.is_calibrated)
      #expect(bench.commandBesideSilences() == nil && bench.log.count(of: "notice: accelerometer: ") == 0)
    }
  }

  @Test func aDamagedOneIsSaidAndReplacedByANewOne() async throws {
    try write("nonsense\n", to: store.path)
    let fault = "\(store.path):1: found 'nonsense', expected a line 'key: value'"
    #expect(SensorCalibrator(store: store).kept == nil)
    try await run { bench, client in
      #expect(bench.log.count(of: "warning: accelerometer: not calibrated: \(fault)") == 1)
      let status = try client.status()
      #expect(!status.accelerometer_calibrated && status.calibration_fault == fault && status.state == "running")
      try begin(client)
      bench.publish(Self.posed)
      _ = try poses(client, until: 9)
      #expect(try client.ask("apply-sensor-calibration", for: SensorCalibrationMessage.self).fault == nil)
      #expect(try client.status().calibration_fault == nil)
    }
  }

  @Test func anotherSensorsIsSaid() async throws {
    try store.store(record(of: "LSM6DS3 at 0x6A"))
    try await run { bench, client in
      let fault = "\(store.path) is of 'LSM6DS3 at 0x6A', this is 'MPU-6050 at 0x68': not applied"
      let status = try client.status()
      #expect(status.calibration_fault == fault && !status.accelerometer_calibrated)
      #expect(bench.log.count(of: "warning: accelerometer: not calibrated: \(fault)") == 1)
    }
  }

  /// Before the poses, and after them where the disk has become full meanwhile.
  @Test func whatCannotBeStoredIsNotApplied() async throws {
    let nowhere = CalibrationStore(path: directory.file("no/c"))
    let why = "open \(nowhere.path)~: No such file or directory"
    try await ServerBench.run(calibrator: SensorCalibrator(store: nowhere)) { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      #expect(
        try client.ask("calibrate-sensor", for: ErrorMessage.self).message
          == "calibrate-sensor: a calibration could not be stored: \(why)")
      try #require(mkdir(directory.file("no"), 0o755) == 0)
      try begin(client)
      try #require(rmdir(directory.file("no")) == 0)
      bench.publish(Self.posed)
      _ = try poses(client, until: 9)
      #expect(
        try client.ask("apply-sensor-calibration", for: ErrorMessage.self).message
          == "not applied, because it cannot be stored: \(why)")
      #expect(bench.commandBesideSilences() == nil)
      #expect(try client.ask("sensor-calibration", for: SensorCalibrationMessage.self).offset_ug == nil)
    }
  }

  /// A simulated sensor has no file unless it is given one.
  @Test func withoutAFileItIsInForceAndNotKept() async throws {
    try await ServerBench.run(calibrator: SensorCalibrator(isSimulated: true)) { bench in
      bench.publishRunning()
      let client = try Client.greeted(bench.path)
      #expect(
        try client.ask("calibrate-sensor", for: CalibrateSensorMessage.self).sensor == "simulated MPU-6050 at 0x68")
      bench.publish(Self.posed)
      _ = try poses(client, until: 9)
      let applied = try client.ask("apply-sensor-calibration", for: SensorCalibrationMessage.self)
      #expect(applied.is_calibrated && applied.path == nil && applied.poses == 9)
      #expect(bench.commandBesideSilences() != nil)
    }
  }

  /// Poses that contradict each other, because the sensor was moved: nothing is kept.
  @Test func aBadFitIsRefusedWithItsWorstPose() async throws {
    try await run { bench, client in
      try begin(client)
      var frames = Self.posed
      // Each pose as if another g were pulling at it.
      for index in frames.indices {
        let pull = 1 + 0.05 * Double(index / 500 % 3)
        let force = frames[index].measurement.sample.acceleration
        frames[index].measurement.sample.acceleration = force * pull
      }
      bench.publish(frames)
      let fit = try #require(try poses(client, until: 9).last?.fit)
      let refusal = try #require(fit.refusal)
      #expect(refusal.contains("the poses contradict each other by ") && refusal.contains("pose \(fit.worst_pose):"))
      let answer = try client.ask("apply-sensor-calibration", for: ErrorMessage.self).message
      #expect(answer == "refused: " + refusal)
      #expect(directory.names == [] && bench.commandBesideSilences() == nil)
    }
  }
}
