// SPDX-License-Identifier: MIT
import Drivers
import HAL
import PostureCore
import PostureFormats
import Testing

@testable import PostureService

/// The reference postures that are kept, on the sampling thread.
struct SamplingReferencesTests {
  private func kept(_ record: ReferencesRecord, calibration: Bool = false) throws -> Kept {
    Kept(
      calibration: calibration
        ? KeptCalibration(
          model: .mpu6050, address: try #require(I2CAddress(0x68)), calibration: someCalibration) : nil,
      references: KeptReferences(record, isSimulated: false))
  }

  /// One command a sample, the accelerometer's calibration first, and what a client asks for after all of them.
  @Test func theyGoWithTheFirstSamples() throws {
    let bench = LoopBench(
      .upright, kept: try kept(references(.sitting, .standing, .car, inUse: .standing), calibration: true))
    #expect(bench.service.send(.calibrate))
    let frames = bench.frames(for: .seconds(1))
    #expect(
      frames.prefix(6).map(\.measurement.command) == [
        .calibrateAccelerometer(someCalibration), .setReference(.sitting, someReference(.sitting)),
        .setReference(.standing, someReference(.standing)), .setReference(.car, someReference(.car)),
        .useReference(.standing), .calibrate,
      ])
    #expect(frames.dropFirst(6).allSatisfy { $0.measurement.command == nil })
  }

  @Test func onlyThoseThatThereAre() throws {
    let frames = LoopBench(.upright, kept: try kept(references(.car))).frames(for: .seconds(1))
    // The one in use is not there: asking for it would be refused at each start.
    #expect(frames.prefix(2).map(\.measurement.command) == [.setReference(.car, someReference(.car)), nil])
    #expect(frames.events == [])
  }

  @Test(arguments: ["MPU-6500 at 0x68", "MPU-6050 at 0x69"]) func anotherSensorsAreNotUsed(sensor: String) throws {
    let bench = LoopBench(.upright, kept: try kept(references(.sitting, of: sensor), calibration: true))
    let frames = bench.frames(for: .seconds(1))
    #expect(frames[0].measurement.command == .calibrateAccelerometer(someCalibration))
    #expect(frames.dropFirst().allSatisfy { $0.measurement.command == nil })
  }

  @Test func aRecordOfNoKnownSensorIsNone() {
    #expect(KeptReferences(references(.sitting, of: "MPU-6051 at 0x68"), isSimulated: false) == nil)
  }
}
