// SPDX-License-Identifier: MIT
import Drivers
import Glibc
import HAL
import PostureCore
import PostureFormats
import TestSupport
import Testing

@testable import PostureService

/// One that is told from none by every sample.
let someCalibration: AccelerometerCalibration = {
  guard
    let calibration = AccelerometerCalibration(
      offset: .init(40_000, -30_000, 60_000), scale: .init(-15_000, 20_000, -10_000))
  else { fatalError("a calibration within its limits is one") }
  return calibration
}()

func record(of sensor: String = "MPU-6050 at 0x68") -> CalibrationRecord {
  CalibrationRecord(
    sensor: sensor, calibration: someCalibration, taken: "2026-11-22T03:39:07Z", poses: 9, residualBefore: 50,
    residual: 0.4, worst: 0.8)
}

struct CalibrationStoreTests {
  private let directory = TemporaryDirectory()
  private var store: CalibrationStore { CalibrationStore(path: directory.file("c")) }

  @Test func whatIsStoredIsLoadedUntilItIsRemoved() throws {
    #expect(store.load() == .none)
    try store.store(record())
    #expect(store.load() == .record(record()))
    try store.store(record(of: "BMI160 at 0x69"))
    #expect(store.load() == .record(record(of: "BMI160 at 0x69")))
    #expect(directory.names == ["c"])
    #expect(try store.remove())
    #expect(store.load() == .none)
    #expect(try !store.remove())
  }

  @Test func aDamagedOneIsNamedWithItsLine() throws {
    try write(record().text.replacing("0 60000 ug", with: "0 6x0000 ug"), to: store.path)
    let path = store.path
    #expect(
      store.load()
        == .damaged(
          "\(path):4: offset: found '40000 -30000 6x0000 ug', expected three whole numbers of at most 200000 ug"))
  }

  @Test func whatCannotBeReadIsSaid() throws {
    let path = directory.file("d")
    try #require(mkdir(path, 0o755) == 0)
    #expect(CalibrationStore(path: path).load() == .damaged("open \(path): Is a directory"))
    rmdir(path)
  }

  @Test(arguments: SensorModel.allCases) func everySensorIsKnownByItsName(model: SensorModel) throws {
    for value in [0x08, 0x18, 0x68, 0x77] as [UInt8] {
      let address = try #require(I2CAddress(value))
      for isSimulated in [false, true] {
        let name = SensorModel.fullName(model, address, isSimulated: isSimulated)
        let kept = KeptCalibration(record(of: name), isSimulated: isSimulated)
        #expect(kept == KeptCalibration(model: model, address: address, calibration: someCalibration))
        // One for a simulated sensor is not for a real one, nor the other way round.
        #expect(KeptCalibration(record(of: name), isSimulated: !isSimulated) == nil)
      }
    }
  }

  @Test(arguments: ["", "MPU-6050", "MPU-6050 at 0x78", "MPU-6050 at 104", "MPU-6051 at 0x68", "MPU-6050 at 0x6"])
  func whatIsNoSensorIsNone(name: String) {
    #expect(KeptCalibration(record(of: name), isSimulated: false) == nil)
  }
}
